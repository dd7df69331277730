"""What messages about waiting, standing bookings and credits say, read anew when they are sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import (
    CenterId,
    ClassId,
    EnrollmentId,
    PersonId,
    SessionId,
    StandingBookingId,
    StudentPackageId,
    WaitlistEntryId,
)
from domain.sessions.model import OPEN_FOR_BOOKING, SessionStatus
from domain.waitlist.model import WaitlistStatus


@dataclass(frozen=True, slots=True)
class TalkedOf:
    """The session that a message is about."""

    session_id: SessionId
    class_title: str
    branch_name: str
    starts_at: datetime
    status: SessionStatus
    seats_left: int

    def is_open(self, now: datetime) -> bool:
        """Whether it may be booked."""
        return self.status in OPEN_FOR_BOOKING and now < self.starts_at


@dataclass(frozen=True, slots=True)
class PlaceNews:
    """What has become of a place in its waitlist."""

    session: TalkedOf
    entry_id: WaitlistEntryId
    status: WaitlistStatus
    offer_expires_at: datetime | None

    def is_offered(self, now: datetime) -> bool:
        """Whether a seat is held for the reader now."""
        is_there = self.offer_expires_at is not None and self.offer_expires_at > now
        return self.status is WaitlistStatus.OFFERED and is_there


@dataclass(frozen=True, slots=True)
class StandingNews:
    """What came of a session for whoever asked for all of its rule. ``outcome`` is ``BOOKED`` or a refusal's code."""

    session: TalkedOf
    outcome: str
    enrollment_id: EnrollmentId | None


@dataclass(frozen=True, slots=True)
class CreditNews:
    """What is left of a package, and of all packages of its class."""

    class_id: ClassId
    class_title: str
    credits_left: int


class WaitingNewsViews(Protocol):
    """Reads what a message is about, for the person whom it is for."""

    async def find_place(self, *, center_id: CenterId, person_id: PersonId, entry_id: WaitlistEntryId) -> PlaceNews | None:
        """Return what has become of a place."""
        ...

    async def find_free_seats(self, *, center_id: CenterId, person_id: PersonId, session_id: SessionId) -> TalkedOf | None:
        """Return a session that the person still waits for."""
        ...

    async def find_standing(
        self,
        *,
        center_id: CenterId,
        person_id: PersonId,
        session_id: SessionId,
        standing_booking_id: StandingBookingId,
    ) -> StandingNews | None:
        """Return what came of a session for a standing booking."""
        ...

    async def find_credits(
        self, *, center_id: CenterId, person_id: PersonId, student_package_id: StudentPackageId
    ) -> CreditNews | None:
        """Return what credits are left of the class of a package."""
        ...
