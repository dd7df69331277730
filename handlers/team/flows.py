"""The team's first screen and its list of sessions: parse, one view, one screen."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.permissions import Operation, require
from domain.sessions.calendar import Span, local_day, span_of_day
from domain.sessions.ports import staff_of
from domain.sessions.team_views import TeamListChoice
from handlers.admin import menu_view
from handlers.buttons.sessions import ListTeamSessions, OpenTeamPanel, OpenToday
from handlers.callback_data import ListSessions
from handlers.callback_lists import TeamPanel
from handlers.context import Context
from handlers.screens import Reply, Screen
from handlers.tap import Taps, without_data
from handlers.team import alerts, decisions, session_list_view, view

_HOME_SESSIONS = 30  # of one day; a screen has no room for more
_COMING = 6
_PAGE = 8
LAST_PAGE = 255  # what a button can carry
_BEGINNING, _END = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


async def home(context: Context) -> Screen:
    """Show the sessions of today; where there are few, those that come next as well."""
    require(context.actor, Operation.MANAGE_SESSIONS)
    now = context.services.clock.now()
    views, center_id, staff_id = context.services.team_sessions, context.actor.center_id, staff_of(context.actor)
    day = span_of_day(local_day(now, context.tr.zone), context.tr.zone)
    today = await views.list_span(center_id=center_id, staff_id=staff_id, span=day, limit=_HOME_SESSIONS)
    coming = (
        await views.list_span(
            center_id=center_id, staff_id=staff_id, span=Span(day.until, _END), limit=_COMING - len(today)
        )
        if len(today) < _COMING
        else []
    )
    screen = view.home(context.tr, member=context.member, actor=context.actor, today=today, coming=coming, now=now)
    return replace(
        screen,
        rows=(
            *await decisions.home_rows(context),
            *await alerts.home_rows(context),
            *screen.rows,
            *menu_view.rows_for(context.tr, context.actor.role),
            *alerts.messages_row(context),
        ),
    )


async def open_today(context: Context) -> Reply:
    """Show the first screen."""
    return Reply(await home(context))


async def list_sessions(context: Context, data: ListTeamSessions) -> Reply:
    """Show a page of the sessions that were chosen."""
    require(context.actor, Operation.MANAGE_SESSIONS)
    choice, center_id, staff_id = data.choice, context.actor.center_id, staff_of(context.actor)
    sessions = await context.services.team_sessions.list_sessions(
        center_id=center_id,
        staff_id=staff_id,
        choice=choice,
        span=_span(context, choice),
        limit=_PAGE + 1,
        offset=data.page * _PAGE,
    )
    views = context.services.team_sessions
    page = session_list_view.TeamPage(
        sessions=sessions[:_PAGE],
        choice=choice,
        page=data.page,
        has_more=len(sessions) > _PAGE and data.page < LAST_PAGE,
        class_title=await views.find_class_title(center_id=center_id, class_id=choice.class_id)
        if choice.class_id is not None
        else None,
        branch_name=await views.find_branch_name(center_id=center_id, branch_id=choice.branch_id)
        if choice.branch_id is not None
        else None,
        branch_count=len(await views.list_branches(center_id=center_id, staff_id=staff_id)),
    )
    return Reply(session_list_view.session_list(context.tr, page, now=context.services.clock.now()))


def _span(context: Context, choice: TeamListChoice) -> Span:
    """Return the instants that a choice is about: its day, all of the past, or everything from today on."""
    if choice.day is not None:
        return span_of_day(choice.day, context.tr.zone)
    now = context.services.clock.now()
    if choice.goes_back:
        return Span(_BEGINNING, _END)
    return Span(span_of_day(local_day(now, context.tr.zone), context.tr.zone).since, _END)


async def open_panel(context: Context, data: OpenTeamPanel) -> Reply:
    """Show what the list can be narrowed to."""
    require(context.actor, Operation.MANAGE_SESSIONS)
    views, center_id, choice = context.services.team_sessions, context.actor.center_id, data.choice
    match data.panel:
        case TeamPanel.STATUS:
            return Reply(session_list_view.status_panel(context.tr, choice))
        case TeamPanel.CLASS:
            found = await views.list_classes(center_id=center_id, limit=_PAGE + 1, offset=data.page * _PAGE)
            has_more = len(found) > _PAGE and data.page < LAST_PAGE
            return Reply(
                session_list_view.class_panel(context.tr, choice, classes=found[:_PAGE], page=data.page, has_more=has_more)
            )
        case TeamPanel.BRANCH:
            branches = await views.list_branches(center_id=center_id, staff_id=staff_of(context.actor))
            return Reply(session_list_view.branch_panel(context.tr, choice, branches=branches))
        case TeamPanel.DAY:
            today = local_day(context.services.clock.now(), context.tr.zone)
            return Reply(session_list_view.day_panel(context.tr, choice, today=today))


async def open_first_page(context: Context) -> Reply:
    """Show the first page of all sessions from today on."""
    return await list_sessions(context, ListTeamSessions(TeamListChoice(), 0))


TAPS: Taps = {
    ListSessions: lambda context, _data: open_first_page(context),
    ListTeamSessions: list_sessions,
    OpenTeamPanel: open_panel,
    OpenToday: without_data(open_today),
}
