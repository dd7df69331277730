"""What people are told without asking: texts and buttons."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.cancellation import Cancellation
from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import PaymentMethod, PaymentStatus
from domain.notifications.model import AlertKind
from domain.notifications.views import AlertLine, SeatNotice, SessionNotice
from domain.sessions.model import SessionStatus
from handlers.buttons.alerts import ListAlerts
from handlers.callback_data import (
    ListBookings,
    ListSessions,
    OpenBooking,
    OpenHome,
    OpenSession,
    OpenWallet,
    encode,
)
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.booking_view import what_comes_back
from handlers.team.payment_alerts_view import gateway_alert


def booked(tr: Translator, seat: SeatNotice, *, currency: str) -> Screen:
    """Somebody booked for the reader: the seat, and how it is paid."""
    return Screen(
        tr.lines(
            tr.text("✅ You are booked: <b>{title}</b>", title=seat.session.title),
            *_place(tr, seat.session),
            _paid(tr, seat, currency),
        ),
        _to_booking(tr, seat),
    )


def cancelled(tr: Translator, seat: SeatNotice, *, currency: str) -> Screen:
    """The center cancelled the reader's seat, and what came back."""
    return Screen(
        tr.lines(
            tr.text("❌ Your booking was cancelled by the studio: <b>{title}</b>", title=seat.session.title),
            *_place(tr, seat.session),
            tr.text("Reason: {reason}", reason=seat.reason) if seat.reason is not None else None,
            *_came_back(tr, seat, currency),
        ),
        _to_booking(tr, seat),
    )


def missed(tr: Translator, seat: SeatNotice, *, currency: str) -> Screen | None:
    """The reader was not there, and what that costs; nothing where it costs nothing and never could."""
    if seat.status is not EnrollmentStatus.NO_SHOW or seat.method in {None, PaymentMethod.CASH}:
        return None
    return Screen(
        tr.lines(
            tr.text("You were not marked present: <b>{title}</b>", title=seat.session.title),
            *_place(tr, seat.session),
            _absence(tr, seat, currency),
            tr.text("If that is a mistake, please tell the studio."),
        ),
        _to_booking(tr, seat),
    )


def decided(tr: Translator, seat: SeatNotice, *, currency: str) -> Screen | None:
    """What an admin has decided on the reader's absence."""
    if seat.payment_status is PaymentStatus.PENDING:
        return None
    return Screen(
        tr.lines(
            tr.text("The studio has decided: <b>{title}</b>", title=seat.session.title),
            *_place(tr, seat.session),
            _absence(tr, seat, currency),
        ),
        _to_booking(tr, seat),
    )


def called_off(tr: Translator, seat: SeatNotice, *, currency: str) -> Screen:
    """A session is cancelled or was missed, and what comes back."""
    session = seat.session
    headline = (
        tr.text("❌ Cancelled by the studio: <b>{title}</b>", title=session.title)
        if session.status is SessionStatus.CANCELED
        else tr.text("❌ This class did not take place: <b>{title}</b>", title=session.title)
    )
    return Screen(
        tr.lines(
            headline,
            *_place(tr, session),
            tr.text("Reason: {reason}", reason=session.cancel_reason) if session.cancel_reason else None,
            *_came_back(tr, seat, currency),
        ),
        (
            (Button(tr.plain("📅 All classes"), encode(ListSessions(None)), Style.PRIMARY),),
            *_to_booking(tr, seat),
        ),
    )


def moved(tr: Translator, seat: SeatNotice) -> Screen:
    """A session has another time or place."""
    return Screen(
        tr.lines(
            tr.text("🔁 Changed by the studio: <b>{title}</b>", title=seat.session.title),
            tr.text("It is now:"),
            *_place(tr, seat.session),
            tr.text("If that does not suit you, you can cancel free of charge until it begins."),
        ),
        _to_booking(tr, seat),
    )


