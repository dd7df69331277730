from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.model import MadeGood
from domain.errors import (
    CapacityTooSmallError,
    CheckInTooEarlyError,
    InvalidInputError,
    InvalidTransitionError,
    NotFoundError,
    NotMadeGoodYetError,
    NotPermittedError,
    SessionChangedError,
    SessionInUseError,
    SessionNotEditableError,
)
from domain.ids import SessionId, new_id
from domain.sessions.calling_off import RescheduleSession
from domain.sessions.forgotten import FinishForgotten, MarkMissed
from domain.sessions.model import SessionStatus
from domain.sessions.planning import CreateExtraSession, EditSession, RemoveSession, SessionChanges
from domain.sessions.running import FinishSession, OpenCheckIn, StartSession
from storage.audit import audit
from storage.prepared import Query
from storage.tables.operations import outbox
from storage.unit_of_work import unit_of_work_factory
from tests.builders.sessions import (
    cancel_session,
    find_session,
    finish,
    make_good,
    open_check_in,
    pay_cash_seat,
    session_of,
    start,
)
from tests.cast import Cast
from tests.conversations.ledger import kept
from tests.factories import ZONE, Scheduled

HOUR = timedelta(hours=1)


async def events_of(cast: Cast) -> list[str]:

    query = Query(sa.select(outbox.c.kind).order_by(outbox.c.id), str)
    return [kind for kind in await cast.world.database.fetch(query) if kind.startswith("session.")]


class TestOnItsDay:
    async def test_goes_from_door_to_end_each_step_once(self, cast: Cast) -> None:
        world = cast.world
        await finish(world, cast.staff, cast.session)
        assert (await session_of(world, cast.session)).status is SessionStatus.FINISHED
        before = await kept(world.database)
        await FinishSession(unit_of_work_factory(world.database), world.clock)(
            actor=cast.admin.actor, session_id=cast.session.id
        )
        assert await kept(world.database) == before
        assert await events_of(cast) == ["session.checked_in", "session.started", "session.finished"]

    async def test_opens_an_hour_before_and_not_a_moment_earlier(self, cast: Cast) -> None:
        world, units = cast.world, unit_of_work_factory(cast.world.database)
        world.clock.set(cast.session.starts_at - HOUR - timedelta(microseconds=1))
        with pytest.raises(CheckInTooEarlyError) as caught:
            await OpenCheckIn(units, world.clock)(actor=cast.staff.actor, session_id=cast.session.id)
        assert caught.value.opens_at == cast.session.starts_at - HOUR
        world.clock.set(cast.session.starts_at - HOUR)
        await OpenCheckIn(units, world.clock)(actor=cast.staff.actor, session_id=cast.session.id)

    async def test_skips_no_step(self, cast: Cast) -> None:
        world, units = cast.world, unit_of_work_factory(cast.world.database)
        before = await kept(world.database)
        for step in (StartSession(units, world.clock), FinishSession(units, world.clock)):
            with pytest.raises(InvalidTransitionError):
                await step(actor=cast.staff.actor, session_id=cast.session.id)
        assert await kept(world.database) == before

    async def test_belongs_to_the_staff_of_its_branch(self, cast: Cast) -> None:
        world = cast.world
        other = await world.add_staff("Rami", branch=await world.add_branch("Zamalek"))
        for person, refusal in (
            (other, NotFoundError),
            (cast.owner, NotPermittedError),
            (cast.outsider, NotPermittedError),
        ):
            with pytest.raises(refusal):
                await open_check_in(world, person, cast.session)
        await open_check_in(world, cast.admin, cast.session)


class TestCancelling:
    async def test_keeps_the_reason_and_how_many_are_to_be_made_good(self, cast: Cast) -> None:
        world = cast.world
        await cancel_session(world, cast.staff, cast.session)
        session = await session_of(world, cast.session)
        assert (session.status, session.canceled_at) == (SessionStatus.CANCELED, world.clock.now())
        assert session.settled_at is None
        before = await kept(world.database)
        await cancel_session(world, cast.admin, cast.session, reason="Another one")
        assert await kept(world.database) == before

    async def test_of_an_empty_one_settles_it_at_once(self, cast: Cast) -> None:
        empty = await cast.world.add_session(cast.taught)
        await cancel_session(cast.world, cast.staff, empty)
        assert (await session_of(cast.world, empty)).settled_at == cast.world.clock.now()

    async def test_asks_again_where_the_session_has_moved_since(self, cast: Cast) -> None:
        with pytest.raises(SessionChangedError):
            await cancel_session(cast.world, cast.staff, cast.session, starts_at=cast.session.starts_at + HOUR)

    async def test_is_over_when_the_session_is(self, cast: Cast) -> None:
        await finish(cast.world, cast.staff, cast.session)
        with pytest.raises(InvalidTransitionError):
            await cancel_session(cast.world, cast.staff, cast.session)

    async def test_lets_nobody_book_any_more(self, cast: Cast) -> None:
        confirmed = await cast.world.confirmed_terms(cast.member, cast.session)
        await cancel_session(cast.world, cast.staff, cast.session)
        with pytest.raises(Exception, match="session_not_open"):
            await cast.world.book(cast.member, cast.session, confirmed=confirmed)


