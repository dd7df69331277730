"""Updates by webhook, beside polling: Telegram posts each one, and we answer 200 once its effect is committed.

Telegram sends the next update of a person only after that, and sends again what was answered otherwise, so order and
back-pressure come free, across any number of processes behind one address; nothing is lost to a kill. Whoever posts must
know the secret that we gave Telegram with the address.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import orjson
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.settings import SettingsError
from bot.telegram.backoff import Backoff, told_seconds
from bot.telegram.client import BotTokenRejectedError
from bot.telegram.intake import UpdateIntake
from bot.telegram.interruption import unless

_LOGGER = logging.getLogger(__name__)

PATH: Final = "/telegram"
_SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
_MOST_UPDATE_BYTES: Final = 1024 * 1024  # far beyond any update of Telegram's: one that were refused would come for ever
_MOST_CONNECTIONS: Final = 100  # of Telegram's to us at once: as many people are served at the same time


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address that Telegram is to post to, and the secret that it is to show there."""

    public_url: str
    secret: str

    @property
    def url(self) -> str:
        """The whole address."""
        return self.public_url + PATH


def add_webhook(application: web.Application, *, intake: UpdateIntake, secret: str, stop: asyncio.Event) -> None:
    """Let the application take updates; once ``stop`` is set, nothing more is begun.

    Answers 401 without the secret, 503 for what must come again, 200 for what Telegram may forget.
    """

    async def take(request: web.Request) -> web.Response:
        if not _knows_secret(request, secret):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        if stop.is_set():
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        body = await request.clone(client_max_size=_MOST_UPDATE_BYTES).read()
        is_settled = await intake.process_update(_parsed(body))
        return web.Response(status=HTTPStatus.OK if is_settled else HTTPStatus.SERVICE_UNAVAILABLE)

    application.router.add_post(PATH, take)


async def serve_webhook(
    bot: Bot,
    webhook: Webhook,
    *,
    intake: UpdateIntake,
    allowed_updates: Sequence[str],
    stop: asyncio.Event,
    shutdown_seconds: float,
) -> None:
    """Tell Telegram where to post, wait for ``stop``, and finish what has begun, within a bound.

    The address stays with Telegram, which keeps what comes meanwhile for the next start. Raises SettingsError where
    Telegram refuses the address, BotTokenRejectedError.
    """

    async def announce() -> None:
        await bot.set_webhook(
            webhook.url,
            secret_token=webhook.secret,
            allowed_updates=list(allowed_updates),
            max_connections=_MOST_CONNECTIONS,
        )

    try:
        await _insist(announce, stop=stop)
        await stop.wait()
    except BadRequest as refusal:
        raise SettingsError(
            f"Telegram refuses the webhook's address ({refusal.message}): correct ROLLCALL_PUBLIC_URL."
        ) from None
    finally:
        await intake.drain(deadline=asyncio.get_running_loop().time() + shutdown_seconds)


async def leave_webhook(bot: Bot, *, stop: asyncio.Event) -> None:
    """Tell Telegram that we ask for updates ourselves; those that are waiting are kept."""

    async def leave() -> None:
        await bot.delete_webhook(drop_pending_updates=False)

    await _insist(leave, stop=stop)


async def _insist(call: Callable[[], Awaitable[None]], *, stop: asyncio.Event) -> None:
    """Make a call until it succeeds or ``stop`` is set. Raises BadRequest, which no repetition mends."""
    backoff = Backoff(first_seconds=0.5, most_seconds=30.0)
    while not stop.is_set():
        try:
            await call()
        except BadRequest:
            raise
        except InvalidToken:
            raise BotTokenRejectedError from None
        except TelegramError as fault:
            pause_seconds = backoff.next_delay_seconds()
            if isinstance(fault, RetryAfter):
                pause_seconds = max(pause_seconds, told_seconds(fault))
            _LOGGER.warning(
                "Telegram did not take the webhook's setting (%s); again in %.1f s.", fault.message, pause_seconds
            )
            await unless(asyncio.sleep(pause_seconds), stop)
        else:
            return


def _knows_secret(request: web.Request, secret: str) -> bool:
    """Compare in constant time, so that the time of the answer tells nothing of the secret."""
    shown = request.headers.get(_SECRET_HEADER, "")
    return hmac.compare_digest(shown.encode(errors="surrogateescape"), secret.encode())


def _parsed(body: bytes) -> object:
    """Read JSON; what is none is nobody's update, and passed over as such."""
    try:
        found: object = orjson.loads(body)
    except ValueError:
        return None
    return found
