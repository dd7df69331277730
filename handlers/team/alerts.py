"""What admins should look at: the list, one of it, and seeing to it."""

from domain.errors import NotFoundError
from domain.permissions import Operation, require, scope_of
from handlers.buttons.alerts import ListAlerts, OpenAlert, OpenSwitches, ResolveAlertNow
from handlers.callback_data import encode
from handlers.context import Context
from handlers.screens import Answer, Button, Reply, Rows, Screen
from handlers.tap import Taps, without_data
from handlers.team import alerts_view as view

_MOST = 20


async def home_rows(context: Context) -> Rows:
    """Return what an admin's first screen begins with where something waits: "⚠️ 2"."""
    if scope_of(context.actor, Operation.VIEW_AUDIT_LOG) is None:
        return ()
    found = await context.services.notices.list_alerts(center_id=context.actor.center_id, limit=_MOST)
    return view.home_row(context.tr, count=len(found))


def messages_row(context: Context) -> Rows:
    """Return the way to the switches of one's messages, at the end of the first screen."""
    return ((Button(context.tr.plain("🔔 My messages"), encode(OpenSwitches())),),)


async def list_alerts(context: Context) -> Reply:
    """Show what admins should look at."""
    return Reply(await _list(context))


async def open_alert(context: Context, data: OpenAlert) -> Reply:
    """Show one of them, with what can be done."""
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    line = await context.services.notices.find_alert(center_id=context.actor.center_id, alert_id=data.alert_id)
    if line is None:
        raise NotFoundError(what="alert")
    return Reply(view.alert_card(context.tr, line))


async def resolve(context: Context, data: ResolveAlertNow) -> Reply:
    """See to one of them."""
    await context.services.see_to_alert(actor=context.actor, alert_id=data.alert_id, tries_again=data.tries_again)
    said = context.tr.plain("It is being tried again") if data.tries_again else context.tr.plain("Taken off the list")
    return Reply(await _list(context), answer=Answer(said))


async def _list(context: Context) -> Screen:
    require(context.actor, Operation.VIEW_AUDIT_LOG)
    found = await context.services.notices.list_alerts(center_id=context.actor.center_id, limit=_MOST)
    return view.alert_list(context.tr, found, now=context.services.clock.now())


TAPS: Taps = {ListAlerts: without_data(list_alerts), OpenAlert: open_alert, ResolveAlertNow: resolve}
