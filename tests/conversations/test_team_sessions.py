"""A receptionist runs the day: opens, starts, finishes; moves, changes, adds and cancels classes by taps."""

from datetime import timedelta

import pytest

from tests.builders.sessions import make_good, pay_cash_seat, session_of
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


@pytest.fixture
def hana(studio: Studio) -> Person:
    """Receptionist at Maadi, where Ballet I is tomorrow at ten."""
    return studio.phone("hana")


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """Owns the studio."""
    return studio.phone("tarek")


async def open_card(person: Person) -> None:
    await person.starts()
    await person.taps("Ballet I")


class TestTheDay:
    async def test_is_run_with_one_button(self, studio: Studio, hana: Person) -> None:
        await open_card(hana)
        early = await hana.taps("Open check-in")
        assert "too early: check-in can be opened from Tue 24 Nov 09:00 on" in early.text
        studio.clock.advance(timedelta(hours=23, minutes=30))
        opened = await hana.key("Open check-in")
        await hana.presses(opened)
        await hana.reads("Check-in open", "Seats taken: 1 of 12", "0 attended")
        await hana.presses(opened)
        await hana.reads("Check-in open")
        await hana.taps("Start the class")
        await hana.reads("Going on")
        await hana.taps("Finish the class")
        await hana.reads("Finished")
        assert "Cancel the class" not in " ".join(await hana.labels())

    async def test_says_what_is_not_a_step(self, studio: Studio, hana: Person) -> None:
        await open_card(hana)
        studio.clock.advance(timedelta(hours=23, minutes=30))
        opened = await hana.key("Open check-in")
        await hana.presses(opened)
        await hana.reads("Check-in open")
        await hana.taps("Start the class")
        await hana.reads("Going on")
        popup = await hana.presses(opened)
        assert "Invalid status transition: CONDUCTING → CHECKING_IN (Going on → Check-in open)" in popup.text
        await hana.reads("Invalid status transition", "Seats taken: 1 of 12")

    async def test_stands_on_the_first_screen(self, studio: Studio, hana: Person) -> None:
        await studio.world.add_session(studio.cast.taught, starts_in=timedelta(hours=2))
        await studio.world.add_session(
            studio.cast.taught, starts_in=timedelta(hours=2), branch=await studio.world.add_branch("Zamalek")
        )
        await hana.says("/today")
        await hana.reads("Today, Mon 23 Nov: 1 class")
        labels = await hana.labels()
        assert "🕒 Today 12:00 · Ballet I · Maadi · 0/12" in labels
        assert not [label for label in labels if "Zamalek" in label]

    async def test_of_another_branch_is_only_looked_at(self, studio: Studio, hana: Person, tarek: Person) -> None:
        zamalek = await studio.world.add_branch("Zamalek")
        await studio.world.add_session(studio.cast.taught, starts_in=timedelta(hours=1), branch=zamalek)
        await tarek.starts()
        await tarek.taps("Zamalek")
        opened = await tarek.key("Open check-in")
        await hana.starts()
        before = await studio.kept()
        await hana.forges(opened.data)
        await hana.reads("not available any more")
        assert await studio.kept() == before


