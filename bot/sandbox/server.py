"""The sandbox as an HTTP server: the Bot API for the bot, Paymob's API, JSON for drivers, pages for people."""

import ipaddress
import socket
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.sandbox.bot_endpoint import LARGEST_REQUEST_BYTES, BotEndpoint
from bot.sandbox.clock import MovableClock
from bot.sandbox.driver_people import PeopleDriver
from bot.sandbox.driver_routes import guard
from bot.sandbox.driver_world import LandmarkSource, WorldDriver
from bot.sandbox.page_files import PageFiles
from bot.sandbox.paymob.account import PaymobAccount
from bot.sandbox.paymob.gateway import Paymob
from bot.sandbox.paymob.mount import mount
from bot.sandbox.people import SandboxPerson
from bot.sandbox.world import World

_SHUTDOWN_SECONDS = 0.2
_PAGE = Path(__file__).with_name("page")
PROVIDER_TOKEN = "sandbox:TEST:provider"  # noqa: S105 -- of a provider that moves no money


class Sandbox:
    """A Telegram of one's own: one bot, any number of people, a movable clock, trouble on demand."""

    def __init__(
        self,
        *,
        token: str,
        bot_username: str = "rollcall_demo_bot",
        bot_name: str = "Rollcall",
        clock: MovableClock | None = None,
        people: Sequence[SandboxPerson] = (),
        page: Path | None = None,
        landmarks: LandmarkSource | None = None,
        time_zone: str | None = None,
        paymob: PaymobAccount | None = None,
        provider_token: str = PROVIDER_TOKEN,
        query_lifetime_seconds: float = 15.0,
        webhook_retry_seconds: float = 1.0,
    ) -> None:
        self.clock = clock if clock is not None else MovableClock()
        self._token = token
        self._page = page if page is not None else _PAGE
        self._landmarks = landmarks
        self._time_zone = time_zone
        self.world = World(
            bot_user=_bot_user(token, bot_username, bot_name),
            clock=self.clock,
            people=people,
            query_lifetime_seconds=query_lifetime_seconds,
            webhook_retry_seconds=webhook_retry_seconds,
            provider_token=provider_token,
        )
        account = paymob if paymob is not None else PaymobAccount(merchant_name=bot_name)
        self.paymob = Paymob(account, self.clock, retry_seconds=webhook_retry_seconds)

    def add_person(self, person: SandboxPerson) -> None:
        """Let one more person have a phone; raise ValueError if the id or the slug is taken."""
        self.world.chats.add(person)

    def application(self, *, allow_remote: bool = False) -> web.Application:
        """Build the web application, which may be given further routes before it runs."""
        application = web.Application(middlewares=[guard(allow_remote=allow_remote)], client_max_size=LARGEST_REQUEST_BYTES)
        BotEndpoint(self.world, self._token).add_to(application)
        PeopleDriver(self.world).add_to(application)
        WorldDriver(self.world, self._landmarks, self._time_zone).add_to(application)
        mount(self.paymob, application)
        PageFiles(self._page).add_to(application)

        async def close(_application: web.Application) -> None:
            await self.world.webhooks.close()

        application.on_cleanup.append(close)
        return application


class RunningSandbox:
    """A sandbox that listens while the block runs; `url` is what the bot takes for Telegram's address."""

    def __init__(self, application: web.Application, host: str, port: int) -> None:
        self.url = ""
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        self._host = host
        self._port = port

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening; long polls and streams end at once."""
        await self._runner.cleanup()


def run_sandbox(sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0, *, allow_remote: bool = False) -> RunningSandbox:
    """Prepare to serve; raise ValueError for an address beyond this machine, unless that is asked for."""
    if not allow_remote and not _is_loopback(host):
        raise ValueError(f"the sandbox has no passwords: {host} would show it to other machines")
    return RunningSandbox(sandbox.application(allow_remote=allow_remote), host, port)


def _is_loopback(host: str) -> bool:
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        return False
    return bool(addresses) and all(ipaddress.ip_address(address).is_loopback for address in addresses)


def _bot_user(token: str, username: str, name: str) -> dict[str, Any]:
    bot_id = token.partition(":")[0]
    if not (bot_id.isascii() and bot_id.isdigit()):
        raise ValueError("a token begins with the bot's number and a colon")
    return {
        "id": int(bot_id),
        "is_bot": True,
        "first_name": name,
        "username": username,
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
