"""The rows that lead from sessions, classes and branches to a message to everybody there, for who may send one."""

from datetime import datetime
from uuid import UUID

from domain.broadcasts.model import BroadcastAudience, Target
from domain.permissions import Actor, scope_of
from domain.sessions.model import SessionStatus
from domain.sessions.team_views import TeamSessionCard
from handlers.buttons.broadcasts import AskBroadcast, ListBroadcasts
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows

_CALLED_OFF = (SessionStatus.CANCELED, SessionStatus.MISSED)  # everybody was told, and nobody has a seat any more


def session_broadcast_row(tr: Translator, card: TeamSessionCard, actor: Actor, _now: datetime) -> Rows:
    """Return the row on a session's card."""
    target = Target(BroadcastAudience.SESSION, card.session_id)
    if scope_of(actor, target.operation) is None or card.status in _CALLED_OFF or card.seats_taken == 0:
        return ()
    return (_row(tr, target),)


def class_broadcast_row(tr: Translator, class_id: UUID) -> tuple[Button, ...]:
    """Return the row on a class's card, which is for admins."""
    return _row(tr, Target(BroadcastAudience.CLASS, class_id))


def branch_broadcast_row(tr: Translator, branch_id: UUID) -> tuple[Button, ...]:
    """Return the row on a branch's card, which is for admins."""
    return _row(tr, Target(BroadcastAudience.BRANCH, branch_id))


def broadcasts_button(tr: Translator) -> Button:
    """Return the button of the first screen that leads to all messages to many."""
    return Button(tr.plain("📣 Announcements"), encode(ListBroadcasts(None)))


def _row(tr: Translator, target: Target) -> tuple[Button, ...]:
    return (Button(tr.plain("📣 Write to everybody"), encode(AskBroadcast(target.audience, target.subject_id))),)
