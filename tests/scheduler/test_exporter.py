"""Exports come in pieces, whole, to who may have them: whoever dies in between, and whatever Telegram does."""

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
import sqlalchemy as sa

from domain.ids import new_id
from domain.organization.model import Center
from domain.reports.exporting import ExportKind, FileFormat, OrderExport, RowCursor, RowPage
from domain.reports.period import ReportPeriod
from domain.sessions.calendar import Span
from handlers.admin.export_files import ExportFiles
from handlers.screens import Screen
from scheduler.exporting import Exporter, ExporterOptions, NobodyThereError, NotSentError, Piece
from scheduler.wakeup import Wakeup
from storage.audit import audit
from storage.exports import StoredExportOrders, StoredExportQueue
from storage.prepared import Query
from storage.queries.export_rows import StoredExportRows
from storage.queries.owner import StoredOrganizationViews
from storage.tables.money import postings
from storage.tables.reports import exports
from storage.unit_of_work import unit_of_work_factory
from tests.cast import Cast
from tests.factories import OPENING_DAY, World

DAY = ReportPeriod(OPENING_DAY.date(), OPENING_DAY.date())
_STATUS = Query(sa.select(exports.c.status, exports.c.attempts, exports.c.row_count), lambda *row: row)
_POSTINGS = Query(
    sa.select(postings.c.amount_minor).where(postings.c.center_id == sa.bindparam("b_center_id", type_=sa.Uuid())), int
)


