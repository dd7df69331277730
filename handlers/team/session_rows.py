"""What other flows put on the team's screens of sessions: each adds a function of its own here."""

from collections.abc import Callable
from datetime import datetime

from domain.permissions import Actor
from domain.sessions.team_views import TeamSessionCard
from handlers.desk.rows import desk_row, walk_in_row
from handlers.i18n import Translator
from handlers.screens import Rows
from handlers.team.broadcast_rows import session_broadcast_row
from handlers.team.door_view import roster_rows

ON_CARD: tuple[Callable[[Translator, TeamSessionCard, Actor, datetime], Rows], ...] = (
    roster_rows,
    walk_in_row,
    session_broadcast_row,
)
"""Rows on the card of a session that the actor runs, below the big button."""

ON_HOME: tuple[Callable[[Translator, Actor], Rows], ...] = (desk_row,)
"""Rows on the team's first screen, below its sessions."""


def rows_on_card(tr: Translator, card: TeamSessionCard, actor: Actor, *, now: datetime) -> Rows:
    """Return what the flows put on a session's card."""
    return tuple(row for rows in ON_CARD for row in rows(tr, card, actor, now))


def rows_on_home(tr: Translator, actor: Actor) -> Rows:
    """Return what the flows put on the first screen."""
    return tuple(row for rows in ON_HOME for row in rows(tr, actor))
