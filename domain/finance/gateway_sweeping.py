"""What happens to payments without anybody's tap: the gateway is asked about those it has not reported, and they expire.

Reports get lost, so a success may be waiting at the gateway; a failed attempt may hide it, so every attempt is looked at.
What the gateway answers is kept and processed like a report of its own accord.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from domain.clock import Clock
from domain.finance.gateway import (
    GatewayDownError,
    GatewayOutcomeUnknownError,
    GatewayRefusedError,
    PaymentGateway,
)
from domain.finance.gateway_buying import ending_writes
from domain.finance.gateway_model import Gateway
from domain.finance.gateway_ports import DueInquiry
from domain.finance.gateway_receiving import keep_report
from domain.finance.inquiry_times import next_inquiry
from domain.finance.model import PaymentStatus
from domain.ids import CenterId, PaymentId
from domain.permissions import system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.model import WaitlistStatus
from domain.writes.base import GuardFailedError
from domain.writes.gateway import TakeInquiry

_LOGGER = logging.getLogger(__name__)
_BATCH = 50

Gateways = Mapping[Gateway, PaymentGateway]


@dataclass(frozen=True, slots=True)
class InquireAboutPayments:
    """Ask the gateway about each payment whose time for that has come; each inquiry is one process's."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    gateways: Gateways

    async def __call__(self, *, center_id: CenterId) -> int:
        """Return how many new reports were kept; they are processed like all others."""
        async with self.new_unit_of_work() as work:
            due = await work.gateway.list_due_inquiries(center_id=center_id, now=self.clock.now(), limit=_BATCH)
        return sum([await self._inquire(each, center_id=center_id) for each in due])

    async def _inquire(self, due: DueInquiry, *, center_id: CenterId) -> int:
        if not await self._take(due):
            return 0
        gateway = self.gateways.get(due.provider)
        if gateway is None or due.order_id is None:
            return 0
        try:
            reports = await gateway.inquire(due.order_id)
        except (GatewayDownError, GatewayRefusedError, GatewayOutcomeUnknownError) as fault:
            _LOGGER.warning("the gateway could not be asked about payment %s (%s)", due.payment_id, fault)
            return 0
        now = self.clock.now()
        kept = [
            await keep_report(self.new_unit_of_work, report, provider=due.provider, center_id=center_id, now=now)
            for report in reports
        ]
        return sum(kept)

    async def _take(self, due: DueInquiry) -> bool:
        following = next_inquiry(self.clock.now(), created_at=due.created_at, expires_at=due.expires_at)
        async with self.new_unit_of_work() as work:
            work.add(TakeInquiry(due.payment_id, due.inquire_at, following))
            try:
                await work.commit()
            except GuardFailedError:
                return False
        return True


@dataclass(frozen=True, slots=True)
class ExpirePayments:
    """End payments whose time is up, and let the seats go that were held for them, each exactly once."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, center_id: CenterId) -> int:
        """Return how many payments ended."""
        async with self.new_unit_of_work() as work:
            expired = await work.gateway.list_expired(center_id=center_id, now=self.clock.now(), limit=_BATCH)
        return sum([await self._expire(payment_id, center_id=center_id) for payment_id in expired])

    async def _expire(self, payment_id: PaymentId, *, center_id: CenterId) -> bool:
        async def decide(work: UnitOfWork) -> bool:
            found, now = await work.gateway.find_payment(center_id=center_id, payment_id=payment_id), self.clock.now()
            if found is None or found.order.status is not PaymentStatus.PENDING or found.order.expires_at > now:
                return False
            actor = system_actor(center_id)
            work.add(*await ending_writes(work, found.order, WaitlistStatus.LAPSED, actor=actor, now=now))
            await work.commit()
            return True

        return await decide_and_commit(self.new_unit_of_work, decide)