class Post:
    """A courier that keeps what it brought, and fails as it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.files: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.shown_in: list[int | None] = []
        self._faults = list(faults)

    async def show(self, telegram_id: int, content: Screen, *, message_id: int | None) -> int | None:
        self.said.append(str(content.text.striptags()).translate(dict.fromkeys((0x2068, 0x2069, 0x200E))))
        self.shown_in.append(message_id)
        return message_id or 77

    async def send(self, telegram_id: int, piece: Piece) -> None:
        if self._faults:
            raise self._faults.pop(0)
        self.files.append((piece.name, piece.path.read_text(encoding="utf-8-sig")))

    def rows(self) -> list[list[str]]:
        """Return the rows of all files together, without their headings."""
        return [row for _, text in self.files for row in list(csv.reader(StringIO(text)))[1:]]


class DyingRows:
    """Rows that cannot be read once, at the second page."""

    def __init__(self, rows: StoredExportRows) -> None:
        self._rows = rows
        self.reads = 0

    async def read_page(
        self, kind: ExportKind, *, center_id: Any, span: Span, after: RowCursor | None, limit: int
    ) -> RowPage:
        self.reads += 1
        if self.reads == 2:
            raise RuntimeError("the disk is full")
        return await self._rows.read_page(kind, center_id=center_id, span=span, after=after, limit=limit)


def exporter_of(
    world: World, post: Post, *, rows: Any = None, page_rows: int = 3, piece_rows: int = 1_000, attempts: int = 5
) -> Exporter[Screen]:
    center = Center(world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
    found = rows or StoredExportRows(world.database)
    organization = StoredOrganizationViews(world.database)
    files = ExportFiles(center, found, organization, world.clock, page_rows=page_rows, piece_rows=piece_rows)
    queue = StoredExportQueue(world.database, center_id=world.center_id, clock=world.clock)
    options = ExporterOptions(progress_seconds=0, first_pause_seconds=0, most_attempts=attempts)
    return Exporter(queue, files, post, wakeup=Wakeup(), options=options)


async def order(cast: Cast, kind: ExportKind, **changes: Any) -> None:
    wanted = {
        "actor": cast.admin.actor,
        "export_id": new_id(),
        "kind": kind,
        "file_format": FileFormat.CSV,
        "period": DAY,
        **changes,
    }
    database = cast.world.database
    await OrderExport(unit_of_work_factory(database), StoredExportOrders(database), cast.world.clock)(**wanted)


async def status(cast: Cast) -> tuple[str, int, int | None]:
    found: tuple[str, int, int | None] = (await cast.world.database.fetch(_STATUS))[0]
    return found


class TestAnExport:
    @pytest.mark.parametrize(
        ("kind", "count"), [(ExportKind.PEOPLE, 7), (ExportKind.ENROLLMENTS, 1), (ExportKind.PAYMENTS, 6)]
    )
    async def test_has_all_rows_of_its_center(self, cast: Cast, kind: ExportKind, count: int) -> None:
        post = Post()
        await order(cast, kind)
        assert await exporter_of(cast.world, post).export_next()
        assert len(post.rows()) == count
        assert "Adam Delta" not in str(post.files)
        assert await status(cast) == ("SENT", 1, count)
        assert post.said[0].endswith("the file is being written.")
        assert f"{count} row" in post.said[-1]

    async def test_of_the_journal_balances_to_nothing(self, cast: Cast) -> None:
        post = Post()
        await order(cast, ExportKind.JOURNAL)
        await exporter_of(cast.world, post).export_next()
        rows = post.rows()
        debit, credit = (sum(round(float(row[at] or 0) * 100) for row in rows) for at in (4, 5))
        amounts = await cast.world.database.fetch(_POSTINGS, center_id=cast.world.center_id)
        assert debit == credit == sum(amount for amount in amounts if amount > 0)
        assert len(rows) == len(amounts)

    async def test_is_cut_into_pieces_that_lack_nothing_and_repeat_nothing(self, cast: Cast) -> None:
        await cast.world.add_students(20, money_minor=1_000)
        whole, post = Post(), Post()
        for each, piece_rows in ((whole, 1_000), (post, 10)):
            await order(cast, ExportKind.PAYMENTS)
            await exporter_of(cast.world, each, piece_rows=piece_rows).export_next()
        assert post.rows() == whole.rows()
        assert [name for name, _ in post.files] == [f"payments-2026-11-23-2026-11-23-part{n}.csv" for n in (1, 2, 3)]
        assert [name for name, _ in whole.files] == ["payments-2026-11-23-2026-11-23.csv"]

    async def test_of_other_days_has_headings_alone(self, cast: Cast) -> None:
        post, before = Post(), ReportPeriod(DAY.first.replace(day=1), DAY.first.replace(day=2))
        await order(cast, ExportKind.PAYMENTS, period=before)
        await exporter_of(cast.world, post).export_next()
        assert [text.count("\n") for _, text in post.files] == [1]

    async def test_ordered_twice_by_one_button_comes_once_and_is_written_down(self, cast: Cast) -> None:
        post, export_id = Post(), new_id()
        for _ in range(2):
            await order(cast, ExportKind.PEOPLE, export_id=export_id)
        exporter = exporter_of(cast.world, post)
        assert [await exporter.export_next() for _ in range(2)] == [True, False]
        assert len(post.files) == 1
        assert await audit(cast.world.database) == []


class TestTrouble:
    async def test_begins_anew_in_the_same_message(self, cast: Cast) -> None:
        post = Post()
        rows = DyingRows(StoredExportRows(cast.world.database))
        await order(cast, ExportKind.PEOPLE)
        exporter = exporter_of(cast.world, post, rows=rows)
        assert await exporter.export_next()
        assert (await status(cast))[0] == "WAITING"
        assert await exporter.export_next()
        assert await status(cast) == ("SENT", 2, 7)
        assert set(post.shown_in) == {None, 77}
        assert post.shown_in.count(None) == 1

    async def test_not_sent_is_sent_later_and_given_up_in_the_end(self, cast: Cast) -> None:
        post = Post(*(NotSentError() for _ in range(3)))
        await order(cast, ExportKind.PEOPLE)
        exporter = exporter_of(cast.world, post, attempts=3)
        assert [await exporter.export_next() for _ in range(4)] == [True, True, True, False]
        assert (await status(cast))[:2] == ("FAILED", 3)
        assert "could not be written" in post.said[-1]

    async def test_somebody_who_left_is_not_tried_again(self, cast: Cast) -> None:
        post = Post(NobodyThereError())
        await order(cast, ExportKind.PEOPLE)
        exporter = exporter_of(cast.world, post)
        assert [await exporter.export_next() for _ in range(2)] == [True, False]
        assert (await status(cast))[0] == "FAILED"

    async def test_who_is_no_admin_any_more_gets_nothing(self, cast: Cast) -> None:
        post = Post()
        await order(cast, ExportKind.PEOPLE)
        await cast.world.database.execute("UPDATE role_assignments SET revoked_at = granted_at WHERE role = 'ADMIN'")
        await exporter_of(cast.world, post).export_next()
        assert (post.files, post.said) == ([], [])
        assert (await status(cast))[0] == "FAILED"

    async def test_another_worker_takes_over_when_the_lease_is_over(self, cast: Cast) -> None:
        world = cast.world
        queue = StoredExportQueue(world.database, center_id=world.center_id, clock=world.clock)
        await order(cast, ExportKind.PEOPLE)
        claimed = await queue.claim(lease_seconds=60)
        assert claimed is not None
        assert await queue.claim(lease_seconds=60) is None
        await world.database.execute("UPDATE exports SET claimed_until = created_at")
        assert await queue.claim(lease_seconds=60) == replace(claimed, attempts=2)

    async def test_another_centers_order_is_not_claimed(self, cast: Cast) -> None:
        await order(cast, ExportKind.PEOPLE)
        assert not await exporter_of(cast.elsewhere, Post()).export_next()
