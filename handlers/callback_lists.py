"""What buttons of lists and calendars carry: what they are narrowed to, where they go on, what is asked beside them."""

from enum import StrEnum
from typing import Final

from domain.enrollments.history import HistoryChoice, HistoryCursor, HistorySort, Outcome
from domain.ids import EnrollmentId
from domain.sessions.calendar import CalendarFilter, Month
from domain.sessions.model import SessionStatus
from domain.sessions.team_views import TeamListChoice
from handlers.callback_packing import (
    FIRST_DAY,
    ID_OR_NONE,
    pack_day_or_none,
    pack_instant,
    unpack_day_or_none,
    unpack_instant,
    unpack_uuid,
)

HISTORY_CHOICE_BYTES: Final = 19
HISTORY_CURSOR_BYTES: Final = 25
MONTH_BYTES: Final = 2
CALENDAR_FILTER_BYTES: Final = 32
TEAM_CHOICE_BYTES: Final = 35
_OUTCOMES, _SORTS = (None, *Outcome), tuple(HistorySort)
_STATUSES: Final = (None, *SessionStatus)
_MONTHS_A_YEAR: Final = 12


class HistoryPanel(StrEnum):
    """What is asked beside a history: which bookings, of which class, with which words in them."""

    FILTER = "FILTER"
    CLASSES = "CLASSES"
    WORDS = "WORDS"


class CalendarSide(StrEnum):
    """What a calendar can be narrowed by."""

    CLASS = "CLASS"
    BRANCH = "BRANCH"


class FeedStep(StrEnum):
    """What a button of the calendar feed's screen is for: to see it, to be asked, to renew its address."""

    OPEN = "OPEN"
    ASK = "ASK"
    RENEW = "RENEW"


class TeamPanel(StrEnum):
    """What the team's list of sessions can be narrowed by."""

    STATUS = "STATUS"
    CLASS = "CLASS"
    BRANCH = "BRANCH"
    DAY = "DAY"


def pack_choice(choice: HistoryChoice) -> bytes:
    """Return what a history is narrowed to as bytes."""
    flags = [_OUTCOMES.index(choice.outcome), _SORTS.index(choice.sort), int(choice.is_search)]
    return bytes(flags) + ID_OR_NONE.pack(choice.class_id)


def unpack_choice(packed: bytes) -> HistoryChoice:
    """Return the choice that bytes are. Raises ValueError for what is none."""
    outcome, sort, is_search = packed[:3]
    if outcome >= len(_OUTCOMES) or sort >= len(_SORTS):
        raise ValueError("not a choice")
    return HistoryChoice(_OUTCOMES[outcome], _SORTS[sort], ID_OR_NONE.unpack(packed[3:]), is_search=bool(is_search))


def pack_place(cursor: HistoryCursor | None) -> bytes:
    """Return where a history goes on as bytes; zeros stand for its beginning."""
    if cursor is None:
        return bytes(HISTORY_CURSOR_BYTES)
    return bytes([cursor.rank]) + pack_instant(cursor.at) + cursor.enrollment_id.bytes


def unpack_place(packed: bytes) -> HistoryCursor | None:
    """Return the place in a history that bytes are. Raises ValueError for what is none."""
    if not any(packed):
        return None
    return HistoryCursor(packed[0], unpack_instant(packed[1:9]), EnrollmentId(unpack_uuid(packed[9:])))


def pack_month(month: Month | None) -> bytes:
    """Return a month as bytes; zeros stand for the present one."""
    if month is None:
        return bytes(MONTH_BYTES)
    return ((month.year - FIRST_DAY.year) * _MONTHS_A_YEAR + month.number).to_bytes(2, "big")


def unpack_month(packed: bytes) -> Month | None:
    """Return the month that bytes are, or None."""
    number = int.from_bytes(packed, "big")
    return Month(FIRST_DAY.year, 1).later(number - 1) if number else None


def pack_filter(chosen: CalendarFilter) -> bytes:
    """Return what a calendar is narrowed to as bytes."""
    return ID_OR_NONE.pack(chosen.class_id) + ID_OR_NONE.pack(chosen.branch_id)


def unpack_filter(packed: bytes) -> CalendarFilter:
    """Return what a calendar is narrowed to."""
    return CalendarFilter(ID_OR_NONE.unpack(packed[:16]), ID_OR_NONE.unpack(packed[16:]))


def pack_team_choice(choice: TeamListChoice) -> bytes:
    """Return what the team's list is narrowed to as bytes."""
    ids = ID_OR_NONE.pack(choice.class_id) + ID_OR_NONE.pack(choice.branch_id)
    return bytes([_STATUSES.index(choice.status)]) + ids + pack_day_or_none(choice.day)


def unpack_team_choice(packed: bytes) -> TeamListChoice:
    """Return the choice that bytes are. Raises ValueError for what is none."""
    if packed[0] >= len(_STATUSES):
        raise ValueError("not a status")
    class_id, branch_id = ID_OR_NONE.unpack(packed[1:17]), ID_OR_NONE.unpack(packed[17:33])
    return TeamListChoice(_STATUSES[packed[0]], class_id, branch_id, unpack_day_or_none(packed[33:]))
