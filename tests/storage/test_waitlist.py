from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.errors import (
    AlreadyEnrolledError,
    InsufficientFundsError,
    NotFoundError,
    NotPermittedError,
    ReservationLapsedError,
    SeatsFreeError,
    SessionNotOpenError,
    TermsChangedError,
)
from domain.finance.model import PaymentMethod
from domain.ids import WaitlistEntryId, new_id
from domain.people.erasure import EraseMe
from domain.people.leaving import GivenUp
from domain.waitlist.accepting import AcceptOffer
from domain.waitlist.model import WaitingMessage, WaitlistStatus
from storage.audit import audit
from storage.prepared import Query
from storage.queries.sessions import CARD
from storage.tables.messages import notifications
from tests.builders.waitlist import Line
from tests.cast import Cast
from tests.factories import Person, Scheduled, World, sql_id

MESSAGES = Query(
    sa.select(notifications.c.person_id, notifications.c.kind).order_by(notifications.c.id),
    lambda person_id, kind: (person_id, kind),
)


async def told(cast: Cast, person: Person) -> list[str]:
    return [kind for person_id, kind in await cast.world.database.fetch(MESSAGES) if person_id == person.id]


async def seats_left(line: Line) -> int:
    world = line.world
    (card,) = await world.database.fetch(
        CARD, center_id=world.center_id, reader_id=world.center_id, session_id=line.session.id
    )
    return card.session.seats_left


@pytest.fixture
async def full(cast: Cast) -> Scheduled:
    """Tomorrow's session of one seat, which is the owner's."""
    return await cast.world.add_session(cast.taught, starts_in=timedelta(days=1), capacity=1)


@pytest.fixture
async def seat(cast: Cast, full: Scheduled) -> object:
    return (await cast.world.book(cast.owner, full)).id


@pytest.fixture
async def line(cast: Cast, full: Scheduled, seat: object) -> Line:
    return Line(cast.world, full)


async def free_a_seat(cast: Cast, line: Line, seat: object) -> None:
    await cast.world.cancel(cast.owner, seat)  # type: ignore[arg-type]
    await line.offer()


