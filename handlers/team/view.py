"""The team's screens: coming sessions and their seats."""

from collections.abc import Sequence
from datetime import datetime

from domain.people.model import Member
from domain.permissions import Role
from domain.sessions.views import SessionCard, SessionCursor, SessionLine
from handlers.callback_data import ListSessions, OpenSession, encode
from handlers.everyone.role_view import role_name
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.student.home_view import home_row
from handlers.student.session_view import description
from handlers.team.door_view import roster_button


def home(tr: Translator, *, member: Member, role: Role | None, sessions: Sequence[SessionLine], now: datetime) -> Screen:
    """Return the team's first screen."""
    return Screen(
        tr.lines(
            tr.text("<b>{center}</b>", center=member.center.name),
            tr.text("Hello {name}! You are here as {role}.", name=member.name, role=role_name(tr, role)),
            "",
            tr.text("The next classes:") if sessions else tr.text("There are no classes in the timetable."),
        ),
        (*_session_rows(tr, sessions, now=now), (Button(tr.plain("📅 All classes"), encode(ListSessions(None))),)),
    )


def session_list(
    tr: Translator, *, sessions: Sequence[SessionLine], has_more: bool, is_first_page: bool, now: datetime
) -> Screen:
    """Return a page of all coming sessions."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListSessions(None))))
    if has_more:
        cursor = SessionCursor(sessions[-1].starts_at, sessions[-1].session_id)
        turning.append(Button(tr.plain("Later ▶️"), encode(ListSessions(cursor))))
    return Screen(
        tr.lines(tr.text("<b>All classes</b>"), tr.text("Soonest first. Tap one to see it.")),
        (*_session_rows(tr, sessions, now=now), *((tuple(turning),) if turning else ()), home_row(tr)),
    )


def session_card(tr: Translator, card: SessionCard, *, has_roster: bool) -> Screen:
    """Return a session with how many seats of it are taken; ``has_roster``: the reader may see whose they are."""
    session = card.session
    return Screen(
        tr.lines(
            *description(tr, card),
            "",
            tr.text("Seats taken: {taken} of {capacity}", taken=session.seats_taken, capacity=session.capacity),
        ),
        (
            *(((roster_button(tr, session.id),),) if has_roster else ()),
            (Button(tr.plain("📅 All classes"), encode(ListSessions(None))), *home_row(tr)),
        ),
    )


def _session_rows(tr: Translator, sessions: Sequence[SessionLine], *, now: datetime) -> Rows:
    return tuple(
        (
            Button(
                tr.label(
                    tr.soon(session.starts_at, now=now),
                    tr.plain("{title}", title=session.class_title),
                    tr.plain("{branch}", branch=session.branch_name),
                    tr.nplain("{n} seat", "{n} seats", session.seats_left) if session.seats_left else tr.plain("full"),
                ),
                encode(OpenSession(session.session_id)),
            ),
        )
        for session in sessions
    )
