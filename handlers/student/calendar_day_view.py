"""One day of the calendar: its sessions with times, places and seats, each a tap from its card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from domain.sessions.calendar import CalendarFilter, Month
from domain.sessions.views import SessionLine
from handlers.callback_data import OpenBooking, OpenCalendarSession, OpenDay, OpenMonth, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.calendar_view import filter_line
from handlers.student.calendar_words import day_name
from handlers.student.home_view import home_row


@dataclass(frozen=True, slots=True)
class DayPage:
    """All that a day's screen shows. The names are the filter's, None where it does not narrow."""

    day: date
    sessions: Sequence[SessionLine]
    chosen: CalendarFilter
    class_title: str | None
    branch_name: str | None
    page: int
    has_more: bool


def day_screen(tr: Translator, page: DayPage) -> Screen:
    """Return a page of a day's sessions."""
    turning = []
    if page.page > 0:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenDay(page.day, page.chosen, 0))))
    if page.has_more:
        turning.append(Button(tr.plain("Later ▶️"), encode(OpenDay(page.day, page.chosen, page.page + 1))))
    back = Button(tr.plain("🗓️ Calendar"), encode(OpenMonth(Month.of(page.day), page.chosen)))
    return Screen(
        tr.lines(
            tr.text("<b>{day}</b>", day=day_name(tr, page.day)),
            filter_line(tr, page.class_title, page.branch_name),
            *(line for session in page.sessions for line in _lines(tr, session)),
        ),
        (
            *((_button(tr, page.chosen, session),) for session in page.sessions),
            *((tuple(turning),) if turning else ()),
            (back, *home_row(tr)),
        ),
    )


def _lines(tr: Translator, session: SessionLine) -> tuple[Markup | str, ...]:
    times = tr.time_range(session.starts_at, session.ends_at)
    return (
        "",
        tr.text("<b>{times}</b> {title}", times=times, title=session.class_title),
        tr.text("📍 {branch} · {seats}", branch=session.branch_name, seats=_seats(tr, session)),
    )


def _seats(tr: Translator, session: SessionLine) -> Markup:
    if session.is_held:
        return tr.text("🎉 held for me")
    if session.my_enrollment_id is not None:
        return tr.text("✅ my booking")
    if session.seats_left == 0:
        return tr.text("🔴 full")
    return tr.ntext("🟢 {n} seat left", "🟢 {n} seats left", session.seats_left)


def _button(tr: Translator, chosen: CalendarFilter, session: SessionLine) -> Button:
    time, title = tr.time(session.starts_at), tr.plain("{title}", title=session.class_title)
    branch = tr.plain("{branch}", branch=session.branch_name)
    if session.my_enrollment_id is not None:
        mark = "🎉" if session.is_held else "✅"
        return Button(tr.label(f"{mark} {time}", title, branch), encode(OpenBooking(session.my_enrollment_id)))
    opening = OpenCalendarSession(session.session_id, chosen.class_id is not None, chosen.branch_id is not None)
    when = f"🔴 {time}" if session.seats_left == 0 else time
    return Button(tr.label(when, title, branch), encode(opening))
