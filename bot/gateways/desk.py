"""What goes on about money from outside in a running process: reports are processed at once, and the clock's work done."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Final

from domain.finance.gateway_receiving import ProcessGatewayEvents
from domain.finance.gateway_sweeping import ExpirePayments, InquireAboutPayments
from domain.finance.refunding import ProcessRefunds
from domain.ids import CenterId
from domain.writes.base import DatabaseAwayError
from scheduler.wakeup import Wakeup

_LOGGER = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 3.0  # machine time: other processes keep reports, too, and a clock may be moved


@dataclass(frozen=True, slots=True)
class GatewayDesk:
    """Runs beside the taps until it is told to stop. Any number of processes may have one."""

    center_id: CenterId
    process_events: ProcessGatewayEvents
    inquire: InquireAboutPayments
    expire: ExpirePayments
    refund: ProcessRefunds
    wakeup: Wakeup = field(default_factory=Wakeup)

    async def run(self, stop: asyncio.Event) -> None:
        """Work whenever there is something to be done, and look for it now and again."""
        while not stop.is_set():
            try:
                await self.tick()
            except DatabaseAwayError as away:
                _LOGGER.warning("The database is away (%s): payments wait.", away)
            except Exception:
                _LOGGER.exception("Payments could not be looked after; again in a moment.")
            await self.wakeup.wait(seconds=_LOOK_SECONDS)

    async def tick(self) -> None:
        """Do what is due: reports first, and before a payment expires the gateway has been asked about it."""
        await self.process_events(center_id=self.center_id)
        if await self.inquire(center_id=self.center_id):
            await self.process_events(center_id=self.center_id)
        await self.expire(center_id=self.center_id)
        await self.refund(center_id=self.center_id)
        await self.process_events(center_id=self.center_id)
