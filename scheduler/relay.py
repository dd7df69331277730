"""The relay: brings recorded events to whoever is to do something after them, at least once each.

Events are rows of the transaction that caused them. The relay claims due ones, calls their subscribers, and notes them as
delivered. Killed in between, it leaves them to itself or another when the lease runs out; subscribers are idempotent. An
event whose subscriber fails comes again after a pause that grows, and is given up after a bounded number of tries, with an
alert to the admins: the others do not wait for it.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.outbox import Outbox, RecordedEvent, Subscriber
from domain.writes.base import ConflictError, DatabaseAwayError
from scheduler.wakeup import Wakeup

_LOGGER = logging.getLogger(__name__)
_REFERENCE_BYTES: Final = 4
_MOST_DOUBLINGS: Final = 16


@dataclass(frozen=True, slots=True)
class RelayOptions:
    """How much at once, how often, how long. The lease is longer than a subscriber may take."""

    most_claimed: int = 100
    most_at_once: int = 4
    poll_seconds: float = 0.5
    lease_seconds: float = 90.0
    subscriber_seconds: float = 60.0
    first_pause_seconds: float = 1.0
    most_pause_seconds: float = 300.0
    most_attempts: int = 12
    shutdown_seconds: float = 5.0


class Relay:
    """Delivers the events of one center until it is told to stop. Any number may run beside each other.

    ``on_outcome`` is told "delivered", "failed" or "parked" for each event: for the counters.
    """

    def __init__(
        self,
        outbox: Outbox,
        subscribers: Mapping[str, Sequence[Subscriber]],
        *,
        wakeup: Wakeup,
        options: RelayOptions | None = None,
        on_outcome: Callable[[str], None] = lambda _outcome: None,
    ) -> None:
        self._outbox = outbox
        self._subscribers = subscribers
        self._wakeup = wakeup
        self._options = options or RelayOptions()
        self._on_outcome = on_outcome
        self._at_once = asyncio.Semaphore(self._options.most_at_once)
        self._under_way: set[asyncio.Task[None]] = set()
        self._delivered: list[UUID] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until ``stop`` is set, then finish what has begun, within a bound."""
        try:
            while not stop.is_set():
                has_more = await self._look()
                if not has_more and not stop.is_set():
                    await self._wakeup.wait(seconds=self._options.poll_seconds)
        finally:
            await self._finish()

    async def deliver_due(self) -> int:
        """Deliver what is due now, wait until it is done, and return how many events were claimed."""
        claimed = await self._claim()
        await self._finish()
        return claimed

    async def _look(self) -> bool:
        """Note what is done, claim what there is room for; whether there may be more at once."""
        try:
            await self._note_delivered()
            room = self._options.most_claimed - len(self._under_way)
            return room > 0 and await self._claim() >= room
        except (ConflictError, DatabaseAwayError) as fault:
            _LOGGER.warning("The outbox cannot be reached (%s).", fault)
        except Exception:
            _LOGGER.exception("The relay could not look into the outbox.")
        return False

    async def _claim(self) -> int:
        room = self._options.most_claimed - len(self._under_way)
        claimed = await self._outbox.claim(limit=room, lease_seconds=self._options.lease_seconds)
        for event in claimed:
            task = asyncio.create_task(self._deliver(event))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return len(claimed)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not self._under_way or len(self._delivered) >= self._options.most_claimed // 4:
            self._wakeup.wake()  # so that they are noted together

    async def _deliver(self, event: RecordedEvent) -> None:
        """Call the event's subscribers, each of them whatever becomes of the others."""
        async with self._at_once:
            failures = [
                failure
                for subscriber in self._subscribers.get(event.kind, ())
                if (failure := await self._call(subscriber, event)) is not None
            ]
            if not failures:
                self._delivered.append(event.id)
                self._on_outcome("delivered")
                return
            try:
                await self._failed(event, failures[0])
            except Exception as fault:  # noqa: BLE001 -- the lease runs out whatever it is
                _LOGGER.warning("Event %s comes again when its lease runs out (%s).", event.id, type(fault).__name__)

    async def _call(self, subscriber: Subscriber, event: RecordedEvent) -> str | None:
        """Return what went wrong, with a reference that is also in the log; None where nothing did."""
        try:
            async with asyncio.timeout(self._options.subscriber_seconds):
                await subscriber(event.center_id, event.subject_id)
        except Exception as fault:
            reference = secrets.token_hex(_REFERENCE_BYTES)
            _LOGGER.warning(
                "fault %s after %s of %s (event %s, attempt %s)",
                reference,
                event.kind,
                event.subject_id,
                event.id,
                event.attempts,
                exc_info=fault,
            )
            return f"{type(fault).__name__} (reference {reference})"
        return None

    async def _failed(self, event: RecordedEvent, error: str) -> None:
        if event.attempts >= self._options.most_attempts:
            _LOGGER.error("Event %s (%s) is given up: %s", event.id, event.kind, error)
            await self._outbox.park(event, error=error)
            self._on_outcome("parked")
            return
        doubled = self._options.first_pause_seconds * 2 ** min(event.attempts - 1, _MOST_DOUBLINGS)
        await self._outbox.put_off(event.id, seconds=min(doubled, self._options.most_pause_seconds), error=error)
        self._on_outcome("failed")

    async def _note_delivered(self) -> None:
        noted, self._delivered = self._delivered, []
        if noted:
            try:
                await self._outbox.mark_delivered(noted)
            except BaseException:
                self._delivered += noted
                raise

    async def _finish(self) -> None:
        """Wait for what is under way, and note it; what takes too long comes again to whoever runs next."""
        under_way = set(self._under_way)
        if under_way:
            _done, late = await asyncio.wait(under_way, timeout=self._options.shutdown_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._note_delivered()
        except (ConflictError, DatabaseAwayError) as fault:
            _LOGGER.warning("What was delivered last will be delivered again (%s).", type(fault).__name__)
