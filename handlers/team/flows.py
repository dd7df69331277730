"""The team's first screen: who one is here, and the coming sessions."""

from dataclasses import replace

from domain.errors import NotFoundError
from domain.permissions import Operation, require
from handlers.callback_data import ListSessions, OpenSession
from handlers.context import Context
from handlers.screens import Reply, Screen
from handlers.tap import Taps
from handlers.team import alerts, payments, view

_HOME_SESSIONS = 6
_PAGE = 8


async def home(context: Context) -> Screen:
    """Show the next sessions with their seats."""
    require(context.actor, Operation.VIEW_SESSIONS)
    now = context.services.clock.now()
    sessions = await context.services.sessions.list_upcoming(
        center_id=context.actor.center_id,
        reader_id=context.actor.person_id,
        now=now,
        limit=_HOME_SESSIONS,
    )
    screen = view.home(context.tr, member=context.member, role=context.actor.role, sessions=sessions, now=now)
    return replace(screen, rows=(*await alerts.home_rows(context), *screen.rows, *payments.home_rows(context)))


async def list_sessions(context: Context, data: ListSessions) -> Reply:
    """Show a page of all sessions."""
    require(context.actor, Operation.VIEW_SESSIONS)
    now = context.services.clock.now()
    sessions = await context.services.sessions.list_upcoming(
        center_id=context.actor.center_id,
        reader_id=context.actor.person_id,
        now=now,
        limit=_PAGE + 1,
        after=data.after,
    )
    page = view.session_list(
        context.tr, sessions=sessions[:_PAGE], has_more=len(sessions) > _PAGE, is_first_page=data.after is None, now=now
    )
    return Reply(page)


async def open_session(context: Context, data: OpenSession) -> Reply:
    """Show a session with its seats."""
    require(context.actor, Operation.VIEW_SESSIONS)
    card = await context.services.sessions.find_card(
        center_id=context.actor.center_id, reader_id=context.actor.person_id, session_id=data.session_id
    )
    if card is None:
        raise NotFoundError(what="session")
    return Reply(view.session_card(context.tr, card))


TAPS: Taps = {ListSessions: list_sessions, OpenSession: open_session}
