"""The bot object that everything calls: the library's own, its token kept out of texts, logs and errors."""

import logging
from collections.abc import Sequence
from typing import Any

from telegram.error import InvalidToken, NetworkError
from telegram.ext import Defaults, ExtBot

from bot.telegram.transport import AiohttpRequest, hide_token

_READ_MARGIN_SECONDS = 10.0


class BotTokenRejectedError(Exception):
    """Telegram does not know the bot token: nothing can work until it is corrected."""

    def __init__(self) -> None:
        super().__init__("Telegram does not accept the bot token: copy it again from @BotFather.")


def _hide_token_in_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = hide_token(record.getMessage()), ()
    return True


class TokenKeepingBot(ExtBot[None]):
    """A bot that never shows its token, and that fetches updates as they came."""

    def __repr__(self) -> str:
        """Name the class alone; the library's would show the token."""
        return f"{type(self).__name__}[token=<token>]"

    async def initialize(self) -> None:
        """Open the connections and learn who we are; raises BotTokenRejectedError, NetworkError."""
        try:
            await super().initialize()
        except InvalidToken:
            is_rejected = True
        else:
            is_rejected = False
        # Outside the handler: the library's error, which quotes the token, must not be this one's context.
        if is_rejected:
            raise BotTokenRejectedError

    async def fetch_updates(
        self, *, offset: int | None, limit: int, timeout_seconds: int, allowed_updates: Sequence[str]
    ) -> list[object]:
        """Return updates as raw JSON, waiting up to `timeout_seconds` for the first; `offset` confirms those before it.

        The library's own `get_updates` reads them all at once, so that one malformed update would hide its neighbours,
        and logs all of them then.
        """
        found = await self._post(
            "getUpdates",
            {"offset": offset, "limit": limit, "timeout": timeout_seconds, "allowed_updates": list(allowed_updates)},
            read_timeout=timeout_seconds + _READ_MARGIN_SECONDS,
        )
        if not isinstance(found, list):
            raise NetworkError("The answer to getUpdates is not a list")
        return found

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method with plain JSON and return its plain answer; raises the library's errors.

        The library's own methods build an object of every keyboard that goes out and of every message that comes back:
        half the CPU of a tap, for what nobody looks at.
        """
        return await self._post(method, parameters)


def build_bot(*, token: str, api_url: str, defaults: Defaults | None = None) -> TokenKeepingBot:
    """Return a bot that speaks to `api_url` (no slash at its end) over one HTTP session for all calls."""
    # The library logs the URLs it was given, at DEBUG, the token in them.
    logging.getLogger("telegram.ext.ExtBot").addFilter(_hide_token_in_record)
    request = AiohttpRequest()
    return TokenKeepingBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=request,
        get_updates_request=request,
        defaults=defaults,
    )
