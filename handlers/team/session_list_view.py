"""The team's list of sessions, and what it can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.sessions.calendar_views import BranchChoice, ClassChoice
from domain.sessions.model import SessionStatus
from domain.sessions.team_views import TeamListChoice, TeamSessionLine
from handlers.buttons.sessions import ListTeamSessions, OpenTeamPanel
from handlers.callback_data import encode
from handlers.callback_lists import TeamPanel
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.session_words import status_icon, status_name
from handlers.student.calendar_words import day_name
from handlers.student.home_view import home_row
from handlers.team.view import session_rows

_DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class TeamPage:
    """All that a page of the list shows. The names are the choice's, None where it does not narrow."""

    sessions: Sequence[TeamSessionLine]
    choice: TeamListChoice
    page: int
    has_more: bool
    class_title: str | None
    branch_name: str | None
    branch_count: int


def session_list(tr: Translator, page: TeamPage, *, now: datetime) -> Screen:
    """Return a page of the sessions that were chosen."""
    choice = page.choice
    if not page.sessions:
        explained = tr.text("Nothing like that was found.")
    elif choice.goes_back:
        explained = tr.text("The latest first. Tap one to see it.")
    else:
        explained = tr.text("Soonest first. Tap one to see it.")
    turning = []
    if page.page > 0:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListTeamSessions(choice, 0))))
    if page.has_more:
        label = tr.plain("Older ▶️") if choice.goes_back else tr.plain("Later ▶️")
        turning.append(Button(label, encode(ListTeamSessions(choice, page.page + 1))))
    return Screen(
        tr.lines(tr.text("<b>All classes</b>"), explained),
        (
            *session_rows(tr, page.sessions, now=now),
            *((tuple(turning),) if turning else ()),
            *_narrowing(tr, page),
            home_row(tr),
        ),
    )


def _narrowing(tr: Translator, page: TeamPage) -> Rows:
    choice = page.choice

    def button(panel: TeamPanel, label: str, *, is_chosen: bool) -> Button:
        return Button(label, encode(OpenTeamPanel(panel, choice, 0)), Style.PRIMARY if is_chosen else None)

    status = tr.plain("🔖 Status") if choice.status is None else f"🔖 {status_name(tr, choice.status)}"
    day = tr.plain("🗓️ Day") if choice.day is None else f"🗓️ {day_name(tr, choice.day)}"
    title = tr.plain("🎓 Class") if page.class_title is None else tr.plain("🎓 {title}", title=page.class_title)
    branch = tr.plain("📍 Branch") if page.branch_name is None else tr.plain("📍 {branch}", branch=page.branch_name)
    second = [button(TeamPanel.CLASS, title, is_chosen=choice.class_id is not None)]
    if page.branch_count > 1:
        second.append(button(TeamPanel.BRANCH, branch, is_chosen=choice.branch_id is not None))
    rows: Rows = (
        (
            button(TeamPanel.DAY, day, is_chosen=choice.day is not None),
            button(TeamPanel.STATUS, status, is_chosen=choice.status is not None),
        ),
        tuple(second),
    )
    if choice == TeamListChoice():
        return rows
    return (*rows, (Button(tr.plain("✖️ Show all"), encode(ListTeamSessions(TeamListChoice(), 0))),))


def status_panel(tr: Translator, choice: TeamListChoice) -> Screen:
    """Return the statuses that the list can be narrowed to."""
    options = [(tr.plain("All"), replace(choice, status=None))]
    options += [
        (f"{status_icon(status)} {status_name(tr, status)}", replace(choice, status=status)) for status in SessionStatus
    ]
    return _panel(tr, choice, options, columns=2)


def class_panel(
    tr: Translator, choice: TeamListChoice, *, classes: Sequence[ClassChoice], page: int, has_more: bool
) -> Screen:
    """Return a page of the classes that the list can be narrowed to."""
    options = [(tr.plain("All"), replace(choice, class_id=None))]
    options += [(tr.plain("{title}", title=each.name), replace(choice, class_id=each.id)) for each in classes]
    turning = []
    if page > 0:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenTeamPanel(TeamPanel.CLASS, choice, 0))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(OpenTeamPanel(TeamPanel.CLASS, choice, page + 1))))
    return _panel(tr, choice, options, columns=1, more=(tuple(turning),) if turning else ())


def branch_panel(tr: Translator, choice: TeamListChoice, *, branches: Sequence[BranchChoice]) -> Screen:
    """Return the branches that the list can be narrowed to."""
    options = [(tr.plain("All"), replace(choice, branch_id=None))]
    options += [(tr.plain("{branch}", branch=each.name), replace(choice, branch_id=each.id)) for each in branches]
    return _panel(tr, choice, options, columns=1)


def day_panel(tr: Translator, choice: TeamListChoice, *, today: date) -> Screen:
    """Return the days that the list can be narrowed to: a week back, and two weeks on."""
    options = [(tr.plain("All"), replace(choice, day=None))]
    days = (today + timedelta(days=number) for number in range(-7, _DAYS_SHOWN))
    options += [(str(day_name(tr, day)), replace(choice, day=day)) for day in days]
    return _panel(tr, choice, options, columns=3)


def _panel(
    tr: Translator,
    choice: TeamListChoice,
    options: Sequence[tuple[str, TeamListChoice]],
    *,
    columns: int,
    more: Rows = (),
) -> Screen:
    buttons = [
        Button(label, encode(ListTeamSessions(chosen, 0)), Style.PRIMARY if chosen == choice else None)
        for label, chosen in options
    ]
    rows = [tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns)]
    return Screen(
        tr.lines(tr.text("<b>All classes</b>"), tr.text("Which ones would you like to see?")),
        (*rows, *more, (Button(tr.plain("◀️ Back"), encode(ListTeamSessions(choice, 0))),)),
    )
