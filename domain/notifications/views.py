"""What a message says, read just before it goes out: seats, sessions, cases and alerts as they are then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.enrollments.model import LIVE, EnrollmentStatus, MadeGood
from domain.finance.model import PaymentMethod, PaymentStatus
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId
from domain.sessions.model import SessionStatus


@dataclass(frozen=True, slots=True)
class SessionNotice:
    """A session as messages name it."""

    session_id: SessionId
    title: str
    branch_name: str
    teacher: str
    starts_at: datetime
    ends_at: datetime
    status: SessionStatus
    cancel_reason: str | None
    moved_at: datetime | None
    canceled_at: datetime | None
    seats_taken: int
    seats_at_end: int | None
    capacity: int


@dataclass(frozen=True, slots=True)
class SeatNotice:
    """Somebody's seat, what came back for it or was taken, in minor units; ``payment`` is the last that is not online."""

    enrollment_id: EnrollmentId
    status: EnrollmentStatus
    method: PaymentMethod | None
    free_cancel_until: datetime
    made_good: MadeGood | None
    made_good_minor: int
    payment_status: PaymentStatus | None
    payment_minor: int | None
    reason: str | None  # of whoever cancelled it for the center
    session: SessionNotice

    @property
    def is_live(self) -> bool:
        """Whether it is still to be attended."""
        return self.status in LIVE


@dataclass(frozen=True, slots=True)
class AlertLine:
    """Something that an admin should look at."""

    id: UUID
    kind: str
    subject_id: UUID
    data: Mapping[str, Any]
    created_at: datetime


class NoticeViews(Protocol):
    """Reads what messages tell. Everything is of one center."""

    async def find_seat(
        self, *, center_id: CenterId, person_id: PersonId, enrollment_id: EnrollmentId
    ) -> SeatNotice | None:
        """Return a seat of the person's."""
        ...

    async def find_seat_in(self, *, center_id: CenterId, person_id: PersonId, session_id: SessionId) -> SeatNotice | None:
        """Return the person's last seat in a session."""
        ...

    async def find_session(self, *, center_id: CenterId, session_id: SessionId) -> SessionNotice | None:
        """Return a session."""
        ...

    async def list_coming(self, *, center_id: CenterId, session_id: SessionId, limit: int) -> list[str]:
        """Return the names of who has a live seat in a session, in their order."""
        ...

    async def count_cases(self, *, center_id: CenterId, session_id: SessionId | None, until: datetime) -> int:
        """Return how many cases are to be decided (of a session, or of all) that were opened until then."""
        ...

    async def list_alerts(self, *, center_id: CenterId, limit: int) -> list[AlertLine]:
        """Return what admins should look at, the oldest first."""
        ...

    async def find_alert(self, *, center_id: CenterId, alert_id: UUID) -> AlertLine | None:
        """Return something that admins should still look at."""
        ...
