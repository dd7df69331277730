"""Exactly one poller: whoever holds the lease asks Telegram for updates, the others stand by."""

import asyncio
import logging
from types import TracebackType
from typing import Protocol, Self

_LOGGER = logging.getLogger(__name__)
_RELEASE_SECONDS = 1.0
_RENEWALS_A_DURATION = 3


class Lease(Protocol):
    """The right to poll, for a while. Kept where all processes see it, and timed by machine or database time."""

    @property
    def duration_seconds(self) -> float:
        """How long the right lasts after each successful `hold`."""
        ...

    async def hold(self) -> bool:
        """Acquire or renew; False while somebody else has it."""
        ...

    async def release(self) -> None:
        """Give it back, so that another need not wait until it runs out. Nothing happens where it is not ours."""
        ...


class LeaseKeeper:
    """Holds a lease in the background, renewing at every third of its duration; `held` and `lost` say how things stand.

    A lease that cannot be renewed (its database is away) is lost when it runs out, counted from before the last renewal
    was asked for: never later than the others see it free.
    """

    def __init__(self, lease: Lease, *, what: str = "polls Telegram") -> None:
        self._what = what
        self._lease = lease
        self._interval_seconds = lease.duration_seconds / _RENEWALS_A_DURATION
        self._runs_out_at = float("-inf")
        self.held = asyncio.Event()
        self.lost = asyncio.Event()
        self.lost.set()

    @property
    def is_held(self) -> bool:
        """Whether the lease is ours now, even where a busy event loop has not noticed yet that it ran out."""
        return self.held.is_set() and asyncio.get_running_loop().time() < self._runs_out_at

    async def __aenter__(self) -> Self:
        """Begin to hold."""
        self._task = asyncio.create_task(self._keep())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop renewing and give the lease back."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._note_lost()
        try:
            async with asyncio.timeout(_RELEASE_SECONDS):
                await self._lease.release()
        except Exception as refusal:  # noqa: BLE001 -- it runs out by itself
            _LOGGER.warning("The lease of what %s could not be given back (%s).", self._what, type(refusal).__name__)

    async def _keep(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._renew()
            pause = self._interval_seconds
            if self.held.is_set():
                pause = min(pause, max(0.0, self._runs_out_at - loop.time()))
            await asyncio.sleep(pause)

    async def _renew(self) -> None:
        loop = asyncio.get_running_loop()
        asked_at = loop.time()
        answer_by = asked_at + self._interval_seconds
        if self.held.is_set():
            answer_by = min(answer_by, self._runs_out_at)
        try:
            async with asyncio.timeout_at(answer_by):
                is_held = await self._lease.hold()
        except Exception as fault:  # noqa: BLE001 -- whatever it is, what counts is when the lease runs out
            _LOGGER.warning("The lease of what %s could not be renewed (%s).", self._what, type(fault).__name__)
            is_held = self.held.is_set() and loop.time() < self._runs_out_at
        else:
            if is_held:
                self._runs_out_at = asked_at + self._lease.duration_seconds
        if is_held:
            self._note_held()
        else:
            self._note_lost()

    def _note_held(self) -> None:
        if not self.held.is_set():
            _LOGGER.info("This process %s now.", self._what)
        self.lost.clear()
        self.held.set()

    def _note_lost(self) -> None:
        if self.held.is_set():
            _LOGGER.info("This process no longer %s.", self._what)
        self.held.clear()
        self.lost.set()
