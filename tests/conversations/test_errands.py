"""One tap for hundreds: it is answered at once, and what follows is seen to grow."""

from datetime import timedelta

import pytest

from domain.notifications.model import MutableNotification
from domain.sessions.model import AbsenteePolicy
from domain.writes.people import MuteNotification
from tests.builders.door import finish, open_check_in
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled

MANY = 120


@pytest.fixture
async def lecture(studio: Studio) -> Scheduled:
    """A class in half an hour, of more people than one tap can wait for."""
    world = studio.world
    taught = await world.add_class("Lecture", policy=AbsenteePolicy.MANUAL, capacity=200)
    session = await world.add_session(taught, starts_in=timedelta(minutes=30), capacity=200)
    for student in await world.add_students(MANY, money_minor=8_000):
        await world.book(student, session)
    await world.database.apply([MuteNotification(studio.cast.staff.id, MutableNotification.TEAM)])
    await open_check_in(world, session)
    return session


class TestEveryoneAttended:
    async def test_is_answered_at_once_and_seen_on_the_roster(self, studio: Studio, lecture: Scheduled) -> None:
        hana = studio.phone("hana")
        await hana.starts()
        await hana.taps("Lecture")
        await hana.taps("Roster")
        await hana.taps("Everyone attended")
        await hana.reads(f"Mark all {MANY} heads")
        yes = await hana.key("Yes, everyone attended")
        popup = await hana.presses(yes, seconds=5)
        assert "goes on by itself" in popup.text
        await hana.presses(yes)
        await hana.reads(f"{MANY} of {MANY} here", "Tap a name")
        await studio.adds_up()


class TestDecidingAll:
    @pytest.fixture
    async def tarek(self, studio: Studio, lecture: Scheduled) -> Person:
        """The admin, after a class that nobody came to."""
        await finish(studio.world, lecture, by=studio.cast.staff)
        person = studio.phone("tarek")
        await person.starts()
        return person

    async def test_shows_how_far_it_is_and_what_it_came_to(self, studio: Studio, tarek: Person) -> None:
        await tarek.taps(f"⚖️ {MANY} decisions")
        await tarek.taps("Charge all")
        await tarek.reads(f"{MANY} seats")
        yes = await tarek.key("Yes, charge all")
        await tarek.presses(yes, seconds=5)
        await tarek.presses(yes)
        await tarek.reads(f"{MANY} seats are charged.")
        await tarek.taps("All decisions")
        await tarek.reads("Nothing is to be decided")
        await studio.adds_up()

    async def test_is_followed_in_arabic(self, studio: Studio, tarek: Person) -> None:
        await studio.database.execute("UPDATE people SET language = 'ar'")
        await tarek.starts()
        await tarek.taps("⚖️")
        await tarek.taps("إعفاء الكل")
        await tarek.taps("نعم، أعفِ الكل")
        await tarek.reads(f"أُعفي من ثمن {MANY} مقعدًا.")
