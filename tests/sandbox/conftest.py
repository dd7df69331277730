"""A running sandbox with two people, of whom Mona has written to the bot and Omar never has."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import RunningSandbox, Sandbox, SandboxPerson, run_sandbox
from tests.sandbox.clients import MONA, OMAR, TOKEN, BotClient, Driver
from tests.sandbox.paymob_clients import ACCOUNT, Merchant


@pytest.fixture
def sandbox() -> Sandbox:
    """The sandbox behind the running one, to look inside."""
    mona = SandboxPerson(id=MONA, slug="mona", first_name="Mona", last_name="Adel", language_code="ar", phone="+2010")
    omar = SandboxPerson(id=OMAR, slug="omar", first_name="Omar", username="omar_k")
    return Sandbox(token=TOKEN, people=[mona, omar], paymob=ACCOUNT, webhook_retry_seconds=0.01)


@pytest.fixture
async def running(sandbox: Sandbox) -> AsyncIterator[RunningSandbox]:
    """The sandbox, listening on a free port."""
    async with run_sandbox(sandbox) as running:
        yield running


@pytest.fixture
async def http(running: RunningSandbox) -> AsyncIterator[aiohttp.ClientSession]:
    """A session for requests of any kind."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def driver(running: RunningSandbox, http: aiohttp.ClientSession) -> Driver:
    """The drivers' JSON."""
    return Driver(http, running.url)


@pytest.fixture
async def bot(running: RunningSandbox, http: aiohttp.ClientSession, sandbox: Sandbox, driver: Driver) -> BotClient:
    """A bot that Mona has started and that has seen it."""
    client = BotClient(http, running.url, sandbox)
    started = await driver.post("people/mona/start")
    await client.call("getUpdates", offset=started["update_id"] + 1)
    return client


@pytest.fixture
async def merchant(running: RunningSandbox, http: aiohttp.ClientSession, driver: Driver) -> AsyncIterator[Merchant]:
    """A merchant of the sandbox's Paymob, who takes callbacks on a port of their own."""
    merchant = Merchant(http, running.url, driver)
    application = web.Application()
    application.router.add_post("/hook", merchant.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    merchant.hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield merchant
    await runner.cleanup()