class TestRescheduling:
    async def test_waits_until_everybody_is_made_good_and_brings_nobody_back(self, cast: Cast) -> None:
        world, units = cast.world, unit_of_work_factory(cast.world.database)
        await cancel_session(world, cast.staff, cast.session)
        reschedule = RescheduleSession(units, world.clock)
        day = cast.session.starts_at.astimezone(ZONE).date() + timedelta(days=7)
        with pytest.raises(NotMadeGoodYetError):
            await reschedule(actor=cast.staff.actor, session_id=cast.session.id, day=day, at=time(19))
        await make_good(world, cast.session)
        await reschedule(actor=cast.staff.actor, session_id=cast.session.id, day=day, at=time(19))
        session, before = await session_of(world, cast.session), await kept(world.database)
        assert (session.status, session.local_date, session.local_time) == (SessionStatus.SCHEDULED, day, time(19))
        assert (session.seats_taken, session.canceled_at, session.settled_at) == (0, None, None)
        await reschedule(actor=cast.staff.actor, session_id=cast.session.id, day=day, at=time(19))
        assert await kept(world.database) == before
        assert await audit(world.database) == []

    async def test_is_to_a_time_to_come(self, cast: Cast) -> None:
        world, today = cast.world, cast.world.clock.now().astimezone(ZONE).date()
        await cancel_session(world, cast.staff, cast.session)
        await make_good(world, cast.session)
        reschedule = RescheduleSession(unit_of_work_factory(world.database), world.clock)
        for day in (today - timedelta(days=1), today + timedelta(days=400)):
            with pytest.raises(InvalidInputError):
                await reschedule(actor=cast.staff.actor, session_id=cast.session.id, day=day, at=time(19))

    async def test_is_for_cancelled_sessions(self, cast: Cast) -> None:
        world, day = cast.world, cast.session.starts_at.date() + timedelta(days=7)
        with pytest.raises(InvalidTransitionError):
            await RescheduleSession(unit_of_work_factory(world.database), world.clock)(
                actor=cast.staff.actor, session_id=cast.session.id, day=day, at=time(19)
            )


class TestEditing:
    async def change(self, cast: Cast, changes: SessionChanges) -> None:
        edit = EditSession(unit_of_work_factory(cast.world.database), cast.world.clock)
        await edit(actor=cast.staff.actor, session_id=cast.session.id, changes=changes)

    async def test_of_the_time_lets_whoever_had_booked_cancel_until_the_start_cash_included(self, cast: Cast) -> None:
        world = cast.world
        paid = await pay_cash_seat(world, cast.poor, cast.session, staff=cast.staff)
        await self.change(cast, SessionChanges(at=time(11)))
        moved = await session_of(world, cast.session)
        world.clock.set(moved.starts_at)
        cancel = CancelEnrollment(unit_of_work_factory(world.database), world.clock)
        outcome = await cancel(actor=cast.poor.actor, enrollment_id=paid)
        assert (outcome.made_good, outcome.amount_minor) == (MadeGood.RETURNED, cast.taught.price_minor)
        assert (await cancel(actor=cast.owner.actor, enrollment_id=cast.booking.id)).made_good is MadeGood.CREDIT
        assert await audit(world.database) == []

    async def test_to_what_it_is_changes_nothing(self, cast: Cast) -> None:
        session, before = await session_of(cast.world, cast.session), await kept(cast.world.database)
        await self.change(
            cast,
            SessionChanges(session.local_date, session.local_time, session.branch_id, session.teacher, session.capacity),
        )
        assert await kept(cast.world.database) == before

    async def test_of_seats_stops_at_those_taken(self, cast: Cast) -> None:
        await cast.world.book(cast.member, cast.session)
        with pytest.raises(CapacityTooSmallError) as caught:
            await self.change(cast, SessionChanges(capacity=1))
        assert caught.value.seats_taken == 2
        await self.change(cast, SessionChanges(capacity=2, teacher="  Dina   Samir "))
        session = await session_of(cast.world, cast.session)
        assert (session.capacity, session.teacher) == (2, "Dina Samir")

    async def test_to_a_branch_out_of_reach_finds_none(self, cast: Cast) -> None:
        zamalek = await cast.world.add_branch("Zamalek")
        with pytest.raises(NotFoundError):
            await self.change(cast, SessionChanges(branch_id=zamalek.id))
        edit = EditSession(unit_of_work_factory(cast.world.database), cast.world.clock)
        await edit(actor=cast.admin.actor, session_id=cast.session.id, changes=SessionChanges(branch_id=zamalek.id))
        assert (await session_of(cast.world, cast.session)).branch_id == zamalek.id

    async def test_of_the_time_ends_when_check_in_opens(self, cast: Cast) -> None:
        await open_check_in(cast.world, cast.staff, cast.session)
        with pytest.raises(SessionNotEditableError):
            await self.change(cast, SessionChanges(at=time(20)))
        await self.change(cast, SessionChanges(capacity=20))


