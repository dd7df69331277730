"""How the money of a seat follows its attendance: what a seat is to have cost, and the writes that make it so.

A seat paid from the wallet has its price locked, or some of it taken: all, a fee, or nothing. Whatever it was before, it is
brought to what the policy of its contract asks for now, in one transaction: what was taken wrongly comes back first, then
the right amount is taken or locked. A credit is delivered when its holder came, or missed the class. (Section "Attendance
and revenue protection" of the domain guide.)
"""

from dataclasses import dataclass
from datetime import datetime

from domain.enrollments.door_ports import SeatFacts
from domain.enrollments.model import DecisionOutcome, EnrollmentStatus
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus, WalletState
from domain.ids import HoldId, PaymentId, new_id
from domain.permissions import Actor
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import Write
from domain.writes.door import CaptureHold, CompletePayment
from domain.writes.money import (
    AddHold,
    AddPayment,
    CreditWallet,
    DebitWallet,
    EndPayment,
    HoldMoney,
    ReleaseHold,
    UnlockMoney,
)


@dataclass(frozen=True, slots=True)
class Locked:
    """The whole price is locked in the wallet."""


@dataclass(frozen=True, slots=True)
class Taken:
    """So much of the price was taken from the wallet, and nothing is locked. For a missed class it is a fee."""

    amount_minor: int
    is_fee: bool = False


Money = Locked | Taken


def no_show_fee_minor(facts: SeatFacts) -> int:
    """Return the part of the price that a missed FLEXIBLE class costs, rounded down to the minor unit."""
    return facts.price_minor * facts.no_show_fee_percent // 100


def money_now(facts: SeatFacts) -> Money:
    """Return how a wallet's seat stands now."""
    if facts.hold_id is not None:
        return Locked()
    return Taken(facts.payment_minor or 0) if facts.payment_status is PaymentStatus.COMPLETED else Taken(0)


def money_when_attended(facts: SeatFacts) -> Money:
    """Return how it is to stand once its holder came: all is taken, but for what an admin has let go for good."""
    if facts.waiver is DecisionOutcome.RELEASED:
        return money_now(facts)
    return Taken(facts.price_minor)


def money_while_open(facts: SeatFacts) -> Money:
    """Return how an unmarked or absent holder's seat is to stand while the class goes on.

    A STRICT seat stays as check-in has left it; all others are locked until somebody comes, or the class is over.
    """
    return money_now(facts) if facts.policy is AbsenteePolicy.STRICT else Locked()


def money_when_missed(facts: SeatFacts) -> Money:
    """Return how it is to stand once the class is over and its holder did not come. What an admin decided stands."""
    match facts.verdict, facts.policy:
        case DecisionOutcome.CHARGED, _:
            return Taken(facts.price_minor, is_fee=True)
        case DecisionOutcome.RELEASED, _:
            return Taken(0)
        case _, AbsenteePolicy.STRICT:
            return Taken(facts.price_minor)
        case _, AbsenteePolicy.FLEXIBLE:
            return Taken(no_show_fee_minor(facts), is_fee=True)
        case _:
            return Locked()


def missing_minor(facts: SeatFacts, target: Money) -> int:
    """Return how much the wallet lacks for the seat to stand so: 0 where it can."""
    now = money_now(facts)
    if facts.method is not PaymentMethod.WALLET or facts.wallet is None or isinstance(now, Locked):
        return 0
    wanted = facts.price_minor if isinstance(target, Locked) else target.amount_minor
    more = wanted - now.amount_minor
    return more if more > facts.wallet.available_minor else 0


