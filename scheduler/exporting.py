"""The exporter: writes what was ordered, piece by piece, shows how far it is, and sends it.

One order at a time, in bounded memory: a piece is a file that is sent and deleted before the next one is begun. Whoever is
killed leaves the order to the next one when the lease runs out, and it begins anew.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

from domain.reports.exporting import DueExport, ExportQueue, ExportStatus
from domain.writes.base import ConflictError, DatabaseAwayError
from scheduler.wakeup import Wakeup

Content = TypeVar("Content")
Content_co = TypeVar("Content_co", covariant=True)
Content_contra = TypeVar("Content_contra", contravariant=True)

_LOGGER = logging.getLogger(__name__)
_REFERENCE_BYTES: Final = 4


class NotSentError(Exception):
    """It did not reach Telegram now; it may later."""


class NobodyThereError(Exception):
    """Whoever ordered it cannot be reached."""


class Piece(Protocol):
    """A file that is ready to be sent, and how many rows are in it."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def name(self) -> str:
        """What it is called in the chat."""
        ...

    @property
    def rows(self) -> int:
        """How many rows are in it."""
        ...


class ExportWriter(Protocol[Content_co]):
    """Writes files, and the words that go with them."""

    def pieces(self, order: DueExport, *, on_rows: Callable[[int], Awaitable[None]]) -> AsyncGenerator[Piece, None]:
        """Yield files one after another; ``on_rows`` is told how many rows are written so far."""
        ...

    def progress(self, order: DueExport, *, rows: int) -> Content_co:
        """Return what is said while it is written."""
        ...

    def ended(self, order: DueExport, *, rows: int, is_whole: bool) -> Content_co:
        """Return what is said at the end: it is all there, or it could not be written."""
        ...


class ExportCourier(Protocol[Content_contra]):
    """Brings messages and files to a chat. Raises NotSentError and NobodyThereError."""

    async def show(self, telegram_id: int, content: Content_contra, *, message_id: int | None) -> int | None:
        """Edit a message, or send one where there is none; return its id."""
        ...

    async def send(self, telegram_id: int, piece: Piece) -> None:
        """Send a file."""
        ...


@dataclass(frozen=True, slots=True)
class ExporterOptions:
    """The lease is held again with every page; progress is not shown more often than Telegram likes."""

    lease_seconds: float = 60.0
    poll_seconds: float = 5.0
    progress_seconds: float = 3.0
    first_pause_seconds: float = 5.0
    most_attempts: int = 5


class Exporter(Generic[Content]):
    """Sees the orders of one center through until it is told to stop."""

    def __init__(
        self,
        queue: ExportQueue,
        writer: ExportWriter[Content],
        courier: ExportCourier[Content],
        *,
        wakeup: Wakeup,
        options: ExporterOptions | None = None,
    ) -> None:
        self._queue = queue
        self._writer = writer
        self._courier = courier
        self._wakeup = wakeup
        self._options = options or ExporterOptions()

    async def run(self, stop: asyncio.Event) -> None:
        """Export until ``stop`` is set; what is under way then is left to the next one."""
        while not stop.is_set():
            working = asyncio.create_task(self.export_next())
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            if not working.done():
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
                return
            if not working.result() and not stop.is_set():
                await self._wakeup.wait(seconds=self._options.poll_seconds)

    async def export_next(self) -> bool:
        """See the oldest order through; whether there was one."""
        try:
            order = await self._queue.claim(lease_seconds=self._options.lease_seconds)
            if order is None:
                return False
            await self._see_through(order)
        except (ConflictError, DatabaseAwayError) as fault:
            _LOGGER.warning("The exports cannot be reached (%s).", type(fault).__name__)
            return False
        except Exception:
            _LOGGER.exception("The exporter could not look for orders.")
            return False
        return True

    async def _see_through(self, order: DueExport) -> None:
        if order.telegram_id is None or not order.is_allowed:
            await self._queue.end(order.id, ExportStatus.FAILED, row_count=0, error="not for them any more")
            return
        trip = _Trip(self, order, order.telegram_id)
        try:
            rows = await trip.make()
        except (ConflictError, DatabaseAwayError):
            raise
        except NobodyThereError as fault:
            await self._queue.end(order.id, ExportStatus.FAILED, row_count=0, error=str(fault))
        except Exception as fault:  # noqa: BLE001 -- whatever it is, it is logged there, and tried again
            await self._failed(trip, fault)
        else:
            await self._queue.end(order.id, ExportStatus.SENT, row_count=rows)

    async def _failed(self, trip: "_Trip[Content]", fault: Exception) -> None:
        """Let it come again, or give it up and say so."""
        order, reference = trip.order, secrets.token_hex(_REFERENCE_BYTES)
        _LOGGER.error("fault %s while exporting %s", reference, order.id, exc_info=fault)
        error = f"{type(fault).__name__} (reference {reference})"
        if order.attempts < self._options.most_attempts:
            pause_seconds = self._options.first_pause_seconds * 2.0**order.attempts
            await self._queue.put_off(order.id, seconds=pause_seconds, error=error)
            return
        await self._queue.end(order.id, ExportStatus.FAILED, row_count=0, error=error)
        try:
            await trip.show(self._writer.ended(order, rows=0, is_whole=False))
        except (NotSentError, NobodyThereError):
            _LOGGER.warning("Nobody could be told that export %s failed.", order.id)


class _Trip(Generic[Content]):
    """One order on its way."""

    def __init__(self, exporter: Exporter[Content], order: DueExport, telegram_id: int) -> None:
        self.order = order
        self._writer, self._courier, self._queue = exporter._writer, exporter._courier, exporter._queue  # noqa: SLF001 -- its own part
        self._options = exporter._options  # noqa: SLF001 -- its own part
        self._telegram_id = telegram_id
        self._message_id = order.message_id
        self._shown_at = 0.0

    async def make(self) -> int:
        """Write and send all of it, and return how many rows that were."""
        rows = 0
        await self.show(self._writer.progress(self.order, rows=0))
        await self._hold()
        async with aclosing(self._writer.pieces(self.order, on_rows=self._note)) as pieces:
            async for piece in pieces:
                await self._courier.send(self._telegram_id, piece)
                await self._hold()
                rows += piece.rows
        await self.show(self._writer.ended(self.order, rows=rows, is_whole=True))
        return rows

    async def show(self, content: Content) -> None:
        """Say how it stands, in the one message that is for that."""
        self._shown_at = time.monotonic()
        self._message_id = await self._courier.show(self._telegram_id, content, message_id=self._message_id)

    async def _note(self, rows: int) -> None:
        await self._hold()
        if time.monotonic() - self._shown_at >= self._options.progress_seconds:
            await self.show(self._writer.progress(self.order, rows=rows))

    async def _hold(self) -> None:
        await self._queue.hold(self.order.id, lease_seconds=self._options.lease_seconds, message_id=self._message_id)