class TestCancelling:
    async def test_says_what_it_does_does_it_once_and_shows_how_far_it_is(
        self, studio: Studio, hana: Person, mona: Person
    ) -> None:
        cast = studio.cast
        await studio.world.book(cast.member, cast.session)
        await pay_cash_seat(studio.world, cast.poor, cast.session, staff=cast.staff)
        await open_card(hana)
        await hana.taps("Cancel the class")
        await hana.taps("The teacher cannot come")
        await hana.reads(
            "The teacher cannot come",
            "3 people",
            "1 credit goes back",
            "EGP 160 becomes free",
            "EGP 80 of it was paid in cash",
        )
        confirm = await hana.key("Yes, cancel the class")
        await hana.presses(confirm)
        await hana.reads("Cancelled", "Reason: The teacher cannot come")
        await make_good(studio.world, cast.session)  # as the relay does at the same time
        await hana.presses(confirm)
        await hana.reads("All 3 seats made good")
        await studio.adds_up()

    async def test_takes_a_reason_that_is_typed_at_once(self, studio: Studio, hana: Person) -> None:
        await open_card(hana)
        await hana.taps("Cancel the class")
        await hana.reads("tap a reason, or type it")
        await hana.says("Water in the hall")
        await hana.reads("Reason: Water in the hall", "1 person loses their seat")

    async def test_takes_a_typed_reason(self, studio: Studio, hana: Person) -> None:
        await open_card(hana)
        await hana.taps("Cancel the class")
        await hana.taps("Another reason")
        await hana.reads("type the reason")
        await hana.says("...")
        await hana.reads("Please type the reason in a few words")
        await hana.says("Water in the hall <3")
        await hana.reads("Reason: Water in the hall <3", "1 person loses their seat")
        confirm = await hana.key("Yes, cancel the class")
        await hana.presses(confirm)
        await hana.reads("Cancelled", "Reason: Water in the hall <3")
        await hana.presses(confirm)
        await hana.reads("Cancelled", "Reason: Water in the hall <3")

    async def test_asks_again_where_the_class_has_moved_since(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await open_card(hana)
        await hana.taps("Cancel the class")
        await hana.taps("Too few people")
        await open_card(tarek)
        await tarek.taps("Change")
        await tarek.taps("Day and time")
        await tarek.taps("Thu 26 Nov")
        await tarek.taps("19:00")
        await tarek.reads("1 person is told")
        await tarek.taps("Yes, move it")
        await tarek.reads("Thu 26 Nov, 19:00–20:00")
        await hana.taps("Yes, cancel the class")
        await hana.reads("at another time by now", "Thu 26 Nov", "Scheduled")

    async def test_is_followed_by_rescheduling_once_everybody_is_made_good(self, studio: Studio, hana: Person) -> None:
        await open_card(hana)
        await hana.taps("Cancel the class")
        await hana.taps("Too few people")
        await hana.taps("Yes, cancel the class")
        await hana.reads("Made good: 0 of 1")
        assert not [label for label in await hana.labels() if "Reschedule" in label]
        await make_good(studio.world, studio.cast.session)
        await hana.taps("Refresh")
        await hana.taps("Reschedule")
        await hana.says("1/12")
        await hana.says("half past six")
        await hana.reads("not a time of day")
        await hana.says("6:30 pm")
        await hana.reads("Tue 1 Dec, 18:30–19:30", "1 person who was in it is invited")
        await hana.taps("Yes, reschedule it")
        await hana.reads("Scheduled", "Tue 1 Dec, 18:30–19:30", "Seats taken: 0 of 12")


class TestChanging:
    async def test_of_seats_and_teacher_is_typed(self, studio: Studio, hana: Person) -> None:
        await studio.world.book(studio.cast.member, studio.cast.session)
        await open_card(hana)
        await hana.taps("Change")
        await hana.taps("Number of seats")
        await hana.says("1")
        await hana.reads("2 seats are taken")
        await hana.says("٢٠")
        await hana.reads("Changed", "Seats taken: 2 of 20")
        await hana.taps("Change")
        await hana.taps("Teacher")
        await hana.says("Dina Samir")
        await hana.reads("Changed", "Dina Samir")

    async def test_deletes_what_nobody_is_in(self, studio: Studio, hana: Person) -> None:
        await studio.world.add_session(studio.cast.taught, starts_in=timedelta(hours=3))
        await hana.starts()
        await hana.taps("Today 13:00")
        await hana.taps("Delete")
        gone = await hana.key("Yes, delete it")
        await hana.presses(gone)
        await hana.reads("Today, Mon 23 Nov: no classes")
        await hana.presses(gone)
        await hana.reads("not available any more")


class TestAdding:
    async def test_takes_a_few_taps_and_adds_one(self, studio: Studio, hana: Person) -> None:
        await hana.starts()
        await hana.taps("Extra class")
        await hana.taps("Ballet I")
        await hana.taps("Tomorrow")
        await hana.taps("18:00")
        await hana.reads("Tue 24 Nov, 18:00–19:00", "Maadi", "12 seats")
        confirm = await hana.key("Add this class")
        await hana.presses(confirm)
        await hana.reads("Tue 24 Nov, 18:00–19:00", "Seats taken: 0 of 12")
        before = await studio.kept()
        await hana.presses(confirm)
        assert await studio.kept() == before

    async def test_takes_what_is_typed_and_nothing_that_is_past(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await tarek.starts()
        await tarek.taps("Extra class")
        await tarek.taps("Ballet I")
        await tarek.taps("Zamalek")
        await tarek.says("tomorrow")
        await tarek.reads("not a day")
        await tarek.says("23/11")
        await tarek.says("9:00")
        await tarek.reads("That time is past")
        await tarek.says("21.15")
        await tarek.reads("Mon 23 Nov, 21:15–22:15", "Zamalek")
        await tarek.taps("Add this class")
        await tarek.reads("Seats taken: 0 of 12")


class TestList:
    async def test_is_narrowed_by_status_class_and_day(self, studio: Studio, hana: Person) -> None:
        yoga = await studio.world.add_class("Hatha Yoga")
        await studio.world.add_session(yoga, starts_in=timedelta(days=2))
        await hana.says("/sessions")
        await hana.reads("Soonest first")
        await hana.taps("🎓 Class")
        await hana.taps("Hatha Yoga")
        assert [label for label in await hana.labels() if "Ballet" in label] == []
        await hana.taps("Status")
        await hana.taps("Finished")
        await hana.reads("Nothing like that was found")
        await hana.taps("Show all")
        await hana.taps("Day")
        await hana.taps("Tue 24 Nov")
        labels = await hana.labels()
        assert any("Ballet I" in label for label in labels)
        assert not any("Hatha Yoga" in label for label in labels)


class TestGivingASeatBack:
    async def test_is_the_owners_and_wants_a_reason(self, studio: Studio, tarek: Person, mona: Person) -> None:
        await open_card(tarek)
        await tarek.taps("Give a seat back")
        await tarek.taps("Mona Adel")
        await tarek.reads("Mona Adel: Ballet I", "1 credit goes back", "type the reason")
        await tarek.says("A broken leg")
        await tarek.reads("The booking of Mona Adel is cancelled", "Seats taken: 0 of 12")
        assert (await session_of(studio.world, studio.cast.session)).seats_taken == 0
        await studio.adds_up()

    async def test_of_cash_is_chosen(self, studio: Studio, tarek: Person) -> None:
        cast = studio.cast
        await pay_cash_seat(studio.world, cast.poor, cast.session, staff=cast.staff)
        await open_card(tarek)
        await tarek.taps("Give a seat back")
        await tarek.taps("Nour Hassan")
        await tarek.reads("nothing comes back")
        await tarek.taps("Give the cash back")
        await tarek.reads("EGP 80 goes back")
        await tarek.says("We were wrong")
        await tarek.reads("The booking of Nour Hassan is cancelled")
        await studio.adds_up()
