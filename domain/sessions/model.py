"""Classes, timetable rules and sessions: what is taught, and its occurrences."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.ids import BranchId, ClassId, SessionId


class SessionStatus(StrEnum):
    """Where a session stands in its life."""

    SCHEDULED = "SCHEDULED"
    CHECKING_IN = "CHECKING_IN"
    CONDUCTING = "CONDUCTING"
    FINISHED = "FINISHED"
    CANCELED = "CANCELED"
    MISSED = "MISSED"


class CancelReason(StrEnum):
    """The usual reasons for cancelling, kept by name, so that everybody reads them in their own language."""

    TEACHER_ILL = "TEACHER_ILL"
    TOO_FEW = "TOO_FEW"
    ROOM = "ROOM"
    HOLIDAY = "HOLIDAY"
    OTHER = "OTHER"  # typed


OPEN_FOR_BOOKING = frozenset({SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN})


class AbsenteePolicy(StrEnum):
    """What happens to the money of someone who booked and did not come."""

    STRICT = "STRICT"  # everybody pays when check-in opens
    FLEXIBLE = "FLEXIBLE"  # who attends pays; who does not pays the no-show fee, 0 to 100 % of the price
    MANUAL = "MANUAL"  # an admin decides each case


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """When one occurrence takes place: the instants, and the local wall-clock time they were made from."""

    local_date: date
    local_time: time
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ClassTerms:
    """The terms of a class that a booking is made under. The enrollment keeps them as its contract."""

    price_minor: int
    currency: str
    policy: AbsenteePolicy
    no_show_fee_percent: int
    cancellation_window_minutes: int


@dataclass(frozen=True, slots=True)
class BookableSession:
    """A session as a booking decision sees it."""

    id: SessionId
    class_id: ClassId
    branch_id: BranchId
    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    capacity: int
    seats_taken: int
    terms: ClassTerms

    @property
    def seats_left(self) -> int:
        """How many seats are free."""
        return self.capacity - self.seats_taken

    @property
    def free_cancel_until(self) -> datetime:
        """The last instant at which a student may cancel free of charge."""
        return self.starts_at - timedelta(minutes=self.terms.cancellation_window_minutes)

    def is_open(self, now: datetime) -> bool:
        """Whether seats may be booked: scheduled or checking in, and not begun."""
        return self.status in OPEN_FOR_BOOKING and now < self.starts_at
