"""Drawers side by side for admins, and the counts of one for whoever may look into it."""

from typing import Final

from domain.errors import NotFoundError
from domain.permissions import Operation, require
from domain.sessions.calendar import local_day, span_of_day
from handlers.admin import cashboxes_view
from handlers.buttons.finance import ListCounts, OpenCount
from handlers.context import Context
from handlers.screens import Reply, Screen
from handlers.tap import Taps

_PAGE: Final = 8


async def side_by_side(context: Context) -> Screen:
    """Draw every branch's drawer, with its last count and its day."""
    require(context.actor, Operation.VIEW_CASHBOX)
    now = context.services.clock.now()
    lines = await context.services.all_cashboxes.list_lines(
        center_id=context.actor.center_id, day=span_of_day(local_day(now, context.tr.zone), context.tr.zone)
    )
    return cashboxes_view.side_by_side(context.tr, lines, currency=context.member.center.currency, now=now)


async def list_counts(context: Context, data: ListCounts) -> Reply:
    """Show a page of the counts of a drawer."""
    require(context.actor, Operation.VIEW_CASHBOX, branch_id=data.branch_id)
    center_id = context.actor.center_id
    drawer = await context.services.cashboxes.find_drawer(center_id=center_id, branch_id=data.branch_id)
    if drawer is None:
        raise NotFoundError(what="cashbox")
    counts = await context.services.all_cashboxes.list_counts(
        center_id=center_id, branch_id=data.branch_id, limit=_PAGE + 1, after=data.after
    )
    return Reply(
        cashboxes_view.counts(
            context.tr,
            drawer,
            counts[:_PAGE],
            has_more=len(counts) > _PAGE,
            is_first_page=data.after is None,
            currency=context.member.center.currency,
            now=context.services.clock.now(),
        )
    )


async def open_count(context: Context, data: OpenCount) -> Reply:
    """Show one count."""
    require(context.actor, Operation.VIEW_CASHBOX)
    found = await context.services.all_cashboxes.find_count(center_id=context.actor.center_id, count_id=data.count_id)
    if found is None:
        raise NotFoundError(what="cash_count")
    require(context.actor, Operation.VIEW_CASHBOX, branch_id=found.branch_id)
    currency, now = context.member.center.currency, context.services.clock.now()
    return Reply(cashboxes_view.count(context.tr, found, currency=currency, now=now))


TAPS: Taps = {ListCounts: list_counts, OpenCount: open_count}
