"""What other flows put on the team's screens of sessions: each adds a function of its own here."""

from collections.abc import Callable

from domain.permissions import Actor
from domain.sessions.team_views import TeamSessionCard
from handlers.i18n import Translator
from handlers.screens import Rows
from handlers.team import door_view

ON_CARD: tuple[Callable[[Translator, TeamSessionCard, Actor], Rows], ...] = (door_view.roster_rows,)
"""Rows on the card of a session that the actor runs, below the big button."""

ON_HOME: tuple[Callable[[Translator, Actor], Rows], ...] = ()
"""Rows on the team's first screen, below its sessions."""


def rows_on_card(tr: Translator, card: TeamSessionCard, actor: Actor) -> Rows:
    """Return what the flows put on a session's card."""
    return tuple(row for rows in ON_CARD for row in rows(tr, card, actor))


def rows_on_home(tr: Translator, actor: Actor) -> Rows:
    """Return what the flows put on the first screen."""
    return tuple(row for rows in ON_HOME for row in rows(tr, actor))
