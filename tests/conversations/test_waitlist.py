"""A class fills, a seat becomes free, and whoever waits takes it, passes it on, or is silent."""

from datetime import timedelta

import pytest

from domain.enrollments.model import Enrollment, EnrollmentStatus
from domain.waitlist.closing import CloseWaitlist, LapseOffers
from domain.waitlist.offering import OfferFreedSeats
from storage.unit_of_work import unit_of_work_factory
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled, Taught


@pytest.fixture
async def taught(studio: Studio) -> Taught:
    return await studio.world.add_class("Hatha Yoga")


@pytest.fixture
async def full(studio: Studio, taught: Taught) -> Scheduled:
    """Tomorrow's class at noon of one seat."""
    return await studio.world.add_session(taught, starts_in=timedelta(hours=26), capacity=1)


@pytest.fixture
async def seat(studio: Studio, full: Scheduled) -> Enrollment:
    """The only seat, which is Mona's."""
    return await studio.world.book(studio.cast.owner, full)


async def the_clock_ticks(studio: Studio) -> None:
    """Do what the scheduler does."""
    units, center_id = unit_of_work_factory(studio.database), studio.world.center_id
    await LapseOffers(units, studio.clock)(center_id)
    await CloseWaitlist(units, studio.clock).everywhere(center_id)
    await OfferFreedSeats(units, studio.clock).everywhere(center_id)


async def waits(person: Person) -> None:
    """Find the full class, and join its line."""
    await person.starts()
    await person.taps("All classes")
    await person.taps("Hatha Yoga · full")
    await person.reads("This class is full", "You can wait for a seat")
    await person.taps("Join the waitlist")
    await person.reads("You are waiting: number")


async def is_offered(person: Person) -> None:
    """Look at one's bookings until a seat is held there, and open it."""
    await person.says("/bookings")
    await person.taps("held for you")
    await person.reads("A seat is free, and held for you until")


async def mona_cancels(studio: Studio, mona: Person) -> None:
    await mona.says("/bookings")
    await mona.taps("Hatha Yoga")
    await mona.taps("Cancel this booking")
    await mona.taps("Yes, cancel it")
    await mona.reads("Cancelled")
    await the_clock_ticks(studio)  # or, sooner, the event


class TestWaiting:
    async def test_stands_on_the_card_and_among_the_bookings(self, seat: Enrollment, omar: Person, nour: Person) -> None:
        await waits(nour)
        await waits(omar)
        await omar.reads("number 2 in line", "Nothing is booked without your tap")
        await omar.says("/bookings")
        await omar.taps("no. 2 in line")
        await omar.taps("Leave the waitlist")
        await omar.reads("This class is full", "You can wait")
        await omar.says("/bookings")
        assert not [label for label in await omar.labels() if "in line" in label]

    async def test_joined_twice_is_joined_once(self, studio: Studio, seat: Enrollment, omar: Person) -> None:
        await omar.starts()
        await omar.taps("All classes")
        await omar.taps("Hatha Yoga · full")
        key = await omar.key("Join the waitlist")
        await omar.presses(key)
        popup = await omar.presses(key)
        await omar.reads("number 1 in line")
        assert "number 1" in popup.text

    async def test_is_the_way_on_for_who_comes_too_late(self, studio: Studio, full: Scheduled, omar: Person) -> None:
        await omar.starts()
        await omar.taps("All classes")
        await omar.taps("Hatha Yoga")
        book = await omar.key("Book for EGP 80")
        await studio.world.book(studio.cast.owner, full)
        await omar.presses(book)
        await omar.reads("Session is full", "You can wait for one")
        await omar.taps("Join the waitlist")
        await omar.reads("number 1 in line")

    async def test_is_not_for_a_class_with_seats(self, studio: Studio, seat: Enrollment, omar: Person) -> None:
        await omar.starts()
        await omar.taps("All classes")
        await omar.taps("Hatha Yoga · full")
        joining = await omar.key("Join the waitlist")
        await studio.world.cancel(studio.cast.owner, seat.id)
        await omar.presses(joining)
        await omar.reads("There is a seat again")
        await omar.taps("Book for EGP 80")
        await omar.reads("✅ Booked")
        await studio.adds_up()

    async def test_is_nothing_for_the_team(self, studio: Studio, seat: Enrollment, omar: Person) -> None:
        await omar.starts()
        await omar.taps("All classes")
        await omar.taps("Hatha Yoga · full")
        joining, hana = await omar.key("Join the waitlist"), studio.phone("hana")
        await hana.starts()
        await hana.forges(joining.data)
        await hana.reads("You are here as")


