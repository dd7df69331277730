"""A wrong amount at the desk, set right: a reversing movement with a reason, and the right one where there is one.

Staff do it on the same local day in their own branch, later an admin does. Nothing is changed or deleted: the drawer shows
the wrong movement, its reverse, and the right one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.errors import (
    CashboxTooLowError,
    CashDayOverError,
    CashNotCorrectableError,
    DeskWalletTooLowError,
    InvalidInputError,
    NotFoundError,
)
from domain.events import CashCorrected
from domain.finance.cash import CashMovement, CashTransaction, cash_writes, check_amount
from domain.finance.cash_ports import CorrectionFacts
from domain.finance.cash_seats import cash_payment
from domain.finance.cash_wallets import pay_out_writes
from domain.finance.cashbox import bank_writes
from domain.finance.journal import wallet_account
from domain.finance.model import CashDirection, CashKind, EntryCause, PaymentStatus, WalletState
from domain.finance.top_up import WalletOf, cash_top_up
from domain.ids import AccountId, CashTransactionId, new_id
from domain.people.input import clean_reason
from domain.permissions import Actor, Operation, require, scope_of
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.calendar import local_day
from domain.writes.base import Write
from domain.writes.money import CreditWallet, DebitWallet, EndPayment
from domain.writes.record import audit_row, event_row

CORRECTABLE = frozenset({CashKind.ENROLLMENT, CashKind.TOP_UP, CashKind.PAY_OUT, CashKind.TO_BANK})


@dataclass(frozen=True, slots=True)
class CorrectCash:
    """Reverse a movement of a drawer, and make the right one, in one transaction.

    ``right_minor`` is None where nothing should have moved at all. The correction's id is the button's: pressed twice, the
    first outcome stays. Raises NotFoundError, CashDayOverError, CashNotCorrectableError, DeskWalletTooLowError,
    CashboxTooLowError, InvalidInputError, AmountTooLargeError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        transaction_id: CashTransactionId,
        correction_id: CashTransactionId,
        reason: str,
        right_minor: int | None = None,
    ) -> CashTransaction:
        """Correct, and return the movement that was wrong."""
        require(actor, Operation.CORRECT_CASH_SAME_DAY)
        why = clean_reason(reason)

        async def decide(work: UnitOfWork) -> CashTransaction:
            facts = await work.cash.find_correction_facts(center_id=actor.center_id, transaction_id=transaction_id)
            if facts is None:
                raise NotFoundError(what="cash_transaction")
            require(actor, Operation.CORRECT_CASH_SAME_DAY, branch_id=facts.drawer.branch_id)
            if facts.reversed_by_id == correction_id:
                return facts.transaction
            now = self.clock.now()
            check_correctable(facts, actor=actor, now=now)
            check_right_amount(facts, right_minor)
            work.add(
                *correction_writes(
                    facts, correction_id=correction_id, reason=why, right_minor=right_minor, actor=actor, now=now
                )
            )
            await work.commit()
            return facts.transaction

        return await decide_and_commit(self.new_unit_of_work, decide)


def check_correctable(facts: CorrectionFacts, *, actor: Actor, now: datetime) -> None:
    """Raise CashNotCorrectableError, or CashDayOverError where only an admin still may."""
    transaction_id = facts.transaction.id
    is_for_payment = facts.kind in {CashKind.ENROLLMENT, CashKind.TOP_UP}
    if (
        facts.kind not in CORRECTABLE
        or facts.reversed_by_id is not None
        or (is_for_payment and facts.payment_status is not PaymentStatus.COMPLETED)  # given back meanwhile
    ):
        raise CashNotCorrectableError(transaction_id=transaction_id)
    zone = ZoneInfo(facts.timezone)
    is_same_day = local_day(facts.occurred_at, zone) == local_day(now, zone)
    if not is_same_day and scope_of(actor, Operation.CORRECT_CASH_LATER) is None:
        raise CashDayOverError(transaction_id=transaction_id)


def check_right_amount(facts: CorrectionFacts, right_minor: int | None) -> None:
    """Raise the refusal of a right amount that cannot be: none at all, the wrong one again, more than there is."""
    wrong_minor = facts.transaction.amount_minor
    if right_minor is not None:
        check_amount(right_minor, facts.drawer)
        if right_minor == wrong_minor:
            raise InvalidInputError(field="amount", reason="same")
    is_in = facts.transaction.direction is CashDirection.IN
    leaves_minor = (right_minor or 0) - wrong_minor if is_in else wrong_minor - (right_minor or 0)
    if facts.drawer.balance_minor + leaves_minor < 0:
        raise CashboxTooLowError(
            branch_id=facts.drawer.branch_id,
            balance_minor=facts.drawer.balance_minor,
            currency=facts.drawer.currency,
        )
    if facts.kind in {CashKind.TOP_UP, CashKind.PAY_OUT}:
        wallet = _wallet(facts)
        if wallet.available_minor + leaves_minor < 0:
            raise DeskWalletTooLowError(available_minor=wallet.available_minor, currency=facts.drawer.currency)


