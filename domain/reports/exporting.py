"""Exports: all rows of one kind in a period, as files. Ordered by a tap, written and sent by a worker.

The order is a row, idempotent by the id that its button carries. A worker that is killed leaves it to the next one when
its lease runs out; then the file is written anew, for it may have been half sent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from domain.clock import Clock
from domain.ids import CenterId, PersonId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.reports.period import ReportPeriod
from domain.sessions.calendar import Span
from domain.writes.record import audit_row
from domain.writes.reports import AddExport


class ExportKind(StrEnum):
    """What can be exported."""

    PEOPLE = "PEOPLE"  # everybody who was known by the end of the period
    ENROLLMENTS = "ENROLLMENTS"  # booked in the period
    PAYMENTS = "PAYMENTS"  # begun in the period
    JOURNAL = "JOURNAL"  # entries of the period, a row for each posting


class FileFormat(StrEnum):
    """What a file is for: CSV for programs, XLSX for spreadsheets."""

    CSV = "CSV"
    XLSX = "XLSX"


class ExportStatus(StrEnum):
    """An order waits until it is sent or given up."""

    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class DueExport:
    """An order as its worker sees it.

    ``message_id`` is the message that shows how far it is, None before there is one. ``is_allowed`` is False where who
    ordered it may not have it any more, or cannot be reached.
    """

    id: UUID
    center_id: CenterId
    person_id: PersonId
    telegram_id: int | None
    language: str | None
    kind: ExportKind
    file_format: FileFormat
    period: ReportPeriod
    message_id: int | None
    attempts: int
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class RowCursor:
    """The place after which the next page of rows begins."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows, in the order of their columns, and where the next ones begin: None where these are the last."""

    rows: list[tuple[Any, ...]]
    next: RowCursor | None


class ExportRows(Protocol):
    """Reads what is exported, page by page. Another center's rows do not exist for it."""

    async def read_page(
        self, kind: ExportKind, *, center_id: CenterId, span: Span, after: RowCursor | None, limit: int
    ) -> RowPage:
        """Return a page, the oldest first."""
        ...


class ExportOrders(Protocol):
    """The orders of one center, for those who give them."""

    async def is_known(self, *, center_id: CenterId, export_id: UUID) -> bool:
        """Whether it was ordered."""
        ...


class ExportQueue(Protocol):
    """The orders of one center, for workers. Leases go by the database's time."""

    async def claim(self, *, lease_seconds: float) -> DueExport | None:
        """Take the oldest order that waits, so that nobody else gets it until the lease runs out."""
        ...

    async def hold(self, export_id: UUID, *, lease_seconds: float, message_id: int | None) -> None:
        """Keep it, and remember the message that shows how far it is."""
        ...

    async def put_off(self, export_id: UUID, *, seconds: float, error: str) -> None:
        """Let it come again after a while."""
        ...

    async def end(self, export_id: UUID, status: ExportStatus, *, row_count: int, error: str | None = None) -> None:
        """Note that nothing is left to be done for it."""
        ...


@dataclass(frozen=True, slots=True)
class OrderExport:
    """Order an export. Ordered again under the same id, nothing changes. Raises NotPermittedError and BusyError."""

    new_unit_of_work: UnitOfWorkFactory
    orders: ExportOrders
    clock: Clock

    async def __call__(
        self, *, actor: Actor, export_id: UUID, kind: ExportKind, file_format: FileFormat, period: ReportPeriod
    ) -> None:
        """Keep the order."""
        require(actor, Operation.EXPORT_DATA)

        async def decide(work: UnitOfWork) -> None:
            if await self.orders.is_known(center_id=actor.center_id, export_id=export_id):
                return
            now = self.clock.now()
            work.add(
                AddExport(
                    id=export_id,
                    center_id=actor.center_id,
                    person_id=actor.person_id,
                    kind=kind.value,
                    file_format=file_format.value,
                    first_day=period.first,
                    last_day=period.last,
                    created_at=now,
                ),
                audit_row(
                    Operation.EXPORT_DATA,
                    actor=actor,
                    now=now,
                    object_type="export",
                    object_id=export_id,
                    after={"kind": kind, "from": period.first.isoformat(), "to": period.last.isoformat()},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
