"""What a transaction at the gateway does to our books: pure decisions, from what was read and what is reported.

Whatever comes in goes to the payer's wallet; whatever goes back comes out of it. Each transaction has each effect once,
for ever: the rows that say so are unique in the database, so duplicates, replays and reports that race with our own calls
end here. Only what the gateway has signed is looked at.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.events import PaymentRefunded, PaymentSurplus
from domain.finance.alerts import GatewayAlert, alert
from domain.finance.gateway import GatewayTransaction
from domain.finance.gateway_model import GatewayEffect, RefundStatus
from domain.finance.gateway_ports import OrderFacts, OrderRow, RefundState
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentStatus, WalletState
from domain.ids import new_id
from domain.permissions import Actor, Operation
from domain.writes.base import Write
from domain.writes.gateway import AddGatewayEffect, EndRefund, RefundOfPayment, SetInquiry
from domain.writes.money import CreditWallet, DebitWallet, EndPayment
from domain.writes.record import audit_row, event_row


class EventOutcome(StrEnum):
    """What a report came to: a stable word, kept with it."""

    PAID = "PAID"
    PAID_TWICE = "PAID_TWICE"
    PAID_LATE = "PAID_LATE"
    PENDING = "PENDING"
    ATTEMPT_FAILED = "ATTEMPT_FAILED"
    VOIDED = "VOIDED"
    TAKEN_BACK = "TAKEN_BACK"
    REFUND_CONFIRMED = "REFUND_CONFIRMED"
    ALREADY = "ALREADY"
    MISMATCH = "MISMATCH"
    UNREADABLE = "UNREADABLE"
    UNKNOWN_ORDER = "UNKNOWN_ORDER"
    NOT_YET = "NOT_YET"  # money that goes back before it has come: the other report is still under way


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is to be done about a report. One whose outcome is ``NOT_YET`` stays open, to be looked at again."""

    outcome: EventOutcome
    writes: tuple[Write, ...] = ()


def settle(
    facts: OrderFacts, transaction: GatewayTransaction, *, event_id: UUID, is_last_try: bool, actor: Actor, now: datetime
) -> Settlement:
    """Decide what one transaction does. Pure but for fresh ids; what a first payment buys is decided elsewhere.

    ``is_last_try``: what another report should have told by now will not be waited for any longer.
    """
    if transaction.is_pending:
        return Settlement(EventOutcome.PENDING)
    if transaction.doubt is not None or transaction.currency != facts.order.currency or facts.order.wallet is None:
        return _mismatch(facts.order, transaction, event_id=event_id, actor=actor, now=now)
    if transaction.has_parent:
        return _gone_back(facts, transaction, event_id=event_id, is_last_try=is_last_try, actor=actor, now=now)
    if transaction.amount_minor != facts.order.amount_minor:
        return _mismatch(facts.order, transaction, event_id=event_id, actor=actor, now=now)
    if transaction.is_voided:
        return _voided(facts, transaction, event_id=event_id, is_last_try=is_last_try, actor=actor, now=now)
    if not transaction.is_success:
        return Settlement(EventOutcome.ATTEMPT_FAILED)
    if facts.has(transaction.id, GatewayEffect.PAID) or transaction.is_refunded:
        return Settlement(EventOutcome.ALREADY)
    return _received(facts, transaction, event_id=event_id, actor=actor, now=now)


def _mismatch(
    order: OrderRow, transaction: GatewayTransaction, *, event_id: UUID, actor: Actor, now: datetime
) -> Settlement:
    """Move no money; show it to the admins."""
    raised = alert(
        GatewayAlert.MISMATCH,
        event_id,
        center_id=actor.center_id,
        now=now,
        payment_id=order.payment_id,
        amount_minor=transaction.amount_minor,
    )
    return Settlement(EventOutcome.MISMATCH, tuple(raised))


def _received(
    facts: OrderFacts, transaction: GatewayTransaction, *, event_id: UUID, actor: Actor, now: datetime
) -> Settlement:
    """Credit the wallet. The first success completes the payment; any other is the customer's money as well."""
    order = facts.order
    writes = _receipt(order, transaction, actor=actor, now=now)
    if order.status is PaymentStatus.PENDING:
        completed = EndPayment(order.payment_id, PaymentStatus.PENDING, PaymentStatus.COMPLETED, 0, now)
        return Settlement(EventOutcome.PAID, (*writes, completed))
    is_twice = facts.received_minor > 0
    raised = alert(
        GatewayAlert.PAID_TWICE if is_twice else GatewayAlert.PAID_LATE,
        event_id,
        center_id=actor.center_id,
        now=now,
        payment_id=order.payment_id,
        amount_minor=transaction.amount_minor,
    )
    told = event_row(PaymentSurplus(order.payment_id), actor=actor, now=now)
    return Settlement(EventOutcome.PAID_TWICE if is_twice else EventOutcome.PAID_LATE, (*writes, *raised, told))


