"""What happens when an admin refunds a payment: out of the wallet it goes, and is held until the gateway has answered.

wallet → refunds payable, when it is asked; refunds payable → gateway clearing when it was made, back to the wallet where
it was refused. The gateway is asked once, and that it was asked is written down before. A call without an answer is
inquired after and never repeated; what cannot be found at the gateway after half an hour was not made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.clock import Clock
from domain.errors import InvalidInputError, NotFoundError, NotRefundableError, RefundTooLargeError
from domain.events import RefundRefused
from domain.finance.alerts import GatewayAlert, alert
from domain.finance.gateway import (
    GatewayDownError,
    GatewayOutcomeUnknownError,
    GatewayRefusedError,
    PaymentGateway,
)
from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.gateway_ports import AppliedEffect, OrderFacts, RefundState
from domain.finance.gateway_receiving import keep_report
from domain.finance.gateway_settling import confirmation, wallet_of
from domain.finance.inquiry_times import next_refund_inquiry
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause
from domain.ids import CenterId, PaymentId, RefundId
from domain.permissions import Actor, Operation, require, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import GuardFailedError, Write
from domain.writes.gateway import (
    AddRefund,
    CallRefund,
    EndRefund,
    RecallRefund,
    TakeRefundInquiry,
)
from domain.writes.money import CreditWallet, DebitWallet
from domain.writes.record import audit_row, event_row

_LONGEST_REASON: Final = 200
_AGAIN: Final = timedelta(minutes=1)
_VOIDABLE: Final = timedelta(hours=20)  # cards, before they are settled; refused otherwise, and refunded then
_BATCH: Final = 20


@dataclass(frozen=True, slots=True)
class RefundPayment:
    """Ask for a refund of a payment, in whole or part. The id travels in the button: pressed twice, it is asked once.

    Raises NotFoundError, InvalidInputError, NotRefundableError, RefundTooLargeError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, payment_id: PaymentId, refund_id: RefundId, amount_minor: int, reason: str
    ) -> None:
        """Take the money from the wallet and write the refund down; the gateway is asked by ``ProcessRefunds``."""
        require(actor, Operation.REFUND_PAYMENT)
        why = clean_reason(reason)

        async def decide(work: UnitOfWork) -> None:
            same = await work.gateway.find_refund(center_id=actor.center_id, refund_id=refund_id)
            if same is not None:
                if same.payment_id != payment_id:
                    raise NotFoundError(what="refund")
                return
            facts = await work.gateway.find_payment(center_id=actor.center_id, payment_id=payment_id)
            if facts is None:
                raise NotFoundError(what="payment")
            check_refundable(facts, amount_minor=amount_minor)
            now = self.clock.now()
            work.add(*_asking(facts, refund_id, amount_minor=amount_minor, reason=why, actor=actor, now=now))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def clean_reason(reason: str) -> str:
    """Return a reason as it is kept. Raises InvalidInputError for none, and for one that is too long."""
    cleaned = " ".join(reason.split())
    if not cleaned:
        raise InvalidInputError(field="reason", reason="empty")
    if len(cleaned) > _LONGEST_REASON:
        raise InvalidInputError(field="reason", reason="too_long", limit=_LONGEST_REASON)
    return cleaned


def most_refundable(facts: OrderFacts) -> int:
    """Return how much can go back at once now: of one transaction, and only what the wallet has free."""
    wallet = facts.order.wallet
    largest = max((left for _, left in _left_of_payments(facts)), default=0)
    return max(min(largest, wallet.available_minor if wallet is not None else 0), 0)


def check_refundable(facts: OrderFacts, *, amount_minor: int) -> None:
    """Raise NotRefundableError or RefundTooLargeError where this cannot go back now."""
    if facts.open_refund is not None or facts.received_minor - facts.returned_minor <= 0:
        raise NotRefundableError
    most_minor = most_refundable(facts)
    if amount_minor <= 0 or amount_minor > most_minor:
        raise RefundTooLargeError(most_minor=most_minor, currency=facts.order.currency)


def _left_of_payments(facts: OrderFacts) -> list[tuple[AppliedEffect, int]]:
    """Return each transaction that brought money with what is left of it: what came last goes back first."""
    payments = sorted(
        (each for each in facts.effects if each.kind is GatewayEffect.PAID), key=lambda each: each.applied_at, reverse=True
    )
    gone_minor, left = facts.returned_minor, []
    for payment in payments:
        taken_minor = min(gone_minor, payment.amount_minor)
        gone_minor -= taken_minor
        left.append((payment, payment.amount_minor - taken_minor))
    return left


