"""What happens when a student cancels: the seat is free again, and its holder is made whole.

A credit returns to the package it came from, locked money is freed, captured money comes back, cash stays where it is
(already processed). Possible until the cancellation window closes, the last instant included. Whoever had booked before
the class was moved may cancel until it begins, and cash comes back, too: into the wallet.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.enrollments.model import LIVE, EnrollmentStatus, MadeGood
from domain.enrollments.ports import CancellationFacts
from domain.errors import LateCancellationError, NotCancellableError, NotFoundError
from domain.events import EnrollmentCancelled
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentMethod, PaymentStatus
from domain.ids import AccountId, EnrollmentId
from domain.packages.model import StudentPackageStatus
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import OPEN_FOR_BOOKING
from domain.writes.base import Write
from domain.writes.money import (
    CreditWallet,
    EndPayment,
    ReleaseHold,
    RequireRefundedPackage,
    ReturnCredit,
    UnlockMoney,
)
from domain.writes.record import audit_row, event_row
from domain.writes.seats import CancelSeat, GiveSeatBack


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A cancelled seat, and what came back for it. ``amount_minor`` is money, 0 where a credit or nothing came back."""

    enrollment_id: EnrollmentId
    made_good: MadeGood
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CancelEnrollment:
    """Give a seat back and make its holder whole, while the cancellation window is open.

    Cancelling what is cancelled returns the first outcome. Raises NotFoundError, LateCancellationError,
    NotCancellableError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, enrollment_id: EnrollmentId) -> Cancellation:
        """Cancel the actor's own seat."""
        require(actor, Operation.CANCEL_ENROLLMENT)

        async def decide(work: UnitOfWork) -> Cancellation:
            facts = await work.enrollments.find_cancellation_facts(
                center_id=actor.center_id, student_id=actor.person_id, enrollment_id=enrollment_id
            )
            if facts is None:
                raise NotFoundError(what="enrollment")
            require(actor, Operation.CANCEL_ENROLLMENT, owner_id=facts.student_id)
            cancellation = what_comes_back(facts)
            if facts.status is not EnrollmentStatus.CANCELLED:
                check_cancellable(facts, now=self.clock.now())
                work.add(*cancellation_writes(facts, cancellation, actor=actor, now=self.clock.now()))
                await work.commit()
            return cancellation

        return await decide_and_commit(self.new_unit_of_work, decide)