def _receipt(order: OrderRow, transaction: GatewayTransaction, *, actor: Actor, now: datetime) -> list[Write]:
    wallet = wallet_of(order)
    return [
        CreditWallet(wallet.id, transaction.amount_minor),
        *entry(
            Movement(order.clearing_account_id, wallet_account(wallet.id), transaction.amount_minor),
            cause=EntryCause.GATEWAY_RECEIVED,
            subject_id=order.payment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
        ),
        _effect(order, transaction.id, GatewayEffect.PAID, transaction.amount_minor, actor=actor, now=now),
        audit_row(
            Operation.TOP_UP_WALLET,
            actor=actor,
            now=now,
            object_type="payment",
            object_id=order.payment_id,
            before={"status": order.status},
            after={"received_minor": transaction.amount_minor, "transaction_id": transaction.id},
        ),
    ]


def _voided(
    facts: OrderFacts, transaction: GatewayTransaction, *, event_id: UUID, is_last_try: bool, actor: Actor, now: datetime
) -> Settlement:
    """Follow a payment that was undone before it was settled; one that had never counted ends a pending payment.

    The money goes back by a transaction of its own, which reports it: only where that never comes, this one does.
    """
    if not facts.has(transaction.id, GatewayEffect.PAID):
        return Settlement(EventOutcome.VOIDED)
    is_told = any(
        each.kind is not GatewayEffect.PAID and each.amount_minor == transaction.amount_minor for each in facts.effects
    )
    if is_told or facts.received_minor - facts.returned_minor < transaction.amount_minor:
        return Settlement(EventOutcome.ALREADY)
    if not is_last_try:
        return _not_yet(facts.order, now=now)
    return _went(facts, transaction, GatewayEffect.VOIDED, event_id=event_id, actor=actor, now=now)


def _gone_back(
    facts: OrderFacts, transaction: GatewayTransaction, *, event_id: UUID, is_last_try: bool, actor: Actor, now: datetime
) -> Settlement:
    """Follow money that went back: as we asked for, or behind our back. It is no payment, whatever it says."""
    if not transaction.is_success:
        return Settlement(EventOutcome.ATTEMPT_FAILED)
    was_voided = any(
        each.kind is GatewayEffect.VOIDED and each.amount_minor == transaction.amount_minor for each in facts.effects
    )
    if was_voided or facts.has(transaction.id, GatewayEffect.REFUNDED):
        return Settlement(EventOutcome.ALREADY)
    if 0 < transaction.amount_minor <= facts.received_minor - facts.returned_minor:
        return _went(facts, transaction, GatewayEffect.REFUNDED, event_id=event_id, actor=actor, now=now)
    if is_last_try:
        return _mismatch(facts.order, transaction, event_id=event_id, actor=actor, now=now)
    return _not_yet(facts.order, now=now)


def _not_yet(order: OrderRow, *, now: datetime) -> Settlement:
    """Wait for the other report, and ask the gateway for it."""
    return Settlement(EventOutcome.NOT_YET, (SetInquiry(order.payment_id, now),))


def _went(
    facts: OrderFacts,
    transaction: GatewayTransaction,
    kind: GatewayEffect,
    *,
    event_id: UUID,
    actor: Actor,
    now: datetime,
) -> Settlement:
    refund, amount_minor = facts.open_refund, transaction.amount_minor
    if refund is not None and refund.called_at is not None and refund.amount_minor == amount_minor:
        confirmed = confirmation(facts, refund, transaction.id, kind=kind, actor=actor, now=now)
        return Settlement(EventOutcome.REFUND_CONFIRMED, tuple(confirmed))
    taken = _taken_back(facts, transaction.id, kind, amount_minor, event_id=event_id, actor=actor, now=now)
    return Settlement(EventOutcome.TAKEN_BACK, tuple(taken))


