"""What the team's screens show of a door: the roster of a session, one head of it, and the cases for an admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.attendance import CORRECTION_WINDOW, OPEN_FOR_MARKS
from domain.enrollments.door_ports import Reach
from domain.enrollments.model import DecisionKind, EnrollmentStatus
from domain.finance.model import PaymentMethod
from domain.ids import BranchId, CenterId, DecisionId, EnrollmentId, PersonId, SessionId
from domain.sessions.model import AbsenteePolicy, SessionStatus


@dataclass(frozen=True, slots=True)
class DoorSession:
    """A session as the door's screens head it, with its heads counted: reservations apart, the cancelled left out."""

    session_id: SessionId
    branch_id: BranchId
    class_title: str
    branch_name: str
    status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    capacity: int
    seats_taken: int
    currency: str
    heads: int
    attended: int
    absent: int
    held: int
    being_marked: int = 0  # orders to mark everyone that are under way

    @property
    def unmarked(self) -> int:
        """How many heads nobody has marked yet."""
        return self.heads - self.attended - self.absent

    @property
    def is_open(self) -> bool:
        """Whether heads are marked now."""
        return self.status in OPEN_FOR_MARKS

    @property
    def corrections_close_at(self) -> datetime:
        """Until when attendance can be corrected, once the session is finished."""
        return self.ends_at + CORRECTION_WINDOW

    def is_correctable(self, now: datetime) -> bool:
        """Whether attendance can be corrected now."""
        return self.status is SessionStatus.FINISHED and now <= self.corrections_close_at


@dataclass(frozen=True, slots=True)
class Head:
    """One person of a roster. ``paid_minor`` is what was taken for the seat so far, from a wallet or in cash.

    ``open_case`` says what an admin has to decide on the seat, if anything.
    """

    enrollment_id: EnrollmentId
    name: str
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    policy: AbsenteePolicy
    attended_at: datetime | None
    marked_absent_at: datetime | None
    paid_minor: int
    open_case: DecisionKind | None


@dataclass(frozen=True, slots=True)
class HeadCard:
    """One head with its session, and who marked it last: a name, or None where nobody has, or nobody is known any more."""

    head: Head
    session: DoorSession
    marked_by: str | None


@dataclass(frozen=True, slots=True)
class MoneyAtOnce:
    """What marking everyone would take from how many wallets."""

    wallets: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the decision list."""

    decision_id: DecisionId
    kind: DecisionKind
    amount_minor: int
    currency: str
    name: str
    class_title: str
    branch_name: str
    starts_at: datetime
    method: PaymentMethod | None


@dataclass(frozen=True, slots=True)
class CaseTotals:
    """How many cases are open, and what charging all of them comes to; credits are counted apart from money."""

    number: int
    money_minor: int
    credits: int
    currency: str


@dataclass(frozen=True, slots=True)
class Watcher:
    """Somebody whose screen shows a session's roster: where to redraw it, and how far they may see now."""

    person_id: PersonId
    telegram_id: int
    language: str | None
    message_id: int
    page: int
    is_everywhere: bool


class DoorViews(Protocol):
    """Reads the door for screens. What is out of reach does not exist for it."""

    async def find_session(self, *, reach: Reach, session_id: SessionId) -> DoorSession | None:
        """Return a session with its heads counted."""
        ...

    async def list_heads(self, *, reach: Reach, session_id: SessionId, limit: int, offset: int = 0) -> list[Head]:
        """Return the heads of a session by name: reservations and the cancelled left out."""
        ...

    async def find_head(self, *, reach: Reach, enrollment_id: EnrollmentId) -> HeadCard | None:
        """Return one head of a session; a cancelled one, too, to say so."""
        ...

    async def find_money_at_once(self, *, reach: Reach, session_id: SessionId) -> MoneyAtOnce:
        """Return what marking everyone would take now."""
        ...

    async def list_cases(self, *, reach: Reach, limit: int, offset: int) -> list[CaseLine]:
        """Return open cases, the oldest first."""
        ...

    async def find_case(self, *, reach: Reach, decision_id: DecisionId) -> CaseLine | None:
        """Return an open case."""
        ...

    async def count_cases(self, *, reach: Reach) -> CaseTotals:
        """Return how many cases are open, and their sums."""
        ...

    async def list_watchers(self, *, center_id: CenterId, session_id: SessionId) -> Sequence[Watcher]:
        """Return whose screens show the session's roster."""
        ...

    async def list_watched(self, *, center_id: CenterId) -> Sequence[SessionId]:
        """Return the sessions whose rosters are on anybody's screen."""
        ...

    async def find_watched_session(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SessionId | None:
        """Return the session of an enrollment, if its roster is on anybody's screen."""
        ...

    async def find_door_message(self, *, person_id: PersonId) -> int | None:
        """Return the message that shows somebody a roster, if one does."""
        ...
