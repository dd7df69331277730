"""The team's first screen: the classes of today with their state, and those that come next."""

from collections.abc import Sequence
from datetime import datetime

from domain.people.model import Member
from domain.permissions import Actor, Role
from domain.sessions.team_views import TeamListChoice, TeamSessionLine
from domain.sessions.views import SessionCard
from handlers.buttons.sessions import ListTeamSessions, NewSession
from handlers.buttons.timetable import OpenTimetable
from handlers.callback_data import OpenSession, encode
from handlers.everyone.role_view import role_name
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.session_words import status_icon
from handlers.student.home_view import home_row
from handlers.student.session_view import description
from handlers.team.session_rows import rows_on_home


def home(
    tr: Translator,
    *,
    member: Member,
    actor: Actor,
    today: Sequence[TeamSessionLine],
    coming: Sequence[TeamSessionLine],
    now: datetime,
) -> Screen:
    """Return the team's first screen."""
    role: Role | None = actor.role
    return Screen(
        tr.lines(
            tr.text("<b>{center}</b>", center=member.center.name),
            tr.text("Hello {name}! You are here as {role}.", name=member.name, role=role_name(tr, role)),
            "",
            tr.ntext("Today, {day}: {n} class", "Today, {day}: {n} classes", len(today), day=tr.day(now))
            if today
            else tr.text("Today, {day}: no classes.", day=tr.day(now)),
            *(() if today or not coming else (tr.text("The next classes:"),)),
            *(() if today or coming else (tr.text("There are no classes in the timetable."),)),
        ),
        (
            *session_rows(tr, today, now=now),
            *session_rows(tr, coming, now=now),
            *rows_on_home(tr, actor),
            (
                Button(tr.plain("📅 All classes"), encode(ListTeamSessions(TeamListChoice(), 0))),
                Button(tr.plain("➕ Extra class"), encode(NewSession(0))),
            ),
            (Button(tr.plain("🔁 Timetable"), encode(OpenTimetable(0))),),
        ),
    )


def session_card(tr: Translator, card: SessionCard) -> Screen:
    """Return a session of a branch that the reader does not work at: what it is, and how many seats are taken."""
    session = card.session
    return Screen(
        tr.lines(
            *description(tr, card),
            "",
            tr.text("Seats taken: {taken} of {capacity}", taken=session.seats_taken, capacity=session.capacity),
        ),
        ((Button(tr.plain("📅 All classes"), encode(ListTeamSessions(TeamListChoice(), 0))), *home_row(tr)),),
    )


def session_rows(tr: Translator, sessions: Sequence[TeamSessionLine], *, now: datetime) -> Rows:
    """Return one button for each session: when, which, where, and how many are in it."""
    return tuple(
        (
            Button(
                tr.label(
                    f"{status_icon(session.status)} {tr.soon(session.starts_at, now=now)}",
                    tr.plain("{title}", title=session.class_title),
                    tr.plain("{branch}", branch=session.branch_name),
                    tr.plain("{taken}/{capacity}", taken=session.seats_taken, capacity=session.capacity),
                ),
                encode(OpenSession(session.session_id)),
            ),
        )
        for session in sessions
    )
