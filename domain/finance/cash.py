"""One movement of a branch's drawer: the drawer, the journal entry, and the row that says why, always together.

The id of a cash transaction is made before the write and travels in the button that confirms it: pressed twice, the first
outcome is found.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.errors import AmountTooLargeError, InvalidInputError
from domain.finance.journal import Movement, entry
from domain.finance.model import CashDirection, CashKind, EntryCause
from domain.ids import AccountId, BranchId, CashTransactionId, EnrollmentId, EntryId, PaymentId, PersonId
from domain.permissions import Actor
from domain.writes.base import Write
from domain.writes.cash import AddCashTransaction, TakeCashOut
from domain.writes.money import AddEntry, PutCashIn


@dataclass(frozen=True, slots=True)
class CashTransaction:
    """A movement of a drawer as use cases return it. ``amount_minor`` is above zero; the direction says which way."""

    id: CashTransactionId
    branch_id: BranchId
    direction: CashDirection
    kind: CashKind
    amount_minor: int
    person_id: PersonId | None


@dataclass(frozen=True, slots=True)
class DrawerState:
    """A branch's drawer as a decision sees it, and the center's limit of a typed amount."""

    cashbox_id: AccountId
    branch_id: BranchId
    balance_minor: int
    currency: str
    largest_amount_minor: int


@dataclass(frozen=True, slots=True)
class CashMovement:
    """What is to happen to a drawer. ``other_account_id`` is where the money comes from, or goes to."""

    id: CashTransactionId
    cashbox_id: AccountId
    direction: CashDirection
    kind: CashKind
    cause: EntryCause
    amount_minor: int
    other_account_id: AccountId
    subject_id: UUID
    person_id: PersonId | None = None
    enrollment_id: EnrollmentId | None = None
    payment_id: PaymentId | None = None
    reverses_id: CashTransactionId | None = None
    reverses_entry_id: EntryId | None = None
    reason: str | None = None


def check_amount(amount_minor: int, drawer: DrawerState) -> None:
    """Raise InvalidInputError for nothing or less, AmountTooLargeError for what nobody types by intention."""
    if amount_minor <= 0:
        raise InvalidInputError(field="amount", reason="not_positive")
    if amount_minor > drawer.largest_amount_minor:
        raise AmountTooLargeError(limit_minor=drawer.largest_amount_minor, currency=drawer.currency)


def cash_writes(movement: CashMovement, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that move cash and write it down: drawer, postings, entry, transaction."""
    return [_drawer_write(movement), *posted_cash(movement, actor=actor, now=now)]


def _drawer_write(movement: CashMovement) -> Write:
    change = PutCashIn if movement.direction is CashDirection.IN else TakeCashOut
    return change(movement.cashbox_id, movement.amount_minor)


def posted_cash(movement: CashMovement, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the same without the drawer's own write: for a count, which sets what is in it."""
    is_in = movement.direction is CashDirection.IN
    debit, credit = movement.cashbox_id, movement.other_account_id
    posted = entry(
        Movement(debit, credit, movement.amount_minor) if is_in else Movement(credit, debit, movement.amount_minor),
        cause=movement.cause,
        subject_id=movement.subject_id,
        center_id=actor.center_id,
        actor_id=actor.recorded_id,
        now=now,
        reason=movement.reason,
        reverses_id=movement.reverses_entry_id,
    )
    closed = next(write for write in posted if isinstance(write, AddEntry))
    written = AddCashTransaction(
        id=movement.id,
        center_id=actor.center_id,
        cashbox_id=movement.cashbox_id,
        direction=movement.direction,
        kind=movement.kind,
        amount_minor=movement.amount_minor,
        person_id=movement.person_id,
        enrollment_id=movement.enrollment_id,
        payment_id=movement.payment_id,
        reverses_id=movement.reverses_id,
        entry_id=closed.id,
        reason=movement.reason,
        actor_id=actor.recorded_id,
        occurred_at=now,
    )
    return [*posted, written]
