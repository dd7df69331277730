from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.telegram.client import TokenKeepingBot, build_bot
from tests.telegram_link.api_server import TOKEN, FakeBotApi


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    fake = FakeBotApi()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", fake.handle)
    app.router.add_get("/file/bot{token}/{path}", _file)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    fake.url = f"http://{host}:{port}"
    yield fake
    for gate in fake.gates.values():
        gate.set()
    await runner.cleanup()


async def _file(_: web.Request) -> web.Response:
    return web.Response(body=b"a picture")


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[TokenKeepingBot]:
    async with build_bot(token=TOKEN, api_url=api.url) as made:
        api.calls.clear()
        yield made