def money_writes(facts: SeatFacts, target: Money, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that bring a wallet's seat from how it stands to how it is to stand."""
    if facts.method is not PaymentMethod.WALLET or facts.wallet is None:
        return []
    was = money_now(facts)
    if isinstance(was, Locked):
        return [] if isinstance(target, Locked) else _resolve_hold(facts, facts.wallet, target, actor=actor, now=now)
    if isinstance(target, Taken) and target.amount_minor == was.amount_minor:
        return []
    return [
        *_give_back(facts, facts.wallet, was.amount_minor, actor=actor, now=now),
        *_pay_again(facts, facts.wallet, target, actor=actor, now=now),
    ]


def delivery_writes(facts: SeatFacts, *, is_delivered: bool, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that make a credit delivered, or not delivered any more. Other seats have none."""
    was = facts.attended_at is not None or facts.status is EnrollmentStatus.NO_SHOW
    if facts.method is not PaymentMethod.PACKAGE or facts.credit_value_minor == 0 or was is is_delivered:
        return []
    deferred, earned = facts.deferred_account_id, facts.earned_package_account_id
    movement = (
        Movement(deferred, earned, facts.credit_value_minor)
        if is_delivered
        else Movement(earned, deferred, facts.credit_value_minor)
    )
    return entry(
        movement,
        cause=EntryCause.CREDIT_DELIVERED if is_delivered else EntryCause.DELIVERY_RETURNED,
        subject_id=facts.enrollment_id,
        center_id=actor.center_id,
        actor_id=actor.recorded_id,
        now=now,
        reverses_id=None if is_delivered else facts.delivery_entry_id,
    )


def _resolve_hold(facts: SeatFacts, wallet: WalletState, target: Taken, *, actor: Actor, now: datetime) -> list[Write]:
    if facts.hold_id is None or facts.payment_id is None:
        return []
    if target.amount_minor == 0:
        return [
            UnlockMoney(wallet.id, facts.price_minor),
            ReleaseHold(facts.hold_id, now),
            EndPayment(facts.payment_id, PaymentStatus.PENDING, PaymentStatus.CANCELLED, 0, now),
        ]
    return [
        UnlockMoney(wallet.id, facts.price_minor),
        DebitWallet(wallet.id, target.amount_minor),
        CaptureHold(facts.hold_id, target.amount_minor, now),
        CompletePayment(facts.payment_id, target.amount_minor, now),
        *_capture_entry(facts, wallet, target, actor=actor, now=now),
    ]


def _give_back(facts: SeatFacts, wallet: WalletState, amount_minor: int, *, actor: Actor, now: datetime) -> list[Write]:
    if amount_minor == 0 or facts.payment_id is None:
        return []
    return [
        CreditWallet(wallet.id, amount_minor),
        EndPayment(facts.payment_id, PaymentStatus.COMPLETED, PaymentStatus.REFUNDED, amount_minor, now),
        *entry(
            Movement(facts.earned_wallet_account_id, wallet_account(wallet.id), amount_minor),
            cause=EntryCause.CAPTURE_RETURNED,
            subject_id=facts.enrollment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
            reverses_id=facts.capture_entry_id,
        ),
    ]


def _pay_again(facts: SeatFacts, wallet: WalletState, target: Money, *, actor: Actor, now: datetime) -> list[Write]:
    """Lock or take anew, with a payment of its own: the one before has ended."""
    if isinstance(target, Locked):
        hold_id = HoldId(new_id())
        return [
            HoldMoney(wallet.id, facts.price_minor),
            AddHold(hold_id, actor.center_id, wallet.id, facts.enrollment_id, facts.price_minor, now),
            _payment(facts, facts.price_minor, is_pending=True, actor=actor, now=now),
        ]
    if target.amount_minor == 0:
        return []
    return [
        DebitWallet(wallet.id, target.amount_minor),
        _payment(facts, target.amount_minor, is_pending=False, actor=actor, now=now),
        *_capture_entry(facts, wallet, target, actor=actor, now=now),
    ]


def _capture_entry(facts: SeatFacts, wallet: WalletState, target: Taken, *, actor: Actor, now: datetime) -> list[Write]:
    return entry(
        Movement(wallet_account(wallet.id), facts.earned_wallet_account_id, target.amount_minor),
        cause=EntryCause.NO_SHOW_FEE if target.is_fee else EntryCause.BOOKING_CAPTURED,
        subject_id=facts.enrollment_id,
        center_id=actor.center_id,
        actor_id=actor.recorded_id,
        now=now,
    )


def _payment(facts: SeatFacts, amount_minor: int, *, is_pending: bool, actor: Actor, now: datetime) -> AddPayment:
    return AddPayment(
        id=PaymentId(new_id()),
        center_id=actor.center_id,
        payer_id=facts.student_id,
        method=PaymentMethod.WALLET,
        purpose=PaymentPurpose.ENROLLMENT,
        enrollment_id=facts.enrollment_id,
        student_package_id=None,
        amount_minor=amount_minor,
        status=PaymentStatus.PENDING if is_pending else PaymentStatus.COMPLETED,
        created_at=now,
        ended_at=None if is_pending else now,
    )
