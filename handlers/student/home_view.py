"""The first screen of a student, and the list of all sessions."""

from collections.abc import Sequence
from datetime import datetime

from domain.enrollments.views import BookingLine
from domain.sessions.calendar import CalendarFilter
from domain.sessions.views import SessionCursor, SessionLine
from handlers.callback_data import (
    ListBookings,
    ListPackages,
    ListSessions,
    OpenBooking,
    OpenHelp,
    OpenHome,
    OpenMonth,
    OpenProfile,
    OpenSession,
    OpenWallet,
    encode,
)
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen


def home(
    tr: Translator,
    *,
    center_name: str,
    name: str,
    sessions: Sequence[SessionLine],
    next_booking: BookingLine | None,
    now: datetime,
) -> Screen:
    """Return the first screen: the next sessions of one's classes, one tap each from their card."""
    question = (
        tr.text("Which class would you like to book?")
        if sessions
        else tr.text("There are no classes to book at the moment.")
    )
    return Screen(
        tr.lines(
            tr.text("<b>{center}</b>", center=center_name),
            tr.text("Hello {name}!", name=name),
            "",
            _next_booking(tr, next_booking) if next_booking is not None else None,
            "" if next_booking is not None else None,
            question,
        ),
        (
            *session_rows(tr, sessions, now=now),
            (
                Button(tr.plain("🗓️ Calendar"), encode(OpenMonth(None, CalendarFilter()))),
                Button(tr.plain("📅 All classes"), encode(ListSessions(None))),
            ),
            (Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))),),
            (
                Button(tr.plain("🎁 Packages"), encode(ListPackages(None))),
                Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))),
            ),
            (
                Button(tr.plain("👤 My profile"), encode(OpenProfile())),
                Button(tr.plain("❓ Help"), encode(OpenHelp())),
            ),
        ),
    )


def session_list(
    tr: Translator, *, sessions: Sequence[SessionLine], has_more: bool, is_first_page: bool, now: datetime
) -> Screen:
    """Return a page of all sessions, full ones included."""
    text = (
        tr.lines(tr.text("<b>All classes</b>"), tr.text("Soonest first. Tap one to see it."))
        if sessions
        else tr.lines(tr.text("<b>All classes</b>"), tr.text("There are no classes to book at the moment."))
    )
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListSessions(None))))
    if has_more:
        last = sessions[-1]
        cursor = SessionCursor(last.starts_at, last.session_id)
        turning.append(Button(tr.plain("Later ▶️"), encode(ListSessions(cursor))))
    return Screen(text, (*session_rows(tr, sessions, now=now), *((tuple(turning),) if turning else ()), home_row(tr)))


def session_rows(tr: Translator, sessions: Sequence[SessionLine], *, now: datetime) -> Rows:
    """Return one button for each session; one's own leads to the booking."""
    return tuple((_session_button(tr, session, now=now),) for session in sessions)


def home_row(tr: Translator) -> tuple[Button, ...]:
    """Return the row that leads back to the first screen."""
    return (Button(tr.plain("🏠 Home"), encode(OpenHome())),)


def _session_button(tr: Translator, session: SessionLine, *, now: datetime) -> Button:
    moment, title = tr.soon(session.starts_at, now=now), tr.plain("{title}", title=session.class_title)
    if session.my_enrollment_id is not None and session.is_held:
        held = tr.plain("held for you")
        return Button(tr.label(f"🎉 {moment}", title, held), encode(OpenBooking(session.my_enrollment_id)))
    if session.my_enrollment_id is not None:
        return Button(tr.label(f"✅ {moment}", title, tr.plain("booked")), encode(OpenBooking(session.my_enrollment_id)))
    seats = tr.plain("full") if session.seats_left == 0 else tr.nplain("{n} seat", "{n} seats", session.seats_left)
    return Button(tr.label(moment, title, seats), encode(OpenSession(session.session_id)))


def _next_booking(tr: Translator, booking: BookingLine) -> str:
    return tr.text(
        "You are booked: <b>{title}</b>, {moment}, {branch}.",
        title=booking.class_title,
        moment=tr.moment(booking.starts_at),
        branch=booking.branch_name,
    )