def _asking(
    facts: OrderFacts, refund_id: RefundId, *, amount_minor: int, reason: str, actor: Actor, now: datetime
) -> list[Write]:
    order, wallet = facts.order, wallet_of(facts.order)
    return [
        DebitWallet(wallet.id, amount_minor),
        *entry(
            Movement(wallet_account(wallet.id), order.payable_account_id, amount_minor),
            cause=EntryCause.REFUND_ASKED,
            subject_id=order.payment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
            reason=reason,
        ),
        AddRefund(
            id=refund_id,
            center_id=actor.center_id,
            payment_id=order.payment_id,
            amount_minor=amount_minor,
            status=RefundStatus.ASKED,
            reason=reason,
            asked_by=actor.person_id,
            asked_at=now,
            inquire_at=now,
        ),
        audit_row(
            Operation.REFUND_PAYMENT,
            actor=actor,
            now=now,
            object_type="payment",
            object_id=order.payment_id,
            after={"refund_id": refund_id.hex, "amount_minor": amount_minor},
            reason=reason,
        ),
    ]


@dataclass(frozen=True, slots=True)
class ProcessRefunds:
    """Ask the gateway for refunds that are due, and about those that it has not answered."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    gateways: Mapping[Gateway, PaymentGateway]

    async def __call__(self, *, center_id: CenterId) -> int:
        """Return how many refunds were looked at."""
        async with self.new_unit_of_work() as work:
            due = await work.gateway.list_due_refunds(center_id=center_id, now=self.clock.now(), limit=_BATCH)
        for refund_id in due:
            await self.process(center_id=center_id, refund_id=refund_id)
        return len(due)

    async def process(self, *, center_id: CenterId, refund_id: RefundId) -> None:
        """Take one refund a step on, if it is open: ask for it, once, or ask about it."""
        async with self.new_unit_of_work() as work:
            refund = await work.gateway.find_refund(center_id=center_id, refund_id=refund_id)
            if refund is None or refund.status is not RefundStatus.ASKED:
                return
            facts = await work.gateway.find_payment(center_id=center_id, payment_id=refund.payment_id)
        gateway = self.gateways.get(facts.order.provider) if facts is not None else None
        if facts is None or gateway is None or gateway.refunds_by_hand:
            return
        if refund.called_at is None:
            await self._call(gateway, facts, refund, center_id=center_id)
        else:
            await self._inquire(gateway, facts, refund, center_id=center_id)

    async def _call(self, gateway: PaymentGateway, facts: OrderFacts, refund: RefundState, *, center_id: CenterId) -> None:
        now = self.clock.now()
        inquire_at = next_refund_inquiry(0, now=now) or now
        if not await self._kept(CallRefund(refund.id, now, inquire_at)):
            return
        payment = next((each for each, left in _left_of_payments(facts) if left >= refund.amount_minor), None)
        try:
            if payment is None:
                raise GatewayRefusedError("nothing is left of the payment")
            transaction_id = await _give_back(gateway, payment, refund, now=now)
        except GatewayDownError:
            await self._kept(RecallRefund(refund.id, now, self.clock.now() + _AGAIN))
        except GatewayOutcomeUnknownError:
            return  # asked about when its time comes
        except GatewayRefusedError:
            await end_refund(self.new_unit_of_work, self.clock, center_id=center_id, refund_id=refund.id, made_as=None)
        else:
            await end_refund(
                self.new_unit_of_work, self.clock, center_id=center_id, refund_id=refund.id, made_as=transaction_id
            )

    async def _inquire(
        self, gateway: PaymentGateway, facts: OrderFacts, refund: RefundState, *, center_id: CenterId
    ) -> None:
        """Look for the refund among the order's transactions: a report of it ends it, as one of its own accord would."""
        now = self.clock.now()
        if refund.inquire_at is None or refund.inquire_at > now or facts.order.order_id is None:
            return
        following = next_refund_inquiry(refund.inquiries + 1, now=now)
        # The last inquiry stays due until the gateway has answered it: only then is it known that nothing was made.
        taken = TakeRefundInquiry(refund.id, refund.inquire_at, following or now + _AGAIN)
        if not await self._kept(taken):
            return
        try:
            reports = await gateway.inquire(facts.order.order_id)
        except (GatewayDownError, GatewayRefusedError, GatewayOutcomeUnknownError):
            return
        is_news = False
        for report in reports:
            is_news |= await keep_report(
                self.new_unit_of_work, report, provider=gateway.provider, center_id=center_id, now=now
            )
        if following is None and not is_news:
            await end_refund(self.new_unit_of_work, self.clock, center_id=center_id, refund_id=refund.id, made_as=None)

    async def _kept(self, write: Write) -> bool:
        async with self.new_unit_of_work() as work:
            work.add(write)
            try:
                await work.commit()
            except GuardFailedError:
                return False
        return True


