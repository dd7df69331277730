"""The timetable by taps: a rule with its classes, leaving a day out, ending it, holidays; and what students then read."""

from datetime import timedelta

import pytest

from domain.sessions.forgotten import MarkMissed
from storage.unit_of_work import unit_of_work_factory
from tests.builders.sessions import cancel_session, make_good
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


@pytest.fixture
def hana(studio: Studio) -> Person:
    """Receptionist at Maadi."""
    return studio.phone("hana")


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """Owns the studio."""
    return studio.phone("tarek")


async def add_rule(person: Person) -> None:
    """Mondays and Wednesdays at half past six, from the opening day on."""
    await person.says("/timetable")
    await person.taps("New rule")
    await person.taps("Ballet I")
    await person.taps("Monday")
    await person.taps("Tuesday")
    await person.taps("✅ Tuesday")
    await person.taps("Wednesday")
    await person.taps("Go on")
    await person.reads("At what time?")
    await person.says("18:30")
    await person.reads("From which day on?")
    await person.taps("Mon 23 Nov")
    await person.reads("Monday, Wednesday, 18:30", "From Mon 23 Nov on")
    confirm = await person.key("Add this rule")
    await person.presses(confirm)
    await person.reads("Monday, Wednesday, 18:30", "The next classes")
    await person.presses(confirm)
    await person.reads("Monday, Wednesday, 18:30", "The next classes")


class TestChangingARule:
    async def test_keeps_what_is_booked_and_makes_the_rest_anew(self, studio: Studio, hana: Person, omar: Person) -> None:
        await add_rule(hana)
        await omar.starts()
        await omar.taps("Wed 18:30")
        await omar.taps("Book for")
        await omar.reads("Booked")
        await hana.taps("✏️ Change it")
        await hana.reads("What is to be different?", "👤 Salma Nabil · 12 seats")
        await hana.taps("✏️ Time")
        await hana.says("٢٠:١٥")
        await hana.taps("✏️ Seats")
        await hana.taps("20 seats")
        await hana.taps("✏️ Teacher")
        await hana.says("Dina <b>Farag</b>")
        await hana.reads("Time: 18:30 → 20:15", "Seats: 12 seats → 20 seats", "Teacher: Salma Nabil → Dina <b>Farag</b>")
        confirm = await hana.key("✅ Change it")
        await hana.presses(confirm)
        await hana.reads("The rule is changed", "Monday, Wednesday, 20:15", "1 class stays")
        assert "Wed 18:30" in (await hana.labels())[0]
        before = await studio.kept()
        await hana.presses(confirm)
        await hana.reads("Monday, Wednesday, 20:15", "Dina <b>Farag</b> · 20 seats", "The next classes")
        assert await studio.kept() == before
        await studio.adds_up()

    async def test_takes_other_days_from_a_typed_day_on(self, studio: Studio, hana: Person) -> None:
        await add_rule(hana)
        await hana.taps("✏️ Change it")
        await hana.taps("✏️ Weekdays")
        await hana.taps("✅ Monday")
        await hana.says("2")
        await hana.taps("Thursday")
        await hana.taps("Go on")
        await hana.reads("Weekdays: Monday, Wednesday → Wednesday, Thursday")
        await hana.taps("From Mon 23 Nov on")
        await hana.says("1/1/2020")
        await hana.taps("✅ Change it")
        await hana.reads("past")
        await hana.taps("From ")
        await hana.says("30/11")
        await hana.taps("✅ Change it")
        await hana.reads("Wednesday, Thursday, 18:30", "From Mon 30 Nov on", "The next classes")

    async def test_outlives_a_pause_and_is_left(self, studio: Studio, hana: Person) -> None:
        await add_rule(hana)
        await hana.taps("✏️ Change it")
        await hana.taps("✏️ Seats")
        typed = await hana.key("20 seats")
        await hana.says("0")
        await hana.reads("How many seats are there?")
        await hana.says("/cancel")
        await hana.reads("Left.")
        before = await studio.kept()
        await hana.presses(typed)
        await hana.reads("out of date")
        assert await studio.kept() == before

    async def test_changes_nothing_where_nothing_is_chosen(self, studio: Studio, hana: Person) -> None:
        await add_rule(hana)
        await hana.taps("✏️ Change it")
        await hana.taps("✏️ Seats")
        await hana.taps("12 seats")
        await hana.reads("What is to be different?")
        assert not [label for label in await hana.labels() if "✅ Change it" in label]


