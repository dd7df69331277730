"""A booking's card, cancelling it, and the list of one's bookings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.cancellation import Cancellation
from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.enrollments.money_trail import MoneyLine, MoneyStep
from domain.enrollments.views import BookingCard, BookingCursor, BookingLine
from domain.finance.model import PaymentMethod
from domain.sessions.calendar_views import OFF
from domain.sessions.model import OPEN_FOR_BOOKING, SessionStatus
from domain.waitlist.views import PlaceLine
from handlers.buttons.waitlist import ListStanding
from handlers.callback_data import (
    AskCancel,
    ConfirmCancel,
    ListBookings,
    ListSessions,
    OpenBooking,
    OpenSession,
    SendCalendarFile,
    encode,
)
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style
from handlers.session_words import reason_text
from handlers.student.calendar_export_view import feed_button, file_button
from handlers.student.history_view import tabs
from handlers.student.home_view import home_row
from handlers.student.money_view import money_trail
from handlers.student.ticket import has_ticket, ticket_button
from handlers.student.waitlist_view import place_button


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the first page of one's bookings shows beside them: where one waits, and whether one has standing bookings."""

    places: Sequence[PlaceLine] = ()
    has_standing: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing of the kind."""
        return not self.places and not self.has_standing


def booking_card(
    tr: Translator, card: BookingCard, *, money: Sequence[MoneyLine], now: datetime, notice: Markup | None = None
) -> Screen:
    """Return a booking's card: what it is, how it is paid, and whether it can still be cancelled."""
    is_open = card.is_live and card.attended_at is None and card.session_status in OPEN_FOR_BOOKING
    can_cancel = is_open and now <= card.cancellable_until
    text = tr.lines(
        notice,
        "" if notice is not None else None,
        tr.text("{status} <b>{title}</b> · {level}", status=_status(tr, card), title=card.class_title, level=card.level),
        *_where_and_when(tr, card),
        "",
        *_called_off(tr, card),
        _money(tr, card, money),
        _cancelling(tr, card, can_cancel=can_cancel) if is_open else None,
        *money_trail(tr, money, currency=card.currency, now=now),
    )
    rows: list[tuple[Button, ...]] = []
    if has_ticket(card):
        rows.append((ticket_button(tr, card),))
    if is_open:
        rows.append((file_button(tr, SendCalendarFile(card.enrollment_id)),))
    if can_cancel:
        rows.append((Button(tr.plain("Cancel this booking"), encode(AskCancel(card.enrollment_id)), Style.DANGER),))
    if card.status is EnrollmentStatus.CANCELLED and card.session_status in OPEN_FOR_BOOKING and now < card.starts_at:
        rows.append((Button(tr.plain("Book again"), encode(OpenSession(card.session_id)), Style.PRIMARY),))
    rows.append((Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))), *home_row(tr)))
    return Screen(text, tuple(rows))


def ask_cancel(tr: Translator, card: BookingCard, cancellation: Cancellation) -> Screen:
    """Return the question that cancelling asks once: exactly what comes back."""
    return Screen(
        tr.lines(
            tr.text("Cancel <b>{title}</b>, {moment}?", title=card.class_title, moment=tr.moment(card.starts_at)),
            "",
            what_comes_back(tr, cancellation, currency=card.currency),
        ),
        (
            (Button(tr.plain("Yes, cancel it"), encode(ConfirmCancel(card.enrollment_id)), Style.DANGER),),
            (Button(tr.plain("No, keep it"), encode(OpenBooking(card.enrollment_id))),),
        ),
    )


def what_comes_back(tr: Translator, cancellation: Cancellation, *, currency: str) -> Markup:
    """Say what a student gets back for the seat, before they confirm."""
    amount = tr.money(cancellation.amount_minor, currency)
    match cancellation.made_good:
        case MadeGood.CREDIT:
            return tr.text("🎟️ 1 credit goes back to your package.")
        case MadeGood.UNLOCKED:
            return tr.text("💳 {amount} in your wallet becomes free again.", amount=amount)
        case MadeGood.RETURNED:
            return tr.text("💳 {amount} goes back to your wallet.", amount=amount)
        case MadeGood.NOTHING_CASH:
            return tr.text("Cash paid at the door is not refunded.")
        case MadeGood.NOTHING_FREE:
            return tr.text("The class is free of charge: nothing is taken or given back.")


def bookings(
    tr: Translator,
    *,
    lines: Sequence[BookingLine],
    has_more: bool,
    is_first_page: bool,
    now: datetime,
    waiting: Waiting,
    has_feed: bool = False,
) -> Screen:
    """Return a page of one's upcoming bookings, with the way to one's calendar feed where there are any."""
    if not lines and is_first_page and waiting.is_nothing:
        return Screen(
            tr.lines(tr.text("<b>My bookings</b>"), tr.text("You have no bookings ahead. Choose a class to begin.")),
            (
                tabs(tr, is_past=False),
                (Button(tr.plain("📅 All classes"), encode(ListSessions(None)), Style.PRIMARY),),
                home_row(tr),
            ),
        )
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListBookings(None))))
    if has_more:
        last = lines[-1]
        turning.append(Button(tr.plain("Later ▶️"), encode(ListBookings(BookingCursor(last.starts_at, last.enrollment_id)))))
    standing = Button(tr.plain("🔁 My standing bookings"), encode(ListStanding()))
    return Screen(
        tr.lines(tr.text("<b>My bookings</b>"), tr.text("Tap one to see it or cancel it.")),
        (
            tabs(tr, is_past=False),
            *((_line_button(tr, line, now=now),) for line in lines),
            *((place_button(tr, place, now=now),) for place in waiting.places),
            *((tuple(turning),) if turning else ()),
            *(((standing,),) if waiting.has_standing else ()),
            *(((feed_button(tr),),) if has_feed else ()),
            (Button(tr.plain("📅 All classes"), encode(ListSessions(None))), *home_row(tr)),
        ),
    )


