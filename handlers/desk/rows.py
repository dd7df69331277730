"""The rows that lead from the team's other screens to the desk, as far as the actor may go there."""

from domain.finance.cash_seats import takes_walk_ins
from domain.permissions import Operation, scope_of
from domain.sessions.model import BookableSession
from handlers.buttons.cash import ListCashboxes
from handlers.buttons.people import FindPeople
from handlers.callback_data import encode
from handlers.context import Context
from handlers.screens import Button, Screen


def with_walk_in(context: Context, session: BookableSession, screen: Screen) -> Screen:
    """Put the row that begins a walk-in into a session's card, for whoever may take cash for it now."""
    actor, now = context.actor, context.services.clock.now()
    is_mine = scope_of(actor, Operation.LOG_CASH_PAYMENT) is not None and session.branch_id in actor.branch_ids
    if not is_mine or not takes_walk_ins(session.status, starts_at=session.starts_at, now=now, zone=context.tr.zone):
        return screen
    return Screen(
        screen.text, ((Button(context.tr.plain("💵 Walk-in cash"), encode(FindPeople(session.id))),), *screen.rows)
    )


def desk_row(context: Context) -> tuple[Button, ...]:
    """Return the row of the team's first screen that leads to people and drawers."""
    row = []
    if scope_of(context.actor, Operation.LOG_CASH_TOP_UP) is not None:
        row.append(Button(context.tr.plain("👤 Person at the desk"), encode(FindPeople(None))))
    if scope_of(context.actor, Operation.VIEW_CASHBOX) is not None:
        row.append(Button(context.tr.plain("🏦 Cashbox"), encode(ListCashboxes())))
    return tuple(row)
