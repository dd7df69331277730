"""The demo as a stranger meets it: one command, the page answers, and the first tap works."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.demo import run_demo
from storage.migrate import upgrade
from tests.conversations.phone import Person
from tests.sandbox.clients import Driver

STOP_SECONDS = 15


@asynccontextmanager
async def demo(folder: Path, *, is_empty: bool = False) -> AsyncIterator[tuple[str, Driver]]:
    """Run the demo; give the URL that it tells, and what drives it."""
    path, stop, told = folder / "demo.db", asyncio.Event(), asyncio.Queue[str]()
    await asyncio.to_thread(upgrade, f"sqlite+aiosqlite:///{path}")
    running = asyncio.create_task(run_demo(path, port=0, stop=stop, say=told.put_nowait, is_empty=is_empty))
    try:
        async with aiohttp.ClientSession() as http:
            url = await told.get()
            yield url, Driver(http, url.partition("/?")[0])
    finally:
        stop.set()
        await asyncio.wait_for(running, STOP_SECONDS)


class TestDemo:
    async def test_opens_at_a_student_who_books_in_two_taps(self, tmp_path: Path) -> None:
        async with demo(tmp_path) as (url, driver):
            assert url.endswith("/?person=mona")
            mona = Person(driver, "mona")
            await mona.says("/start")
            await mona.taps("Ballet I")
            await mona.taps("Book")
            await mona.reads("✅ Booked")

    async def test_empty_opens_at_an_owner_who_is_led_through_setting_up(self, tmp_path: Path) -> None:
        async with demo(tmp_path, is_empty=True) as (url, driver):
            assert url.endswith("/?person=tarek")
            tarek = Person(driver, "tarek")
            await tarek.says("/start")
            for tap in ("English", "I am"):
                await tarek.taps(tap)
            await tarek.says("Skip")
            await tarek.reads("You are here as admin", "▫️ A branch")
            assert (await driver.get("clock"))["landmarks"] == []
