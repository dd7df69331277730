"""Events reach their subscribers: at least once, whoever dies, and nobody waits for one that cannot be helped."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from domain.events import SessionBooked
from domain.ids import CenterId, new_id
from domain.outbox import Subscriber
from domain.writes.base import DatabaseAwayError
from domain.writes.record import AddEvent
from scheduler.relay import Relay, RelayOptions
from scheduler.wakeup import Wakeup
from storage.database import Database
from storage.outbox import StoredOutbox
from storage.prepared import Query
from storage.tables.messages import alerts
from storage.tables.operations import outbox
from tests.cast import Cast

KIND = "test.happened"
STATE = Query(
    sa.select(outbox.c.attempts, outbox.c.delivered_at, outbox.c.parked_at, outbox.c.last_error).where(
        outbox.c.kind == KIND
    ),
    lambda attempts, delivered_at, parked_at, error: (attempts, delivered_at is not None, parked_at is not None, error),
)
ALERTS = Query(sa.select(alerts.c.kind, alerts.c.subject_id, alerts.c.data), lambda *columns: columns)
DEADLINE_SECONDS = 15.0


@dataclass
class Heard:
    """A subscriber that remembers, and fails for as long as it is told to."""

    subjects: list[UUID] = field(default_factory=list)
    fails: Callable[[UUID], bool] = lambda _subject: False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, _center_id: CenterId, subject_id: UUID) -> None:
        self.subjects.append(subject_id)
        self.changed.set()
        if self.fails(subject_id):
            raise ValueError("not today")

    async def hears(self, how_many: int) -> None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            while len(self.subjects) < how_many:
                self.changed.clear()
                await self.changed.wait()


async def happen(cast: Cast, how_many: int = 1) -> list[UUID]:
    """Record events; return their subjects in order."""
    subjects = [new_id() for _ in range(how_many)]
    now = cast.world.clock.now()
    await cast.world.database.apply(
        [AddEvent(new_id(), cast.world.center_id, KIND, subject, None, now) for subject in subjects]
    )
    return subjects


def relay_of(cast: Cast, *subscribers: Subscriber, database: Database | None = None, **options: Any) -> Relay:
    stored = StoredOutbox(database or cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
    settings = RelayOptions(**{"first_pause_seconds": 0.0, "poll_seconds": 0.02, **options})
    return Relay(stored, {KIND: subscribers}, wakeup=Wakeup(), options=settings)


async def state(cast: Cast) -> list[tuple[int, bool, bool, str | None]]:
    return await cast.world.database.fetch(STATE)


async def expire_leases(cast: Cast) -> None:
    await cast.world.database.execute(f"UPDATE outbox SET due_at = occurred_at WHERE kind = '{KIND}'")


class TestAnEvent:
    async def test_reaches_each_of_its_subscribers_once(self, cast: Cast) -> None:
        subjects, one, other = await happen(cast, 3), Heard(), Heard()
        relay = relay_of(cast, one, other)
        assert await relay.deliver_due() >= 3
        assert await relay.deliver_due() == 0
        assert sorted(one.subjects) == sorted(other.subjects) == sorted(subjects)
        assert await state(cast) == [(1, True, False, None)] * 3

    async def test_that_nobody_waits_for_is_done_with(self, cast: Cast) -> None:
        await happen(cast)
        assert await relay_of(cast).deliver_due() >= 1
        assert await relay_of(cast).deliver_due() == 0

    async def test_of_another_center_is_left_to_its_own_relay(self, cast: Cast) -> None:
        heard = Heard()
        elsewhere = AddEvent(new_id(), cast.outsider.actor.center_id, KIND, new_id(), None, cast.world.clock.now())
        await cast.world.database.apply([elsewhere])
        await relay_of(cast, heard).deliver_due()
        assert heard.subjects == []

    async def test_of_a_use_case_is_delivered(self, cast: Cast) -> None:
        heard, stored = Heard(), StoredOutbox(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        booked = await cast.world.book(cast.member, cast.session)
        await Relay(stored, {SessionBooked.kind: (heard,)}, wakeup=Wakeup()).deliver_due()
        assert booked.id in heard.subjects


class TestAFailure:
    async def test_is_tried_again_and_tells_why(self, cast: Cast) -> None:
        await happen(cast)
        heard = Heard()
        heard.fails = lambda _subject: len(heard.subjects) < 3
        relay = relay_of(cast, heard)
        await relay.deliver_due()
        ((attempts, is_delivered, _, error),) = await state(cast)
        assert (attempts, is_delivered) == (1, False)
        assert error is not None
        assert error.startswith("ValueError (reference ")
        await relay.deliver_due()
        await relay.deliver_due()
        assert [row[:2] for row in await state(cast)] == [(3, True)]

    async def test_comes_again_only_after_its_pause(self, cast: Cast) -> None:
        await happen(cast)
        heard = Heard(fails=lambda _subject: True)
        relay = relay_of(cast, heard, first_pause_seconds=60.0)
        await relay.deliver_due()
        assert await relay.deliver_due() == 0
        assert len(heard.subjects) == 1

    async def test_of_one_subscriber_does_not_keep_the_others_from_theirs(self, cast: Cast) -> None:
        (subject,) = await happen(cast)
        bad, good = Heard(fails=lambda _subject: True), Heard()
        await relay_of(cast, bad, good).deliver_due()
        assert good.subjects == [subject]

    async def test_that_lasts_is_given_up_and_shown_to_admins(self, cast: Cast) -> None:
        poison, fine = await happen(cast, 2)
        heard = Heard(fails=lambda subject: subject == poison)
        relay = relay_of(cast, heard, most_attempts=3)
        for _ in range(5):
            await relay.deliver_due()
        assert heard.subjects.count(poison) == 3
        assert heard.subjects.count(fine) == 1
        assert sorted(row[:3] for row in await state(cast)) == [(1, True, False), (3, False, True)]
        ((kind, _, data),) = await cast.world.database.fetch(ALERTS)
        assert (kind, data["event"], data["about"]) == ("EVENT_PARKED", KIND, str(poison))

    async def test_of_a_subscriber_that_hangs_is_cut_short(self, cast: Cast) -> None:
        await happen(cast)

        async def hang(_center_id: CenterId, _subject_id: UUID) -> None:
            await asyncio.Event().wait()

        await relay_of(cast, hang, subscriber_seconds=0.05).deliver_due()
        ((_, is_delivered, _, error),) = await state(cast)
        assert (is_delivered, (error or "").split(" ")[0]) == (False, "TimeoutError")


class _Killed(StoredOutbox):
    """An outbox whose process dies before it can note anything."""

    async def mark_delivered(self, event_ids: object) -> None:
        raise DatabaseAwayError("killed")


class TestAKill:
    async def test_after_the_claim_leaves_the_event_to_whoever_runs_next(self, cast: Cast) -> None:
        (subject,) = await happen(cast)
        stored = StoredOutbox(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        claimed = await stored.claim(limit=100, lease_seconds=60.0)
        assert subject in [event.subject_id for event in claimed]
        heard = Heard()
        assert await relay_of(cast, heard).deliver_due() == 0
        await expire_leases(cast)
        await relay_of(cast, heard).deliver_due()
        assert heard.subjects == [subject]

    async def test_before_it_was_noted_delivers_it_again(self, cast: Cast) -> None:
        (subject,) = await happen(cast)
        heard = Heard()
        dying = _Killed(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        await Relay(dying, {KIND: (heard,)}, wakeup=Wakeup()).deliver_due()
        await expire_leases(cast)
        await relay_of(cast, heard).deliver_due()
        assert heard.subjects == [subject, subject]
        assert [row[1] for row in await state(cast)] == [True]


class TestTwoRelays:
    async def test_share_the_events_and_deliver_none_twice(self, cast: Cast, database_url: str) -> None:
        from storage.engine import open_database

        subjects, heard, other = await happen(cast, 300), Heard(), open_database(database_url, pool_size=4)
        try:
            relays = [relay_of(cast, heard), relay_of(cast, heard, database=other)]
            while sum(await asyncio.gather(*(relay.deliver_due() for relay in relays))):
                pass
        finally:
            await other.close()
        assert sorted(heard.subjects) == sorted(subjects)


class TestTheLoop:
    @pytest.mark.parametrize("is_woken", [True, False])
    async def test_delivers_when_woken_or_at_its_next_look(self, cast: Cast, *, is_woken: bool) -> None:
        heard, stop, wakeup = Heard(), asyncio.Event(), Wakeup()
        stored = StoredOutbox(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        options = RelayOptions(poll_seconds=60.0 if is_woken else 0.02)
        running = asyncio.create_task(Relay(stored, {KIND: (heard,)}, wakeup=wakeup, options=options).run(stop))
        await happen(cast)
        if is_woken:
            wakeup.wake()
        await heard.hears(1)
        stop.set()
        wakeup.wake()
        await asyncio.wait_for(running, DEADLINE_SECONDS)
        assert [row[1] for row in await state(cast)] == [True]

    async def test_goes_on_after_the_database_was_away(self, cast: Cast) -> None:
        heard, stop, failures = Heard(), asyncio.Event(), [DatabaseAwayError("away"), ValueError("odd")]

        class Away(StoredOutbox):
            async def claim(self, *, limit: int, lease_seconds: float) -> Any:
                if failures:
                    raise failures.pop()
                return await super().claim(limit=limit, lease_seconds=lease_seconds)

        stored = Away(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        relay = Relay(stored, {KIND: (heard,)}, wakeup=Wakeup(), options=RelayOptions(poll_seconds=0.02))
        running = asyncio.create_task(relay.run(stop))
        subjects = await happen(cast)
        await heard.hears(1)
        stop.set()
        await asyncio.wait_for(running, DEADLINE_SECONDS)
        assert heard.subjects == subjects
