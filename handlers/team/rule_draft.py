"""A change to a rule of the timetable that is being put together: it waits in its dialog's row, as plain JSON."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from domain.ids import TimetableRuleId
from domain.organization.fields import Field
from domain.people.model import Dialog
from domain.sessions.rule_changes import RuleChanges

STEP: Final = "ask.timetable.change"
START: Final = "start"
FIELDS: Final = (Field.WEEKDAYS, Field.RULE_TIME, Field.TEACHER, Field.CAPACITY)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What is chosen so far, None where it stays; ``asking`` is what is asked for now: a field, START, or nothing."""

    rule_id: TimetableRuleId
    change_id: UUID
    weekdays: int | None = None
    at: time | None = None
    teacher: str | None = None
    capacity: int | None = None
    starts_on: date | None = None
    asking: str | None = None

    @property
    def changes(self) -> RuleChanges:
        """What the rule is to be."""
        weekdays = None if self.weekdays is None else days_of(self.weekdays)
        return RuleChanges(weekdays, self.at, self.teacher, self.capacity)

    @property
    def data(self) -> dict[str, Any]:
        """The draft as plain JSON."""
        return {
            "rule_id": self.rule_id.hex,
            "change_id": self.change_id.hex,
            "weekdays": self.weekdays,
            "at": None if self.at is None else self.at.isoformat(),
            "teacher": self.teacher,
            "capacity": self.capacity,
            "starts_on": None if self.starts_on is None else self.starts_on.isoformat(),
            "asking": self.asking,
        }

    def asked_for(self, asking: str | None) -> "RuleDraft":
        """Return the draft with something else asked for."""
        return replace(self, asking=asking)


def draft_of(dialog: Dialog) -> RuleDraft | None:
    """Return the draft that is open, if one is."""
    if dialog.step != STEP:
        return None
    data = dialog.data
    return RuleDraft(
        TimetableRuleId(UUID(data["rule_id"])),
        UUID(data["change_id"]),
        data["weekdays"],
        None if data["at"] is None else time.fromisoformat(data["at"]),
        data["teacher"],
        data["capacity"],
        None if data["starts_on"] is None else date.fromisoformat(data["starts_on"]),
        data["asking"],
    )


def days_of(bits: int) -> frozenset[int]:
    """Return the weekdays that bits are."""
    return frozenset(day for day in range(_WEEK) if bits >> day & 1)


def bits_of(weekdays: tuple[int, ...]) -> int:
    """Return weekdays as bits, Monday's the lowest."""
    return sum(1 << day for day in weekdays)
