from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.errors import NotFoundError, NotPermittedError, TermsChangedError
from domain.ids import StandingBookingId, new_id
from domain.packages.low_credits import HintLowCredits
from domain.waitlist.model import WaitingMessage
from domain.waitlist.standing import BOOKED, PRICE_ABOVE, TOO_LATE, SetStandingBooking, ShownPrice
from storage.audit import audit
from storage.prepared import Query, outside
from storage.queries.standing import StoredStandingViews
from storage.tables.messages import notifications
from storage.tables.waitlist import standing_attempts
from storage.unit_of_work import unit_of_work_factory
from tests.builders.standing import add_occurrence, add_rule, add_rule_session, ask_for_all, book_standing, stop
from tests.cast import Cast
from tests.factories import Person, Scheduled, sql_id

ATTEMPTS = Query(
    sa.select(standing_attempts.c.outcome)
    .where(standing_attempts.c.session_id == outside("session_id"))
    .order_by(standing_attempts.c.outcome),
    str,
)
TOLD = Query(sa.select(notifications.c.kind).where(notifications.c.person_id == outside("person_id")), str)


async def outcomes(cast: Cast, session: Scheduled) -> list[str]:
    return await cast.world.database.fetch(ATTEMPTS, session_id=session.id)


async def told(cast: Cast, person: Person) -> list[str]:
    return await cast.world.database.fetch(TOLD, person_id=person.id)


@pytest.fixture
async def session(cast: Cast) -> Scheduled:
    """Tomorrow's session of a rule."""
    return await add_rule_session(cast.world, cast.taught)


class TestAsking:
    async def test_is_kept_once_for_a_rule(self, cast: Cast, session: Scheduled) -> None:
        first = await ask_for_all(cast.world, cast.member, session)
        assert await ask_for_all(cast.world, cast.member, session) == first
        views = StoredStandingViews(cast.world.database)
        (line,) = await views.list_on(center_id=cast.world.center_id, student_id=cast.member.id)
        assert (line.standing_booking_id, line.most_minor, line.rule.class_title) == (first, 8_000, "Ballet I")

    async def test_may_be_stopped_and_begun_again(self, cast: Cast, session: Scheduled) -> None:
        first = await ask_for_all(cast.world, cast.member, session)
        await stop(cast.world, cast.member, first)
        await stop(cast.world, cast.member, first)
        assert await ask_for_all(cast.world, cast.member, session) != first

    async def test_at_another_price_is_asked_again(self, cast: Cast, session: Scheduled) -> None:
        ask = SetStandingBooking(unit_of_work_factory(cast.world.database), cast.world.clock)
        with pytest.raises(TermsChangedError):
            await ask(
                actor=cast.member.actor,
                standing_booking_id=StandingBookingId(new_id()),
                session_id=session.id,
                shown=ShownPrice(7_999),
            )

    async def test_is_for_rules_and_for_students_only(self, cast: Cast, session: Scheduled) -> None:
        with pytest.raises(NotFoundError):
            await ask_for_all(cast.world, cast.member, cast.session)
        with pytest.raises(NotFoundError):
            await ask_for_all(cast.world, cast.outsider, session)
        for person in (cast.staff, cast.admin, cast.blocked, cast.unjoined):
            with pytest.raises(NotPermittedError):
                await ask_for_all(cast.world, person, session)

    async def test_of_somebody_else_cannot_be_stopped(self, cast: Cast, session: Scheduled) -> None:
        mine = await ask_for_all(cast.world, cast.member, session)
        with pytest.raises(NotFoundError):
            await stop(cast.world, cast.poor, mine)


