"""Exports as files: rows are streamed from the database to a file, which is sent and deleted."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BufferedWriter
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

from domain.clock import Clock
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from domain.reports.exporting import DueExport, ExportKind, ExportRows, FileFormat, RowCursor
from domain.sessions.calendar import local_day
from handlers.admin import exports_view
from handlers.admin.export_headings import heading_of
from handlers.files.csv_file import CsvLines, begin_csv
from handlers.files.table import Cell, Heading
from handlers.files.xlsx_file import Workbook
from handlers.i18n import Translator
from handlers.screens import Screen

PAGE_ROWS: Final = 1_000
PIECE_ROWS: Final = 100_000  # a file of so many rows opens on a phone, and is far below Telegram's 50 MB
_NAMES: Final = {
    ExportKind.PEOPLE: "people",
    ExportKind.ENROLLMENTS: "bookings",
    ExportKind.PAYMENTS: "payments",
    ExportKind.JOURNAL: "journal",
}


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that is ready to be sent."""

    path: Path
    name: str
    rows: int


class _Sink(Protocol):
    """A file that is being written."""

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows."""
        ...

    def close(self) -> None:
        """Write what is left, and close it."""
        ...


class _CsvSink:
    def __init__(self, path: Path, heading: Heading, *, digits: int, zone: ZoneInfo) -> None:
        self._lines = CsvLines(digits=digits, zone=zone)
        self._heading = heading
        self._file: BufferedWriter = path.open("wb")
        self._file.write(begin_csv() + self._lines.head(heading).encode())

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._file.write(self._lines.rows(self._heading, rows).encode())

    def close(self) -> None:
        self._file.close()


class _XlsxSink:
    def __init__(self, path: Path, heading: Heading, *, digits: int, zone: ZoneInfo, is_right_to_left: bool) -> None:
        self._book = Workbook(digits=digits, zone=zone, is_right_to_left=is_right_to_left)
        self._book.begin(heading)
        self._path = path

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._book.add(rows)

    def close(self) -> None:
        self._book.save(str(self._path))


class ExportFiles:
    """See ``scheduler.exporting.ExportWriter``. Without a row there is one file, with its headings alone."""

    def __init__(
        self,
        center: Center,
        rows: ExportRows,
        organization: OrganizationViews,
        clock: Clock,
        *,
        page_rows: int = PAGE_ROWS,
        piece_rows: int = PIECE_ROWS,
    ) -> None:
        self._center = center
        self._rows = rows
        self._organization = organization
        self._clock = clock
        self._page_rows = page_rows
        self._piece_rows = piece_rows

    async def pieces(
        self, order: DueExport, *, on_rows: Callable[[int], Awaitable[None]]
    ) -> AsyncGenerator[WrittenFile, None]:
        """Yield files of at most so many rows, each gone when the next one is asked for."""
        center = await self._organization.find_served(center_id=self._center.id) or self._center
        tr, written, number = self._translator(order), 0, 0
        after: RowCursor | None = None
        with tempfile.TemporaryDirectory(prefix="rollcall-export-") as folder:
            while True:
                number += 1
                path = Path(folder) / f"{number}"
                rows, after = await self._write(order, tr, center, path, after, _counted_from(written, on_rows))
                written += rows
                yield WrittenFile(path, self._file_name(order, number, is_only=number == 1 and after is None), rows)
                path.unlink()
                if after is None:
                    return

    async def _write(
        self,
        order: DueExport,
        tr: Translator,
        center: Center,
        path: Path,
        after: RowCursor | None,
        on_rows: Callable[[int], Awaitable[None]],
    ) -> tuple[int, RowCursor | None]:
        """Write one file; return how many rows are in it, and where the next one goes on."""
        # Formatting a page takes some hundredths of a second of CPU: in a thread, so that nobody's tap waits for it.
        sink = await asyncio.to_thread(self._sink, order, tr, center, path)
        span, written = order.period.span(ZoneInfo(center.timezone)), 0
        try:
            while True:
                page = await self._rows.read_page(
                    order.kind, center_id=order.center_id, span=span, after=after, limit=self._page_rows
                )
                await asyncio.to_thread(sink.add, page.rows)
                written += len(page.rows)
                after = page.next
                await on_rows(written)
                if after is None or written >= self._piece_rows:
                    return written, after
        finally:
            await asyncio.to_thread(sink.close)

    def _sink(self, order: DueExport, tr: Translator, center: Center, path: Path) -> _Sink:
        heading, digits = heading_of(tr, order.kind), get_currency_precision(center.currency)
        if order.file_format is FileFormat.CSV:
            return _CsvSink(path, heading, digits=digits, zone=tr.zone)
        return _XlsxSink(path, heading, digits=digits, zone=tr.zone, is_right_to_left=tr.is_right_to_left)

    def _file_name(self, order: DueExport, number: int, *, is_only: bool) -> str:
        part = "" if is_only else f"-part{number}"
        return f"{_NAMES[order.kind]}-{order.period.first}-{order.period.last}{part}.{order.file_format.value.lower()}"

    def _translator(self, order: DueExport) -> Translator:
        return Translator(order.language or self._center.default_language, ZoneInfo(self._center.timezone))

    def progress(self, order: DueExport, *, rows: int) -> Screen:
        """Return what is said while it is written."""
        tr = self._translator(order)
        return exports_view.progress(tr, order.kind, order.period, rows=rows, today=self._today(tr))

    def ended(self, order: DueExport, *, rows: int, is_whole: bool) -> Screen:
        """Return what is said at the end."""
        tr = self._translator(order)
        return exports_view.ended(tr, order.kind, order.period, rows=rows, is_whole=is_whole, today=self._today(tr))

    def _today(self, tr: Translator) -> date:
        return local_day(self._clock.now(), tr.zone)


def _counted_from(before: int, on_rows: Callable[[int], Awaitable[None]]) -> Callable[[int], Awaitable[None]]:
    """Return what tells of a file's rows together with those of the files before it."""
    return lambda rows: on_rows(before + rows)
