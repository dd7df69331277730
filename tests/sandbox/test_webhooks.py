"""Delivery of updates by HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.clients import BotClient, Driver

SECRET = "s3cret_token"


@dataclass
class Receiver:
    """A bot's webhook, which answers what the test says and 200 after that."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: asyncio.Queue[tuple[str | None, dict[str, Any]]] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.put_nowait((secret, await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next_text(self) -> str:
        async with asyncio.timeout(5):
            _, update = await self.received.get()
        return str(update["message"]["text"])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_delivers_with_the_secret_and_what_was_pending(bot: BotClient, driver: Driver, receiver: Receiver) -> None:
    await driver.post("people/mona/say", text="before")
    await bot.call("setWebhook", url=receiver.url, secret_token=SECRET)
    async with asyncio.timeout(5):
        secret, update = await receiver.received.get()
    assert (secret, update["message"]["text"]) == (SECRET, "before")


async def test_tries_again_in_order_until_it_succeeds(bot: BotClient, driver: Driver, receiver: Receiver) -> None:
    receiver.statuses = [500, 403]
    await bot.call("setWebhook", url=receiver.url)
    for text in ("one", "two"):
        await driver.post("people/mona/say", text=text)
    assert [await receiver.next_text() for _ in range(4)] == ["one", "one", "one", "two"]
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_one_persons_failure_does_not_hold_up_another(bot: BotClient, driver: Driver, receiver: Receiver) -> None:
    await driver.post("people/omar/start")
    await driver.post("people/mona/say", text="mona")
    receiver.statuses = [500, 500, 200]
    await bot.call("setWebhook", url=receiver.url)
    texts = {await receiver.next_text() for _ in range(4)}
    assert texts == {"/start", "mona"}


async def test_polling_is_refused_while_there_is_a_webhook(bot: BotClient, driver: Driver, receiver: Receiver) -> None:
    await bot.call("setWebhook", url=receiver.url)
    answer = await bot.answer("getUpdates")
    assert (answer["error_code"], answer["description"][:48]) == (
        409,
        "Conflict: can't use getUpdates method while webh",
    )
    assert (await bot.call("getWebhookInfo"))["url"] == receiver.url
    await bot.call("deleteWebhook")
    assert (await bot.call("getWebhookInfo"))["url"] == ""
    assert await bot.call("getUpdates") == []


async def test_redelivery_repeats_a_delivered_update(bot: BotClient, driver: Driver, receiver: Receiver) -> None:
    await driver.post("faults", status=201, kind="redeliver", count=1)
    await bot.call("setWebhook", url=receiver.url)
    await driver.post("people/mona/say", text="twice")
    assert [await receiver.next_text() for _ in range(2)] == ["twice", "twice"]


async def test_pending_updates_are_dropped_on_request(bot: BotClient, driver: Driver) -> None:
    await driver.post("people/mona/say", text="lost")
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.call("getUpdates") == []


@pytest.mark.parametrize(
    "parameters",
    [{"url": "ftp://e.org"}, {"url": "not an address"}, {"url": "http://127.0.0.1:9/x", "secret_token": "no spaces"}],
)
async def test_refuses_a_webhook_that_cannot_be(bot: BotClient, parameters: dict[str, str]) -> None:
    await bot.refusal("setWebhook", **parameters)
    assert (await bot.call("getWebhookInfo"))["url"] == ""


async def test_unreachable_webhook_keeps_the_updates(bot: BotClient, driver: Driver) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/nobody")
    await driver.post("people/mona/say", text="kept")
    await bot.call("deleteWebhook")
    assert [update["message"]["text"] for update in await bot.call("getUpdates")] == ["kept"]
