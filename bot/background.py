"""What a process does besides answering: the loops that run until it is told to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any

from domain.writes.base import Write
from domain.writes.gateway import AddGatewayEvent, AddRefund
from domain.writes.messages import TellOnce
from domain.writes.record import AddEvent
from domain.writes.reports import AddExport
from scheduler.wakeup import Wakeup

_LOGGER = logging.getLogger(__name__)

Loop = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Runs until the event is set, and ends by itself soon after."""


class Parts(Enum):
    """Which of its two halves a process is."""

    ALL = "all"
    WEB = "web"
    """Takes updates and answers them; nothing happens without somebody's tap."""
    WORKER = "worker"
    """Delivers events, sends notifications and keeps time; takes no updates."""

    @property
    def takes_updates(self) -> bool:
        """Whether people's taps and messages are handled here."""
        return self is not Parts.WORKER

    @property
    def works(self) -> bool:
        """Whether what nobody taps for is done here."""
        return self is not Parts.WEB


class Wakeups:
    """Wakes the loops of this process when it has just committed something for them."""

    def __init__(self) -> None:
        self.relay, self.sender, self.ticks, self.payments = Wakeup(), Wakeup(), Wakeup(), Wakeup()
        self.exports = Wakeup()

    def note(self, writes: Sequence[Write]) -> None:
        """Look at what was committed."""
        if any(isinstance(write, AddEvent) for write in writes):
            self.relay.wake()
        if any(isinstance(write, AddGatewayEvent | AddRefund) for write in writes):
            self.payments.wake()
        if any(isinstance(write, TellOnce) for write in writes):
            self.sender.wake()
        if any(isinstance(write, AddExport) for write in writes):
            self.exports.wake()

    def wake(self) -> None:
        """Wake all of them: the clock was moved, or the process is to stop."""
        for each in (self.relay, self.sender, self.ticks, self.payments, self.exports):
            each.wake()


@asynccontextmanager
async def background(loops: Sequence[Loop], *, wakeups: Wakeups, stop: asyncio.Event) -> AsyncIterator[None]:
    """Run the loops beside the block, and let them end in good order; where the block fails, they are cut short."""
    tasks = [asyncio.create_task(loop(stop)) for loop in loops]
    waker = asyncio.create_task(_wake_at_the_end(wakeups, stop))
    is_orderly = False
    try:
        yield
        is_orderly = stop.is_set()
    finally:
        if not is_orderly:
            for task in tasks:
                task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                _LOGGER.error("A loop of this process has failed.", exc_info=ended)
        waker.cancel()
        await asyncio.gather(waker, return_exceptions=True)


async def _wake_at_the_end(wakeups: Wakeups, stop: asyncio.Event) -> None:
    await stop.wait()
    wakeups.wake()
