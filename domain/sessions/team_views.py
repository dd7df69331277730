"""What the team's screens show of sessions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.enrollments.ports import CancellationFacts
from domain.ids import BranchId, CenterId, ClassId, EnrollmentId, PersonId, SessionId, TimetableRuleId
from domain.sessions.calendar import Span
from domain.sessions.calendar_views import BranchChoice, ClassChoice
from domain.sessions.model import SessionStatus
from domain.sessions.ports import ClassFacts

ENDED = frozenset({SessionStatus.FINISHED, SessionStatus.CANCELED, SessionStatus.MISSED})


@dataclass(frozen=True, slots=True)
class TeamListChoice:
    """Which sessions the team's list shows; None does not narrow it. Without a day, ended ones go back from the latest."""

    status: SessionStatus | None = None
    class_id: ClassId | None = None
    branch_id: BranchId | None = None
    day: date | None = None

    @property
    def goes_back(self) -> bool:
        """Whether the list begins with the latest."""
        return self.day is None and self.status in ENDED


@dataclass(frozen=True, slots=True)
class TeamSessionLine:
    """One session in a list of the team's."""

    session_id: SessionId
    class_title: str
    branch_name: str
    starts_at: datetime
    ends_at: datetime
    status: SessionStatus
    seats_taken: int
    capacity: int


@dataclass(frozen=True, slots=True)
class TeamSessionCard:
    """All about one session for who runs it, read at one moment.

    ``seats_at_end`` were taken when it was called off; ``seats_ever`` counts enrollments of every status.
    """

    session_id: SessionId
    class_id: ClassId
    branch_id: BranchId
    rule_id: TimetableRuleId | None
    class_title: str
    level: str
    teacher: str
    branch_name: str
    branch_address: str | None
    status: SessionStatus
    local_date: date
    starts_at: datetime
    ends_at: datetime
    capacity: int
    seats_taken: int
    cancel_reason: str | None
    seats_at_end: int | None
    settled_at: datetime | None
    opens_minutes: int
    attended: int
    reserved: int
    waiting: int
    seats_ever: int
    places_ever: int

    @property
    def opens_at(self) -> datetime:
        """When check-in may be opened at the earliest."""
        return self.starts_at - timedelta(minutes=self.opens_minutes)

    @property
    def made_good(self) -> int:
        """How many seats of a session that was called off are made good by now."""
        return max(0, (self.seats_at_end or 0) - self.seats_taken)

    @property
    def is_deletable(self) -> bool:
        """Whether nobody is, was or waits to be in it."""
        return self.status is SessionStatus.SCHEDULED and self.seats_ever == 0 and self.places_ever == 0


@dataclass(frozen=True, slots=True)
class Stakes:
    """What cancelling a session gives back: to how many people, how many credits, and how much money.

    ``cash_minor`` is the part of ``money_minor`` that was paid at the door.
    """

    people: int
    reservations: int
    credits: int
    money_minor: int
    cash_minor: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Somebody's seat, for an admin who gives it back for them."""

    enrollment_id: EnrollmentId
    session_id: SessionId
    name: str
    class_title: str
    starts_at: datetime


class TeamSessionViews(Protocol):
    """Reads sessions for the team's screens; with ``staff_id``, only those of that person's branches."""

    async def list_span(
        self, *, center_id: CenterId, staff_id: PersonId | None, span: Span, limit: int
    ) -> list[TeamSessionLine]:
        """Return the sessions that start within a span, soonest first."""
        ...

    async def list_sessions(
        self,
        *,
        center_id: CenterId,
        staff_id: PersonId | None,
        choice: TeamListChoice,
        span: Span,
        limit: int,
        offset: int = 0,
    ) -> list[TeamSessionLine]:
        """Return a page of the sessions that were chosen, of those that start within a span."""
        ...

    async def find_card(self, *, center_id: CenterId, session_id: SessionId) -> TeamSessionCard | None:
        """Return all about one session of the center."""
        ...

    async def find_stakes(self, *, center_id: CenterId, session_id: SessionId) -> Stakes:
        """Return what cancelling a session would give back now."""
        ...

    async def list_seats(
        self, *, center_id: CenterId, session_id: SessionId, limit: int, offset: int = 0
    ) -> list[SeatLine]:
        """Return the live seats of a session that nobody has been marked attended in, by name."""
        ...

    async def find_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SeatLine | None:
        """Return one seat."""
        ...

    async def find_seat_facts(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> CancellationFacts | None:
        """Return what cancelling a seat rests on, whoever's it is."""
        ...

    async def list_classes(self, *, center_id: CenterId, limit: int, offset: int = 0) -> list[ClassChoice]:
        """Return the classes that are taught, by title."""
        ...

    async def list_branches(self, *, center_id: CenterId, staff_id: PersonId | None) -> list[BranchChoice]:
        """Return the open branches, by name."""
        ...

    async def find_class(
        self, *, center_id: CenterId, class_id: ClassId, branch_id: BranchId, staff_id: PersonId | None
    ) -> ClassFacts | None:
        """Return a class as a new session of it at a branch would be made."""
        ...

    async def find_class_title(self, *, center_id: CenterId, class_id: ClassId) -> str | None:
        """Return what a class is called."""
        ...

    async def find_branch_name(self, *, center_id: CenterId, branch_id: BranchId) -> str | None:
        """Return what a branch is called."""
        ...
