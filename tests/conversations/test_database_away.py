"""The database goes away and comes back: people wait, nobody is lost, nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from handlers.start_payload import session_payload
from tests.conversations.phone import Person
from tests.conversations.studio import Studio, opened_studio
from tests.conversations.wire import Wire


@dataclass(frozen=True, slots=True)
class WiredStudio:
    """A studio whose bot reaches its database over a wire."""

    studio: Studio
    wire: Wire


@pytest.fixture
async def wired(postgres_url: str) -> AsyncIterator[WiredStudio]:
    """The whole product on PostgreSQL, which SQLite's file cannot be away like."""
    async with Wire(postgres_url) as wire, opened_studio(postgres_url) as studio:
        settings = studio.settings.model_copy(update={"database_url": wire.url})
        async with studio.bot(settings=settings):
            yield WiredStudio(studio, wire)
            wire.mend()


async def test_a_tap_waits_and_is_booked_when_it_is_back(wired: WiredStudio) -> None:
    omar = wired.studio.phone("omar")
    await omar.starts()
    await omar.taps("Ballet I")
    confirm = await omar.key("Book for")
    wired.wire.cut()
    await omar.taps_unanswered(confirm)
    await wired.wire.refuses(3)
    wired.wire.mend()
    await omar.reads("✅ Booked")
    assert await wired.studio.statuses_of(wired.studio.cast.member) == [("LOCKED", "WALLET")]


async def test_a_burst_cut_in_the_middle_is_booked_once_each(wired: WiredStudio) -> None:
    session = await wired.studio.world.add_session(wired.studio.cast.taught, capacity=20)
    crowd = await wired.studio.give_phones(30, money_minor=8_000)
    await asyncio.gather(*(person.starts(session_payload(session.id)) for person in crowd))
    outcomes = asyncio.gather(*(_book(person) for person in crowd))
    for _ in range(3):
        await wired.studio.phone("mona").says("/help")  # somewhere in the burst
        wired.wire.cut()
        await wired.wire.refuses(1)
        wired.wire.mend()
    assert sum(await outcomes) == len(await wired.studio.live_seats(session)) == 20
    await wired.studio.adds_up()


async def test_what_is_asked_while_it_is_away_is_answered_afterwards(wired: WiredStudio) -> None:
    mona = wired.studio.phone("mona")
    await mona.starts()
    wired.wire.cut()
    asked = await mona.sends("/start")
    await wired.wire.refuses(2)
    assert (await mona.view()).answers_to(asked) == ()
    wired.wire.mend()
    await mona.reads("Hello Mona")


async def test_a_bot_that_starts_while_it_is_away_waits_for_it(postgres_url: str) -> None:
    async with Wire(postgres_url) as wire, opened_studio(postgres_url) as studio:
        wire.cut()
        async with studio.bot(settings=studio.settings.model_copy(update={"database_url": wire.url})):
            await wire.refuses(2)
            wire.mend()
            await studio.phone("mona").starts()
            await studio.phone("mona").reads("Hello Mona")


async def test_a_bot_that_is_stopped_while_it_is_away_ends(postgres_url: str) -> None:
    async with Wire(postgres_url) as wire, opened_studio(postgres_url) as studio:
        wire.cut()
        async with studio.bot(settings=studio.settings.model_copy(update={"database_url": wire.url})) as task:
            await wire.refuses(1)
        assert task.done()


async def _book(person: Person) -> bool:
    await person.taps_unanswered(await person.key("Book for"))
    view = await person.wait_until(
        lambda view: view.screen and ("✅ Booked" in view.screen.text or "Session is full" in view.screen.text), seconds=40
    )
    return view.screen is not None and "✅ Booked" in view.screen.text
