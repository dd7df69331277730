"""Money put into a wallet over the counter."""

from dataclasses import dataclass
from datetime import datetime

from domain.finance.cash import CashMovement, cash_writes
from domain.finance.journal import wallet_account
from domain.finance.model import CashDirection, CashKind, EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus
from domain.ids import AccountId, CashTransactionId, PaymentId, PersonId, WalletId, new_id
from domain.permissions import Actor
from domain.writes.base import Write
from domain.writes.money import AddPayment, CreditWallet


@dataclass(frozen=True, slots=True)
class WalletOf:
    """A person's wallet."""

    person_id: PersonId
    wallet_id: WalletId


def cash_top_up(
    owner: WalletOf,
    *,
    cashbox_id: AccountId,
    amount_minor: int,
    actor: Actor,
    now: datetime,
    transaction_id: CashTransactionId | None = None,
) -> list[Write]:
    """Return the writes that move cash over a branch's counter into a wallet: branch cashbox to student wallet."""
    payment_id = PaymentId(new_id())
    movement = CashMovement(
        id=transaction_id or CashTransactionId(new_id()),
        cashbox_id=cashbox_id,
        direction=CashDirection.IN,
        kind=CashKind.TOP_UP,
        cause=EntryCause.CASH_TOP_UP,
        amount_minor=amount_minor,
        other_account_id=wallet_account(owner.wallet_id),
        subject_id=payment_id,
        person_id=owner.person_id,
        payment_id=payment_id,
    )
    return [
        CreditWallet(owner.wallet_id, amount_minor),
        AddPayment(
            id=payment_id,
            center_id=actor.center_id,
            payer_id=owner.person_id,
            method=PaymentMethod.CASH,
            purpose=PaymentPurpose.TOP_UP,
            enrollment_id=None,
            student_package_id=None,
            amount_minor=amount_minor,
            status=PaymentStatus.COMPLETED,
            created_at=now,
            ended_at=now,
        ),
        *cash_writes(movement, actor=actor, now=now),
    ]