def back(tr: Translator, session: SessionNotice) -> Screen:
    """A cancelled session takes place after all."""
    return Screen(
        tr.lines(
            tr.text("🔔 This class takes place after all: <b>{title}</b>", title=session.title),
            *_place(tr, session),
            tr.text("You were in it, and got back what you paid. Book again if you want to come."),
        ),
        ((Button(tr.plain("See this class"), encode(OpenSession(session.session_id)), Style.PRIMARY),),),
    )


def reminder(tr: Translator, seat: SeatNotice, *, now: datetime) -> Screen:
    """The reader's class is near."""
    can_cancel = now <= seat.free_cancel_until
    return Screen(
        tr.lines(
            tr.text("⏰ {when}: <b>{title}</b>", when=tr.soon(seat.session.starts_at, now=now), title=seat.session.title),
            *_place(tr, seat.session),
            tr.text("Free to cancel until {moment}.", moment=tr.moment(seat.free_cancel_until)) if can_cancel else None,
        ),
        _to_booking(tr, seat),
    )


def merged(tr: Translator, *, center_name: str) -> Screen:
    """What a guest had is the reader's now."""
    return Screen(
        tr.lines(
            tr.text("🤝 {center} knows you by one profile now.", center=center_name),
            tr.text("Your earlier bookings, credits and money are all in it."),
        ),
        (
            (
                Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))),
                Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))),
            ),
        ),
    )


def who_comes(tr: Translator, session: SessionNotice, *, names: Sequence[str], now: datetime) -> Screen:
    """Cancelling free of charge is over, so this is who comes."""
    more = session.seats_taken - len(names)
    return Screen(
        tr.lines(
            tr.text("👥 {when}: <b>{title}</b>", when=tr.soon(session.starts_at, now=now), title=session.title),
            *_place(tr, session),
            tr.text("Seats taken: {taken} of {capacity}", taken=session.seats_taken, capacity=session.capacity),
            *(tr.text("• {name}", name=name) for name in names),
            tr.ntext("and {n} more", "and {n} more", more) if names and more > 0 else None,
        ),
        _to_session(tr, session),
    )


def not_opened(tr: Translator, session: SessionNotice) -> Screen:
    """It has begun, and nobody has opened check-in."""
    return Screen(
        tr.lines(
            tr.text("⚠️ Nobody has opened check-in: <b>{title}</b>", title=session.title),
            *_place(tr, session),
            tr.text("The class has begun by the clock."),
        ),
        _to_session(tr, session),
    )


def never_opened(tr: Translator, session: SessionNotice) -> Screen:
    """It has ended, and nobody ever opened check-in."""
    return Screen(
        tr.lines(
            tr.text("⚠️ Nobody has opened check-in: <b>{title}</b>", title=session.title),
            *_place(tr, session),
            tr.text("The class has ended by the clock."),
            tr.text("An hour after its end it counts as missed, and all get back what they paid."),
        ),
        _to_session(tr, session),
    )


def team_missed(tr: Translator, session: SessionNotice) -> Screen:
    """Nobody ever opened it: everybody is made good."""
    return Screen(
        tr.lines(
            tr.text("❌ Missed: <b>{title}</b>", title=session.title),
            *_place(tr, session),
            tr.ntext(
                "Nobody opened check-in. {n} person gets back what they paid, and is told.",
                "Nobody opened check-in. {n} people get back what they paid, and are told.",
                session.seats_at_end or 0,
            ),
        ),
        _to_session(tr, session),
    )


def team_finished(tr: Translator, session: SessionNotice) -> Screen:
    """The clock has finished it."""
    return Screen(
        tr.lines(
            tr.text("🏁 Finished by the clock: <b>{title}</b>", title=session.title),
            *_place(tr, session),
            tr.text(
                "Nobody finished it within an hour of its end. Attendance can be corrected until 24 hours after the end."
            ),
        ),
        _to_session(tr, session),
    )


