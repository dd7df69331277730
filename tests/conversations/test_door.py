"""Hana stands at the door of Maadi: the roster, one tap a head, corrections, and tickets that she scans."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from domain.enrollments.model import Enrollment
from domain.notifications.model import MutableNotification
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes.people import MuteNotification
from handlers.buttons.door import OpenRoster
from handlers.callback_data import OpenBooking, encode
from handlers.start_payload import ticket_payload
from tests.builders.door import finish, open_check_in, purse, seat, set_status
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import Person as Member
from tests.factories import Scheduled


@dataclass(frozen=True, slots=True)
class Door:
    """A FLEXIBLE class in half an hour: Mona pays with a credit, Omar from the wallet."""

    studio: Studio
    session: Scheduled
    mona: Enrollment
    omar: Enrollment

    async def opens(self) -> None:
        await open_check_in(self.studio.world, self.session)

    async def finishes(self) -> None:
        await finish(self.studio.world, self.session, by=self.studio.cast.staff)

    async def seat(self, booking: Enrollment) -> str:
        return await seat(self.studio.database, booking.id)


@pytest.fixture
async def door(studio: Studio) -> Door:
    world, cast = studio.world, studio.cast
    taught = await world.add_class("Hatha Yoga", policy=AbsenteePolicy.FLEXIBLE, fee_percent=50)
    session = await world.add_session(taught, starts_in=timedelta(minutes=30))
    await world.add_package(cast.owner, taught)
    await world.database.apply([MuteNotification(cast.staff.id, MutableNotification.TEAM)])  # nothing below the roster
    return Door(studio, session, await world.book(cast.owner, session), await world.book(cast.member, session))


@pytest.fixture
async def hana(studio: Studio) -> Person:
    person = studio.phone("hana")
    await person.starts()
    return person


@pytest.fixture
async def tarek(studio: Studio) -> Person:
    person = studio.phone("tarek")
    await person.starts()
    return person


async def open_roster(person: Person) -> None:
    await person.taps("Hatha Yoga")
    await person.taps("Roster")


class TestRoster:
    async def test_says_who_comes_and_how_they_pay(self, door: Door, hana: Person) -> None:
        await open_roster(hana)
        await hana.reads("Hatha Yoga", "Check-in is not open yet", "0 of 2 here", "Seats taken: 2 of 12")
        assert [label for label in await hana.labels() if "⬜" in label] == ["⬜ Mona Adel · 📦", "⬜ Omar Khaled · 👛"]

    async def test_takes_one_tap_a_head_and_one_to_undo(self, door: Door, hana: Person) -> None:
        await door.opens()
        await open_roster(hana)
        popup = await hana.taps("⬜ Omar Khaled")
        await hana.reads("1 of 2 here")
        assert "EGP 80 was taken" in popup.text
        assert await purse(door.studio.database, door.studio.cast.member) == (22_000, 0)
        await hana.taps("↩️")
        await hana.reads("0 of 2 here")
        await hana.taps("✗")  # the first of the two: Mona
        await hana.reads("1 absent")
        assert (await door.seat(door.mona), await door.seat(door.omar)) == ("PAID absent", "LOCKED")
        await door.studio.adds_up()

    async def test_tapped_twice_marks_once(self, door: Door, hana: Person) -> None:
        await door.opens()
        await open_roster(hana)
        key = await hana.key("⬜ Omar Khaled")
        await hana.presses(key)
        before = await door.studio.kept()
        await hana.presses(key)
        await hana.reads("1 of 2 here")
        assert await door.studio.kept() == before

    async def test_marks_everyone_after_saying_what_is_taken(self, door: Door, hana: Person) -> None:
        await door.opens()
        await open_roster(hana)
        await hana.taps("Everyone attended")
        await hana.reads("Mark all 2 heads", "EGP 80 is taken from 1 wallet")
        popup = await hana.taps("Yes, everyone")
        await hana.reads("2 of 2 here")
        assert "2 heads marked" in popup.text
        await door.studio.adds_up()

    async def test_follows_who_books_and_who_cancels(self, door: Door, hana: Person) -> None:
        nour, world, cast = door.studio.phone("nour"), door.studio.world, door.studio.cast
        await world.top_up(cast.poor, 8_000)
        await open_roster(hana)
        await hana.reads("0 of 2 here")
        await nour.starts()
        await nour.taps("Hatha Yoga")
        await nour.taps("Book for EGP 80")
        await hana.reads("0 of 3 here")
        await hana.key("⬜ Nour Hassan")
        await world.database.execute("UPDATE enrollments SET free_cancel_until = '2026-11-24T00:00:00.000000Z'")
        await world.cancel(cast.member, door.omar.id)
        await hana.reads("0 of 2 here")

    async def test_turns_pages_and_finds_a_name(self, door: Door, hana: Person) -> None:
        world = door.studio.world
        for student in await world.add_students(9, money_minor=8_000):
            await world.book(student, door.session)
        await door.opens()
        await open_roster(hana)
        await hana.taps("More")
        await hana.reads("0 of 11 here")
        assert len([label for label in await hana.labels() if "⬜" in label]) == 3
        await hana.taps("Look for somebody")
        await hana.says("student 7")
        await hana.taps("⬜ Student 7")
        await hana.taps("✅ Attended")
        await hana.reads("Student 7", "Checked in at 10:00 by Hana Zaki", "EGP 80 was taken")

    async def test_before_check_in_says_what_to_do(self, door: Door, hana: Person) -> None:
        await door.opens()
        await open_roster(hana)
        key = await hana.key("⬜ Omar Khaled")
        await set_status(door.studio.world, door.session, SessionStatus.SCHEDULED)
        before = await door.studio.kept()
        await hana.presses(key)
        await hana.reads("once check-in is open", "0 of 2 here")
        assert await door.studio.kept() == before

    async def test_in_arabic_is_arabic(self, door: Door, hana: Person) -> None:
        await door.opens()
        await hana.says("/language")
        await hana.taps("العربية")
        await open_roster_in_arabic(hana)
        await hana.reads("0 من 2")


async def open_roster_in_arabic(person: Person) -> None:
    await person.taps("Hatha Yoga")
    await person.taps("📋")


class TestCorrections:
    async def test_say_what_follows_and_follow(self, door: Door, hana: Person) -> None:
        await door.opens()
        await door.finishes()
        await hana.forges(roster_of(door))
        await hana.reads("Finished", "Tap a name to correct it")
        await hana.taps("🚫 Omar Khaled")
        await hana.reads("EGP 40 was taken", "Attended takes the price")
        await hana.taps("Attended after all")
        await hana.reads("✅ Omar Khaled", "EGP 80 was taken", "no-show fee")
        assert await door.seat(door.omar) == "PAID attended"
        await hana.taps("Did not come")
        await hana.reads("🚫 Omar Khaled", "EGP 40 was taken")
        await door.studio.adds_up()

    async def test_are_over_a_day_later(self, door: Door, hana: Person) -> None:
        await door.opens()
        await door.finishes()
        await hana.forges(roster_of(door))
        await hana.taps("🚫 Omar Khaled")
        key = await hana.key("Attended after all")
        door.studio.clock.advance(timedelta(hours=26))
        await hana.presses(key)
        await hana.reads("could be corrected until", "🚫 Omar Khaled")
        assert await door.seat(door.omar) == "NO_SHOW"


def roster_of(door: Door) -> str:
    return encode(OpenRoster(door.session.id, 0))


class TestTheStudent:
    async def test_reads_what_missing_the_class_has_cost(self, door: Door, omar: Person) -> None:
        await door.opens()
        await door.finishes()
        await omar.starts()
        await omar.forges(encode(OpenBooking(door.omar.id)))
        await omar.reads("🚫 Missed", "EGP 40 of EGP 80 taken", "EGP 40 free again")


class TestOthers:
    async def test_of_another_branch_find_nothing(self, door: Door, hana: Person) -> None:
        await door.opens()
        await open_roster(hana)
        keys = [await hana.key("⬜ Omar Khaled"), await hana.key("Everyone"), await hana.key("Look for somebody")]
        world = door.studio.world
        foreign = await world.add_staff("Dina Fouad", branch=await world.add_branch("Zamalek"))
        dina = door.studio.give_phone(foreign, "dina")
        await dina.starts()
        before = await door.studio.kept()
        for data in (*(key.data for key in keys), roster_of(door)):
            await dina.forges(data)
            await dina.reads("not available any more")
        assert await door.studio.kept() == before

    async def test_who_are_students_are_told_that_it_is_out_of_date(self, door: Door, hana: Person, omar: Person) -> None:
        await door.opens()
        await open_roster(hana)
        key = await hana.key("⬜ Omar Khaled")
        await omar.starts()
        before = await door.studio.kept()
        await omar.forges(key.data)
        await omar.reads("out of date")
        assert await door.studio.kept() == before


class TestTicket:
    async def test_is_a_picture_that_opens_the_head(self, door: Door, omar: Person, hana: Person) -> None:
        await door.opens()
        await omar.says("/bookings")
        await omar.taps("Hatha Yoga")
        await omar.taps("🎫 Ticket")
        (sent,) = door.studio.calls("sendPhoto")
        assert "Hatha Yoga" in sent["caption"]
        assert "Omar Khaled" in sent["caption"]
        payload = ticket_payload(door.omar.id)
        await hana.starts(payload)
        await hana.reads("Omar Khaled", "Hatha Yoga", "EGP 80 is locked in the wallet")
        await hana.taps("✅ Attended")
        await hana.reads("Checked in at 10:00 by Hana Zaki")
        before = await door.studio.kept()
        await hana.starts(payload)
        await hana.reads("Checked in at 10:00 by Hana Zaki", "EGP 80 was taken")
        assert await door.studio.kept() == before

    async def test_before_check_in_says_so(self, door: Door, hana: Person) -> None:
        await hana.starts(ticket_payload(door.omar.id))
        await hana.reads("Omar Khaled", "Check-in is not open yet", "Open check-in first")

    async def test_is_nothing_to_others(self, door: Door, omar: Person, mona: Person, studio: Studio) -> None:
        foreign = await studio.world.add_staff("Dina Fouad", branch=await studio.world.add_branch("Zamalek"))
        dina = studio.give_phone(foreign, "dina")
        nowhere = ticket_payload(replace(door.omar, id=door.session.id).id)  # type: ignore[arg-type]
        for person in (omar, mona, dina):
            texts = set()
            for payload in (ticket_payload(door.omar.id), nowhere):
                texts.add((await person.starts(payload)).text)
            assert len(texts) == 1
            assert "not available any more" in texts.pop()

    async def test_is_not_given_for_what_is_over(self, door: Door, omar: Person) -> None:
        await omar.says("/bookings")
        await omar.taps("Hatha Yoga")
        key = await omar.key("🎫 Ticket")
        await door.opens()
        await door.finishes()
        await omar.presses(key)
        await omar.reads("out of date")
        assert door.studio.calls("sendPhoto") == []


class TestDecisions:
    async def test_are_counted_at_home_and_decided_one_by_one(self, studio: Studio, tarek: Person, hana: Person) -> None:
        await no_shows(studio, 2)
        await tarek.starts()
        await tarek.taps("⚖️ 2 decisions")
        await tarek.reads("2 seats wait for you", "EGP 160")
        await tarek.taps("Student 0")
        await tarek.reads("Student 0", "Karate", "the studio gets EGP 80", "EGP 80 is free again")
        release = await tarek.key("🕊️ Release")
        popup = await tarek.taps("💳 Charge")
        await tarek.reads("1 seat waits")
        assert "Charged" in popup.text
        await tarek.presses(release)
        await tarek.reads("decided already: it is charged")
        await studio.adds_up()

    async def test_are_decided_all_at_once_after_saying_the_sum(self, studio: Studio, tarek: Person) -> None:
        students = await no_shows(studio, 3)
        await tarek.starts()
        await tarek.taps("⚖️ 3 decisions")
        await tarek.taps("Release all")
        await tarek.reads("Release all 3 seats: EGP 240?")
        await tarek.taps("Yes, release all")
        await tarek.reads("3 seats are released", "Nothing is to be decided")
        assert [await purse(studio.database, student) for student in students] == [(8_000, 0)] * 3
        await studio.adds_up()

    async def test_are_nothing_to_staff(self, studio: Studio, tarek: Person, hana: Person) -> None:
        await no_shows(studio, 1)
        await tarek.starts()
        listed = await tarek.key("⚖️ 1 decision")
        await tarek.presses(listed)
        await tarek.taps("Student")
        charge = await tarek.key("💳 Charge")
        before = await studio.kept()
        await hana.starts()
        assert not [label for label in await hana.labels() if "⚖️" in label]
        for key in (listed, charge):
            await hana.forges(key.data)
            await hana.reads("not available any more")
        assert await studio.kept() == before


async def no_shows(studio: Studio, how_many: int) -> list[Member]:
    world = studio.world
    taught = await world.add_class("Karate Kids", policy=AbsenteePolicy.MANUAL)
    session = await world.add_session(taught, starts_in=timedelta(minutes=30))
    students = await world.add_students(how_many, money_minor=8_000)
    for student in students:
        await world.book(student, session)
    await open_check_in(world, session)
    await finish(world, session, by=studio.cast.staff)
    return students


class TestFromCheckInToTheEnd:
    async def test_the_money_follows_the_buttons(self, door: Door, hana: Person, tarek: Person) -> None:
        await open_roster(tarek)
        await hana.taps("Hatha Yoga")
        await hana.taps("Open check-in")
        await tarek.reads("Check-in is open")
        await tarek.taps("⬜ Mona Adel")
        await hana.taps("Start the class")
        await hana.taps("Finish the class")
        await hana.taps("Roster")
        await hana.key("🚫 Omar Khaled")
        await tarek.reads("Finished", "1 of 2 here")
        assert (await door.seat(door.mona), await door.seat(door.omar)) == ("PAID attended", "NO_SHOW")
        assert await purse(door.studio.database, door.studio.cast.member) == (26_000, 0)
        await door.studio.adds_up()


class TestTwoAtTheDoor:
    async def test_see_each_others_taps(self, door: Door, hana: Person, tarek: Person) -> None:
        await door.opens()
        await open_roster(hana)
        await open_roster(tarek)
        await hana.taps("⬜ Omar Khaled")
        await tarek.reads("1 of 2 here")
        await tarek.taps("⬜ Mona Adel")
        await hana.reads("2 of 2 here")

    async def test_do_not_have_another_screen_drawn_over(self, door: Door, hana: Person, tarek: Person) -> None:
        await door.opens()
        await open_roster(hana)
        await open_roster(tarek)
        await tarek.taps("◀️ Class")
        await tarek.reads("Seats taken")
        await hana.taps("⬜ Omar Khaled")
        await hana.reads("1 of 2 here")
        await tarek.taps("Home")
        await tarek.reads("You are here as")
