"""The audit log in the chat: who did what, when and to what; narrowed, opened, and sent as a file."""

import asyncio
import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from domain.errors import NotFoundError
from domain.organization.audit_views import AuditAbout, AuditFilter, AuditRow
from domain.permissions import Operation, require
from handlers.admin import audit_log_view, audit_words
from handlers.buttons.audit_log import ListAudit, OpenAuditFilter, OpenAuditRow, SendAuditFile
from handlers.context import Context
from handlers.i18n import Translator
from handlers.screens import Document, Reply
from handlers.tap import Taps

_PAGE: Final = 8
_ROWS_AT_ONCE: Final = 1_000
_MOST_ROWS: Final = 50_000
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


async def list_rows(context: Context, data: ListAudit) -> Reply:
    """Show a page of the log."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    now = context.services.clock.now()
    rows = await context.services.audit_log.list_rows(
        center_id=context.actor.center_id, chosen=data.chosen, now=now, limit=_PAGE + 1, after=data.after
    )
    return Reply(
        audit_log_view.rows(
            context.tr,
            rows[:_PAGE],
            chosen=data.chosen,
            about_name=await _about(context, data.chosen),
            has_more=len(rows) > _PAGE,
            is_first_page=data.after is None,
            now=now,
        )
    )


async def open_row(context: Context, data: OpenAuditRow) -> Reply:
    """Show one row with before and after."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    row = await context.services.audit_log.find_row(center_id=context.actor.center_id, row_id=data.row_id)
    if row is None:
        raise NotFoundError(what="audit row")
    currency = context.member.center.currency
    screen = audit_log_view.row(
        context.tr, row, chosen=data.chosen, currency=currency, names_of=await _names_of(context, row)
    )
    return Reply(screen)


async def _names_of(context: Context, row: AuditRow) -> dict[str, str]:
    """Return what the branches, classes and people are called that a row names by their ids."""
    find = context.services.audit_log.find_name
    found = {str(id_): await find(center_id=context.actor.center_id, object_id=id_) for id_ in audit_words.references(row)}
    return {id_: name for id_, name in found.items() if name is not None}


async def open_filter(context: Context, data: OpenAuditFilter) -> Reply:
    """Ask which rows are to be shown."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    return Reply(audit_log_view.choice(context.tr, data.chosen, about_name=await _about(context, data.chosen)))


async def send_file(context: Context, data: SendAuditFile) -> Reply:
    """Send the rows as a file that spreadsheets open."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    now, tr = context.services.clock.now(), context.tr
    await context.services.note_file_taken(actor=context.actor)
    content, count, is_cut = await _file(context, data.chosen)
    document = Document(
        file_name=f"audit-log-{now.astimezone(tr.zone):%Y-%m-%d}.csv",
        content=content,
        caption=audit_log_view.file_caption(tr, count, is_cut=is_cut),
    )
    return Reply(messages=(document,))


def csv_of(tr: Translator, rows: Sequence[AuditRow], *, currency: str, is_first: bool = True) -> bytes:
    """Return rows as CSV, under their heads and the mark by which spreadsheets know UTF-8 where they are the first.

    No cell begins as a formula does, and each is quoted: wherever a spreadsheet takes a semicolon for the end of one.
    """
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    if is_first:
        writer.writerow(audit_words.columns(tr))
    for row in rows:
        cells = audit_words.cells(tr, row, currency=currency)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig" if is_first else "utf-8")


async def _file(context: Context, chosen: AuditFilter) -> tuple[bytes, int, bool]:
    """Return the file, how many rows are in it, and whether there are more. Others are served in between."""
    now, currency, tr = context.services.clock.now(), context.member.center.currency, context.tr
    parts: list[bytes] = []
    count, last_id, has_more = 0, None, True
    while has_more and count < _MOST_ROWS:
        rows = await context.services.audit_log.list_rows(
            center_id=context.actor.center_id, chosen=chosen, now=now, limit=_ROWS_AT_ONCE + 1, after=last_id
        )
        has_more, rows = len(rows) > _ROWS_AT_ONCE, rows[:_ROWS_AT_ONCE]
        parts.append(await asyncio.to_thread(csv_of, tr, rows, currency=currency, is_first=not parts))
        count, last_id = count + len(rows), rows[-1].id if rows else None
    return b"".join(parts), count, has_more


async def _about(context: Context, chosen: AuditFilter) -> str | None:
    if chosen.about is AuditAbout.ANYTHING or chosen.about_id is None:
        return None
    return await context.services.audit_log.find_name(center_id=context.actor.center_id, object_id=chosen.about_id)


TAPS: Taps = {
    ListAudit: list_rows,
    OpenAuditRow: open_row,
    OpenAuditFilter: open_filter,
    SendAuditFile: send_file,
}
