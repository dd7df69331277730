"""Money put into a wallet over the counter."""

from dataclasses import dataclass
from datetime import datetime

from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus
from domain.ids import AccountId, PaymentId, PersonId, WalletId, new_id
from domain.permissions import Actor
from domain.writes.base import Write
from domain.writes.money import AddPayment, CreditWallet, PutCashIn


@dataclass(frozen=True, slots=True)
class WalletOf:
    """A person's wallet."""

    person_id: PersonId
    wallet_id: WalletId


def cash_top_up(owner: WalletOf, *, cashbox_id: AccountId, amount_minor: int, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that move cash over a branch's counter into a wallet: branch cashbox to student wallet."""
    payment_id = PaymentId(new_id())
    return [
        CreditWallet(owner.wallet_id, amount_minor),
        PutCashIn(cashbox_id, amount_minor),
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
        *entry(
            Movement(debit=cashbox_id, credit=wallet_account(owner.wallet_id), amount_minor=amount_minor),
            cause=EntryCause.CASH_TOP_UP,
            subject_id=payment_id,
            center_id=actor.center_id,
            actor_id=actor.person_id,
            now=now,
        ),
    ]