class TestOffer:
    async def test_is_accepted_as_a_booking_is(
        self, studio: Studio, full: Scheduled, seat: Enrollment, mona: Person, omar: Person
    ) -> None:
        await waits(omar)
        await mona_cancels(studio, mona)
        await is_offered(omar)
        await omar.reads("until 10:15", "EGP 80 is locked", "Free to cancel until")
        take = await omar.key("Book for EGP 80")
        await omar.presses(take)
        await omar.reads("✅ Booked", "Hatha Yoga", "EGP 80 is locked in your wallet")
        await omar.presses(take)
        await omar.reads("✅ Booked")
        assert await studio.statuses_of(studio.cast.member, full) == [(EnrollmentStatus.LOCKED, "WALLET")]
        await studio.adds_up()

    async def test_is_passed_on_to_the_next(
        self, studio: Studio, full: Scheduled, seat: Enrollment, mona: Person, omar: Person, nour: Person
    ) -> None:
        await waits(omar)
        await waits(nour)
        await mona_cancels(studio, mona)
        await is_offered(omar)
        await omar.taps("No, pass it on")
        await omar.reads("Hatha Yoga")
        await the_clock_ticks(studio)
        await is_offered(nour)
        await studio.adds_up()

    async def test_lapses_in_silence(
        self, studio: Studio, full: Scheduled, seat: Enrollment, mona: Person, omar: Person, nour: Person
    ) -> None:
        await waits(omar)
        await waits(nour)
        await mona_cancels(studio, mona)
        await is_offered(omar)
        take = await omar.key("Book for EGP 80")
        studio.clock.advance(timedelta(minutes=15))
        await omar.presses(take)
        await omar.reads("not held for you any more")
        await the_clock_ticks(studio)
        await the_clock_ticks(studio)
        await is_offered(nour)
        await omar.presses(take)
        await omar.reads("not held for you any more", "This class is full")
        await studio.adds_up()

    async def test_without_money_leads_to_what_helps(
        self, studio: Studio, seat: Enrollment, mona: Person, nour: Person
    ) -> None:
        await waits(nour)
        await mona_cancels(studio, mona)
        await is_offered(nour)
        await nour.reads("not enough to book")
        await nour.taps("Packages for this class")
        await nour.says("/bookings")
        await studio.world.top_up(studio.cast.poor, 8_000)
        await nour.taps("held for you")
        await nour.taps("Book for EGP 80")
        await nour.reads("✅ Booked")
        await studio.adds_up()

    async def test_of_somebody_else_is_not_there(
        self, studio: Studio, seat: Enrollment, mona: Person, omar: Person, nour: Person
    ) -> None:
        await waits(omar)
        await mona_cancels(studio, mona)
        await is_offered(omar)
        take = await omar.key("Book for EGP 80")
        await nour.starts()
        await nour.forges(take.data)
        await nour.reads("not available any more")


class TestOtherEyes:
    async def test_are_spoken_to_in_arabic(self, studio: Studio, seat: Enrollment, mona: Person, omar: Person) -> None:
        await omar.says("/language")
        await omar.taps("العربية")
        await omar.says("/start")
        await omar.taps("كل الحصص")
        await omar.taps("Hatha Yoga")
        await omar.taps("الانضمام إلى قائمة الانتظار")
        await omar.reads("أنت في الانتظار: رقم 1")
        await mona_cancels(studio, mona)
        await omar.says("/bookings")
        await omar.taps("محفوظ لك")
        await omar.reads("خلا مقعد، وهو محفوظ لك حتى 10:15")