class TestBooking:
    async def test_takes_a_seat_as_the_student_would_and_tells(self, cast: Cast, session: Scheduled) -> None:
        await ask_for_all(cast.world, cast.member, session)
        await ask_for_all(cast.world, cast.owner, session)
        book = book_standing(cast.world)
        await book(cast.world.center_id, session.id)
        await book(cast.world.center_id, session.id)
        await book.everywhere(cast.world.center_id)
        assert await outcomes(cast, session) == [BOOKED, BOOKED]
        assert await told(cast, cast.member) == [WaitingMessage.STANDING]
        assert await audit(cast.world.database) == []

    async def test_says_why_not_where_there_is_no_money(self, cast: Cast, session: Scheduled) -> None:
        await ask_for_all(cast.world, cast.poor, session)
        await book_standing(cast.world)(cast.world.center_id, session.id)
        assert await outcomes(cast, session) == ["insufficient_funds"]
        assert await told(cast, cast.poor) == [WaitingMessage.STANDING]

    async def test_says_why_not_where_it_is_full(self, cast: Cast) -> None:
        session = await add_rule_session(cast.world, cast.taught, capacity=1)
        await ask_for_all(cast.world, cast.owner, session)
        cast.world.clock.advance(timedelta(minutes=1))
        await ask_for_all(cast.world, cast.member, session)
        await book_standing(cast.world)(cast.world.center_id, session.id)
        assert await outcomes(cast, session) == [BOOKED, "session_full"]
        assert await audit(cast.world.database) == []

    async def test_never_pays_more_than_was_shown(self, cast: Cast, session: Scheduled) -> None:
        await ask_for_all(cast.world, cast.member, session)
        await cast.world.database.execute("UPDATE classes SET price_minor = 8001")
        await book_standing(cast.world)(cast.world.center_id, session.id)
        assert await outcomes(cast, session) == [PRICE_ABOVE]

    async def test_books_nothing_that_cannot_be_cancelled(self, cast: Cast, session: Scheduled) -> None:
        await ask_for_all(cast.world, cast.member, session)
        cast.world.clock.set(session.starts_at - timedelta(hours=1))
        await book_standing(cast.world).everywhere(cast.world.center_id)
        assert await outcomes(cast, session) == [TOO_LATE]

    async def test_leaves_alone_what_the_student_has_decided(self, cast: Cast, session: Scheduled) -> None:
        booked = await cast.world.book(cast.member, session)
        await cast.world.cancel(cast.member, booked.id)
        await ask_for_all(cast.world, cast.member, session)
        await book_standing(cast.world).everywhere(cast.world.center_id)
        assert await outcomes(cast, session) == []

    async def test_does_not_book_again_what_was_cancelled(self, cast: Cast, session: Scheduled) -> None:
        await ask_for_all(cast.world, cast.member, session)
        book = book_standing(cast.world)
        await book(cast.world.center_id, session.id)
        views = StoredStandingViews(cast.world.database)
        (standing,) = await views.list_on(center_id=cast.world.center_id, student_id=cast.member.id)
        (came,) = await views.list_outcomes(
            center_id=cast.world.center_id,
            student_id=cast.member.id,
            standing_booking_id=standing.standing_booking_id,
            now=cast.world.clock.now(),
            limit=5,
        )
        assert came.enrollment_id is not None
        await cast.world.cancel(cast.member, came.enrollment_id)
        await book.everywhere(cast.world.center_id)
        assert await outcomes(cast, session) == [BOOKED]

    async def test_stops_when_it_is_stopped(self, cast: Cast, session: Scheduled) -> None:
        await stop(cast.world, cast.member, await ask_for_all(cast.world, cast.member, session))
        await book_standing(cast.world).everywhere(cast.world.center_id)
        assert await outcomes(cast, session) == []

    async def test_is_not_for_who_is_blocked(self, cast: Cast, session: Scheduled) -> None:
        await ask_for_all(cast.world, cast.member, session)
        await cast.world.block(cast.member)
        await book_standing(cast.world).everywhere(cast.world.center_id)
        assert await outcomes(cast, session) == []

    async def test_of_what_is_planned_already_tells_on_the_screen_only(self, cast: Cast) -> None:
        rule_id = await add_rule(cast.world, cast.taught)
        sessions = [await add_occurrence(cast.world, cast.taught, rule_id, week=week) for week in range(3)]
        standing = await ask_for_all(cast.world, cast.member, sessions[0])
        book = book_standing(cast.world)
        await book.of_student(actor=cast.member.actor, standing_booking_id=standing)
        assert [await outcomes(cast, each) for each in sessions] == [[BOOKED]] * 3
        assert await told(cast, cast.member) == []
        await book.of_student(actor=cast.poor.actor, standing_booking_id=standing)
        assert await audit(cast.world.database) == []


class TestHints:
    async def test_come_once_when_one_credit_is_left(self, cast: Cast) -> None:
        hint = HintLowCredits(unit_of_work_factory(cast.world.database), cast.world.clock)
        await cast.world.add_package(cast.member, cast.taught, credits_total=3, price_minor=21_000)
        bookings = []
        for day in (2, 3):
            session = await cast.world.add_session(cast.taught, starts_in=timedelta(days=day))
            bookings.append(await cast.world.book(cast.member, session))
            await hint(cast.world.center_id, bookings[-1].id)
            await hint(cast.world.center_id, bookings[-1].id)
            assert len(await told(cast, cast.member)) == (0 if day == 2 else 1)
        assert bookings[0].status is EnrollmentStatus.PAID

    async def test_do_not_come_while_there_is_another_package(self, cast: Cast) -> None:
        hint = HintLowCredits(unit_of_work_factory(cast.world.database), cast.world.clock)
        for credits_total in (2, 4):
            await cast.world.add_package(cast.member, cast.taught, credits_total=credits_total, price_minor=21_000)
        booked = await cast.world.book(cast.member, cast.session)
        await hint(cast.world.center_id, booked.id)
        assert await told(cast, cast.member) == []

    async def test_do_not_come_to_who_does_not_want_them(self, cast: Cast) -> None:
        await cast.world.database.execute(f"INSERT INTO muted_notifications VALUES ('{sql_id(cast.member.id)}', 'CREDITS')")
        await cast.world.add_package(cast.member, cast.taught, credits_total=2, price_minor=21_000)
        booked = await cast.world.book(cast.member, cast.session)
        await HintLowCredits(unit_of_work_factory(cast.world.database), cast.world.clock)(cast.world.center_id, booked.id)
        assert await told(cast, cast.member) == []
