"""The audit log in the chat: who did what, when and to what; narrowed, opened, and sent as a file."""

import csv
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
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


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
    return Reply(audit_log_view.row(context.tr, row, chosen=data.chosen, currency=currency))


async def open_filter(context: Context, data: OpenAuditFilter) -> Reply:
    """Ask which rows are to be shown."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    return Reply(audit_log_view.choice(context.tr, data.chosen, about_name=await _about(context, data.chosen)))


async def send_file(context: Context, data: SendAuditFile) -> Reply:
    """Send the rows as a file that spreadsheets open."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    rows, now, tr = await _all_rows(context, data.chosen), context.services.clock.now(), context.tr
    document = Document(
        file_name=f"audit-log-{now.astimezone(tr.zone):%Y-%m-%d}.csv",
        content=csv_of(tr, rows, currency=context.member.center.currency),
        caption=audit_log_view.file_caption(tr, len(rows), is_cut=len(rows) >= _MOST_ROWS),
    )
    return Reply(messages=(document,))


def csv_of(tr: Translator, rows: list[AuditRow], *, currency: str) -> bytes:
    """Return rows as CSV, with the mark by which spreadsheets know UTF-8; no cell begins as a formula does."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(audit_words.columns(tr))
    for row in rows:
        cells = audit_words.cells(tr, row, currency=currency)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


async def _all_rows(context: Context, chosen: AuditFilter) -> list[AuditRow]:
    rows: list[AuditRow] = []
    now = context.services.clock.now()
    while len(rows) < _MOST_ROWS:
        more = await context.services.audit_log.list_rows(
            center_id=context.actor.center_id,
            chosen=chosen,
            now=now,
            limit=_ROWS_AT_ONCE,
            after=rows[-1].id if rows else None,
        )
        rows += more
        if len(more) < _ROWS_AT_ONCE:
            break
    return rows


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