def _line_button(tr: Translator, line: BookingLine, *, now: datetime) -> Button:
    title = tr.plain("{title}", title=line.class_title)
    branch = tr.plain("{branch}", branch=line.branch_name)
    moment = tr.soon(line.starts_at, now=now)
    if line.status is EnrollmentStatus.HELD:
        moment, branch = f"🎉 {moment}", tr.plain("held for you")
    return Button(tr.label(moment, title, branch), encode(OpenBooking(line.enrollment_id)))


def _where_and_when(tr: Translator, card: BookingCard) -> tuple[Markup, ...]:
    place = (
        tr.text("📍 {branch}, {address}", branch=card.branch_name, address=card.branch_address)
        if card.branch_address
        else tr.text("📍 {branch}", branch=card.branch_name)
    )
    times = tr.time_range(card.starts_at, card.ends_at)
    return (
        tr.text("🗓️ {day}, {times}", day=tr.day(card.starts_at), times=times),
        place,
        tr.text("👤 {teacher}", teacher=card.teacher),
    )


def _called_off(tr: Translator, card: BookingCard) -> tuple[Markup, ...]:
    """Say who cancelled, and why, where it was not the reader; and that what was paid is on its way back."""
    if card.override_reason is not None:
        reason = tr.text("Reason: {reason}", reason=card.override_reason)
        return (tr.text("The studio cancelled this booking."), reason)
    if card.is_own_cancellation or card.session_status not in OFF:
        return ()
    said = (
        tr.text("The studio cancelled this class.")
        if card.session_status is SessionStatus.CANCELED
        else tr.text("This class did not take place. We are sorry.")
    )
    why = (tr.text("Reason: {reason}", reason=reason_text(tr, card.session_reason)),) if card.session_reason else ()
    coming = () if card.status is EnrollmentStatus.CANCELLED else (tr.text("What you paid is coming back in a moment."),)
    return (said, *why, *coming)


def _status(tr: Translator, card: BookingCard) -> Markup:
    if card.is_live and card.session_status in OFF:
        return tr.text("❌ Cancelled:")
    match card.status:
        case EnrollmentStatus.CANCELLED:
            return tr.text("❌ Cancelled:")
        case EnrollmentStatus.NO_SHOW:
            return tr.text("🚫 Missed:")
        case EnrollmentStatus.HELD:
            return tr.text("⏳ Held for you:")
        case _ if card.attended_at is not None:
            return tr.text("✔️ Attended:")
        case _:
            return tr.text("✅ Booked:")


def _money(tr: Translator, card: BookingCard, money: Sequence[MoneyLine]) -> Markup:
    price = tr.money(card.price_minor, card.currency)
    if card.made_good is not None:
        return _was_made_good(tr, card)
    match card.method:
        case PaymentMethod.PACKAGE:
            return tr.text("🎟️ Paid with 1 credit of {package}.", package=card.package_name or "")
        case PaymentMethod.WALLET if card.status is EnrollmentStatus.LOCKED:
            return tr.text("💳 {price} is locked in your wallet for this class.", price=price)
        case PaymentMethod.WALLET:
            return _taken(tr, card, money)
        case PaymentMethod.CASH:
            return tr.text("💵 {price} paid in cash.", price=price)
        case PaymentMethod.GATEWAY:
            return tr.text("💳 {price} paid online.", price=price)
        case None if card.status is EnrollmentStatus.HELD:
            return tr.text("The seat is held for you for a short time. It is not booked yet.")
        case None:
            return tr.text("🎁 Free of charge.")


def _taken(tr: Translator, card: BookingCard, money: Sequence[MoneyLine]) -> Markup:
    """Say what a seat has cost by now: all, a fee for missing it, or nothing, as its policy or an admin has it."""
    signs = {MoneyStep.TAKEN: 1, MoneyStep.RETURNED: -1}
    taken_minor = sum(signs.get(line.step, 0) * line.amount_minor for line in money)
    price, taken = tr.money(card.price_minor, card.currency), tr.money(taken_minor, card.currency)
    if taken_minor == card.price_minor:
        return tr.text("💳 {price} paid from your wallet.", price=price)
    if taken_minor > 0:
        return tr.text("💳 {taken} of {price} taken from your wallet.", taken=taken, price=price)
    if money and money[-1].step is MoneyStep.LOCKED:
        return tr.text("💳 {price} stays locked in your wallet until the studio decides.", price=price)
    return tr.text("💳 Nothing was taken from your wallet.")


def _was_made_good(tr: Translator, card: BookingCard) -> Markup:
    amount = tr.money(card.made_good_minor, card.currency)
    match card.made_good:
        case MadeGood.CREDIT:
            return tr.text("🎟️ 1 credit is back in your package.")
        case MadeGood.UNLOCKED:
            return tr.text("💳 {amount} in your wallet is free again.", amount=amount)
        case MadeGood.RETURNED:
            return tr.text("💳 {amount} is back in your wallet.", amount=amount)
        case MadeGood.NOTHING_CASH:
            return tr.text("Cash paid at the door is not refunded.")
        case _:
            return tr.text("🎁 Free of charge.")


def _cancelling(tr: Translator, card: BookingCard, *, can_cancel: bool) -> Markup:
    until = tr.moment(card.cancellable_until)
    if can_cancel and card.was_moved:
        return tr.text("↩️ This class was moved after you booked: until it begins, you can cancel and get everything back.")
    if can_cancel:
        return tr.text("↩️ Free to cancel until {moment}.", moment=until)
    return tr.text("Cancelling was possible until {moment}. If you can't come, please call the studio.", moment=until)
