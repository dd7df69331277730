"""The guarded writes on sessions, the timetable and seats of what was called off: what passes, and what must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.ids import ClassId, HolidayId, TimetableRuleId, new_id
from domain.sessions.model import SessionStatus
from domain.writes import catalogue, sessions, timetable
from tests.factories import Scheduled, World, sql_id

if TYPE_CHECKING:
    from domain.writes.base import Write
    from tests.cast import Cast

Cases = list[tuple["Write", "dict[str, Write]"]]
S = SessionStatus
MONDAY = date(2026, 11, 23)


async def session_guard_cases(cast: Cast) -> Cases:
    """Return a write that passes, and those that must be stopped by what is wrong with them, in an order that works."""
    world, now = cast.world, cast.world.clock.now()
    empty = await world.add_session(cast.taught, starts_in=timedelta(days=4))
    settled = await _called_off(world, await world.add_session(cast.taught), settled_at=True)
    unsettled = await _called_off(world, await world.add_session(cast.taught), settled_at=False)
    conducting = await world.add_session(cast.taught, status=S.CONDUCTING)
    session, branch = cast.session, cast.world.branch.id
    moved = sessions.MoveSession(
        empty.id, empty.starts_at, branch, branch, MONDAY, time(9), now, now + timedelta(hours=1), now
    )
    back = sessions.BringSessionBack(settled.id, MONDAY, time(9), now, now + timedelta(hours=1), now)
    capacity = sessions.ChangeCapacity(session.id, S.SCHEDULED, 8)
    off = sessions.CallSessionOff(conducting.id, S.CONDUCTING, conducting.starts_at, S.CANCELED, "Ill", now)
    revoked = sessions.RevokeSeat(cast.booking.id, EnrollmentStatus.PAID, now, None, MadeGood.CREDIT, 0)
    return [
        (moved, {"moved by another": replace(moved, was_starts_at=now), "begun": replace(moved, session_id=conducting.id)}),
        (
            back,
            {"not made good": replace(back, session_id=unsettled.id), "not cancelled": replace(back, session_id=empty.id)},
        ),
        (
            sessions.SettleMadeGood(unsettled.id, now),
            {"not called off": sessions.SettleMadeGood(session.id, now)},
        ),
        (capacity, {"in another status": replace(capacity, was=S.CONDUCTING), "too few": replace(capacity, capacity=1)}),
        (
            sessions.ChangeTeacher(session.id, S.SCHEDULED, "Dina"),
            {"in another status": sessions.ChangeTeacher(session.id, S.FINISHED, "Dina")},
        ),
        (
            sessions.DeleteSession(empty.id),
            {"somebody in it": sessions.DeleteSession(session.id), "begun": sessions.DeleteSession(conducting.id)},
        ),
        (
            sessions.AdvanceSession(session.id, S.SCHEDULED, S.CHECKING_IN),
            {"in another status": sessions.AdvanceSession(session.id, S.CONDUCTING, S.FINISHED)},
        ),
        (off, {"in another status": replace(off, was=S.SCHEDULED), "moved": replace(off, was_starts_at=now)}),
        (revoked, {"in another status": replace(revoked, was=EnrollmentStatus.LOCKED)}),
    ]


async def timetable_guard_cases(cast: Cast) -> Cases:
    """Return the same for rules and holidays."""
    world, now = cast.world, cast.world.clock.now()
    rule_id, ended_id = await add_rule(world, cast.taught.id), await add_rule(world, cast.taught.id)
    await world.database.apply([timetable.EndRule(ended_id, None, None, now)])
    holiday = timetable.AddHoliday(HolidayId(new_id()), world.center_id, None, MONDAY, "Feast", now)
    await world.database.apply([holiday])
    end = timetable.EndRule(rule_id, None, MONDAY, None)
    return [
        (timetable.RequireRule(rule_id, None), {"ended": timetable.RequireRule(ended_id, None)}),
        (end, {"ended by another": replace(end, rule_id=ended_id), "ends otherwise": replace(end, was_ends_on=MONDAY)}),
        (timetable.RemoveHoliday(holiday.id), {"no such day": timetable.RemoveHoliday(HolidayId(new_id()))}),
    ]


async def add_rule(world: World, class_id: ClassId, *, recurrence: str = "FREQ=WEEKLY;BYDAY=MO") -> TimetableRuleId:
    """Add a rule of the timetable, at six in the evening from the opening day on."""
    rule_id = TimetableRuleId(new_id())
    added = catalogue.AddTimetableRule(
        rule_id, world.center_id, class_id, world.branch.id, recurrence, time(18), MONDAY, None, world.clock.now()
    )
    await world.database.apply([added])
    return rule_id


async def _called_off(world: World, session: Scheduled, *, settled_at: bool) -> Scheduled:
    settled = "created_at" if settled_at else "NULL"
    await world.database.execute(
        f"UPDATE sessions SET status = 'CANCELED', settled_at = {settled} WHERE id = '{sql_id(session.id)}'"
    )
    return session