def check_cancellable(facts: CancellationFacts, *, now: datetime) -> None:
    """Raise NotCancellableError or LateCancellationError where a student may not cancel this seat now."""
    is_over = facts.status not in LIVE or facts.attended_at is not None or facts.session_status not in OPEN_FOR_BOOKING
    if is_over:
        raise NotCancellableError(enrollment_id=facts.enrollment_id)
    if now > facts.cancellable_until:
        window = facts.starts_at - facts.cancellable_until
        raise LateCancellationError(
            enrollment_id=facts.enrollment_id,
            window_minutes=int(window.total_seconds() // 60),
            free_cancel_until=facts.cancellable_until,
        )


def what_comes_back(facts: CancellationFacts, *, with_cash: bool = False) -> Cancellation:
    """Tell what a student gets back for this seat: shown before they confirm, done when they do, and kept with it.

    ``with_cash``: cash comes back as well, as it does wherever the class was moved after it had been paid.
    """
    if facts.made_good is not None:
        return Cancellation(facts.enrollment_id, facts.made_good, facts.made_good_minor)
    match facts.method:
        case PaymentMethod.PACKAGE if facts.package_status is StudentPackageStatus.REFUNDED:
            return Cancellation(facts.enrollment_id, MadeGood.RETURNED, facts.credit_value_minor)
        case PaymentMethod.PACKAGE:
            return Cancellation(facts.enrollment_id, MadeGood.CREDIT, 0)
        case PaymentMethod.CASH if facts.payment_id is None or not (with_cash or facts.was_moved):
            # without a payment: what was taken was corrected to nothing, and nothing is owed
            return Cancellation(facts.enrollment_id, MadeGood.NOTHING_CASH, 0)
        case None:
            return Cancellation(facts.enrollment_id, MadeGood.NOTHING_FREE, 0)
        case _ if facts.payment_status in {PaymentStatus.COMPLETED, PaymentStatus.REFUNDED}:
            return Cancellation(facts.enrollment_id, MadeGood.RETURNED, facts.payment_minor or 0)
        case _:
            return Cancellation(facts.enrollment_id, MadeGood.UNLOCKED, facts.payment_minor or 0)


def cancellation_writes(
    facts: CancellationFacts,
    cancellation: Cancellation,
    *,
    actor: Actor,
    now: datetime,
    operation: Operation = Operation.CANCEL_ENROLLMENT,
    reason: str | None = None,
) -> list[Write]:
    """Return the writes that give a seat back, and what was paid for it."""
    return [
        *money_back(facts, cancellation, actor=actor, now=now),
        CancelSeat(
            enrollment_id=facts.enrollment_id,
            was=facts.status,
            cancelled_at=now,
            cancelled_by=actor.recorded_id,
            made_good=cancellation.made_good,
            made_good_minor=cancellation.amount_minor,
        ),
        event_row(EnrollmentCancelled(facts.enrollment_id), actor=actor, now=now),
        audit_row(
            operation,
            actor=actor,
            now=now,
            object_type="enrollment",
            object_id=facts.enrollment_id,
            before={"status": facts.status},
            after={
                "status": EnrollmentStatus.CANCELLED,
                "made_good": cancellation.made_good,
                "amount_minor": cancellation.amount_minor,
            },
            reason=reason,
        ),
        GiveSeatBack(session_id=facts.session_id),
    ]


def money_back(facts: CancellationFacts, cancellation: Cancellation, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that give back what was paid for a seat."""
    match cancellation.made_good:
        case MadeGood.CREDIT if facts.student_package_id is not None:
            return [
                ReturnCredit(facts.student_package_id, facts.credit_value_minor),
                *_end_payment(facts, PaymentStatus.REFUNDED, now=now),
            ]
        case MadeGood.UNLOCKED if facts.wallet_id is not None and facts.hold_id is not None:
            return [
                UnlockMoney(facts.wallet_id, facts.hold_minor or 0),
                ReleaseHold(facts.hold_id, now),
                *_end_payment(facts, PaymentStatus.CANCELLED, now=now),
            ]
        case MadeGood.RETURNED if facts.wallet_id is not None:
            return _return_money(facts, cancellation, actor=actor, now=now)
        case _:
            return []


def _return_money(facts: CancellationFacts, cancellation: Cancellation, *, actor: Actor, now: datetime) -> list[Write]:
    """Credit the wallet: from earned revenue, or, for a credit of a refunded package, from what is still deferred."""
    writes = _end_payment(facts, PaymentStatus.REFUNDED, now=now)
    if facts.method is PaymentMethod.PACKAGE and facts.student_package_id is not None:
        writes.append(RequireRefundedPackage(facts.student_package_id))
    if cancellation.amount_minor == 0 or facts.wallet_id is None:
        return writes
    source, cause = _source(facts)
    movement = Movement(
        debit=source,
        credit=wallet_account(facts.wallet_id),
        amount_minor=cancellation.amount_minor,
    )
    return [
        CreditWallet(facts.wallet_id, cancellation.amount_minor),
        *writes,
        *entry(
            movement,
            cause=cause,
            subject_id=facts.enrollment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
        ),
    ]


def _source(facts: CancellationFacts) -> tuple[AccountId, EntryCause]:
    match facts.method:
        case PaymentMethod.PACKAGE:
            return facts.deferred_account_id, EntryCause.CREDIT_PAID_BACK
        case PaymentMethod.CASH:
            return facts.earned_cash_account_id, EntryCause.CASH_RETURNED
        case _:
            return facts.earned_wallet_account_id, EntryCause.CAPTURE_RETURNED


def _end_payment(facts: CancellationFacts, becomes: PaymentStatus, *, now: datetime) -> list[Write]:
    if facts.payment_id is None or facts.payment_status is None:
        return []
    refunded_minor = (facts.payment_minor or 0) if becomes is PaymentStatus.REFUNDED else 0
    return [EndPayment(facts.payment_id, facts.payment_status, becomes, refunded_minor, now)]
