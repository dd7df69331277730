"""A student looks back: past bookings by status and class, and what they type to find one."""

from datetime import timedelta

import pytest

from tests.conversations.phone import Person
from tests.conversations.studio import Studio


@pytest.fixture
async def past(studio: Studio) -> Studio:
    """Mona has cancelled a yoga class and has been booked for Ballet I, which is over."""
    yoga = await studio.world.add_class("Hatha Yoga")
    booking = await studio.world.book(studio.cast.owner, await studio.world.add_session(yoga, starts_in=timedelta(days=2)))
    await studio.world.cancel(studio.cast.owner, booking.id)
    await studio.database.execute(
        "UPDATE sessions SET status = 'FINISHED', settled_at = ends_at"
    )  # not missed by the clock
    studio.clock.advance(timedelta(days=3))
    return studio


async def looks_back(person: Person) -> None:
    await person.says("/bookings")
    await person.taps("Past")
    await person.reads("Past bookings")


class TestPastBookings:
    async def test_stand_under_their_own_tab(self, past: Studio, mona: Person) -> None:
        await looks_back(mona)
        labels = await mona.labels()
        assert labels[:4] == ["Upcoming", "Past", "❌ Wed 25 Nov · Hatha Yoga", "▫️ Tue 24 Nov · Ballet I"]
        await mona.taps("Hatha Yoga")
        await mona.reads("❌ Cancelled", "EGP 80 free again")

    async def test_are_narrowed_with_taps(self, past: Studio, mona: Person) -> None:
        await looks_back(mona)
        await mona.taps("Filter and sort")
        await mona.taps("Cancelled")
        await mona.reads("⚙️ Cancelled")
        await mona.taps("Filter and sort")
        await mona.taps("🎓 Class")
        await mona.taps("Ballet I")
        await mona.reads("Nothing like that")
        await mona.taps("Show all")
        await mona.key("▫️ Tue 24 Nov · Ballet I")

    async def test_are_not_there_for_whoever_has_none(self, nour: Person) -> None:
        await looks_back(nour)
        await nour.reads("no past bookings yet")


class TestSearch:
    async def test_finds_what_was_typed_without_care(self, past: Studio, mona: Person) -> None:
        await looks_back(mona)
        await mona.taps("Search")
        await mona.reads("What are you looking for?")
        await mona.says("  yoga SALMA ")
        await mona.reads("“yoga SALMA”")
        assert [label for label in await mona.labels() if "·" in label] == ["❌ Wed 25 Nov · Hatha Yoga"]

    async def test_is_still_there_after_a_look_elsewhere(self, past: Studio, mona: Person) -> None:
        await looks_back(mona)
        await mona.taps("Search")
        await mona.says("ballet")
        await mona.taps("Filter and sort")
        await mona.taps("By booking date")
        await mona.reads("“ballet”", "By booking date")

    async def test_asks_again_for_what_cannot_be_looked_for(self, past: Studio, mona: Person) -> None:
        await looks_back(mona)
        await mona.taps("Search")
        await mona.reads("What are you looking for?")
        await mona.says("x" * 65)
        await mona.reads("at most 64 letters", "What are you looking for?")
        await mona.says("\u200f\u0640")
        await mona.reads("at least one letter")
        await mona.says("ballet")
        await mona.reads("“ballet”")

    @pytest.mark.parametrize("way_out", ["button", "command"])
    async def test_is_left_without_an_answer(self, past: Studio, mona: Person, way_out: str) -> None:
        await looks_back(mona)
        await mona.taps("Search")
        await mona.reads("What are you looking for?")
        await (mona.taps("Cancel") if way_out == "button" else mona.says("/cancel"))
        await mona.reads("Past bookings", "attended")
        answer = await mona.says("ballet")
        assert "use the buttons" in answer.text

    async def test_goes_on_after_a_restart(self, closed_studio: Studio) -> None:
        mona = closed_studio.phone("mona")
        closed_studio.clock.advance(timedelta(days=2))
        async with closed_studio.bot():
            await looks_back(mona)
            await mona.taps("Search")
            await mona.reads("What are you looking for?")
        async with closed_studio.bot():
            await mona.says("ballet")
            await mona.reads("“ballet”")