async def move(world: World, session: Scheduled, to: datetime) -> None:
    at, starts = (moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for moment in (world.clock.now(), to))
    ends = (to + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    await world.database.execute(
        f"UPDATE sessions SET starts_at = '{starts}', ends_at = '{ends}', moved_at = '{at}' "
        f"WHERE id = '{sql_id(session.id)}'"
    )


async def cancel_session(world: World, session: Scheduled) -> None:
    await world.database.execute(f"UPDATE sessions SET status = 'CANCELED' WHERE id = '{sql_id(session.id)}'")


class TestJoining:
    async def test_is_in_order_of_arrival_and_once_each(self, cast: Cast, line: Line) -> None:
        first = await line.join(cast.member)
        assert await line.join(cast.member, first) == first
        await line.join(cast.member)  # another screen's button: the place stays where it is
        assert await line.status(cast.member, first) is WaitlistStatus.WAITING
        assert await audit(cast.world.database) == []

    async def test_is_refused_where_there_is_a_seat(self, cast: Cast) -> None:
        with pytest.raises(SeatsFreeError):
            await Line(cast.world, cast.session).join(cast.member)

    async def test_is_refused_to_who_has_a_seat(self, cast: Cast, line: Line) -> None:
        with pytest.raises(AlreadyEnrolledError):
            await line.join(cast.owner)

    async def test_is_refused_once_the_session_has_begun(self, cast: Cast, line: Line) -> None:
        cast.world.clock.advance(timedelta(days=1))
        with pytest.raises(SessionNotOpenError):
            await line.join(cast.member)

    async def test_is_nothing_for_the_team_and_for_strangers(self, cast: Cast, line: Line) -> None:
        for person in (cast.staff, cast.admin, cast.blocked, cast.unjoined):
            with pytest.raises(NotPermittedError):
                await line.join(person)
        with pytest.raises(NotFoundError):
            await line.join(cast.outsider)

    async def test_with_somebody_elses_place_finds_nothing(self, cast: Cast, line: Line) -> None:
        entry_id = await line.join(cast.member)
        with pytest.raises(NotFoundError):
            await line.join(cast.poor, entry_id)
        with pytest.raises(NotFoundError):
            await line.leave(cast.poor, entry_id)


class TestOffers:
    async def test_hold_a_freed_seat_for_the_first_in_line(self, cast: Cast, line: Line, seat: object) -> None:
        first, second = await line.join(cast.member), await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        place = await line.place(cast.member, first)
        assert (place.status, place.enrollment_status) == (WaitlistStatus.OFFERED, EnrollmentStatus.HELD)
        assert place.offer_expires_at == cast.world.clock.now() + timedelta(minutes=15)
        assert await line.status(cast.poor, second) is WaitlistStatus.WAITING
        assert await told(cast, cast.member) == [WaitingMessage.OFFER]
        assert await seats_left(line) == 0
        assert await audit(cast.world.database) == []

    async def test_are_made_once_however_often_it_is_tried(self, cast: Cast, line: Line, seat: object) -> None:
        await line.join(cast.member)
        second = await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        await line.offer()
        await line.tick()
        assert await line.status(cast.poor, second) is WaitlistStatus.WAITING

    async def test_are_as_many_as_there_are_seats(self, cast: Cast, line: Line, seat: object) -> None:
        entries = [(person, await line.join(person)) for person in (cast.member, cast.poor)]
        await cast.world.database.execute(f"UPDATE sessions SET capacity = 3 WHERE id = '{sql_id(line.session.id)}'")
        await line.offer()
        assert {await line.status(*each) for each in entries} == {WaitlistStatus.OFFERED}
        assert await audit(cast.world.database) == []

    async def test_are_not_made_in_quiet_hours_nor_shortly_before(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        cast.world.clock.advance(timedelta(hours=11, minutes=46))  # 21:46 in Cairo; quiet from 22:00
        await free_a_seat(cast, line, seat)
        cast.world.clock.advance(timedelta(hours=3))
        await line.tick()
        assert await line.status(cast.member, entry_id) is WaitlistStatus.WAITING
        assert await seats_left(line) == 1

    async def test_are_made_when_quiet_hours_end(self, cast: Cast) -> None:
        world = cast.world
        line = Line(world, await world.add_session(cast.taught, starts_in=timedelta(hours=30), capacity=1))
        seat = await world.book(cast.owner, line.session)
        entry_id = await line.join(cast.member)
        world.clock.advance(timedelta(hours=15))
        await free_a_seat(cast, line, seat.id)
        assert await line.status(cast.member, entry_id) is WaitlistStatus.WAITING
        world.clock.advance(timedelta(hours=7))
        await line.tick()
        assert await line.status(cast.member, entry_id) is WaitlistStatus.OFFERED

    async def test_pass_over_who_cannot_take_them(self, cast: Cast, line: Line, seat: object) -> None:
        await line.join(cast.member)
        second = await line.join(cast.poor)
        await cast.world.block(cast.member)
        await free_a_seat(cast, line, seat)
        assert await line.status(cast.poor, second) is WaitlistStatus.OFFERED

    async def test_end_with_the_cancellation_window(self, cast: Cast) -> None:
        world = cast.world
        line = Line(world, await world.add_session(cast.taught, starts_in=timedelta(hours=4), capacity=1))
        seat = await world.book(cast.owner, line.session)
        entry_id = await line.join(cast.member)
        world.clock.advance(timedelta(hours=1, minutes=50))
        await free_a_seat(cast, line, seat.id)
        place = await line.place(cast.member, entry_id)
        assert place.offer_expires_at == line.session.starts_at - timedelta(hours=2)


class TestAccepting:
    async def test_books_with_the_usual_order_of_paying(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        booked = await line.accept(cast.member, entry_id)
        assert (booked.status, booked.method) == (EnrollmentStatus.LOCKED, PaymentMethod.WALLET)
        assert await line.status(cast.member, entry_id) is WaitlistStatus.BOOKED
        assert await line.accept(cast.member, entry_id) == booked
        assert await audit(cast.world.database) == []
        await cast.world.cancel(cast.member, booked.id)
        assert await audit(cast.world.database) == []

    async def test_takes_a_credit_first(self, cast: Cast, line: Line, seat: object) -> None:
        await cast.world.add_package(cast.member, cast.taught, credits_total=1)
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        booked = await line.accept(cast.member, entry_id)
        assert (booked.status, booked.method) == (EnrollmentStatus.PAID, PaymentMethod.PACKAGE)
        assert await audit(cast.world.database) == []

    async def test_without_money_keeps_the_offer_open(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        with pytest.raises(InsufficientFundsError):
            await line.accept(cast.poor, entry_id)
        await cast.world.top_up(cast.poor, 8_000)
        assert (await line.accept(cast.poor, entry_id)).status is EnrollmentStatus.LOCKED
        assert await audit(cast.world.database) == []

    async def test_is_too_late_when_the_time_is_over(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        cast.world.clock.advance(timedelta(minutes=15))
        with pytest.raises(ReservationLapsedError):  # before the clock has looked
            await line.accept(cast.member, entry_id)
        await line.tick()
        with pytest.raises(ReservationLapsedError):
            await line.accept(cast.member, entry_id)

    async def test_asks_again_at_another_price(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        terms = await cast.world.confirmed_terms(cast.member, line.session)
        await cast.world.database.execute("UPDATE classes SET price_minor = 9000")
        with pytest.raises(TermsChangedError):
            await AcceptOffer(line.units, cast.world.clock)(actor=cast.member.actor, entry_id=entry_id, confirmed=terms)

    async def test_of_somebody_elses_offer_finds_nothing(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        terms = await cast.world.confirmed_terms(cast.poor, line.session)
        accept = AcceptOffer(line.units, cast.world.clock)
        for person in (cast.poor, cast.owner, cast.outsider):
            with pytest.raises(NotFoundError):
                await accept(actor=person.actor, entry_id=entry_id, confirmed=terms)
            with pytest.raises(NotFoundError):
                await line.pass_on(person, entry_id)
        with pytest.raises(NotFoundError):
            await line.pass_on(cast.poor, WaitlistEntryId(new_id()))


class TestPassingOn:
    async def test_goes_to_the_next_when_the_first_says_no(self, cast: Cast, line: Line, seat: object) -> None:
        first, second = await line.join(cast.member), await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        await line.pass_on(cast.member, first)
        await line.pass_on(cast.member, first)
        await line.offer()
        assert await line.status(cast.member, first) is WaitlistStatus.PASSED
        assert await line.status(cast.poor, second) is WaitlistStatus.OFFERED
        assert await audit(cast.world.database) == []

    async def test_goes_to_the_next_when_the_first_is_silent(self, cast: Cast, line: Line, seat: object) -> None:
        first, second = await line.join(cast.member), await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        cast.world.clock.advance(timedelta(minutes=15))
        await line.tick()
        assert await line.status(cast.member, first) is WaitlistStatus.LAPSED
        assert await line.status(cast.poor, second) is WaitlistStatus.OFFERED
        assert await told(cast, cast.member) == [WaitingMessage.OFFER, WaitingMessage.OFFER_LAPSED]
        cast.world.clock.advance(timedelta(minutes=15))
        await line.tick()
        await line.tick()
        assert await seats_left(line) == 1
        assert await audit(cast.world.database) == []

    async def test_lets_who_was_silent_wait_again_at_the_end(self, cast: Cast, line: Line, seat: object) -> None:
        first = await line.join(cast.member)
        await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        cast.world.clock.advance(timedelta(minutes=15))
        await line.tick()
        again = await line.join(cast.member)
        assert again != first
        assert await line.status(cast.member, again) is WaitlistStatus.WAITING

    async def test_leaving_with_an_offer_gives_the_seat_back(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        await line.leave(cast.member, entry_id)
        assert await line.status(cast.member, entry_id) is WaitlistStatus.LEFT
        assert await seats_left(line) == 1
        assert await audit(cast.world.database) == []


class TestLateSeats:
    async def test_are_announced_to_everybody_once(self, cast: Cast, line: Line, seat: object) -> None:
        first, second = await line.join(cast.member), await line.join(cast.poor)
        cast.world.clock.advance(timedelta(hours=22, minutes=30))
        await cast.world.database.execute(f"UPDATE sessions SET capacity = 2 WHERE id = '{sql_id(line.session.id)}'")
        await line.offer()
        await line.tick()
        assert await told(cast, cast.member) == await told(cast, cast.poor) == [WaitingMessage.FREE_SEATS]
        booked = await cast.world.book(cast.member, line.session)
        await line.settle(booked)
        assert await line.status(cast.member, first) is WaitlistStatus.BOOKED
        assert await line.status(cast.poor, second) is WaitlistStatus.WAITING
        assert await audit(cast.world.database) == []

    async def test_are_not_announced_to_who_does_not_want_to_hear(self, cast: Cast, line: Line, seat: object) -> None:
        await line.join(cast.member)
        await cast.world.database.execute(
            f"INSERT INTO muted_notifications VALUES ('{sql_id(cast.member.id)}', 'WAITLIST')"
        )
        cast.world.clock.advance(timedelta(hours=23))
        await cast.world.database.execute(f"UPDATE sessions SET capacity = 2 WHERE id = '{sql_id(line.session.id)}'")
        await line.offer()
        assert await told(cast, cast.member) == []


class TestClosing:
    async def test_ends_all_places_of_a_cancelled_session_and_tells(self, cast: Cast, line: Line, seat: object) -> None:
        first, second = await line.join(cast.member), await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        await cancel_session(cast.world, line.session)
        await line.close()
        await line.close()
        assert await line.status(cast.member, first) is WaitlistStatus.CLOSED
        assert await line.status(cast.poor, second) is WaitlistStatus.CLOSED
        assert await told(cast, cast.poor) == [WaitingMessage.CLOSED]
        assert await audit(cast.world.database) == []

    async def test_voids_offers_of_a_moved_session(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await free_a_seat(cast, line, seat)
        cast.world.clock.advance(timedelta(minutes=1))
        await move(cast.world, line.session, cast.world.clock.now() + timedelta(days=2))
        with pytest.raises(ReservationLapsedError):
            await line.accept(cast.member, entry_id)
        await line.tick()
        assert await line.status(cast.member, entry_id) is WaitlistStatus.CLOSED
        assert await seats_left(line) == 1
        again = Line(cast.world, line.session)
        with pytest.raises(SeatsFreeError):
            await again.join(cast.member)
        assert await audit(cast.world.database) == []

    async def test_is_silent_when_the_class_begins(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        cast.world.clock.advance(timedelta(days=1))
        await line.tick()
        assert await line.status(cast.member, entry_id) is WaitlistStatus.CLOSED
        assert await told(cast, cast.member) == []

    async def test_does_nothing_too_early(self, cast: Cast, line: Line, seat: object) -> None:
        entry_id = await line.join(cast.member)
        await line.close()
        assert await line.status(cast.member, entry_id) is WaitlistStatus.WAITING


class TestErasing:
    async def test_gives_up_places_and_what_is_held_for_them(self, cast: Cast, line: Line, seat: object) -> None:
        first, second = await line.join(cast.member), await line.join(cast.poor)
        await free_a_seat(cast, line, seat)
        await EraseMe(line.units, cast.world.clock)(actor=cast.member.actor, confirmed=GivenUp(30_000, 0))
        await line.offer()
        assert await line.status(cast.member, first) is WaitlistStatus.LEFT
        assert await line.status(cast.poor, second) is WaitlistStatus.OFFERED
        assert await audit(cast.world.database) == []