async def _give_back(gateway: PaymentGateway, payment: AppliedEffect, refund: RefundState, *, now: datetime) -> str:
    """Undo the whole of a payment of today, which costs no fee; where that is refused, nothing was done: refund it."""
    if refund.amount_minor == payment.amount_minor and now - payment.applied_at < _VOIDABLE:
        try:
            return await gateway.void(payment.transaction_id)
        except GatewayRefusedError:
            pass
    return await gateway.refund(payment.transaction_id, amount_minor=refund.amount_minor)


async def end_refund(
    new_unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    *,
    center_id: CenterId,
    refund_id: RefundId,
    made_as: str | None,
    actor: Actor | None = None,
) -> None:
    """End an open refund: made, as that transaction, or (None) not made, and the money is in the wallet again."""
    who = actor or system_actor(center_id)

    async def decide(work: UnitOfWork) -> None:
        refund = await work.gateway.find_refund(center_id=center_id, refund_id=refund_id)
        if refund is None or refund.status is not RefundStatus.ASKED:
            return
        facts = await work.gateway.find_payment(center_id=center_id, payment_id=refund.payment_id)
        if facts is None:
            return
        now = clock.now()
        if made_as is None:
            work.add(*_refusal(facts, refund, actor=who, now=now))
        elif not facts.has(made_as, GatewayEffect.REFUNDED):
            work.add(*confirmation(facts, refund, made_as, kind=GatewayEffect.REFUNDED, actor=who, now=now))
        await work.commit()

    await decide_and_commit(new_unit_of_work, decide)


def _refusal(facts: OrderFacts, refund: RefundState, *, actor: Actor, now: datetime) -> list[Write]:
    order, wallet = facts.order, wallet_of(facts.order)
    return [
        CreditWallet(wallet.id, refund.amount_minor),
        *entry(
            Movement(order.payable_account_id, wallet_account(wallet.id), refund.amount_minor),
            cause=EntryCause.REFUND_REFUSED,
            subject_id=order.payment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
        ),
        EndRefund(refund.id, RefundStatus.REFUSED, None, now),
        *alert(
            GatewayAlert.REFUND_REFUSED,
            refund.id,
            center_id=actor.center_id,
            now=now,
            payment_id=order.payment_id,
            amount_minor=refund.amount_minor,
        ),
        event_row(RefundRefused(order.payment_id), actor=actor, now=now),
    ]


@dataclass(frozen=True, slots=True)
class SettleRefundByHand:
    """Say how a refund went that somebody had to make in the gateway's own pages."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    gateways: Mapping[Gateway, PaymentGateway]

    async def __call__(self, *, actor: Actor, refund_id: RefundId, was_made: bool) -> None:
        """Raises NotFoundError, also where the gateway itself is asked. Said again, nothing changes."""
        require(actor, Operation.REFUND_PAYMENT)
        async with self.new_unit_of_work() as work:
            refund = await work.gateway.find_refund(center_id=actor.center_id, refund_id=refund_id)
            facts = refund and await work.gateway.find_payment(center_id=actor.center_id, payment_id=refund.payment_id)
        gateway = self.gateways.get(facts.order.provider) if facts else None
        if not facts or gateway is None or not gateway.refunds_by_hand:
            raise NotFoundError(what="refund")
        made_as = f"by-hand:{refund_id.hex}" if was_made else None
        await end_refund(
            self.new_unit_of_work,
            self.clock,
            center_id=actor.center_id,
            refund_id=refund_id,
            made_as=made_as,
            actor=actor,
        )