class TestRules:
    async def test_make_their_classes_once(self, studio: Studio, hana: Person) -> None:
        await add_rule(hana)
        labels = await hana.labels()
        assert labels[:2] == ["🕒 Today 18:30 · Ballet I · Maadi · 0/12", "🕒 Wed 18:30 · Ballet I · Maadi · 0/12"]
        await hana.says("/timetable")
        assert len([label for label in await hana.labels() if "Ballet I" in label]) == 1

    async def test_leave_a_day_out_that_is_typed(self, studio: Studio, hana: Person) -> None:
        await add_rule(hana)
        await hana.taps("Leave a day out")
        await hana.says("25/11")
        await hana.reads("Wed 25 Nov is left out")
        assert not [label for label in await hana.labels() if "Wed 18:30" in label]

    async def test_end_and_name_the_classes_that_stay(self, studio: Studio, hana: Person, omar: Person) -> None:
        await add_rule(hana)
        await omar.starts()
        await omar.taps("Wed 18:30")
        await omar.taps("Book for")
        await omar.reads("Booked")
        await hana.taps("End this rule")
        await hana.taps("At once")
        await hana.reads("The rule ends", "1 class stays")
        await hana.taps("Wed 18:30")
        await hana.taps("Cancel the class")

    async def test_of_another_branch_are_not_there(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await add_rule(hana)
        rami = await studio.world.add_staff("Rami Adel", branch=await studio.world.add_branch("Zamalek"))
        phone = studio.give_phone(rami, "rami")
        ending = await hana.key("End this rule")
        await phone.starts()
        before = await studio.kept()
        await phone.forges(ending.data)
        await phone.reads("not available any more")
        assert await studio.kept() == before


class TestHolidays:
    async def test_clear_a_day_and_come_off_again(self, studio: Studio, tarek: Person) -> None:
        await add_rule(tarek)
        await tarek.says("/timetable")
        await tarek.taps("Holidays")
        await tarek.taps("New holiday")
        await tarek.taps("All branches")
        await tarek.taps("Tue 24 Nov")
        await tarek.says("Feast <3")
        await tarek.reads("Tue 24 Nov is a holiday", "1 class stays")
        await tarek.taps("Back")
        await tarek.taps("Feast <3")
        await tarek.taps("Make it an ordinary day")
        await tarek.reads("No holidays are coming")


class TestWhatStudentsRead:
    async def test_of_a_cancelled_class_is_who_why_and_what_came_back(self, studio: Studio, mona: Person) -> None:
        cast = studio.cast
        await mona.says("/bookings")
        booking = await mona.key("Ballet I")
        await cancel_session(studio.world, cast.staff, cast.session, reason="TEACHER_ILL")
        await mona.presses(booking)
        await mona.reads("Cancelled: Ballet I", "The studio cancelled this class", "The teacher cannot come", "is coming")
        await make_good(studio.world, cast.session)
        await mona.presses(booking)
        await mona.reads("The studio cancelled this class", "1 credit is back in your package")
        assert "Cancel this booking" not in await mona.labels()

    async def test_of_a_missed_class_is_an_apology(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        booking = await mona.key("Ballet I")
        studio.clock.advance(timedelta(days=2))
        await MarkMissed(unit_of_work_factory(studio.database), studio.clock)(studio.world.center_id)
        await make_good(studio.world, studio.cast.session)
        await mona.presses(booking)
        await mona.reads("did not take place", "1 credit is back in your package")

    async def test_of_a_moved_class_is_until_when_it_can_be_given_back(
        self, studio: Studio, mona: Person, hana: Person
    ) -> None:
        await hana.starts()
        await hana.taps("Ballet I")
        await hana.taps("Change")
        await hana.taps("Day and time")
        await hana.taps("Tomorrow")
        await hana.taps("12:00")
        await hana.taps("Yes, move it")
        studio.clock.advance(timedelta(days=1, hours=1, minutes=55))
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        await mona.reads("12:00–13:00", "moved after you booked")
        await mona.taps("Cancel this booking")
        await mona.taps("Yes, cancel it")
        await mona.reads("1 credit is back in your package")
        await studio.adds_up()
