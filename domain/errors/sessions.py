"""Refusals around the calendar and the timetable."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.errors.base import RefusalError
from domain.ids import SessionId


@dataclass(eq=False)
class InvalidTransitionError(RefusalError):
    """A session's life does not go from where it stands to what was asked for."""

    code: ClassVar[str] = "invalid_transition"
    session_id: SessionId
    was: str
    becomes: str


@dataclass(eq=False)
class CheckInTooEarlyError(RefusalError):
    """Check-in is opened some time before the start at the earliest."""

    code: ClassVar[str] = "check_in_too_early"
    session_id: SessionId
    opens_at: datetime


@dataclass(eq=False)
class SessionChangedError(RefusalError):
    """The session is at another time by now than the person was shown: they are asked again."""

    code: ClassVar[str] = "session_changed"
    session_id: SessionId


@dataclass(eq=False)
class SessionNotEditableError(RefusalError):
    """What was to be changed is fixed in the session's present status."""

    code: ClassVar[str] = "session_not_editable"
    session_id: SessionId
    status: str


@dataclass(eq=False)
class SessionInUseError(RefusalError):
    """Somebody is, or was, in the session or waits for it: it can be cancelled, but not deleted."""

    code: ClassVar[str] = "session_in_use"
    session_id: SessionId


@dataclass(eq=False)
class CapacityTooSmallError(RefusalError):
    """More seats are taken than the session would have."""

    code: ClassVar[str] = "capacity_too_small"
    session_id: SessionId
    seats_taken: int


@dataclass(eq=False)
class NotMadeGoodYetError(RefusalError):
    """A cancelled session cannot be rescheduled while somebody who was in it still waits for their money or credit."""

    code: ClassVar[str] = "not_made_good_yet"
    session_id: SessionId
    seats_left: int


@dataclass(eq=False)
class HolidayExistsError(RefusalError):
    """The day is a holiday there already."""

    code: ClassVar[str] = "holiday_exists"
