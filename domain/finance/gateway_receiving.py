"""What happens when a gateway reports something: it is kept as it came, at once, and acted on from what is kept.

Keeping is one insert, so that the gateway has its answer in milliseconds; the very same report again changes nothing.
Acting is a transaction for each report, which ends the report with everything that it does: killed in between, nothing
has happened, and it is done the next time.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.clock import Clock
from domain.finance.alerts import GatewayAlert, alert
from domain.finance.gateway import GatewayReports, GatewayTransaction, Report, UnreadableReportError
from domain.finance.gateway_buying import ending_writes, purchase_writes
from domain.finance.gateway_model import Gateway
from domain.finance.gateway_ports import GatewayEvent
from domain.finance.gateway_settling import EventOutcome, Settlement, settle
from domain.finance.model import PaymentStatus
from domain.ids import CenterId, new_id
from domain.permissions import Actor, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.model import WaitlistStatus
from domain.writes.base import GuardFailedError, Write
from domain.writes.gateway import AddGatewayEvent, ClaimGatewayEvent, EndGatewayEvent, ParkGatewayEvent

_MOST_ATTEMPTS = 12
_PATIENT_ATTEMPTS = 5  # for another report that this one depends on
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 2.0, 600.0
_BATCH = 100


@dataclass(frozen=True, slots=True)
class ReceiveGatewayEvent:
    """Keep a gateway's report, if it is the gateway's. Raises ForgedReportError (nothing is kept) and DatabaseAwayError."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    reports: GatewayReports

    async def __call__(self, *, center_id: CenterId, body: bytes, signature: str) -> bool:
        """Return whether there is something to be processed: not for the very same report again."""
        report = self.reports.open(body, signature)
        if report is None:
            return False
        return await keep_report(
            self.new_unit_of_work, report, provider=self.reports.provider, center_id=center_id, now=self.clock.now()
        )


async def keep_report(
    new_unit_of_work: UnitOfWorkFactory, report: Report, *, provider: Gateway, center_id: CenterId, now: datetime
) -> bool:
    """Keep a report, told from others by the hash of its body; return whether it is a new one."""
    kept = AddGatewayEvent(
        id=new_id(),
        center_id=center_id,
        provider=provider,
        body_hash=hashlib.sha256(report.body.encode()).hexdigest(),
        body=report.body,
        order_id=report.order_id,
        transaction_id=report.transaction_id,
        received_at=now,
    )
    async with new_unit_of_work() as work:
        work.add(kept)
        try:
            await work.commit()
        except GuardFailedError:
            return False
    return True


@dataclass(frozen=True, slots=True)
class ProcessGatewayEvents:
    """Act on the reports that wait. Any number of processes may: each report is claimed, and has its effects once."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    reports: Mapping[Gateway, GatewayReports]

    async def __call__(self, *, center_id: CenterId) -> int:
        """Return how many reports came to an end; whatever fails is looked at again later, and given up in the end."""
        ended = 0
        async with self.new_unit_of_work() as work:
            due = await work.gateway.list_due_events(center_id=center_id, limit=_BATCH)
        for event_id in due:
            if await self._claim(event_id, center_id=center_id):
                ended += await self._process(event_id, center_id=center_id)
        return ended

    async def _claim(self, event_id: UUID, *, center_id: CenterId) -> bool:
        async with self.new_unit_of_work() as work:
            event = await work.gateway.find_event(center_id=center_id, event_id=event_id)
            if event is None or not event.is_open:
                return False
            if event.attempts >= _MOST_ATTEMPTS:
                work.add(*_parked(event, center_id=center_id, now=self.clock.now()))
            else:
                pause = min(_FIRST_PAUSE_SECONDS * 2**event.attempts, _LONGEST_PAUSE_SECONDS)
                work.add(ClaimGatewayEvent(event_id, pause))
            try:
                await work.commit()
            except GuardFailedError:
                return False
            return event.attempts < _MOST_ATTEMPTS

    async def _process(self, event_id: UUID, *, center_id: CenterId) -> bool:
        actor = system_actor(center_id)

        async def decide(work: UnitOfWork) -> bool:
            event = await work.gateway.find_event(center_id=center_id, event_id=event_id)
            if event is None or not event.is_open:
                return False
            now = self.clock.now()
            settlement = await self._settlement(work, event, actor=actor, now=now)
            work.add(*settlement.writes)
            if settlement.outcome is not EventOutcome.NOT_YET:
                work.add(EndGatewayEvent(event.id, settlement.outcome, now))
            await work.commit()
            return settlement.outcome is not EventOutcome.NOT_YET

        return await decide_and_commit(self.new_unit_of_work, decide)

    async def _settlement(self, work: UnitOfWork, event: GatewayEvent, *, actor: Actor, now: datetime) -> Settlement:
        is_last_try = event.attempts >= _PATIENT_ATTEMPTS
        try:
            transaction = self.reports[event.provider].read(event.body)
        except (UnreadableReportError, KeyError):
            raised = alert(GatewayAlert.UNREADABLE, event.id, center_id=actor.center_id, now=now)
            return Settlement(EventOutcome.UNREADABLE, tuple(raised))
        facts = await work.gateway.find_order(
            center_id=actor.center_id, provider=event.provider, order_id=transaction.order_id
        )
        if facts is None:
            return _unknown_order(event, transaction, is_last_try=is_last_try, actor=actor, now=now)
        settlement = settle(facts, transaction, event_id=event.id, is_last_try=is_last_try, actor=actor, now=now)
        if settlement.outcome is EventOutcome.PAID:
            return replace(
                settlement, writes=(*settlement.writes, *await purchase_writes(work, facts.order, actor=actor, now=now))
            )
        if settlement.outcome is EventOutcome.VOIDED and facts.order.status is PaymentStatus.PENDING:
            ended = await ending_writes(work, facts.order, WaitlistStatus.LAPSED, actor=actor, now=now)
            return replace(settlement, writes=tuple(ended))
        return settlement


def _unknown_order(
    event: GatewayEvent, transaction: GatewayTransaction, *, is_last_try: bool, actor: Actor, now: datetime
) -> Settlement:
    """Look again a few times: the report of an order may be faster than our own note of it."""
    if not is_last_try:
        return Settlement(EventOutcome.NOT_YET)
    raised = alert(
        GatewayAlert.UNKNOWN_ORDER,
        event.id,
        center_id=actor.center_id,
        now=now,
        amount_minor=transaction.amount_minor,
    )
    return Settlement(EventOutcome.UNKNOWN_ORDER, tuple(raised))


def _parked(event: GatewayEvent, *, center_id: CenterId, now: datetime) -> list[Write]:
    return [
        ParkGatewayEvent(event.id, "GIVEN_UP", now),
        *alert(GatewayAlert.PARKED, event.id, center_id=center_id, now=now),
    ]
