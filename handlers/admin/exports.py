"""What taps on exports do: show what can be had, and order it."""

from domain.permissions import Operation, require
from handlers.admin import exports_view
from handlers.admin.reports import frame_of
from handlers.buttons.reports import ExportNow, OpenExports
from handlers.context import Context
from handlers.screens import Answer, Reply
from handlers.tap import Taps


async def open_exports(context: Context, data: OpenExports) -> Reply:
    """Show what can be exported."""
    require(context.actor, Operation.EXPORT_DATA)
    return Reply(exports_view.exports(context.tr, frame_of(context, data.chosen)))


async def export_now(context: Context, data: ExportNow) -> Reply:
    """Order an export; the worker sends it."""
    await context.services.order_export(
        actor=context.actor,
        export_id=data.export_id,
        kind=data.kind,
        file_format=data.file_format,
        period=data.chosen.period,
    )
    screen = exports_view.exports(context.tr, frame_of(context, data.chosen))
    return Reply(screen, answer=Answer(context.tr.plain("The file is being written, and comes here ✅")))


TAPS: Taps = {OpenExports: open_exports, ExportNow: export_now}
