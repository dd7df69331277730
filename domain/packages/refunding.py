"""What happens when an admin refunds a package: what its unused credits are worth goes back to its owner's wallet."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import NotFoundError, NotRefundableError
from domain.events import PackageRefunded
from domain.finance.gateway_ports import RefundablePackage
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentStatus
from domain.finance.refunding import clean_reason
from domain.ids import StudentPackageId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.gateway import RefundOfPayment, RefundStudentPackage
from domain.writes.money import CreditWallet
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class RefundPackage:
    """Pay the unused part of a package back into the wallet, and end the package. Done again, nothing changes.

    Credits on coming seats stay on them: given back later, they come as money. Raises NotFoundError, NotRefundableError,
    InvalidInputError (the reason) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, student_package_id: StudentPackageId, reason: str) -> int:
        """Return what went to the wallet, in minor units."""
        require(actor, Operation.REFUND_PACKAGE)
        why = clean_reason(reason)

        async def decide(work: UnitOfWork) -> int:
            package = await work.gateway.find_package(center_id=actor.center_id, student_package_id=student_package_id)
            if package is None:
                raise NotFoundError(what="package")
            if not package.is_active or package.wallet is None:
                raise NotRefundableError
            work.add(*_writes(package, student_package_id, reason=why, actor=actor, now=self.clock.now()))
            await work.commit()
            return package.value_left_minor

        return await decide_and_commit(self.new_unit_of_work, decide)


def _writes(
    package: RefundablePackage, student_package_id: StudentPackageId, *, reason: str, actor: Actor, now: datetime
) -> list[Write]:
    value_minor, wallet = package.value_left_minor, package.wallet
    money: list[Write] = []
    if value_minor and wallet is not None:
        movement = Movement(package.deferred_account_id, wallet_account(wallet.id), value_minor)
        money = [
            CreditWallet(wallet.id, value_minor),
            *entry(
                movement,
                cause=EntryCause.PACKAGE_REFUNDED,
                subject_id=student_package_id,
                center_id=actor.center_id,
                actor_id=actor.recorded_id,
                now=now,
                reason=reason,
            ),
        ]
        if package.payment_id is not None:
            refunded_minor = package.payment_refunded_minor + value_minor
            is_whole = refunded_minor == package.payment_amount_minor
            becomes = PaymentStatus.REFUNDED if is_whole else PaymentStatus.COMPLETED
            money.append(RefundOfPayment(package.payment_id, package.payment_refunded_minor, becomes, refunded_minor))
    return [
        *money,
        RefundStudentPackage(student_package_id, package.credits_left, value_minor, now),
        event_row(PackageRefunded(student_package_id), actor=actor, now=now),
        audit_row(
            Operation.REFUND_PACKAGE,
            actor=actor,
            now=now,
            object_type="student_package",
            object_id=student_package_id,
            before={"credits_left": package.credits_left, "value_left_minor": value_minor},
            after={"status": "REFUNDED"},
            reason=reason,
        ),
    ]
