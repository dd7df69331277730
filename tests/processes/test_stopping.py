"""SIGTERM: what has begun is finished, nothing is half done, and the process ends by itself in time."""

import asyncio
import json

from handlers.start_payload import session_payload
from tests.conversations.studio import SECRET, Studio
from tests.processes.product import Product

OUTCOMES = ("✅ Booked", "Session is full")


class TestSigterm:
    async def test_under_a_burst_ends_in_time_with_nothing_half_done(self, studio: Studio, product: Product) -> None:
        crowd = await studio.give_phones(15, money_minor=8_000)
        async with product.running() as bot:
            await asyncio.gather(*(person.starts(session_payload(studio.cast.session.id)) for person in crowd))
            await studio.faults(kind="slow", delay_seconds=0.1, methods=["editMessageText"])
            await asyncio.gather(*[person.taps_unanswered(await person.key("Book for")) for person in crowd])
            assert await bot.terminate() == 0
        async with product.running():  # at once: a poller that stops gives its lease back
            for person in crowd:
                await person.wait_until(lambda view: view.screen and any(each in view.screen.text for each in OUTCOMES))
        assert len(await studio.live_seats()) == studio.cast.session.capacity
        audit = await product.finish("audit", "--json")
        assert (audit.exit_code, json.loads(audit.output)) == (0, [])

    async def test_while_telegram_is_away_ends_in_time(self, product: Product) -> None:
        lost = product.with_settings(telegram_api_url="http://127.0.0.1:9")
        async with lost.running() as bot:
            await bot.logs("Telegram cannot be reached")
            assert await bot.terminate() == 0


class TestLog:
    async def test_at_its_most_talkative_never_has_the_token(self, studio: Studio, product: Product) -> None:
        await studio.faults(kind="drop_after", methods=["getUpdates", "setMyCommands"], count=2)
        async with product.with_settings(log_level="DEBUG").running() as bot:
            await studio.phone("mona").starts()
            assert await bot.terminate() == 0
        assert bot.log
        assert SECRET not in "".join(bot.log)

    async def test_in_json_is_an_object_a_line(self, studio: Studio, product: Product) -> None:
        async with product.with_settings(log_format="json").running() as bot:
            await bot.logs("serves Nile Studio")
            await bot.terminate()
        assert {"at", "level", "logger", "message"} <= json.loads(bot.log[0]).keys()
