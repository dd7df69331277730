"""What decisions at the door need to know: a seat with its money, read in one query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import DecisionKind, DecisionOutcome, EnrollmentStatus
from domain.finance.model import PaymentMethod, PaymentStatus, WalletState
from domain.ids import (
    AccountId,
    BranchId,
    CenterId,
    DecisionId,
    EnrollmentId,
    EntryId,
    HoldId,
    PaymentId,
    PersonId,
    SessionId,
    StudentPackageId,
)
from domain.packages.model import StudentPackageStatus
from domain.permissions import Actor, Operation, Scope, require
from domain.sessions.model import AbsenteePolicy, SessionStatus


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a reader of the team sees: all of a center, or the branches that they are assigned to.

    The queries hold it against the assignments of that moment, so that what is out of reach is not even read.
    """

    center_id: CenterId
    person_id: PersonId
    is_everywhere: bool


def reach_of(actor: Actor, operation: Operation) -> Reach:
    """Return how far an actor may do an operation. Raises NotPermittedError."""
    return Reach(actor.center_id, actor.person_id, require(actor, operation) is Scope.CENTER)


def reach_of_system(actor: Actor) -> Reach:
    """Return the reach of what nobody asked for: the scheduler, a subscriber of events."""
    return Reach(actor.center_id, actor.person_id, is_everywhere=True)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A seat's open case on the decision list."""

    id: DecisionId
    kind: DecisionKind
    amount_minor: int


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat with its contract, its mark and its money. Ids are None where the seat has no such row.

    ``payment`` is the one that pays for the seat now, or none. ``capture_entry_id`` and ``delivery_entry_id`` are the
    entries that a correction would take back. ``verdict`` is what an admin decided last on the seat's absence, ``waiver``
    on a charge that could not be collected.
    """

    enrollment_id: EnrollmentId
    student_id: PersonId
    session_id: SessionId
    branch_id: BranchId
    session_status: SessionStatus
    starts_at: datetime
    ends_at: datetime
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    policy: AbsenteePolicy
    no_show_fee_percent: int
    free_cancel_until: datetime
    attended_at: datetime | None
    marked_absent_at: datetime | None
    student_package_id: StudentPackageId | None
    credit_value_minor: int
    package_status: StudentPackageStatus | None
    wallet: WalletState | None
    hold_id: HoldId | None
    payment_id: PaymentId | None
    payment_status: PaymentStatus | None
    payment_minor: int | None
    capture_entry_id: EntryId | None
    delivery_entry_id: EntryId | None
    open_case: OpenCase | None
    verdict: DecisionOutcome | None
    waiver: DecisionOutcome | None
    earned_wallet_account_id: AccountId
    earned_package_account_id: AccountId
    deferred_account_id: AccountId


@dataclass(frozen=True, slots=True)
class SessionAtDoor:
    """A session as the door's use cases see it. ``is_left_alone``: the clock finished it, and nobody had been marked."""

    id: SessionId
    status: SessionStatus
    ends_at: datetime
    settled_at: datetime | None
    is_left_alone: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A case on the decision list, open or decided."""

    id: DecisionId
    enrollment_id: EnrollmentId
    kind: DecisionKind
    amount_minor: int
    outcome: DecisionOutcome | None
    decided_at: datetime | None
    currency: str


class DoorRepository(Protocol):
    """Loads what decisions at the door need. What is out of reach does not exist for it."""

    async def find_seat(self, *, reach: Reach, enrollment_id: EnrollmentId) -> SeatFacts | None:
        """Return a seat with its money, or None where there is none within reach."""
        ...

    async def find_session(self, *, reach: Reach, session_id: SessionId) -> SessionAtDoor | None:
        """Return a session, or None where there is none within reach."""
        ...

    async def list_unmarked(self, *, reach: Reach, session_id: SessionId) -> Sequence[EnrollmentId]:
        """Return the live seats that nobody has marked, the oldest first."""
        ...

    async def list_strict_locked(self, *, reach: Reach, session_id: SessionId) -> Sequence[EnrollmentId]:
        """Return the seats that check-in is to capture and has not yet, the oldest first."""
        ...

    async def list_unsettled(self, *, reach: Reach, session_id: SessionId) -> Sequence[EnrollmentId]:
        """Return the seats of a finished session that are still to be settled, the oldest first."""
        ...

    async def find_case(self, *, reach: Reach, decision_id: DecisionId) -> Case | None:
        """Return a case of the center's decision list."""
        ...

    async def list_open_cases(self, *, reach: Reach, until: datetime) -> Sequence[DecisionId]:
        """Return the open cases that were there at a moment, the oldest first."""
        ...
