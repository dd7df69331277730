"""The rows that lead from the team's other screens to the desk, as far as the actor may go there."""

from datetime import datetime

from domain.finance.cash_seats import takes_walk_ins
from domain.permissions import Actor, Operation, scope_of
from domain.sessions.team_views import TeamSessionCard
from handlers.buttons.cash import ListCashboxes
from handlers.buttons.people import FindPeople
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows


def walk_in_row(tr: Translator, card: TeamSessionCard, actor: Actor, now: datetime) -> Rows:
    """Return the row that begins a walk-in, for whoever may take cash for this session now."""
    is_mine = scope_of(actor, Operation.LOG_CASH_PAYMENT) is not None and card.branch_id in actor.branch_ids
    if not is_mine or not takes_walk_ins(card.status, starts_at=card.starts_at, now=now, zone=tr.zone):
        return ()
    return ((Button(tr.plain("💵 Walk-in cash"), encode(FindPeople(card.session_id))),),)


def desk_row(tr: Translator, actor: Actor) -> Rows:
    """Return the row of the team's first screen that leads to people and drawers."""
    row = []
    if scope_of(actor, Operation.LOG_CASH_TOP_UP) is not None:
        row.append(Button(tr.plain("👤 Person at the desk"), encode(FindPeople(None))))
    if scope_of(actor, Operation.VIEW_CASHBOX) is not None:
        row.append(Button(tr.plain("🏦 Cashbox"), encode(ListCashboxes())))
    return (tuple(row),) if row else ()
