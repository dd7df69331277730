"""A class fills, a seat becomes free, and whoever waits takes it, passes it on, or is silent."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.enrollments.model import Enrollment, EnrollmentStatus
from storage.database import fetch_one
from storage.prepared import Query, outside
from storage.tables.catalogue import sessions
from tests.builders.standing import FIRST_DAY, add_occurrence, add_rule
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled, Taught, sql_id

RULE_OF = Query(sa.select(sessions.c.rule_id).where(sessions.c.id == outside("session_id")), lambda rule_id: rule_id)


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


async def waits(person: Person) -> None:
    """Find the full class, and join its line."""
    await person.starts()
    await person.taps("All classes")
    await person.taps("Hatha Yoga · full")
    await person.reads("This class is full", "You can wait for a seat")
    await person.taps("Join the waitlist")
    await person.reads("You are waiting: number")


async def is_offered(person: Person) -> None:
    """Wait for the message of an offer, and look at what taking it does."""
    await person.reads("A seat is free for you", "It is held for you until")
    await person.taps("Take the seat")
    await person.reads("A seat is free, and held for you until")


async def mona_cancels(mona: Person) -> None:
    await mona.says("/bookings")
    await mona.taps("Hatha Yoga")
    await mona.taps("Cancel this booking")
    await mona.taps("Yes, cancel it")
    await mona.reads("Cancelled")


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
        await mona_cancels(mona)
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
        await mona_cancels(mona)
        await is_offered(omar)
        await omar.taps("No, pass it on")
        await omar.reads("Hatha Yoga")
        await is_offered(nour)
        await studio.adds_up()

    async def test_lapses_in_silence(
        self, studio: Studio, full: Scheduled, seat: Enrollment, mona: Person, omar: Person, nour: Person
    ) -> None:
        await waits(omar)
        await waits(nour)
        await mona_cancels(mona)
        await is_offered(omar)
        take = await omar.key("Book for EGP 80")
        studio.clock.advance(timedelta(minutes=15))
        await omar.reads("it went to the next in line")
        await is_offered(nour)
        popup = await omar.presses(take)
        assert "not held for you any more" in popup.text
        assert "number 1 in line" in (await omar.taps("Join the waitlist")).text
        await studio.adds_up()

    async def test_without_money_leads_to_what_helps(
        self, studio: Studio, seat: Enrollment, mona: Person, nour: Person
    ) -> None:
        await waits(nour)
        await mona_cancels(mona)
        await is_offered(nour)
        await nour.reads("not enough to book")
        await nour.taps("Packages for this class")
        await studio.world.top_up(studio.cast.poor, 8_000)
        await nour.says("/bookings")
        await nour.taps("held for you")
        await nour.taps("Book for EGP 80")
        await nour.reads("✅ Booked")
        await studio.adds_up()

    async def test_of_somebody_else_is_not_there(
        self, studio: Studio, seat: Enrollment, mona: Person, omar: Person, nour: Person
    ) -> None:
        await waits(omar)
        await mona_cancels(mona)
        await is_offered(omar)
        take = await omar.key("Book for EGP 80")
        await nour.starts()
        await nour.forges(take.data)
        await nour.reads("not available any more")


class TestPayingForAnOffer:
    """Nour has no money: what is held for her she can pay for online, in the time that is left."""

    @pytest.fixture
    async def offered(self, studio: Studio, seat: Enrollment, mona: Person, nour: Person, omar: Person) -> None:
        """Nour is asked, and Omar is next."""
        await studio.database.execute(
            "UPDATE people SET phone = '+201001234509' WHERE name IN ('Nour Hassan', 'Mona Adel')"
        )
        await waits(nour)
        await waits(omar)
        await mona_cancels(mona)
        await is_offered(nour)

    async def paid(self, studio: Studio) -> None:
        """Pay on the newest checkout's page."""
        (order,) = (await studio.driver.get("paymob/orders"))["orders"]
        await studio.driver.post(f"paymob/orders/{order['id']}/pay", 200)

    async def test_books_it(self, studio: Studio, full: Scheduled, offered: None, nour: Person) -> None:
        await nour.reads("held for you until 10:15", "not enough to book")
        pay = await nour.key("Pay EGP 80 and take it")
        studio.clock.advance(timedelta(minutes=4))
        await nour.presses(pay)
        await nour.reads("Hatha Yoga", "Your seat is held until 10:15", "The link ends at 10:15")
        await nour.presses(pay)
        await nour.reads("The link ends at 10:15")
        await self.paid(studio)
        await nour.reads("EGP 80 received: you are booked")
        await nour.taps("See the booking")
        await nour.reads("✅ Booked", "EGP 80 paid online")
        assert await studio.statuses_of(studio.cast.poor, full) == [(EnrollmentStatus.LOCKED, "WALLET")]
        await studio.adds_up()

    async def test_leads_back_to_the_payment(self, studio: Studio, offered: None, nour: Person) -> None:
        await nour.taps("Pay EGP 80 and take it")
        await nour.reads("Pay with the button below")
        await nour.says("/bookings")
        await nour.taps("held for you")
        assert "Pay with the button below" in (await nour.screen()).text
        await nour.starts()
        await nour.taps("Hatha Yoga")
        assert "Pay with the button below" in (await nour.screen()).text

    async def test_not_in_time_passes_it_on(self, studio: Studio, offered: None, nour: Person, omar: Person) -> None:
        await nour.taps("Pay EGP 80 and take it")
        await nour.reads("Pay with the button below")
        studio.clock.advance(timedelta(minutes=15))
        await is_offered(omar)
        await nour.reads("ended without being paid")
        await studio.adds_up()

    async def test_let_go_passes_it_on(self, studio: Studio, offered: None, nour: Person, omar: Person) -> None:
        await nour.taps("Pay EGP 80 and take it")
        await nour.taps("Let the seat go")
        await is_offered(omar)
        await studio.adds_up()

    async def test_of_somebody_else_finds_the_class_full(
        self, studio: Studio, offered: None, nour: Person, mona: Person
    ) -> None:
        pay = await nour.key("Pay EGP 80 and take it")
        await mona.forges(pay.data)
        await mona.reads("Session is full")
        await studio.adds_up()


