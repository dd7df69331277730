"""The team's buttons on the timetable: their letters begin with a colon."""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar
from uuid import UUID

from domain.ids import BranchId, ClassId, HolidayId, TimetableRuleId
from domain.organization.fields import Field
from handlers.callback_codec import CallbackData
from handlers.callback_owner import Number


@dataclass(frozen=True, slots=True)
class OpenTimetable(CallbackData):
    """A page of the rules, counted from 0."""

    letter: ClassVar[str] = ":a"
    page: int


@dataclass(frozen=True, slots=True)
class OpenRule(CallbackData):
    """One rule."""

    letter: ClassVar[str] = ":b"
    rule_id: TimetableRuleId


@dataclass(frozen=True, slots=True)
class NewRuleClass(CallbackData):
    """Ask of which class a new rule is: a page of them, counted from 0."""

    letter: ClassVar[str] = ":c"
    page: int


@dataclass(frozen=True, slots=True)
class NewRuleBranch(CallbackData):
    """Ask at which branch."""

    letter: ClassVar[str] = ":d"
    class_id: ClassId


@dataclass(frozen=True, slots=True)
class NewRuleDays(CallbackData):
    """Ask on which weekdays: those that are chosen so far are bits, Monday's the lowest."""

    letter: ClassVar[str] = ":e"
    class_id: ClassId
    branch_id: BranchId
    weekdays: int


@dataclass(frozen=True, slots=True)
class NewRuleTime(CallbackData):
    """Ask at what time."""

    letter: ClassVar[str] = ":f"
    class_id: ClassId
    branch_id: BranchId
    weekdays: int


@dataclass(frozen=True, slots=True)
class NewRuleStart(CallbackData):
    """Ask from which day on."""

    letter: ClassVar[str] = ":g"
    class_id: ClassId
    branch_id: BranchId
    weekdays: int
    at: time


@dataclass(frozen=True, slots=True)
class NewRuleConfirm(CallbackData):
    """All of it, once more."""

    letter: ClassVar[str] = ":h"
    class_id: ClassId
    branch_id: BranchId
    weekdays: int
    at: time
    starts_on: date


@dataclass(frozen=True, slots=True)
class CreateRule(CallbackData):
    """Add the rule. Drawn anew, the button has another mark, and so would make another rule."""

    letter: ClassVar[str] = ":i"
    mark: bytes
    class_id: ClassId
    branch_id: BranchId
    weekdays: int
    at: time
    starts_on: date


@dataclass(frozen=True, slots=True)
class AskEndRule(CallbackData):
    """Ask after which day a rule ends."""

    letter: ClassVar[str] = ":j"
    rule_id: TimetableRuleId


@dataclass(frozen=True, slots=True)
class ConfirmEndRule(CallbackData):
    """End a rule after a day; None: at once."""

    letter: ClassVar[str] = ":k"
    rule_id: TimetableRuleId
    last_day: date | None


@dataclass(frozen=True, slots=True)
class AskDayOut(CallbackData):
    """Ask which day a rule leaves out."""

    letter: ClassVar[str] = ":l"
    rule_id: TimetableRuleId


@dataclass(frozen=True, slots=True)
class LeaveOut(CallbackData):
    """Leave the day out."""

    letter: ClassVar[str] = ":m"
    rule_id: TimetableRuleId
    day: date


@dataclass(frozen=True, slots=True)
class OpenHolidays(CallbackData):
    """The holidays that are to come."""

    letter: ClassVar[str] = ":n"


@dataclass(frozen=True, slots=True)
class NewHolidayBranch(CallbackData):
    """Ask where a new holiday is."""

    letter: ClassVar[str] = ":o"


@dataclass(frozen=True, slots=True)
class NewHolidayDay(CallbackData):
    """Ask on which day it is; without a branch, everywhere."""

    letter: ClassVar[str] = ":p"
    branch_id: BranchId | None


@dataclass(frozen=True, slots=True)
class NewHolidayName(CallbackData):
    """Ask what it is called."""

    letter: ClassVar[str] = ":q"
    branch_id: BranchId | None
    day: date


@dataclass(frozen=True, slots=True)
class AskRemoveHoliday(CallbackData):
    """A holiday, and whether it is to be an ordinary day again."""

    letter: ClassVar[str] = ":r"
    holiday_id: HolidayId


@dataclass(frozen=True, slots=True)
class ConfirmRemoveHoliday(CallbackData):
    """Make it an ordinary day again."""

    letter: ClassVar[str] = ":s"
    holiday_id: HolidayId


@dataclass(frozen=True, slots=True)
class OpenRuleChange(CallbackData):
    """What can be different about a rule from a day on; what is chosen waits in the dialog's row."""

    letter: ClassVar[str] = ":t"
    rule_id: TimetableRuleId


@dataclass(frozen=True, slots=True)
class AskRuleField(CallbackData):
    """Be asked for one thing about the rule that is being changed."""

    letter: ClassVar[str] = ":u"
    field: Field


@dataclass(frozen=True, slots=True)
class AskRuleStart(CallbackData):
    """Be asked from which day on the rule is another one."""

    letter: ClassVar[str] = ":A"


@dataclass(frozen=True, slots=True)
class ShowRuleChange(CallbackData):
    """Back to what is chosen so far."""

    letter: ClassVar[str] = ":C"


@dataclass(frozen=True, slots=True)
class PickRuleDays(CallbackData):
    """These weekdays, as bits, Monday's the lowest."""

    letter: ClassVar[str] = ":v"
    weekdays: int


@dataclass(frozen=True, slots=True)
class PickRuleTime(CallbackData):
    """This time on the wall."""

    letter: ClassVar[str] = ":w"
    at: time


@dataclass(frozen=True, slots=True)
class PickRuleSeats(CallbackData):
    """So many seats."""

    letter: ClassVar[str] = ":x"
    capacity: Number


@dataclass(frozen=True, slots=True)
class PickRuleTeacher(CallbackData):
    """The teacher of this class."""

    letter: ClassVar[str] = ":y"
    class_id: ClassId


@dataclass(frozen=True, slots=True)
class PickRuleStart(CallbackData):
    """From this day on."""

    letter: ClassVar[str] = ":z"
    day: date


@dataclass(frozen=True, slots=True)
class ConfirmRuleChange(CallbackData):
    """Let the rule be what was chosen. ``change_id`` is the new rule's: pressed twice, there is one."""

    letter: ClassVar[str] = ":B"
    rule_id: TimetableRuleId
    change_id: UUID
