"""Payments made in the chat itself (Telegram Payments): asked once more before the money moves, and kept when it has.

Telegram asks before it lets somebody pay, and reports over the bot's own connection that they have: what it says there is
Telegram's, as every update is.
"""

from dataclasses import dataclass

from domain.clock import Clock
from domain.finance.gateway import Report
from domain.finance.gateway_model import Gateway
from domain.finance.gateway_ports import OrderRow
from domain.finance.gateway_receiving import keep_report
from domain.finance.model import PaymentPurpose, PaymentStatus
from domain.ids import CenterId, PaymentId, PersonId
from domain.ports import UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class CheckBeforePayment:
    """Say whether a payment may be made now: it is open, it is theirs, and what it is for is as it was shown."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, center_id: CenterId, payer_id: PersonId, payment_id: PaymentId, amount_minor: int, currency: str
    ) -> bool:
        """Return whether; nothing is written: the seat, if it is one, is held already."""
        async with self.new_unit_of_work() as work:
            found = await work.gateway.find_payment(center_id=center_id, payment_id=payment_id)
            if found is None:
                return False
            order = found.order
            is_open = (
                order.provider is Gateway.TELEGRAM
                and order.owner_id == payer_id
                and order.may_act
                and order.status is PaymentStatus.PENDING
                and self.clock.now() < order.expires_at
            )
            is_same = (amount_minor, currency) == (order.amount_minor, order.currency)
            return is_open and is_same and await self._is_there(work, order, center_id=center_id)

    async def _is_there(self, work: UnitOfWork, order: OrderRow, *, center_id: CenterId) -> bool:
        if order.purpose is PaymentPurpose.ENROLLMENT:
            return order.reservation is not None
        if order.class_package_id is None or order.student_package_id is None or order.shown is None:
            return order.purpose is PaymentPurpose.TOP_UP
        facts = await work.packages.find_purchase_facts(
            center_id=center_id,
            class_package_id=order.class_package_id,
            buyer_id=order.owner_id,
            student_package_id=order.student_package_id,
        )
        if facts is None or not facts.is_on_sale:
            return False
        package = facts.package
        return dict(order.shown) == {"price_minor": package.price_minor, "session_count": package.session_count}


@dataclass(frozen=True, slots=True)
class ReceiveChatPayment:
    """Keep what Telegram says was paid; delivered again, it is known already. Processed like every gateway's report."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, center_id: CenterId, report: Report) -> None:
        """Raises DatabaseAwayError: the same update is to be handled when the database is back."""
        await keep_report(
            self.new_unit_of_work, report, provider=Gateway.TELEGRAM, center_id=center_id, now=self.clock.now()
        )