class TestAddingAndDeleting:
    async def test_adds_one_session_however_often_it_is_pressed(self, cast: Cast) -> None:
        world, session_id = cast.world, SessionId(new_id())
        create = CreateExtraSession(unit_of_work_factory(world.database), world.clock)
        day = world.clock.now().astimezone(ZONE).date() + timedelta(days=2)
        for _ in range(2):
            await create(
                actor=cast.staff.actor,
                session_id=session_id,
                class_id=cast.taught.id,
                branch_id=world.branch.id,
                day=day,
                at=time(17, 30),
            )
        made = await session_of(world, Scheduled(session_id, cast.taught, world.branch, world.clock.now(), 12))
        assert (made.local_date, made.local_time, made.capacity, made.teacher) == (day, time(17, 30), 12, "Salma Nabil")
        assert await events_of(cast) == ["session.created"]

    async def test_deletes_what_nobody_was_ever_in(self, cast: Cast) -> None:
        world = cast.world
        remove = RemoveSession(unit_of_work_factory(world.database), world.clock)
        empty = await world.add_session(cast.taught)
        await remove(actor=cast.staff.actor, session_id=empty.id)
        assert await find_session(world, empty) is None
        await world.cancel(cast.owner, cast.booking.id)
        with pytest.raises(SessionInUseError):  # somebody was in it
            await remove(actor=cast.staff.actor, session_id=cast.session.id)
        with pytest.raises(NotFoundError):
            await remove(actor=cast.staff.actor, session_id=empty.id)


class TestForgotten:
    async def test_is_missed_when_nobody_opened_it_an_hour_after_the_end(self, cast: Cast) -> None:
        world, units = cast.world, unit_of_work_factory(cast.world.database)
        miss = MarkMissed(units, world.clock)
        world.clock.set(cast.session.starts_at + 2 * HOUR - timedelta(seconds=1))
        assert await miss(world.center_id) == []
        world.clock.advance(timedelta(seconds=1))
        assert await FinishForgotten(units, world.clock)(world.center_id) == []
        assert await miss(world.center_id) == [cast.session.id]
        assert await miss(world.center_id) == []
        assert (await session_of(world, cast.session)).status is SessionStatus.MISSED
        assert await events_of(cast) == ["session.missed"]

    @pytest.mark.parametrize("begun", [open_check_in, start])
    async def test_is_finished_when_somebody_opened_it(self, cast: Cast, begun: type) -> None:
        world, units = cast.world, unit_of_work_factory(cast.world.database)
        await begun(world, cast.staff, cast.session)
        world.clock.set(cast.session.starts_at + 2 * HOUR)
        assert await MarkMissed(units, world.clock)(world.center_id) == []
        assert await FinishForgotten(units, world.clock)(world.center_id) == [cast.session.id]
        assert (await session_of(world, cast.session)).status is SessionStatus.FINISHED

    async def test_of_another_center_is_not_touched(self, cast: Cast) -> None:
        world = cast.world
        world.clock.set(cast.session.starts_at + 2 * HOUR)
        assert await MarkMissed(unit_of_work_factory(world.database), world.clock)(cast.elsewhere.center_id) == []
