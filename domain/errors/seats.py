"""Refusals around a seat: booking, cancelling, waiting, and the door."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.errors.base import RefusalError
from domain.ids import EnrollmentId, PersonId, SessionId


@dataclass(eq=False)
class SessionFullError(RefusalError):
    """Every seat is taken."""

    code: ClassVar[str] = "session_full"
    session_id: SessionId


@dataclass(eq=False)
class SessionNotOpenError(RefusalError):
    """The session has started, ended, or was cancelled."""

    code: ClassVar[str] = "session_not_open"
    session_id: SessionId


@dataclass(eq=False)
class ReservationLapsedError(RefusalError):
    """The seat that was held for the person is held no more."""

    code: ClassVar[str] = "reservation_lapsed"
    session_id: SessionId


@dataclass(eq=False)
class SeatsFreeError(RefusalError):
    """Nobody need wait for the session: it has free seats."""

    code: ClassVar[str] = "seats_free"
    session_id: SessionId


@dataclass(eq=False)
class AlreadyEnrolledError(RefusalError):
    """The student has a seat in this session already."""

    code: ClassVar[str] = "already_enrolled"
    enrollment_id: EnrollmentId


@dataclass(eq=False)
class TermsChangedError(RefusalError):
    """Price, time or way of paying differ from what the person confirmed: they are asked again."""

    code: ClassVar[str] = "terms_changed"
    session_id: SessionId


@dataclass(eq=False)
class LateCancellationError(RefusalError):
    """The cancellation window has closed."""

    code: ClassVar[str] = "late_cancellation"
    enrollment_id: EnrollmentId
    window_minutes: int
    free_cancel_until: datetime


@dataclass(eq=False)
class NotCancellableError(RefusalError):
    """The booking has ended otherwise: attended, missed, or its session is over or cancelled."""

    code: ClassVar[str] = "not_cancellable"
    enrollment_id: EnrollmentId


@dataclass(eq=False)
class AttendanceNotOpenError(RefusalError):
    """Attendance is marked from check-in until the session is finished."""

    code: ClassVar[str] = "attendance_not_open"
    session_id: SessionId
    is_over: bool


@dataclass(eq=False)
class NotMarkableError(RefusalError):
    """The seat was cancelled, or is only held for somebody."""

    code: ClassVar[str] = "not_markable"
    session_id: SessionId


@dataclass(eq=False)
class CorrectionClosedError(RefusalError):
    """Attendance can be corrected until 24 hours after the end."""

    code: ClassVar[str] = "correction_closed"
    session_id: SessionId
    closed_at: datetime


@dataclass(eq=False)
class UncollectableError(RefusalError):
    """What an admin wants to charge is not free in the wallet."""

    code: ClassVar[str] = "uncollectable"
    amount_minor: int
    available_minor: int
    currency: str


@dataclass(eq=False)
class WalkInClosedError(RefusalError):
    """No seat of this session is sold at the desk: it is over, was cancelled, or is of another day."""

    code: ClassVar[str] = "walk_in_closed"
    session_id: SessionId


@dataclass(eq=False)
class VisitorEnrolledError(RefusalError):
    """The person at the desk has a seat in this session already."""

    code: ClassVar[str] = "visitor_enrolled"
    session_id: SessionId
    person_id: PersonId


@dataclass(eq=False)
class TooManySeatsHeldError(RefusalError):
    """The person has as many seats held by unpaid links as anybody may."""

    code: ClassVar[str] = "too_many_seats_held"
    most: int


@dataclass(eq=False)
class SeatNotHoldableError(RefusalError):
    """The cancellation window has closed, and no seat is held from then on: it can only be booked at once."""

    code: ClassVar[str] = "seat_not_holdable"
    session_id: SessionId
