"""A browser, a sandbox, a small bot, and a page on which nothing may go wrong unseen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot.sandbox.server import Sandbox, run_sandbox
from tests.browser.chromium import CHROMIUM
from tests.browser.small_bot import HOSTILE, MONA, OMAR, TOKEN, SmallBot


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def url() -> AsyncIterator[str]:
    async with run_sandbox(Sandbox(token=TOKEN, people=(MONA, OMAR, HOSTILE))) as running:
        yield running.url


@pytest_asyncio.fixture(loop_scope="module")
async def bot(url: str) -> AsyncIterator[SmallBot]:
    async with aiohttp.ClientSession() as session:
        small = SmallBot(session, url)
        commands = [{"command": "start", "description": "Begin"}, {"command": "phone", "description": "My number"}]
        await small.call("setMyCommands", commands=commands)
        polling = asyncio.create_task(small.poll())
        yield small
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, url: str, bot: SmallBot) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=url, viewport={"width": 1280, "height": 860}, locale="en-GB")
    opened = await context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield opened
    await context.close()
    assert faults == []
