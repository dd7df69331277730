"""Writes on the timetable: rules, the days they leave out, and holidays."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from domain.ids import BranchId, CenterId, HolidayId, TimetableRuleId
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class _OnTimetable(Write):
    rank: ClassVar[LockRank] = LockRank.SETUP


@dataclass(frozen=True, slots=True)
class RequireRule(_OnTimetable):
    """Change nothing, but hold a rule and insist that it still makes sessions up to the day that was read."""

    rule_id: TimetableRuleId
    was_ends_on: date | None


@dataclass(frozen=True, slots=True)
class EndRule(_OnTimetable):
    """End a rule after a day, or, with ``archived_at``, at once; if it ends when it was read to."""

    rule_id: TimetableRuleId
    was_ends_on: date | None
    ends_on: date | None
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddException(_OnTimetable):
    """Leave a day out of a rule, unless it is left out already."""

    rule_id: TimetableRuleId
    local_date: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class AddHoliday(_OnTimetable):
    """Make no sessions for a day, at one branch or (None) at all."""

    id: HolidayId
    center_id: CenterId
    branch_id: BranchId | None
    local_date: date
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RemoveHoliday(_OnTimetable):
    """Let a day be an ordinary one again."""

    holiday_id: HolidayId
