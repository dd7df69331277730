"""What screens show of waiting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, WaitlistEntryId
from domain.waitlist.model import LIVE_PLACES, WaitlistStatus


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of the reader's in one session's waitlist.

    ``position`` counts from 1 among those who wait; it means nothing once the place has ended.
    """

    entry_id: WaitlistEntryId
    session_id: SessionId
    status: WaitlistStatus
    position: int
    enrollment_id: EnrollmentId | None
    offer_expires_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether the reader still waits, or has an offer open."""
        return self.status in LIVE_PLACES

    def is_offered(self, now: datetime) -> bool:
        """Whether a seat is held for the reader now."""
        is_due = self.offer_expires_at is not None and self.offer_expires_at <= now
        return self.status is WaitlistStatus.OFFERED and not is_due


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One live place in a student's list. ``position`` counts from 1 among those who wait."""

    session_id: SessionId
    class_title: str
    starts_at: datetime
    position: int


class WaitlistViews(Protocol):
    """Reads a student's own places. Other people's do not exist for it."""

    async def find_place_in(self, *, center_id: CenterId, student_id: PersonId, session_id: SessionId) -> PlaceView | None:
        """Return the student's live place in a session's waitlist."""
        ...

    async def find_place(self, *, center_id: CenterId, student_id: PersonId, entry_id: WaitlistEntryId) -> PlaceView | None:
        """Return a place of the student's, whatever has become of it."""
        ...

    async def list_places(self, *, center_id: CenterId, student_id: PersonId, now: datetime, limit: int) -> list[PlaceLine]:
        """Return where the student waits for a seat, the soonest class first; what is held for them is a booking."""
        ...