def _taken_back(
    facts: OrderFacts,
    transaction_id: str,
    kind: GatewayEffect,
    amount_minor: int,
    *,
    event_id: UUID,
    actor: Actor,
    now: datetime,
) -> list[Write]:
    """Take what the wallet has free; the rest is the center's loss, and an admin is told."""
    order, wallet = facts.order, wallet_of(facts.order)
    taken_minor = min(amount_minor, max(wallet.available_minor, 0))
    loss_minor = amount_minor - taken_minor
    writes: list[Write] = []
    if taken_minor:
        movement = Movement(wallet_account(wallet.id), order.clearing_account_id, taken_minor)
        writes += [DebitWallet(wallet.id, taken_minor), *_moved(order, movement, EntryCause.GATEWAY_TAKEN_BACK, actor, now)]
    if loss_minor:
        movement = Movement(order.loss_account_id, order.clearing_account_id, loss_minor)
        writes += _moved(order, movement, EntryCause.GATEWAY_LOSS, actor, now)
    return [
        *writes,
        *_counted_as_refunded(facts, amount_minor, actor=actor, now=now),
        _effect(order, transaction_id, kind, amount_minor, actor=actor, now=now),
        *alert(
            GatewayAlert.TAKEN_BACK,
            event_id,
            center_id=actor.center_id,
            now=now,
            payment_id=order.payment_id,
            amount_minor=amount_minor,
            loss_minor=loss_minor,
        ),
        event_row(PaymentRefunded(order.payment_id), actor=actor, now=now),
    ]


def confirmation(
    facts: OrderFacts, refund: RefundState, transaction_id: str, *, kind: GatewayEffect, actor: Actor, now: datetime
) -> list[Write]:
    """Return the writes of a refund that was asked for and made: refunds payable to gateway clearing."""
    order = facts.order
    movement = Movement(order.payable_account_id, order.clearing_account_id, refund.amount_minor)
    return [
        *_moved(order, movement, EntryCause.REFUND_CONFIRMED, actor, now),
        EndRefund(refund.id, RefundStatus.CONFIRMED, transaction_id, now),
        *_counted_as_refunded(facts, refund.amount_minor, actor=actor, now=now),
        _effect(order, transaction_id, kind, refund.amount_minor, actor=actor, now=now),
        event_row(PaymentRefunded(order.payment_id), actor=actor, now=now),
    ]


def _counted_as_refunded(facts: OrderFacts, amount_minor: int, *, actor: Actor, now: datetime) -> list[Write]:
    """Count what goes back of the payment itself: money that came in twice goes back first, and leaves it valid."""
    order = facts.order
    surplus_minor = max(facts.received_minor - order.amount_minor, 0)
    refunded_minor = min(max(facts.returned_minor + amount_minor - surplus_minor, 0), order.amount_minor)
    if order.status is not PaymentStatus.COMPLETED or refunded_minor == order.refunded_minor:
        return []
    becomes = PaymentStatus.REFUNDED if refunded_minor == order.amount_minor else PaymentStatus.COMPLETED
    return [
        RefundOfPayment(order.payment_id, order.refunded_minor, becomes, refunded_minor),
        audit_row(
            Operation.REFUND_PAYMENT,
            actor=actor,
            now=now,
            object_type="payment",
            object_id=order.payment_id,
            before={"status": order.status, "refunded_minor": order.refunded_minor},
            after={"status": becomes, "refunded_minor": refunded_minor},
        ),
    ]


def wallet_of(order: OrderRow) -> WalletState:
    """Return the wallet that the order's money goes to and comes from; who can pay online has one."""
    if order.wallet is None:
        raise ValueError("a payer without a wallet")
    return order.wallet


def _moved(order: OrderRow, movement: Movement, cause: EntryCause, actor: Actor, now: datetime) -> list[Write]:
    return entry(
        movement,
        cause=cause,
        subject_id=order.payment_id,
        center_id=actor.center_id,
        actor_id=actor.recorded_id,
        now=now,
    )


def _effect(
    order: OrderRow, transaction_id: str, kind: GatewayEffect, amount_minor: int, *, actor: Actor, now: datetime
) -> AddGatewayEffect:
    return AddGatewayEffect(
        id=new_id(),
        center_id=actor.center_id,
        provider=order.provider,
        transaction_id=transaction_id,
        kind=kind,
        payment_id=order.payment_id,
        amount_minor=amount_minor,
        applied_at=now,
    )