class TestOtherEyes:
    async def test_are_spoken_to_in_arabic(self, studio: Studio, seat: Enrollment, mona: Person, omar: Person) -> None:
        await omar.says("/language")
        await omar.taps("العربية")
        await omar.says("/start")
        await omar.taps("كل الحصص")
        await omar.taps("Hatha Yoga")
        await omar.taps("الانضمام إلى قائمة الانتظار")
        await omar.reads("أنت في الانتظار: رقم 1")
        await mona_cancels(mona)
        await omar.reads("خلا مقعد لك", "هو محفوظ لك حتى 10:15")
        await omar.taps("أخذ المقعد")
        await omar.reads("خلا مقعد، وهو محفوظ لك حتى 10:15")


class TestLateSeats:
    async def test_are_told_to_everybody_and_go_to_the_first_tap(
        self, studio: Studio, full: Scheduled, seat: Enrollment, omar: Person, nour: Person
    ) -> None:
        await waits(omar)
        await waits(nour)
        studio.clock.advance(timedelta(hours=24, minutes=30))
        await studio.database.execute(f"UPDATE sessions SET capacity = 2 WHERE id = '{sql_id(full.id)}'")
        studio.clock.advance(timedelta(minutes=1))
        for person in (omar, nour):
            await person.reads("1 seat is free", "Whoever books first has it")
        await omar.taps("Open the class")
        await omar.reads("If you book now, you can't cancel")
        await omar.taps("Book for EGP 80")
        await omar.reads("✅ Booked")
        await studio.adds_up()


class TestStandingBooking:
    @pytest.fixture
    async def weekly(self, studio: Studio, taught: Taught) -> list[Scheduled]:
        """Two Tuesdays of a class that takes place every week."""
        rule_id = await add_rule(studio.world, taught, ends_on=FIRST_DAY + timedelta(weeks=1))
        return [await add_occurrence(studio.world, taught, rule_id, week=week) for week in range(2)]

    async def test_books_what_is_planned_and_what_comes(
        self, studio: Studio, taught: Taught, weekly: list[Scheduled], omar: Person
    ) -> None:
        await omar.starts()
        await omar.taps("All classes")
        await omar.taps("Hatha Yoga")
        await omar.taps("🔁 Every Tuesday 18:00")
        await omar.reads("The 2 classes that are planned are booked", "never more than EGP 80")
        yes = await omar.key("Yes, book them all")
        await omar.presses(yes)
        await omar.reads("Tue 24 Nov 18:00: booked", "Tue 1 Dec 18:00: booked")
        await omar.presses(yes)
        await omar.reads("Tue 24 Nov 18:00: booked", "Tue 1 Dec 18:00: booked")
        assert [len(await studio.live_seats(session)) for session in weekly] == [1, 1]
        assert await studio.live_seats(await self.third(studio, taught, weekly)) == []
        studio.clock.advance(timedelta(minutes=1))
        await omar.reads("Booked for you", "Tue 8 Dec 18:00")
        await studio.adds_up()

    async def test_says_what_could_not_be_booked_and_stops(
        self, studio: Studio, weekly: list[Scheduled], nour: Person
    ) -> None:
        await nour.starts()
        await nour.taps("All classes")
        await nour.taps("Hatha Yoga")
        await nour.taps("🔁 Every Tuesday 18:00")
        await nour.taps("Yes, book them all")
        await nour.reads("Tue 24 Nov 18:00: no credit, and not enough in your wallet")
        await nour.taps("My standing bookings")
        await nour.reads("At most EGP 80 each")
        popup = await nour.taps("Stop: Hatha Yoga")
        assert "stays booked" in popup.text
        await nour.reads("You have none")

    async def third(self, studio: Studio, taught: Taught, weekly: list[Scheduled]) -> Scheduled:
        """Plan one more Tuesday."""
        rule_id = await fetch_one(studio.database, RULE_OF, session_id=weekly[0].id)
        assert rule_id is not None
        return await add_occurrence(studio.world, taught, rule_id, week=2)


class TestLastCredit:
    async def test_is_told_with_where_to_buy_the_next(self, studio: Studio, omar: Person) -> None:
        world, cast = studio.world, studio.cast
        await world.add_package(cast.member, cast.taught, credits_total=2, price_minor=14_000)
        await omar.starts()
        await omar.taps("Ballet I")
        await omar.taps("Book with 1 credit")
        await omar.reads("You have one credit left for Ballet I")
        await omar.taps("Packages for this class")
        await omar.reads("Buy a package")
