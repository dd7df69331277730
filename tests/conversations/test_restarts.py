"""A bot that is stopped, doubled or replaced: conversations go on, and exactly one process asks Telegram."""

import asyncio
import functools
from contextlib import AsyncExitStack

import pytest

from storage.leases import StoredLease
from tests.conversations.ledger import known
from tests.conversations.studio import JACK, Studio


class TestRestart:
    async def test_in_the_middle_of_first_contact_goes_on(self, closed_studio: Studio) -> None:
        jack = closed_studio.phone("jack")
        async with closed_studio.bot():
            await jack.starts()
            await jack.taps("English")
            await jack.reads("What name")
        async with closed_studio.bot():
            await jack.says("Jacques")
            await jack.reads("your phone number")
        async with closed_studio.bot():
            await jack.says("Skip")
            await jack.reads("Hello Jacques!")
        assert (await known(closed_studio.database, JACK)).has_joined

    async def test_leaves_every_button_working(self, closed_studio: Studio) -> None:
        omar = closed_studio.phone("omar")
        async with closed_studio.bot():
            await omar.starts()
            await omar.taps("Ballet I")
            confirm = await omar.key("Book for")
        async with closed_studio.bot():
            await omar.presses(confirm)
            await omar.reads("✅ Booked")

    async def test_answers_what_came_while_nobody_was_there(self, closed_studio: Studio) -> None:
        omar = closed_studio.phone("omar")
        asked = await omar.sends("/start")
        async with closed_studio.bot():
            await omar.wait_until(lambda view: view.answers_to(asked))
            await omar.reads("Hello Omar")

    async def test_does_nothing_of_what_was_done_again(self, closed_studio: Studio) -> None:
        omar = closed_studio.phone("omar")
        async with closed_studio.bot():
            await omar.starts()
        answered = len((await omar.view()).bubbles)
        async with closed_studio.bot():
            await closed_studio.phone("mona").starts()  # whatever came again came before it
        assert len((await omar.view()).bubbles) == answered


class TestTwoBots:
    @pytest.fixture(autouse=True)
    def _short_leases(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the one that waits look every third of a second."""
        monkeypatch.setattr("bot.app.StoredLease", functools.partial(StoredLease, duration_seconds=1.0))

    async def test_never_poll_at_once(self, closed_studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
        async with closed_studio.bot(), closed_studio.bot():
            crowd = await closed_studio.give_phones(20, money_minor=8_000)
            await asyncio.gather(*(person.starts() for person in crowd))
        assert "Another program polls" not in caplog.text
        assert len(closed_studio.calls("sendMessage")) == 20

    async def test_second_takes_over_from_a_first_that_stops(self, closed_studio: Studio) -> None:
        omar = closed_studio.phone("omar")
        async with AsyncExitStack() as first:
            await first.enter_async_context(closed_studio.bot())
            await omar.starts()
            async with closed_studio.bot():
                await first.aclose()
                await omar.taps("Ballet I")
                await omar.reads("11 seats left")