def cases_open(tr: Translator, session: SessionNotice, *, count: int) -> Screen:
    """Cases of a session are to be decided."""
    return Screen(
        tr.lines(
            tr.ntext("⚖️ {n} case is to be decided", "⚖️ {n} cases are to be decided", count),
            tr.text("<b>{title}</b>", title=session.title),
            *_place(tr, session),
        ),
        _to_session(tr, session),
    )


def cases_wait(tr: Translator, *, count: int) -> Screen:
    """Cases have waited for two days."""
    return Screen(
        tr.lines(
            tr.ntext(
                "⚖️ {n} case has been waiting for your decision", "⚖️ {n} cases have been waiting for your decision", count
            ),
            tr.text("Until it is decided, the money stays locked in the student's wallet."),
        ),
        ((Button(tr.plain("🏠 Home"), encode(OpenHome())),),),
    )


def alert(tr: Translator, line: AlertLine) -> Screen:
    """Something that an admin should look at."""
    return Screen(
        tr.lines(tr.text("<b>⚠️ Please look at this</b>"), alert_name(tr, line.kind)),
        ((Button(tr.plain("⚠️ Alerts"), encode(ListAlerts())),),),
    )


def alert_name(tr: Translator, kind: str) -> Markup:
    """Say in a sentence what an alert is about."""
    match kind:
        case AlertKind.EVENT_PARKED:
            return tr.text("Something that should have followed from an event failed again and again.")
        case _:
            return gateway_alert(tr, kind) or tr.text("Something needs your attention: {kind}", kind=kind)


def _place(tr: Translator, session: SessionNotice) -> tuple[Markup, ...]:
    return (
        tr.text("🗓️ {day}, {times}", day=tr.day(session.starts_at), times=tr.time_range(session.starts_at, session.ends_at)),
        tr.text("📍 {branch}", branch=session.branch_name),
    )


def _paid(tr: Translator, seat: SeatNotice, currency: str) -> Markup | None:
    amount = tr.money(seat.payment_minor or 0, currency)
    match seat.method:
        case PaymentMethod.CASH:
            return tr.text("💵 {amount} paid in cash", amount=amount)
        case PaymentMethod.PACKAGE:
            return tr.text("🎟️ 1 credit is used.")
        case PaymentMethod.WALLET if seat.status is EnrollmentStatus.LOCKED:
            return tr.text("💳 {amount} is locked in your wallet until class.", amount=amount)
        case PaymentMethod.WALLET:
            return tr.text("💳 {amount} paid from your wallet", amount=amount)
        case _:
            return None


def _absence(tr: Translator, seat: SeatNotice, currency: str) -> Markup:
    amount = tr.money(seat.payment_minor or 0, currency)
    if seat.method is PaymentMethod.PACKAGE:
        return tr.text("🎟️ 1 credit is used.")
    match seat.payment_status:
        case PaymentStatus.PENDING:
            return tr.text(
                "The studio decides whether {amount} is taken. Until then it stays locked in your wallet.", amount=amount
            )
        case PaymentStatus.COMPLETED:
            return tr.text("💳 {amount} was taken from your wallet.", amount=amount)
        case _:
            return tr.text("💳 Nothing was taken from your wallet.")


def _came_back(tr: Translator, seat: SeatNotice, currency: str) -> tuple[Markup, ...]:
    if seat.made_good is None:
        return (tr.text("What you paid comes back to you in a moment."),)
    return (what_comes_back(tr, Cancellation(seat.enrollment_id, seat.made_good, seat.made_good_minor), currency=currency),)


def _to_booking(tr: Translator, seat: SeatNotice) -> Rows:
    return ((Button(tr.plain("🎟️ See the booking"), encode(OpenBooking(seat.enrollment_id))),),)


def _to_session(tr: Translator, session: SessionNotice) -> Rows:
    return ((Button(tr.plain("See this class"), encode(OpenSession(session.session_id))),),)
