"""A seat that is offered to somebody who waits, and paid for online: taken over, booked, let go, and passed on."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.enrollments.model import EnrollmentStatus
from domain.errors import (
    AlreadyEnrolledError,
    SeatNotHoldableError,
    SessionFullError,
    TermsChangedError,
)
from domain.finance.gateway_ports import OrderRow
from domain.finance.paying import SeatFor
from domain.ids import EnrollmentId, PaymentId, WaitlistEntryId, new_id
from domain.notifications.kinds import Audience
from domain.waitlist.model import WaitingMessage, WaitlistStatus
from storage.audit import audit
from storage.unit_of_work import unit_of_work_factory
from tests.builders.gateway import Till
from tests.builders.waitlist import Line
from tests.cast import Cast
from tests.conversations.ledger import seats, seats_taken
from tests.factories import Scheduled, sql_id
from tests.storage.test_waitlist import move, told


@pytest.fixture
async def till(cast: Cast) -> AsyncIterator[Till]:
    till = Till(cast.world)
    yield till
    assert await audit(cast.world.database) == []


@pytest.fixture
async def full(cast: Cast) -> Scheduled:
    """Tomorrow's session of one seat."""
    return await cast.world.add_session(cast.taught, starts_in=timedelta(days=1), capacity=1)


@pytest.fixture
async def line(cast: Cast, full: Scheduled) -> Line:
    return Line(cast.world, full)


@pytest.fixture
async def offer(cast: Cast, line: Line) -> WaitlistEntryId:
    """The poor one's place in line, for whom the seat is held since five minutes; the member is next."""
    booked = await cast.world.book(cast.owner, line.session)
    entry_id = await line.join(cast.poor)
    await line.join(cast.member)
    await cast.world.cancel(cast.owner, booked.id)
    await line.offer()
    cast.world.clock.advance(timedelta(minutes=5))
    return entry_id


@pytest.fixture
async def order(cast: Cast, till: Till, line: Line, offer: WaitlistEntryId) -> OrderRow:
    """The payment by which the poor one takes it."""
    return await till.pay_and_book(cast.poor, line.session)


async def seats_of(cast: Cast, line: Line) -> list[tuple[object, str]]:
    """Return who has a seat, and its status."""
    found = await seats(cast.world.database, line.session.id)
    return [(person_id, status) for person_id, status, _ in found if status != EnrollmentStatus.CANCELLED]


async def are_told_that_they_are_booked(cast: Cast, enrollment_id: EnrollmentId | None) -> list[object]:
    """Return who reads that somebody else booked this seat for them."""
    assert enrollment_id is not None
    async with unit_of_work_factory(cast.world.database)() as work:
        readers = await work.notifications.list_readers(
            Audience.BOOKED_BY_ANOTHER, center_id=cast.world.center_id, subject_id=enrollment_id, switch=None
        )
    return [reader.person_id for reader in readers]


async def next_is_asked(cast: Cast, line: Line) -> None:
    """Follow the events, and see the member asked, for the same seat."""
    await line.offer()
    assert WaitingMessage.OFFER in await told(cast, cast.member)
    assert await seats_taken(cast.world.database, line.session.id) == 1


