"""Updates by webhook: the secret, the order, what must come again, and a restart."""

import asyncio
import io
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from pydantic import SecretStr
from telegram import Bot

from bot.settings import Settings, SettingsError
from bot.telegram.intake import UpdateIntake
from bot.telegram.processor import PersonOrderedProcessor
from bot.web import WebServer
from bot.webhook import add_webhook
from tests.conversations.studio import Studio

SECRET = "of_the-webhook_0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def by_webhook(settings: Settings) -> Settings:
    port = free_port()
    return settings.model_copy(
        update={"http_port": port, "public_url": f"http://127.0.0.1:{port}", "webhook_secret": SecretStr(SECRET)}
    )


@pytest.fixture
def settings(closed_studio: Studio) -> Settings:
    """The studio's settings, with a public address."""
    closed_studio.sandbox.world.webhooks.retry_seconds = 0.05
    return by_webhook(closed_studio.settings)


async def info(studio: Studio) -> dict[str, Any]:
    return dict(studio.sandbox.world.webhooks.info())


class TestServing:
    async def test_answers_people_without_polling(self, closed_studio: Studio, settings: Settings) -> None:
        mona = closed_studio.phone("mona")
        async with closed_studio.bot(settings=settings):
            await mona.starts()
            await mona.taps("My bookings")
            await mona.reads("My bookings")
            assert closed_studio.calls("getUpdates") == []
        (call,) = closed_studio.calls("setWebhook")
        assert "callback_query" in str(call)

    async def test_keeps_a_persons_messages_in_order(self, closed_studio: Studio, settings: Settings) -> None:
        mona, omar = closed_studio.phone("mona"), closed_studio.phone("omar")
        async with closed_studio.bot(settings=settings):
            for person in (mona, omar):
                await person.says("/profile")
                await person.taps("Name")
            await asyncio.gather(*(person.sends(text) for person in (mona, omar) for text in ("First", "/start")))
            for person in (mona, omar):
                await person.reads("Hello First!")

    async def test_goes_on_where_a_stopped_bot_left_off(self, closed_studio: Studio, settings: Settings) -> None:
        mona = closed_studio.phone("mona")
        async with closed_studio.bot(settings=settings):
            await mona.says("/profile")
            await mona.taps("Name")
        await mona.sends("Said meanwhile")  # nobody listens: it is delivered again until somebody does
        async with closed_studio.bot(settings=settings):
            await mona.reads("From now on you are Said meanwhile")

    async def test_gives_the_updates_back_to_polling_without_losing_any(
        self, closed_studio: Studio, settings: Settings
    ) -> None:
        mona = closed_studio.phone("mona")
        async with closed_studio.bot(settings=settings):
            await mona.starts()
        sent = await mona.sends("/profile")
        async with closed_studio.bot():
            await mona.wait_until(lambda view: view.answers_to(sent))
            assert (await info(closed_studio))["url"] == ""

    async def test_at_an_address_that_telegram_refuses_stops_with_a_sentence(
        self, closed_studio: Studio, settings: Settings
    ) -> None:
        wrong = settings.model_copy(update={"public_url": "ftp://example.com"})
        with pytest.raises(SettingsError, match="ROLLCALL_PUBLIC_URL"):
            async with closed_studio.bot(settings=wrong) as task:
                await task


class TestProcess:
    async def test_killed_in_a_dialog_and_started_again_loses_nothing(
        self, closed_studio: Studio, settings: Settings
    ) -> None:
        mona = closed_studio.phone("mona")
        killed = await _started(settings)
        await mona.says("/profile")
        await mona.taps("Name")
        killed.kill()
        await killed.wait()
        await mona.sends("Mona the Second")
        restarted = await _started(settings)
        try:
            await mona.reads("From now on you are Mona the Second")
        finally:
            restarted.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(restarted.wait(), 15) == 0
        await closed_studio.adds_up()


async def _started(settings: Settings) -> asyncio.subprocess.Process:
    """Start the real command with these settings."""
    values = {
        "BOT_TOKEN": settings.token,
        "TELEGRAM_API_URL": settings.telegram_api_url,
        "DATABASE_URL": settings.database_url,
        "HTTP_PORT": str(settings.http_port),
        "PUBLIC_URL": settings.public_url or "",
        "WEBHOOK_SECRET": SECRET,
        "LOG_LEVEL": "ERROR",
    }
    environment = os.environ | {f"ROLLCALL_{name}": value for name, value in values.items()}
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)


class TestSettings:
    def test_of_a_public_address_ask_for_the_secret(self, closed_studio: Studio) -> None:
        bare = closed_studio.settings.model_copy(update={"public_url": "https://example.com"})
        with pytest.raises(SettingsError, match="ROLLCALL_WEBHOOK_SECRET"):
            bare.check_webhook()
        closed_studio.settings.check_webhook()


class Endpoint:
    """The route alone, around an intake that a test controls."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.taken: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()
        self.intake = UpdateIntake(
            bot=Bot("1:x"), processor=PersonOrderedProcessor(), process=self._process, on_error=lambda *_: None
        )
        self.url = ""

    async def _process(self, update: Any) -> None:
        self.begun.set()
        await self.gate.wait()
        self.taken.append(update.update_id)

    async def post(self, body: bytes = b'{"update_id": 1}', *, secret: str | None = SECRET) -> tuple[int, bytes]:
        headers = {} if secret is None else {HEADER: secret}
        async with aiohttp.ClientSession() as http, http.post(self.url, data=io.BytesIO(body), headers=headers) as response:
            return response.status, await response.read()


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    endpoint, port = Endpoint(), free_port()
    application = web.Application(client_max_size=64)
    add_webhook(application, intake=endpoint.intake, secret=SECRET, stop=endpoint.stop)
    endpoint.url = f"http://127.0.0.1:{port}/telegram"
    async with WebServer(application, host="127.0.0.1", port=port):
        yield endpoint


class TestEndpoint:
    @pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "é"])
    async def test_is_closed_without_the_secret(self, endpoint: Endpoint, secret: str | None) -> None:
        assert await endpoint.post(secret=secret) == (401, b"")
        assert endpoint.taken == []

    async def test_takes_an_update_larger_than_other_bodies_may_be(self, endpoint: Endpoint) -> None:
        assert await endpoint.post(b'{"update_id": 7, "padding": "' + b"x" * 100_000 + b'"}') == (200, b"")
        assert endpoint.taken == [7]

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"message": {}}'])
    async def test_passes_over_what_is_no_update(self, endpoint: Endpoint, body: bytes) -> None:
        assert (await endpoint.post(body))[0] == 200
        assert endpoint.taken == []

    async def test_refuses_a_body_beyond_any_update(self, endpoint: Endpoint) -> None:
        assert (await endpoint.post(b"x" * (1024 * 1024 + 1)))[0] == 413

    async def test_asks_for_what_was_cut_off_to_come_again(self, endpoint: Endpoint) -> None:
        endpoint.gate.clear()
        posted = asyncio.create_task(endpoint.post())
        await endpoint.begun.wait()
        endpoint.stop.set()
        await endpoint.intake.cut_off()
        assert await posted == (503, b"")
        assert await endpoint.post() == (503, b"")
