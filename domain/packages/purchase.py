"""A package bought from the wallet: its price becomes deferred revenue, its credits the student's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus
from domain.finance.top_up import WalletOf
from domain.ids import AccountId, ClassId, PaymentId, StudentPackageId, new_id
from domain.packages.model import StudentPackageStatus
from domain.permissions import Actor
from domain.writes.base import Write
from domain.writes.catalogue import AddStudentPackage
from domain.writes.money import AddPayment, DebitWallet


@dataclass(frozen=True, slots=True)
class PackageForSale:
    """A product: sessions of one class for a price in minor units."""

    id: UUID
    class_id: ClassId
    session_count: int
    price_minor: int


def wallet_purchase(
    buyer: WalletOf,
    package: PackageForSale,
    *,
    student_package_id: StudentPackageId,
    deferred_account_id: AccountId,
    actor: Actor,
    now: datetime,
) -> list[Write]:
    """Return the writes of a purchase from the wallet: student wallet to deferred revenue."""
    movement = Movement(debit=wallet_account(buyer.wallet_id), credit=deferred_account_id, amount_minor=package.price_minor)
    return [
        *([DebitWallet(buyer.wallet_id, package.price_minor)] if package.price_minor else []),
        AddStudentPackage(
            id=student_package_id,
            center_id=actor.center_id,
            student_id=buyer.person_id,
            class_package_id=package.id,
            class_id=package.class_id,
            credits_total=package.session_count,
            credits_left=package.session_count,
            price_minor=package.price_minor,
            value_left_minor=package.price_minor,
            status=StudentPackageStatus.ACTIVE,
            purchased_at=now,
        ),
        AddPayment(
            id=PaymentId(new_id()),
            center_id=actor.center_id,
            payer_id=buyer.person_id,
            method=PaymentMethod.WALLET,
            purpose=PaymentPurpose.PACKAGE,
            enrollment_id=None,
            student_package_id=student_package_id,
            amount_minor=package.price_minor,
            status=PaymentStatus.COMPLETED,
            created_at=now,
            ended_at=now,
        ),
        *(
            entry(
                movement,
                cause=EntryCause.PACKAGE_BOUGHT,
                subject_id=student_package_id,
                center_id=actor.center_id,
                actor_id=actor.person_id,
                now=now,
            )
            if package.price_minor
            else []
        ),
    ]
