"""A branch's day: sessions, heads and cash side by side."""

from domain.errors import OutOfDateError
from domain.sessions.calendar import local_day, span_of_day
from handlers.buttons.cash import OpenDaySummary
from handlers.context import Context
from handlers.desk import cashbox, day_view
from handlers.screens import Reply
from handlers.tap import Taps


async def open_day(context: Context, data: OpenDaySummary) -> Reply:
    """Show a page of a day, today's or an older one."""
    shown, now = await cashbox.find_drawer(context, data.branch_id), context.services.clock.now()
    today = local_day(now, context.tr.zone)
    if data.day > today:
        raise OutOfDateError
    span = span_of_day(data.day, context.tr.zone)
    summary = await context.services.cashboxes.find_day(
        center_id=context.actor.center_id, branch_id=data.branch_id, day=data.day, span=span
    )
    screen = day_view.day_summary(
        context.tr,
        summary,
        shown,
        page=data.page,
        begins_at=span.since,
        today=today,
        currency=context.member.center.currency,
        now=now,
    )
    return Reply(screen)


TAPS: Taps = {OpenDaySummary: open_day}
