"""A class's place in the week, as an owner sets it up: on these weekdays, at this time, from today on.

The rule is written together with the sessions of the center's horizon, so that students find something to book at once.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.errors import NotFoundError
from domain.ids import BranchId, ClassId, SessionId, TimetableRuleId, new_id
from domain.organization.details import CenterDetails
from domain.organization.fields import Field, checked
from domain.organization.ports import ClassRecord
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import SessionStatus
from domain.sessions.timetable import occurrences
from domain.writes.base import Write
from domain.writes.catalogue import AddSession, AddTimetableRule
from domain.writes.record import audit_row

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MINUTES_AN_HOUR: Final = 60


def recurrence_of(weekdays: int) -> str:
    """Return the RFC 5545 rule of weekdays: bit 0 is Monday."""
    return f"FREQ=WEEKLY;BYDAY={','.join(day for place, day in enumerate(_DAYS) if weekdays >> place & 1)}"


@dataclass(frozen=True, slots=True)
class SetTimetable:
    """Put a class into the week. The rule's id is made before: pressed twice, there is one."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        rule_id: TimetableRuleId,
        class_id: ClassId,
        branch_id: BranchId,
        weekdays: int,
        at_minutes: int,
    ) -> int:
        """Return how many sessions were made. Raises InvalidInputError, NotFoundError."""
        require(actor, Operation.MANAGE_TIMETABLE, branch_id=branch_id)

        async def decide(work: UnitOfWork) -> int:
            now = self.clock.now()
            center = await work.organization.find_center(center_id=actor.center_id, now=now)
            branch = await work.organization.find_branch(center_id=actor.center_id, branch_id=branch_id, now=now)
            taught = await work.organization.find_class(center_id=actor.center_id, class_id=class_id)
            if center is None or branch is None or taught is None or branch.is_archived or taught.is_archived:
                raise NotFoundError(what="class")
            if await work.organization.has_rule(center_id=actor.center_id, rule_id=rule_id):
                return 0
            days = int(checked(Field.WEEKDAYS, weekdays, center.money))
            hours, minutes = divmod(int(checked(Field.RULE_TIME, at_minutes, center.money)), _MINUTES_AN_HOUR)
            rule = AddTimetableRule(
                id=rule_id,
                center_id=actor.center_id,
                class_id=class_id,
                branch_id=branch_id,
                recurrence=recurrence_of(days),
                local_time=time(hours, minutes),
                starts_on=now.astimezone(ZoneInfo(center.details.timezone)).date(),
                ends_on=None,
                created_at=now,
            )
            sessions = _sessions(rule, taught, center.details, now=now)
            work.add(rule, *sessions, self._audit(actor, rule, now=now, session_count=len(sessions)))
            await work.commit()
            return len(sessions)

        return await decide_and_commit(self.new_unit_of_work, decide)

    def _audit(self, actor: Actor, rule: AddTimetableRule, *, now: datetime, session_count: int) -> Write:
        after = {
            "class_id": rule.class_id,
            "branch_id": rule.branch_id,
            "recurrence": rule.recurrence,
            "local_time": rule.local_time.isoformat("minutes"),
            "sessions": session_count,
        }
        return audit_row(
            Operation.MANAGE_TIMETABLE, actor=actor, now=now, object_type="rule", object_id=rule.id, after=after
        )


def _sessions(rule: AddTimetableRule, taught: ClassRecord, center: CenterDetails, *, now: datetime) -> list[Write]:
    """Return the rule's sessions of the horizon, but for those that have begun."""
    return [
        AddSession(
            id=SessionId(new_id()),
            center_id=rule.center_id,
            branch_id=rule.branch_id,
            class_id=rule.class_id,
            rule_id=rule.id,
            original_local_date=times.local_date,
            local_date=times.local_date,
            local_time=times.local_time,
            starts_at=times.starts_at,
            ends_at=times.ends_at,
            teacher=taught.details.teacher,
            capacity=taught.details.capacity,
            seats_taken=0,
            status=SessionStatus.SCHEDULED,
            created_at=now,
        )
        for times in occurrences(
            recurrence=rule.recurrence,
            local_time=rule.local_time,
            duration_minutes=taught.details.duration_minutes,
            zone=ZoneInfo(center.timezone),
            first=rule.starts_on,
            last=rule.starts_on + timedelta(days=center.horizon_days),
            starts_on=rule.starts_on,
        )
        if times.starts_at > now
    ]
