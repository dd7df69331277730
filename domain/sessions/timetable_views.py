"""What the team's screens show of the timetable."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from domain.ids import BranchId, CenterId, HolidayId, PersonId, TimetableRuleId
from domain.sessions.team_views import TeamSessionLine


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule. ``recurrence`` is RFC 5545's, ``local_time`` the wall's."""

    rule_id: TimetableRuleId
    branch_id: BranchId
    class_title: str
    branch_name: str
    recurrence: str
    local_time: time
    starts_on: date
    ends_on: date | None
    archived_at: datetime | None
    teacher: str
    capacity: int


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """One holiday; without a branch, everywhere."""

    holiday_id: HolidayId
    branch_id: BranchId | None
    branch_name: str | None
    local_date: date
    name: str


class TimetableViews(Protocol):
    """Reads the timetable for the team's screens; with ``staff_id``, only what is of that person's branches."""

    async def list_rules(
        self, *, center_id: CenterId, staff_id: PersonId | None, today: date, limit: int, offset: int = 0
    ) -> list[RuleLine]:
        """Return the rules that have not ended, by class."""
        ...

    async def find_rule(
        self, *, center_id: CenterId, staff_id: PersonId | None, rule_id: TimetableRuleId
    ) -> RuleLine | None:
        """Return one rule, ended or not."""
        ...

    async def list_sessions(
        self, *, center_id: CenterId, rule_id: TimetableRuleId, now: datetime, limit: int
    ) -> list[TeamSessionLine]:
        """Return the coming sessions that a rule has made, soonest first."""
        ...

    async def list_holidays(
        self, *, center_id: CenterId, staff_id: PersonId | None, today: date, limit: int
    ) -> list[HolidayLine]:
        """Return the coming holidays, those that are everywhere included."""
        ...
