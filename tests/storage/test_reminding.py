"""What the clock tells, once: whoever looks, however often, and nothing of what was moved or booked too late."""

import asyncio
from datetime import timedelta

from domain.notifications.digest import MakeDigest
from domain.notifications.ports import SessionStep
from domain.notifications.reminding import RemindOfDecisions, RemindOfSessions
from storage.unit_of_work import unit_of_work_factory
from tests.builders.notices import rows_of
from tests.cast import Cast
from tests.factories import sql_id


def remind(cast: Cast, step: SessionStep) -> RemindOfSessions:
    return RemindOfSessions(unit_of_work_factory(cast.world.database), cast.world.clock, step)


class TestReminders:
    async def test_are_written_once_by_two_schedulers(self, cast: Cast) -> None:
        cast.world.clock.advance(timedelta(hours=22))
        looks = [remind(cast, SessionStep.LATE_REMINDER) for _ in range(4)]
        done = await asyncio.gather(*(look(cast.world.center_id) for look in looks))
        assert sum(done) == 1
        (row,) = await rows_of(cast.world)
        assert (row.person_id, row.kind, row.occurrence) == (
            cast.owner.id,
            "REMINDER_LATE",
            cast.session.starts_at.isoformat(),
        )

    async def test_are_not_written_all_at_once_after_a_pause(self, cast: Cast) -> None:
        cast.world.clock.advance(timedelta(hours=23))
        assert await remind(cast, SessionStep.EARLY_REMINDER)(cast.world.center_id) == 1
        assert await rows_of(cast.world) == []

    async def test_of_a_session_that_was_moved_are_written_again(self, cast: Cast) -> None:
        cast.world.clock.advance(timedelta(hours=22))
        await remind(cast, SessionStep.LATE_REMINDER)(cast.world.center_id)
        later = (cast.session.starts_at + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        await cast.world.database.execute(
            f"UPDATE sessions SET starts_at = '{later}', ends_at = '{later[:11]}23:00:00.000000Z', "
            f"late_reminders_at = NULL WHERE id = '{sql_id(cast.session.id)}'"
        )
        cast.world.clock.advance(timedelta(hours=1))
        await remind(cast, SessionStep.LATE_REMINDER)(cast.world.center_id)
        assert len({row.occurrence for row in await rows_of(cast.world)}) == 2

    async def test_wait_for_the_end_of_quiet_hours(self, cast: Cast) -> None:
        early = await cast.world.add_session(cast.taught, starts_in=timedelta(days=1, hours=-1))  # 09:00 in Cairo
        await cast.world.book(cast.owner, early)
        cast.world.clock.advance(timedelta(hours=21))  # 07:00
        await remind(cast, SessionStep.LATE_REMINDER)(cast.world.center_id)
        (row,) = await rows_of(cast.world)
        assert row.send_after == cast.world.clock.now() + timedelta(hours=1)


class TestWindow:
    async def test_closed_tells_the_staff_of_the_branch(self, cast: Cast) -> None:
        other = await cast.world.add_staff("Away", branch=await cast.world.add_branch("Zamalek"))
        look = remind(cast, SessionStep.WINDOW_CLOSED)
        cast.world.clock.advance(timedelta(hours=21, minutes=59))
        assert await look(cast.world.center_id) == 0
        cast.world.clock.advance(timedelta(minutes=1))
        assert await look(cast.world.center_id) == 1
        told = [row.person_id for row in await rows_of(cast.world)]
        assert (told, other.id in told) == ([cast.staff.id], False)


class TestDecisions:
    async def test_that_wait_are_brought_to_mind_once(self, cast: Cast) -> None:
        await cast.world.database.execute(
            "INSERT INTO decisions (id, center_id, enrollment_id, kind, amount_minor, created_at) "
            "SELECT id, center_id, id, 'NO_SHOW', 0, created_at FROM enrollments"
        )
        look = RemindOfDecisions(unit_of_work_factory(cast.world.database), cast.world.clock)
        assert await look(cast.world.center_id) == 0
        cast.world.clock.advance(timedelta(hours=48))
        assert [await look(cast.world.center_id), await look(cast.world.center_id)] == [1, 0]
        assert [row.person_id for row in await rows_of(cast.world)] == [cast.admin.id]


class TestDigest:
    async def test_is_made_once_for_each_day(self, cast: Cast) -> None:
        make = MakeDigest(unit_of_work_factory(cast.world.database), cast.world.clock)
        cast.world.clock.advance(timedelta(hours=11))
        made = await asyncio.gather(*(make(cast.world.center_id) for _ in range(3)))
        assert len([day for day in made if day is not None]) == 1
        assert [row.person_id for row in await rows_of(cast.world)] == [cast.admin.id]
