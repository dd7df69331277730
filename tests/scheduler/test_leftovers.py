"""Sessions whose event was given up are settled all the same, once that is possible, and by one at a time."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.jobs import leftovers
from bot.subscribers import subscribers
from domain.enrollments.making_good import MakeSessionGood
from domain.ids import CenterId, SessionId
from domain.outbox import Subscriber
from domain.sessions.model import SessionStatus
from scheduler.leftovers import Leftovers
from scheduler.relay import Relay, RelayOptions
from scheduler.wakeup import Wakeup
from storage.audit import audit
from storage.leases import StoredLease
from storage.outbox import StoredOutbox
from storage.prepared import Query
from storage.tables.messages import alerts
from storage.unit_of_work import unit_of_work_factory
from tests.builders.sessions import cancel_session, finish, session_of
from tests.cast import Cast
from tests.factories import Scheduled

ALERTS = Query(sa.select(alerts.c.kind), str)


class Broken:
    """What a subscriber is while something is wrong with a session; it remembers whom it was called for."""

    def __init__(self, *, only: SessionId | None = None, otherwise: Subscriber | None = None) -> None:
        self.called: list[SessionId] = []
        self._only, self._otherwise = only, otherwise

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        self.called.append(session_id)
        if self._only in {None, session_id} or self._otherwise is None:
            raise ValueError("not today")
        await self._otherwise(center_id, session_id)


@pytest.fixture
def job(cast: Cast) -> Leftovers:
    """The clock's job, as the bot runs it."""
    world = cast.world
    return leftovers(unit_of_work_factory(world.database), database=world.database, clock=world.clock)


async def give_up(cast: Cast) -> None:
    """Let every event under way fail until it is parked."""
    world, kinds = cast.world, ("session.finished", "session.canceled")
    stored = StoredOutbox(world.database, center_id=world.center_id, clock=world.clock)
    options = RelayOptions(most_attempts=1)
    await Relay(stored, dict.fromkeys(kinds, (Broken(),)), wakeup=Wakeup(), options=options).deliver_due()


async def is_settled(cast: Cast, session: Scheduled) -> bool:
    return (await session_of(cast.world, session)).settled_at is not None


class TestASession:
    async def test_that_is_finished_is_settled_though_its_event_was_parked(self, cast: Cast, job: Leftovers) -> None:
        await finish(cast.world, cast.staff, cast.session)
        await give_up(cast)
        assert not await is_settled(cast, cast.session)
        cast.world.clock.advance(timedelta(minutes=30))
        assert await job(cast.world.center_id) == 1
        assert await is_settled(cast, cast.session)
        assert await cast.world.database.fetch(ALERTS) == ["EVENT_PARKED"]  # somebody should still look at it
        assert await audit(cast.world.database) == []

    async def test_that_is_called_off_is_made_good(self, cast: Cast, job: Leftovers) -> None:
        await cancel_session(cast.world, cast.staff, cast.session)
        await give_up(cast)
        assert await job(cast.world.center_id) == 1
        assert (await session_of(cast.world, cast.session)).seats_taken == 0
        assert await job(cast.world.center_id) == 0
        assert await audit(cast.world.database) == []

    async def test_whose_event_is_under_way_is_the_relays(self, cast: Cast, job: Leftovers) -> None:
        await finish(cast.world, cast.staff, cast.session)
        assert await job(cast.world.center_id) == 0
        world = cast.world
        units = unit_of_work_factory(world.database)
        stored = StoredOutbox(world.database, center_id=world.center_id, clock=world.clock)
        called = subscribers(units, database=world.database, clock=world.clock)
        await Relay(stored, called, wakeup=Wakeup()).deliver_due()
        assert await is_settled(cast, cast.session)

    async def test_of_another_center_is_not_seen(self, cast: Cast, job: Leftovers) -> None:
        await cancel_session(cast.world, cast.staff, cast.session)
        await give_up(cast)
        assert await job(cast.elsewhere.center_id) == 0


class TestTroubleWithOne:
    async def test_does_not_keep_the_others_waiting_and_is_tried_again(self, cast: Cast) -> None:
        world, units = cast.world, unit_of_work_factory(cast.world.database)
        later = await world.add_session(cast.taught, starts_in=timedelta(days=2))
        await world.book(cast.member, later)
        for session in (cast.session, later):
            await cancel_session(world, cast.staff, session)
        await give_up(cast)
        broken = Broken(only=cast.session.id, otherwise=MakeSessionGood(units, world.clock))
        lease = StoredLease(world.database, name="unsettled_sessions", holder="me")
        looking = Leftovers(units, {SessionStatus.CANCELED: broken}, lease=lease)
        assert [await looking(world.center_id) for _ in range(3)] == [1, 0, 0]
        assert broken.called == [cast.session.id, later.id, cast.session.id, cast.session.id]


class TestTwoProcesses:
    async def test_are_not_at_it_at_once(self, cast: Cast, job: Leftovers) -> None:
        await cancel_session(cast.world, cast.staff, cast.session)
        await give_up(cast)
        other = StoredLease(cast.world.database, name="unsettled_sessions", holder="another process")
        assert await other.hold()
        assert await job(cast.world.center_id) == 0
        await other.release()
        assert await job(cast.world.center_id) == 1

    async def test_of_which_one_was_killed_leave_it_to_the_other(self, cast: Cast, job: Leftovers) -> None:
        await cancel_session(cast.world, cast.staff, cast.session)
        await give_up(cast)
        assert await StoredLease(cast.world.database, name="unsettled_sessions", holder="killed").hold()
        await cast.world.database.execute("UPDATE leases SET expires_at = '2026-01-01T00:00:00.000000Z'")
        assert await job(cast.world.center_id) == 1
