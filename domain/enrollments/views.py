"""What screens show of bookings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import LIVE, EnrollmentStatus, MadeGood
from domain.enrollments.ports import CancellationFacts
from domain.finance.model import PaymentMethod
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId
from domain.sessions.model import SessionStatus


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One booking in a student's list."""

    enrollment_id: EnrollmentId
    status: EnrollmentStatus
    class_title: str
    starts_at: datetime
    branch_name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BookingCard:
    """All about one booking of the reader's. Amounts are minor units of the center's currency.

    ``session_reason`` is why the center cancelled the class, ``override_reason`` why an admin cancelled this booking.
    """

    enrollment_id: EnrollmentId
    session_id: SessionId
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    currency: str
    free_cancel_until: datetime
    attended_at: datetime | None
    made_good: MadeGood | None
    made_good_minor: int
    class_title: str
    level: str
    teacher: str
    branch_name: str
    branch_address: str | None
    starts_at: datetime
    ends_at: datetime
    session_status: SessionStatus
    package_name: str | None
    package_credits_left: int | None
    booked_at: datetime
    moved_at: datetime | None
    is_own_cancellation: bool
    session_reason: str | None
    override_reason: str | None

    @property
    def was_moved(self) -> bool:
        """Whether time or place changed after it was booked: then it may be given back until the start."""
        return self.moved_at is not None and self.booked_at <= self.moved_at

    @property
    def cancellable_until(self) -> datetime:
        """The last instant at which it may be cancelled free of charge."""
        return self.starts_at if self.was_moved else self.free_cancel_until

    @property
    def is_live(self) -> bool:
        """Whether the seat is kept and the class still to be attended."""
        return self.status in LIVE


@dataclass(frozen=True, slots=True)
class BookingCursor:
    """The place in a list of bookings after which the next page begins: a start, or the moment of booking."""

    at: datetime
    enrollment_id: EnrollmentId


class BookingViews(Protocol):
    """Reads a student's own bookings for screens. Other people's bookings do not exist for it."""

    async def list_upcoming(
        self, *, center_id: CenterId, student_id: PersonId, now: datetime, limit: int, after: BookingCursor | None = None
    ) -> list[BookingLine]:
        """Return live bookings of sessions that have not ended, soonest first."""
        ...

    async def find_card(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> BookingCard | None:
        """Return all about one booking of the student's."""
        ...

    async def find_cancellation_facts(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> CancellationFacts | None:
        """Return what a cancellation would rest on, to show what comes back before it is confirmed."""
        ...