def correction_writes(
    facts: CorrectionFacts,
    *,
    correction_id: CashTransactionId,
    reason: str,
    right_minor: int | None,
    actor: Actor,
    now: datetime,
) -> list[Write]:
    """Return the writes of a correction. What adds comes before what takes, so that only the outcome has to be covered."""
    wrong = facts.transaction
    undone = _undo(facts, correction_id, reason=reason, actor=actor, now=now)
    redone = [] if right_minor is None else _redo(facts, right_minor, actor=actor, now=now)
    is_in = wrong.direction is CashDirection.IN
    return [
        *_end_payment(facts, now=now),  # first: a seat has one open payment
        *([*redone, *undone] if is_in else [*undone, *redone]),
        event_row(CashCorrected(wrong.id), actor=actor, now=now),
        audit_row(
            Operation.CORRECT_CASH_SAME_DAY,
            actor=actor,
            now=now,
            object_type="cash_transaction",
            object_id=wrong.id,
            before={"amount_minor": wrong.amount_minor, "direction": wrong.direction, "kind": wrong.kind},
            after={"amount_minor": right_minor or 0, "correction_id": correction_id},
            reason=reason,
        ),
    ]


def _undo(
    facts: CorrectionFacts, correction_id: CashTransactionId, *, reason: str, actor: Actor, now: datetime
) -> list[Write]:
    wrong, is_in = facts.transaction, facts.transaction.direction is CashDirection.IN
    movement = CashMovement(
        id=correction_id,
        cashbox_id=facts.drawer.cashbox_id,
        direction=CashDirection.OUT if is_in else CashDirection.IN,
        kind=CashKind.CORRECTION,
        cause=EntryCause.CASH_CORRECTED,
        amount_minor=wrong.amount_minor,
        other_account_id=_other_account(facts),
        subject_id=facts.enrollment_id or facts.payment_id or wrong.id,
        person_id=facts.person_id,
        enrollment_id=facts.enrollment_id,
        payment_id=facts.payment_id,
        reverses_id=wrong.id,
        reverses_entry_id=facts.entry_id,
        reason=reason,
    )
    return [*_wallet_write(facts), *cash_writes(movement, actor=actor, now=now)]


def _wallet_write(facts: CorrectionFacts) -> list[Write]:
    match facts.kind:
        case CashKind.TOP_UP:
            return [DebitWallet(_wallet(facts).id, facts.transaction.amount_minor)]
        case CashKind.PAY_OUT:
            return [CreditWallet(_wallet(facts).id, facts.transaction.amount_minor)]
        case _:
            return []


def _other_account(facts: CorrectionFacts) -> AccountId:
    match facts.kind:
        case CashKind.ENROLLMENT:
            return facts.earned_cash_account_id
        case CashKind.TO_BANK:
            return facts.safe_account_id
        case _:
            return wallet_account(_wallet(facts).id)


def _redo(facts: CorrectionFacts, right_minor: int, *, actor: Actor, now: datetime) -> list[Write]:
    right = replace(facts.transaction, id=CashTransactionId(new_id()), amount_minor=right_minor, person_id=facts.person_id)
    match facts.kind:
        case CashKind.ENROLLMENT:
            return _paid_again(facts, right, actor=actor, now=now)
        case CashKind.TOP_UP if facts.person_id is not None:
            return cash_top_up(
                WalletOf(facts.person_id, _wallet(facts).id),
                cashbox_id=facts.drawer.cashbox_id,
                amount_minor=right_minor,
                actor=actor,
                now=now,
                transaction_id=right.id,
            )
        case CashKind.PAY_OUT:
            return pay_out_writes(right, _wallet(facts), facts.drawer, actor=actor, now=now)
        case _:
            return bank_writes(right, facts.drawer.cashbox_id, facts.safe_account_id, actor=actor, now=now)


def _paid_again(facts: CorrectionFacts, right: CashTransaction, *, actor: Actor, now: datetime) -> list[Write]:
    if facts.enrollment_id is None or facts.person_id is None:
        raise CashNotCorrectableError(transaction_id=facts.transaction.id)
    payment = cash_payment(
        facts.person_id, facts.enrollment_id, amount_minor=right.amount_minor, center_id=actor.center_id, now=now
    )
    movement = CashMovement(
        id=right.id,
        cashbox_id=facts.drawer.cashbox_id,
        direction=CashDirection.IN,
        kind=CashKind.ENROLLMENT,
        cause=EntryCause.CASH_TAKEN,
        amount_minor=right.amount_minor,
        other_account_id=facts.earned_cash_account_id,
        subject_id=facts.enrollment_id,
        person_id=facts.person_id,
        enrollment_id=facts.enrollment_id,
        payment_id=payment.id,
    )
    return [payment, *cash_writes(movement, actor=actor, now=now)]


def _end_payment(facts: CorrectionFacts, *, now: datetime) -> list[Write]:
    if facts.payment_id is None:
        return []
    return [EndPayment(facts.payment_id, PaymentStatus.COMPLETED, PaymentStatus.REFUNDED, facts.payment_minor, now)]


def _wallet(facts: CorrectionFacts) -> WalletState:
    if facts.wallet is None:
        raise CashNotCorrectableError(transaction_id=facts.transaction.id)
    return facts.wallet
