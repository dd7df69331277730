"""One head at the door: whose seat it is, how it is paid, how it is marked, and what can be done about it."""

from datetime import datetime

from markupsafe import Markup

from domain.enrollments.door_views import Head, HeadCard
from domain.enrollments.marking import Mark
from domain.enrollments.model import LIVE, DecisionKind, EnrollmentStatus
from domain.finance.model import PaymentMethod
from domain.sessions.model import AbsenteePolicy, SessionStatus
from handlers.buttons.door import CorrectHead, MarkOnCard, OpenRoster
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.team.door_view import head_mark, heading


def head_card(tr: Translator, card: HeadCard, *, now: datetime, notice: Markup | None = None, more: Rows = ()) -> Screen:
    """Return a head's card: what a ticket opens, and where corrections are made; ``more`` is what others put there."""
    head, session = card.head, card.session
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("{sign} <b>{name}</b>", sign=head_mark(head), name=head.name),
            "",
            *heading(tr, session),
            "",
            how_paid(tr, head, currency=session.currency),
            _mark_line(tr, card, now=now),
            _case_line(tr, head),
            *_hints(tr, card, now=now),
        ),
        (
            *_buttons(tr, card, now=now),
            *more,
            (
                Button(tr.plain("📋 Roster"), encode(OpenRoster(session.session_id, 0))),
                Button(tr.plain("◀️ Class"), encode(OpenSession(session.session_id))),
            ),
        ),
    )


def how_paid(tr: Translator, head: Head, *, currency: str) -> Markup:
    """Say how a seat is paid, as staff needs to know."""
    price, paid = tr.money(head.price_minor, currency), tr.money(head.paid_minor, currency)
    match head.method:
        case _ if head.status is EnrollmentStatus.CANCELLED:
            return tr.text("This booking is cancelled.")
        case None if head.status is EnrollmentStatus.HELD:
            return tr.text("⏳ The seat is only held: not booked yet.")
        case PaymentMethod.PACKAGE:
            return tr.text("📦 Paid with a credit")
        case PaymentMethod.WALLET if head.status is EnrollmentStatus.LOCKED or head.open_case is DecisionKind.NO_SHOW:
            return tr.text("👛 {price} is locked in the wallet", price=price)
        case PaymentMethod.WALLET if head.paid_minor == 0:
            return tr.text("👛 Nothing was taken from the wallet")
        case PaymentMethod.WALLET:
            return tr.text("👛 {paid} was taken from the wallet", paid=paid)
        case PaymentMethod.CASH:
            return tr.text("💵 {paid} paid in cash", paid=paid)
        case PaymentMethod.GATEWAY:
            return tr.text("💳 {price} paid online", price=price)
        case None:
            return tr.text("🎁 Free of charge")


def _mark_line(tr: Translator, card: HeadCard, *, now: datetime) -> Markup | None:
    head = card.head
    at = head.attended_at or head.marked_absent_at
    if at is None:
        return tr.text("🚫 Missed") if head.status is EnrollmentStatus.NO_SHOW else None
    time = tr.time(at) if tr.day(at) == tr.day(now) else tr.moment(at)
    if head.attended_at is not None:
        if card.marked_by is None:
            return tr.text("✅ Checked in at {time}", time=time)
        return tr.text("✅ Checked in at {time} by {name}", time=time, name=card.marked_by)
    if card.marked_by is None:
        return tr.text("❌ Marked absent at {time}", time=time)
    return tr.text("❌ Marked absent at {time} by {name}", time=time, name=card.marked_by)


def _case_line(tr: Translator, head: Head) -> Markup | None:
    match head.open_case:
        case DecisionKind.UNCOLLECTED:
            return tr.text("⚖️ The wallet could not pay all of it: an admin decides.")
        case None:
            return None
        case _:
            return tr.text("⚖️ An admin decides whether it is charged.")


def _hints(tr: Translator, card: HeadCard, *, now: datetime) -> tuple[Markup | str, ...]:
    head, session = card.head, card.session
    if session.status is SessionStatus.SCHEDULED and head.status in LIVE:
        return (tr.text("Open check-in first: tap ◀️ Class."),)
    if session.is_correctable(now) and _is_correctable(head):
        return (
            "",
            tr.text("A correction until {moment}:", moment=tr.moment(session.corrections_close_at)),
            _follows(tr, head),
        )
    return ()


def _follows(tr: Translator, head: Head) -> Markup:
    """Say what a correction does to the money."""
    if head.method is not PaymentMethod.WALLET:
        return tr.text("It moves no money.")
    if head.attended_at is None:
        return tr.text("Attended takes the price from the wallet, as far as it was not taken yet.")
    match head.policy:
        case AbsenteePolicy.STRICT:
            return tr.text("It moves no money.")
        case AbsenteePolicy.FLEXIBLE:
            return tr.text("Absent gives back what was taken, but for the no-show fee.")
        case AbsenteePolicy.MANUAL:
            return tr.text("Absent lets an admin decide about the money.")


def _is_correctable(head: Head) -> bool:
    return head.status in LIVE or head.status is EnrollmentStatus.NO_SHOW


def _buttons(tr: Translator, card: HeadCard, *, now: datetime) -> Rows:
    head, session = card.head, card.session
    id_ = head.enrollment_id
    if session.is_open and head.status in LIVE:
        attended = Button(tr.plain("✅ Attended"), encode(MarkOnCard(id_, Mark.ATTENDED)), Style.SUCCESS)
        absent = Button(tr.plain("❌ Absent"), encode(MarkOnCard(id_, Mark.ABSENT)), Style.DANGER)
        undo = Button(tr.plain("↩️ Undo"), encode(MarkOnCard(id_, Mark.NONE)))
        if head.attended_at is not None:
            return ((undo, absent),)
        return ((attended, undo),) if head.marked_absent_at is not None else ((attended, absent),)
    if session.is_correctable(now) and _is_correctable(head):
        attended = Button(tr.plain("✅ Attended after all"), encode(CorrectHead(id_, has_attended=True)))
        absent = Button(tr.plain("🚫 Did not come"), encode(CorrectHead(id_, has_attended=False)))
        if head.attended_at is not None:
            return ((absent,),)
        return ((attended,),) if head.status is EnrollmentStatus.NO_SHOW else ((attended,), (absent,))
    return ()
