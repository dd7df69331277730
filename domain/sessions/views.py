"""What screens show of sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import EnrollmentStatus
from domain.enrollments.quote import Quote, quote_seat
from domain.finance.model import WalletState
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId
from domain.packages.model import CreditSource
from domain.sessions.model import BookableSession


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list. ``my_enrollment_id`` is the reader's own seat in it."""

    session_id: SessionId
    class_title: str
    starts_at: datetime
    ends_at: datetime
    branch_name: str
    seats_left: int
    my_enrollment_id: EnrollmentId | None
    my_status: EnrollmentStatus | None = None

    @property
    def is_held(self) -> bool:
        """Whether the reader's seat is only held for them, and not booked yet."""
        return self.my_status is EnrollmentStatus.HELD


@dataclass(frozen=True, slots=True)
class SessionCard:
    """All about one session for one reader, read at one moment, so that what is shown fits together.

    ``overlapping_title`` names another booking of the reader's at the same time.
    """

    session: BookableSession
    class_title: str
    level: str
    teacher: str
    branch_name: str
    branch_address: str | None
    my_enrollment_id: EnrollmentId | None
    credit: CreditSource | None
    credits_left: int
    wallet: WalletState | None
    overlapping_title: str | None
    my_status: EnrollmentStatus | None = None

    @property
    def is_held(self) -> bool:
        """Whether the reader's seat is only held for them, and not booked yet."""
        return self.my_status is EnrollmentStatus.HELD

    @property
    def quote(self) -> Quote:
        """What a seat costs the reader, and how it would be paid: the booking's own rule."""
        return quote_seat(self.session, credit=self.credit, wallet=self.wallet)


@dataclass(frozen=True, slots=True)
class SessionCursor:
    """The place in a list of sessions after which the next page begins."""

    starts_at: datetime
    session_id: SessionId


class SessionViews(Protocol):
    """Reads sessions for screens. Another center's sessions do not exist for it."""

    async def list_upcoming(
        self,
        *,
        center_id: CenterId,
        reader_id: PersonId,
        now: datetime,
        limit: int,
        after: SessionCursor | None = None,
        only_classes_of_reader: bool = False,
    ) -> list[SessionLine]:
        """Return sessions that are open for booking, soonest first; full ones too, or nobody could wait for them."""
        ...

    async def find_card(self, *, center_id: CenterId, reader_id: PersonId, session_id: SessionId) -> SessionCard | None:
        """Return all about one session for a reader."""
        ...
