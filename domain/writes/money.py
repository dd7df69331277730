"""Writes on money and credits. Amounts are minor units of the center's currency, above zero."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.finance.model import EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus
from domain.ids import (
    AccountId,
    CenterId,
    EnrollmentId,
    EntryId,
    HoldId,
    PaymentId,
    PersonId,
    StudentPackageId,
    WalletId,
)
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class HoldMoney(Write):
    """Lock money in a wallet, if that much is free."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class UnlockMoney(Write):
    """Free money that was locked in a wallet."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CreditWallet(Write):
    """Add to a wallet's balance what a posting of the same transaction credits to its account."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class DebitWallet(Write):
    """Take from a wallet's balance what a posting of the same transaction debits, if that much is free."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class UseCredit(Write):
    """Take one credit, worth ``value_minor``, if the package is as it was read."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    student_package_id: StudentPackageId
    was_credits_left: int
    was_value_left_minor: int
    value_minor: int


@dataclass(frozen=True, slots=True)
class ReturnCredit(Write):
    """Give one credit back with exactly the value it took, unless the package was refunded."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    student_package_id: StudentPackageId
    value_minor: int


@dataclass(frozen=True, slots=True)
class RequireRefundedPackage(Write):
    """Change nothing, but hold the package and insist that it is refunded: its credit is to be paid back as money."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    student_package_id: StudentPackageId


@dataclass(frozen=True, slots=True)
class WaiveMoney(Write):
    """Empty a wallet whose owner gives up what is in it, if that is exactly this much, and none of it is locked."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class WaiveCredits(Write):
    """End a package whose owner gives up what is left of it, if it is as it was read."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    student_package_id: StudentPackageId
    was_credits_left: int
    was_value_left_minor: int


@dataclass(frozen=True, slots=True)
class PutCashIn(Write):
    """Add to a cashbox what a posting of the same transaction debits to its account."""

    rank: ClassVar[LockRank] = LockRank.CASHBOX
    cashbox_id: AccountId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class AddHold(Write):
    """Write down what HoldMoney locked, and for which booking."""

    id: HoldId
    center_id: CenterId
    wallet_id: WalletId
    enrollment_id: EnrollmentId
    amount_minor: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseHold(Write):
    """Resolve a hold by letting it go, if it is open."""

    hold_id: HoldId
    resolved_at: datetime


@dataclass(frozen=True, slots=True)
class AddPayment(Write):
    """Write down money asked of a person."""

    id: PaymentId
    center_id: CenterId
    payer_id: PersonId
    method: PaymentMethod
    purpose: PaymentPurpose
    enrollment_id: EnrollmentId | None
    student_package_id: StudentPackageId | None
    amount_minor: int
    status: PaymentStatus
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndPayment(Write):
    """Move a payment from one status to another, if it is still in the first."""

    payment_id: PaymentId
    was: PaymentStatus
    becomes: PaymentStatus
    refunded_minor: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class AddPosting(Write):
    """One line of a journal entry: positive debits the account, negative credits it."""

    entry_id: EntryId
    line: int
    center_id: CenterId
    account_id: AccountId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class AddEntry(Write):
    """Close a journal entry over its postings. The database refuses it unless they sum to zero."""

    rank: ClassVar[LockRank] = LockRank.ENTRY
    id: EntryId
    center_id: CenterId
    cause: EntryCause
    subject_id: UUID
    actor_id: PersonId | None
    reverses_id: EntryId | None
    reason: str | None
    occurred_at: datetime
