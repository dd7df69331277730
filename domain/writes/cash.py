"""Writes on a branch's drawer: what goes in and out of it, and counts of what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.finance.model import CashDirection, CashKind
from domain.ids import (
    AccountId,
    CashCountId,
    CashTransactionId,
    CenterId,
    EnrollmentId,
    EntryId,
    PaymentId,
    PersonId,
    SessionId,
)
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class TakeCashOut(Write):
    """Take from a cashbox what a posting of the same transaction credits to its account, if that much is in it."""

    rank: ClassVar[LockRank] = LockRank.CASHBOX
    cashbox_id: AccountId
    amount_minor: int


@dataclass(frozen=True, slots=True)
class SetCountedCash(Write):
    """Let a cashbox hold what was counted, if it still holds what the count was compared with."""

    rank: ClassVar[LockRank] = LockRank.CASHBOX
    cashbox_id: AccountId
    was_minor: int
    counted_minor: int


@dataclass(frozen=True, slots=True)
class AddCashTransaction(Write):
    """Write down one movement of a drawer, beside the entry that posts it."""

    id: CashTransactionId
    center_id: CenterId
    cashbox_id: AccountId
    direction: CashDirection
    kind: CashKind
    amount_minor: int
    person_id: PersonId | None
    enrollment_id: EnrollmentId | None
    payment_id: PaymentId | None
    reverses_id: CashTransactionId | None
    entry_id: EntryId
    reason: str | None
    actor_id: PersonId | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class AddCashCount(Write):
    """Write down what was counted, and what was recorded at that moment."""

    id: CashCountId
    center_id: CenterId
    cashbox_id: AccountId
    counted_minor: int
    recorded_minor: int
    denominations: Mapping[str, int] | None
    counted_by: PersonId
    counted_at: datetime


@dataclass(frozen=True, slots=True)
class TakeWalkInSeat(Write):
    """Count one more seat for somebody who pays at the desk: the seat guard, but for a class that may have begun."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
    expected_starts_at: datetime
