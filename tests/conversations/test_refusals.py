"""What the business refuses: said in a sentence, with the ways on, and nothing kept of it."""

from datetime import timedelta

from domain.sessions.model import SessionStatus
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled, sql_id

WAYS_ON = ["📅 All classes", "🏠 Home"]


async def card_of(person: Person, label: str = "Tomorrow 10:00") -> Key:
    """Open a session's card from home, and return its confirm button."""
    await person.starts()
    await person.taps(label)
    return await person.key("Book for")


async def change_session(studio: Studio, change: str, session: Scheduled | None = None) -> None:
    """Change a session's row behind everybody's back."""
    id_ = sql_id((session or studio.cast.session).id)
    assert await studio.database.execute(f"UPDATE sessions SET {change} WHERE id = '{id_}'") == 1


class TestFullSession:
    async def test_refuses_who_saw_a_free_seat_and_keeps_nothing(self, studio: Studio, omar: Person) -> None:
        session = await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=2), capacity=1)
        confirm = await card_of(omar, "Wed 10:00")
        await studio.world.book(studio.cast.owner, session)
        before = await studio.kept()
        popup = await omar.presses(confirm)
        await omar.reads("Session is full", "🔴 This class is full")
        assert "Session is full" in popup.text
        assert await omar.labels() == ["⏳ Join the waitlist", *WAYS_ON]
        assert await studio.kept() == before

    async def test_is_listed_and_opens_without_a_book_button(self, studio: Studio, omar: Person) -> None:
        session = await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=2), capacity=1)
        await studio.world.book(studio.cast.owner, session)
        await omar.starts()
        await omar.taps("All classes")
        await omar.taps("full")
        await omar.reads("🔴 This class is full")
        assert await omar.labels() == ["⏳ Join the waitlist", *WAYS_ON]


class TestTooLittle:
    async def test_shows_what_is_missing_instead_of_a_book_button(self, studio: Studio, nour: Person) -> None:
        await nour.starts()
        await nour.taps("Ballet I")
        await nour.reads("EGP 80", "not enough to book")
        assert "Packages for this class" in (await nour.labels())[0]

    async def test_refuses_who_has_spent_it_since(self, studio: Studio, omar: Person) -> None:
        dear = await studio.world.add_class("Masterclass", price_minor=25_000)
        other = await studio.world.add_session(dear, starts_in=timedelta(days=3))
        confirm = await card_of(omar)
        await studio.world.book(studio.cast.member, other)
        before = await studio.kept()
        popup = await omar.presses(confirm)
        await omar.reads("Insufficient package credits or wallet balance", "EGP 80", "EGP 50", "reception")
        assert popup.text
        assert await studio.kept() == before


class TestTermsThatChanged:
    async def test_price_is_asked_again_and_then_charged_as_shown(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        id_ = sql_id(studio.cast.taught.id)
        await studio.database.execute(f"UPDATE classes SET price_minor = 9500 WHERE id = '{id_}'")
        before = await studio.kept()
        await omar.presses(confirm)
        await omar.reads("Something changed", "EGP 95 is locked")
        assert await studio.kept() == before
        await omar.taps("Book for EGP 95")
        await omar.reads("✅ Booked", "EGP 95 is locked")
        await studio.adds_up()

    async def test_time_is_asked_again(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        earlier = studio.cast.session.starts_at - timedelta(minutes=30)
        await change_session(studio, f"starts_at = '{earlier:%Y-%m-%dT%H:%M:%S.%f}Z'")
        before = await studio.kept()
        await omar.presses(confirm)
        await omar.reads("Something changed", "09:30–11:00")
        assert await studio.kept() == before

    async def test_way_of_paying_is_asked_again(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        await studio.world.add_package(studio.cast.member, studio.cast.taught, credits_total=1)
        before = await studio.kept()
        await omar.presses(confirm)
        await omar.reads("Something changed", "Takes your last credit")
        assert await studio.kept() == before


class TestOldButtons:
    async def test_of_a_session_that_has_begun_books_nothing(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        studio.clock.advance(timedelta(days=1))
        before = await studio.kept()
        await omar.presses(confirm)
        await omar.reads("Session is not open for booking", "cannot be booked any more")
        assert await omar.labels() == WAYS_ON
        assert await studio.kept() == before

    async def test_of_last_week_book_nothing_and_show_the_present(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        await omar.taps("Home")
        await omar.reads("Which class")
        await change_session(studio, "status = 'FINISHED', settled_at = ends_at")  # not missed by the clock
        studio.clock.advance(timedelta(days=7))
        before = await studio.kept()
        await omar.presses(confirm)
        await omar.reads("not open for booking")
        assert await studio.kept() == before

    async def test_of_a_cancelled_session_book_nothing(self, studio: Studio, omar: Person) -> None:
        session = await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=2))
        confirm = await card_of(omar, "Wed 10:00")
        change = f"status = '{SessionStatus.CANCELED}', cancel_reason = 'ill', settled_at = ends_at"  # nobody had a seat
        await change_session(studio, change, session)
        before = await studio.kept()
        await omar.presses(confirm)
        await omar.reads("not open for booking")
        assert await studio.kept() == before


class TestSecondSeat:
    async def test_is_refused_and_the_first_is_shown(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        await omar.taps("Home")
        await omar.taps("Tomorrow 10:00")
        await omar.taps("Book for")
        await omar.reads("✅ Booked")
        before = await studio.kept()
        popup = await omar.presses(confirm)
        await omar.reads("You already have a seat", "✅ Booked")
        assert "already have a seat" in popup.text
        assert await studio.kept() == before


class TestLateCancellation:
    async def test_at_the_last_instant_is_still_free(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        studio.clock.move_to(studio.cast.session.starts_at - timedelta(hours=2))
        await mona.taps("Cancel this booking")
        await mona.taps("Yes, cancel it")
        await mona.reads("❌ Cancelled")
        assert await studio.statuses_of(studio.cast.owner) == [("CANCELLED", "PACKAGE")]

    async def test_is_refused_with_who_to_ask_and_keeps_nothing(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        await mona.taps("Cancel this booking")
        confirm = await mona.key("Yes, cancel it")
        studio.clock.move_to(studio.cast.session.starts_at - timedelta(minutes=119))
        before = await studio.kept()
        await mona.presses(confirm)
        await mona.reads("Cannot cancel less than 2 hours before", "call the studio", "✅ Booked")
        assert "Cancel this booking" not in await mona.labels()
        assert await studio.kept() == before

    async def test_of_what_is_over_is_refused(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        ask = await mona.key("Cancel this booking")
        await change_session(studio, f"status = '{SessionStatus.CONDUCTING}'")
        before = await studio.kept()
        await mona.presses(ask)
        await mona.reads("can no longer be cancelled", "call the studio")
        assert await studio.kept() == before
