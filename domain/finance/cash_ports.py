"""What decisions at the desk need to know, loaded in one read each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import Enrollment
from domain.finance.cash import CashTransaction, DrawerState
from domain.finance.model import CashKind, PaymentStatus, WalletState
from domain.ids import (
    AccountId,
    BranchId,
    CashCountId,
    CashTransactionId,
    CenterId,
    EnrollmentId,
    EntryId,
    PaymentId,
    PersonId,
    SessionId,
)
from domain.sessions.model import BookableSession


@dataclass(frozen=True, slots=True)
class WalkInFacts:
    """All that a walk-in rests on. ``live_id`` is the visitor's seat in the session, if they have one.

    ``visitor_id`` is None where there is no such person: a new guest, before they are written down.
    """

    session: BookableSession
    timezone: str
    drawer: DrawerState
    visitor_id: PersonId | None
    same_id: Enrollment | None
    live_id: EnrollmentId | None
    earned_cash_account_id: AccountId


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """A person at the desk of a branch. ``same_id`` is whatever cash transaction has the id that the new one would get."""

    drawer: DrawerState
    wallet: WalletState | None
    is_guest: bool
    same_id: CashTransaction | None


@dataclass(frozen=True, slots=True)
class DrawerFacts:
    """A branch's drawer. ``same_id`` is the transaction, ``same_count`` what was counted, under the id to be used."""

    drawer: DrawerState
    same_id: CashTransaction | None
    same_count: tuple[int, int] | None  # counted and recorded
    over_short_account_id: AccountId
    safe_account_id: AccountId


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """A movement of a drawer that is to be corrected, and what belongs to it. ``wallet`` is its person's.

    ``person_id`` is who the money belongs to now, where people were merged since. ``reversed_by_id`` is the correction
    that there is already.
    """

    transaction: CashTransaction
    drawer: DrawerState
    timezone: str
    occurred_at: datetime
    entry_id: EntryId
    person_id: PersonId | None
    enrollment_id: EnrollmentId | None
    payment_id: PaymentId | None
    payment_status: PaymentStatus | None
    payment_minor: int
    wallet: WalletState | None
    reversed_by_id: CashTransactionId | None
    earned_cash_account_id: AccountId
    safe_account_id: AccountId

    @property
    def kind(self) -> CashKind:
        """Why the cash moved."""
        return self.transaction.kind


class CashRepository(Protocol):
    """Loads what decisions at the desk need. Another center's rows do not exist for it."""

    async def find_walk_in_facts(
        self, *, center_id: CenterId, session_id: SessionId, person_id: PersonId, enrollment_id: EnrollmentId
    ) -> WalkInFacts | None:
        """Return what a walk-in rests on, or None where there is no such session."""
        ...

    async def find_desk_facts(
        self, *, center_id: CenterId, branch_id: BranchId, person_id: PersonId, transaction_id: CashTransactionId
    ) -> DeskFacts | None:
        """Return what cash for or from a wallet rests on, or None where branch or person does not exist."""
        ...

    async def find_drawer_facts(
        self, *, center_id: CenterId, branch_id: BranchId, transaction_id: CashTransactionId | CashCountId
    ) -> DrawerFacts | None:
        """Return what counting or emptying a drawer rests on, or None where there is no such branch."""
        ...

    async def find_correction_facts(
        self, *, center_id: CenterId, transaction_id: CashTransactionId
    ) -> CorrectionFacts | None:
        """Return what correcting a movement rests on, or None where there is no such movement."""
        ...
