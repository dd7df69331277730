"""Sessions from the timetable, on a rolling horizon: whoever runs it, and however often, each occurrence exists once.

An occurrence is told by its rule and its local day, wherever the session was moved to since; days that are left out,
holidays, and what is past are not made.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clock import Clock
from domain.events import SessionCreated
from domain.ids import BranchId, CenterId, SessionId, new_id
from domain.permissions import Actor, Operation, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.calendar import local_day
from domain.sessions.model import SessionStatus, SessionTimes
from domain.sessions.ports import HolidayFacts, RuleFacts
from domain.sessions.record import required, session_record
from domain.sessions.timetable import occurrences
from domain.writes.base import Write
from domain.writes.catalogue import AddSession
from domain.writes.timetable import RequireRule


@dataclass(frozen=True, slots=True)
class GenerateSessions:
    """Make the sessions of a center's timetable up to its horizon, a transaction for each rule."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId) -> int:
        """Return how many were made; run again, none. Raises BusyError."""
        now = self.clock.now()
        async with self.new_unit_of_work() as work:
            yesterday = now.date() - timedelta(days=1)  # wherever the center is, no later than its today
            rules = await work.sessions.list_rules(center_id=center_id, today=yesterday)
            taken = await work.sessions.list_taken_days(center_id=center_id, since=yesterday)
            holidays = await work.sessions.list_holidays(center_id=center_id, since=yesterday)
        actor = system_actor(center_id)

        def has_something_to_make(rule: RuleFacts) -> bool:
            days = {day for rule_id, day in taken if rule_id == rule.id}
            skipped = {*days, *holidays_at(holidays, rule.branch_id)}
            return sessions_of_rule(rule, skipped=skipped, actor=actor, now=now)[1] > 0

        return sum([await self._of_rule(rule, actor=actor) for rule in rules if has_something_to_make(rule)])

    async def _of_rule(self, rule: RuleFacts, *, actor: Actor) -> int:
        async def decide(work: UnitOfWork) -> int:
            now = self.clock.now()
            current = await work.sessions.find_rule(center_id=actor.center_id, rule_id=rule.id, staff_id=None)
            if current is None or current.archived_at is not None:
                return 0
            today = local_day(now, current.zone)
            made = await work.sessions.list_made(rule_id=current.id, since=today)
            left_out = await work.sessions.list_exceptions(rule_id=current.id)
            holidays = await work.sessions.list_holidays(center_id=actor.center_id, since=today)
            skipped = {*made, *left_out, *holidays_at(holidays, current.branch_id)}
            writes, count = sessions_of_rule(current, skipped=skipped, actor=actor, now=now)
            if count:
                ground = required(actor.center_id, current.timezone, branch_id=current.branch_id, class_id=current.class_id)
                work.add(*ground, RequireRule(current.id, current.ends_on), *writes)
                await work.commit()
            return count

        return await decide_and_commit(self.new_unit_of_work, decide)


def holidays_at(holidays: Sequence[HolidayFacts], branch_id: BranchId) -> set[date]:
    """Return the days without classes at a branch."""
    return {holiday.local_date for holiday in holidays if holiday.branch_id in {None, branch_id}}


def sessions_of_rule(rule: RuleFacts, *, skipped: Collection[date], actor: Actor, now: datetime) -> tuple[list[Write], int]:
    """Return the writes of a rule's sessions that are to come within the horizon, and how many sessions they make."""
    today = local_day(now, rule.zone)
    horizon = today + timedelta(days=rule.horizon_days)
    times = [
        each
        for each in occurrences(
            recurrence=rule.recurrence,
            local_time=rule.local_time,
            duration_minutes=rule.duration_minutes,
            zone=rule.zone,
            first=max(today, rule.starts_on),
            last=min(horizon, rule.ends_on or horizon),
            starts_on=rule.starts_on,
            exceptions=skipped,
        )
        if each.starts_at > now
    ]
    return [write for each in times for write in _session(rule, each, actor=actor, now=now)], len(times)


def _session(rule: RuleFacts, times: SessionTimes, *, actor: Actor, now: datetime) -> list[Write]:
    session_id = SessionId(new_id())
    return [
        AddSession(
            id=session_id,
            center_id=actor.center_id,
            branch_id=rule.branch_id,
            class_id=rule.class_id,
            rule_id=rule.id,
            original_local_date=times.local_date,
            local_date=times.local_date,
            local_time=times.local_time,
            starts_at=times.starts_at,
            ends_at=times.ends_at,
            teacher=rule.teacher,
            capacity=rule.capacity,
            seats_taken=0,
            status=SessionStatus.SCHEDULED,
            created_at=now,
        ),
        *session_record(
            Operation.CREATE_SESSION,
            SessionCreated,
            session_id,
            actor=actor,
            now=now,
            after={"rule_id": rule.id, "starts_at": times.starts_at},
        ),
    ]