class TestTakingOver:
    async def test_holds_the_very_seat_for_the_time_that_is_left(
        self, cast: Cast, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        place = await line.place(cast.poor, offer)
        assert (order.enrollment_id, order.expires_at) == (place.enrollment_id, place.offer_expires_at)
        assert order.expires_at == cast.world.clock.now() + timedelta(minutes=10)
        assert await seats_taken(cast.world.database, line.session.id) == 1

    async def test_never_lasts_longer_than_a_seat_is_held_for_a_payment(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId
    ) -> None:
        world = cast.world
        await world.database.execute(f"UPDATE centers SET reservation_minutes = 3 WHERE id = '{sql_id(world.center_id)}'")
        order = await till.pay_and_book(cast.poor, line.session)
        assert order.expires_at == world.clock.now() + timedelta(minutes=3)

    async def test_twice_with_one_button_is_once(self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId) -> None:
        wanted = SeatFor(line.session.id, await till.terms(cast.poor, line.session))
        payment_id = PaymentId(new_id())
        first = await till.start(cast.poor, wanted, payment_id=payment_id)
        assert await till.start(cast.poor, wanted, payment_id=payment_id) == first
        with pytest.raises(AlreadyEnrolledError):  # another screen's button
            await till.start(cast.poor, wanted)

    async def test_is_nobody_elses(self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId) -> None:
        broke = await cast.world.add_student("Also waits")
        with pytest.raises(SessionFullError):
            await till.pay_and_book(broke, line.session)

    async def test_asks_again_where_the_price_has_changed(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId
    ) -> None:
        wanted = SeatFor(line.session.id, await till.terms(cast.poor, line.session))
        await cast.world.database.execute(f"UPDATE classes SET price_minor = 9000 WHERE id = '{sql_id(cast.taught.id)}'")
        with pytest.raises(TermsChangedError):
            await till.start(cast.poor, wanted)

    async def test_is_refused_in_the_last_seconds(self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId) -> None:
        cast.world.clock.advance(timedelta(minutes=9, seconds=31))
        with pytest.raises(SeatNotHoldableError):
            await till.pay_and_book(cast.poor, line.session)
        assert await line.status(cast.poor, offer) is WaitlistStatus.OFFERED

    async def test_after_the_offer_is_a_free_seat_like_any_other(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId
    ) -> None:
        wanted = SeatFor(line.session.id, await till.terms(cast.poor, line.session))
        await line.pass_on(cast.poor, offer)
        order = await till.start(cast.poor, wanted)  # before the next in line is asked
        assert order.expires_at == cast.world.clock.now() + timedelta(minutes=15)


class TestPaid:
    async def test_is_booked_and_waits_no_more(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        await till.paid(order)
        assert await seats_of(cast, line) == [(cast.poor.id, EnrollmentStatus.LOCKED)]
        assert await line.status(cast.poor, offer) is WaitlistStatus.BOOKED
        assert await till.wallet(cast.poor) == (8_000, 8_000)

    async def test_is_no_news_to_who_paid(self, cast: Cast, till: Till, offer: WaitlistEntryId, order: OrderRow) -> None:
        await till.paid(order)
        assert await are_told_that_they_are_booked(cast, order.enrollment_id) == []

    async def test_twice_is_booked_once(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        said = await till.paid(order)
        await till.hears(said)
        assert await till.wallet(cast.poor) == (8_000, 8_000)
        assert await seats_taken(cast.world.database, line.session.id) == 1

    async def test_too_late_stays_in_the_wallet_and_the_next_is_asked(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        cast.world.clock.advance(timedelta(minutes=10))
        await till.paid(order)
        assert await till.wallet(cast.poor) == (8_000, 0)
        assert await line.status(cast.poor, offer) is WaitlistStatus.LAPSED
        await next_is_asked(cast, line)

    async def test_in_another_way_meanwhile_ends_the_payment(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        await cast.world.top_up(cast.poor, 8_000)
        booked = await line.accept(cast.poor, offer)
        assert booked.status is EnrollmentStatus.LOCKED
        assert await till.status(order) == ("CANCELLED", 0)
        await till.paid(order)
        assert await till.wallet(cast.poor) == (16_000, 8_000)


class TestAccepted:
    async def test_is_no_news_either(self, cast: Cast, line: Line, offer: WaitlistEntryId) -> None:
        await cast.world.top_up(cast.poor, 8_000)
        booked = await line.accept(cast.poor, offer)
        assert await are_told_that_they_are_booked(cast, booked.id) == []


class TestNotPaid:
    async def test_lapses_with_the_offer_and_the_next_is_asked(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        cast.world.clock.advance(timedelta(minutes=10))
        await till.sweep()
        assert await line.status(cast.poor, offer) is WaitlistStatus.LAPSED
        assert (await till.status(order))[0] == "CANCELLED"
        await next_is_asked(cast, line)

    async def test_lapses_whoever_looks_first(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        cast.world.clock.advance(timedelta(minutes=10))
        await line.tick()
        assert await line.status(cast.poor, offer) is WaitlistStatus.LAPSED
        assert (await till.status(order))[0] == "CANCELLED"
        assert WaitingMessage.OFFER_LAPSED not in await told(cast, cast.poor)  # the payment's message says it
        await next_is_asked(cast, line)

    async def test_let_go_is_passed_on(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        await till.drop(cast.poor, order)
        assert await line.status(cast.poor, offer) is WaitlistStatus.PASSED
        await next_is_asked(cast, line)

    async def test_passed_on_ends_the_payment(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        await line.pass_on(cast.poor, offer)  # an older message's button
        assert (await till.status(order))[0] == "CANCELLED"
        await till.paid(order)
        assert await till.wallet(cast.poor) == (8_000, 0)
        await next_is_asked(cast, line)

    async def test_of_a_class_that_was_moved_is_void(
        self, cast: Cast, till: Till, line: Line, offer: WaitlistEntryId, order: OrderRow
    ) -> None:
        await move(cast.world, line.session, line.session.starts_at + timedelta(hours=3))
        await line.close()
        assert await line.status(cast.poor, offer) is WaitlistStatus.CLOSED
        await till.paid(order)
        assert await till.wallet(cast.poor) == (8_000, 0)
        assert await seats_taken(cast.world.database, line.session.id) == 0
