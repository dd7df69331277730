"""A session's card: all about it on one screen, which confirms the booking."""

from datetime import datetime

from markupsafe import Markup

from domain.enrollments.quote import terms_shown
from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.sessions.views import SessionCard
from handlers.callback_data import ConfirmBooking, ListSessions, OpenBooking, OpenShop, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row


def session_card(
    tr: Translator,
    card: SessionCard,
    *,
    enrollment_id: EnrollmentId,
    now: datetime,
    notice: Markup | None = None,
    back: Button | None = None,
    waiting: tuple[Markup, ...] = (),
    extra_rows: Rows = (),
) -> Screen:
    """Return a session's card for a student. ``enrollment_id`` is what the booking will be called, if it is confirmed.

    ``back`` leads to where the card was opened from, by default the list of all sessions; ``waiting`` is said of its
    waitlist, and ``extra_rows`` are what else can be done with it.
    """
    is_bookable = card.session.is_open(now) and card.session.seats_left > 0 and card.my_enrollment_id is None
    text = tr.lines(
        notice,
        "" if notice is not None else None,
        *description(tr, card),
        "",
        _seats(tr, card, now=now),
        *waiting,
        *(terms(tr, card, now=now) if is_bookable else ()),
    )
    others = (back or Button(tr.plain("📅 All classes"), encode(ListSessions(None))), *home_row(tr))
    first = _first_row(tr, card, enrollment_id=enrollment_id, is_bookable=is_bookable)
    return Screen(text, tuple(row for row in (first, *extra_rows, others) if row))


def description(tr: Translator, card: SessionCard) -> tuple[Markup, ...]:
    """Return the lines that say what, when, where and with whom."""
    session = card.session
    place = (
        tr.text("📍 {branch}, {address}", branch=card.branch_name, address=card.branch_address)
        if card.branch_address
        else tr.text("📍 {branch}", branch=card.branch_name)
    )
    return (
        tr.text("<b>{title}</b> · {level}", title=card.class_title, level=card.level),
        tr.text("🗓️ {day}, {times}", day=tr.day(session.starts_at), times=tr.time_range(session.starts_at, session.ends_at)),
        place,
        tr.text("👤 {teacher}", teacher=card.teacher),
    )


def _seats(tr: Translator, card: SessionCard, *, now: datetime) -> Markup:
    if card.session.status is SessionStatus.CANCELED:
        return tr.text("❌ The studio has cancelled this class.")
    if card.session.status is SessionStatus.MISSED:
        return tr.text("⚠️ This class did not take place.")
    if card.is_held:
        return tr.text("⏳ A seat is held for you in this class.")
    if card.my_enrollment_id is not None:
        return tr.text("✅ You have a seat in this class.")
    if not card.session.is_open(now):
        return tr.text("This class cannot be booked any more.")
    if card.session.seats_left == 0:
        return tr.text("🔴 This class is full.")
    return tr.ntext("🟢 {n} seat left", "🟢 {n} seats left", card.session.seats_left)


def terms(tr: Translator, card: SessionCard, *, now: datetime) -> tuple[Markup, ...]:
    """Return the lines that say what a seat costs, how it is paid, and what happens when one does not come."""
    lines = [_price(tr, card)]
    if card.quote.is_affordable:
        lines.append(_cancelling(tr, card, now=now))
        if card.quote.method is PaymentMethod.WALLET:
            lines.append(_absence(tr, card))
    if card.overlapping_title is not None:
        lines.append(
            tr.text("⚠️ At this time you are already booked for {title}. You can still book.", title=card.overlapping_title)
        )
    return tuple(lines)


def _price(tr: Translator, card: SessionCard) -> Markup:
    session, quote, currency = card.session, card.quote, card.session.terms.currency
    price = tr.money(quote.price_minor, currency)
    if quote.method is PaymentMethod.PACKAGE:
        return tr.ntext(
            "🎟️ Takes your last credit.",
            "🎟️ Takes 1 of your {n} credits.",
            card.credits_left,
        )
    if quote.method is None:
        return tr.text("🎁 Free of charge.")
    if quote.is_affordable and session.terms.policy is not AbsenteePolicy.STRICT:
        return tr.text("💳 {price} is locked in your wallet until class.", price=price)
    if quote.is_affordable:
        return tr.text("💳 {price} is locked in your wallet, and taken when check-in opens.", price=price)
    available = tr.money(card.wallet.available_minor if card.wallet is not None else 0, currency)
    return tr.text(
        "💳 {price}. You have no credits for this class, and {available} in your wallet: not enough to book.",
        price=price,
        available=available,
    )


def _cancelling(tr: Translator, card: SessionCard, *, now: datetime) -> Markup:
    until = card.session.free_cancel_until
    if now > until:
        return tr.text("⚠️ If you book now, you can't cancel: the time for that ended {moment}.", moment=tr.moment(until))
    return tr.text("↩️ Free to cancel until {moment}.", moment=tr.moment(until))


def _absence(tr: Translator, card: SessionCard) -> Markup:
    terms = card.session.terms
    if terms.policy is AbsenteePolicy.STRICT:
        return tr.text("If you don't come and don't cancel, the class is charged in full.")
    if terms.policy is AbsenteePolicy.MANUAL:
        return tr.text("If you don't come and don't cancel, the studio decides whether it is charged.")
    if terms.no_show_fee_percent == 0:
        return tr.text("If you don't come, nothing is charged.")
    fee = tr.money(terms.price_minor * terms.no_show_fee_percent // 100, terms.currency)
    return tr.text("If you don't come and don't cancel, {fee} is charged.", fee=fee)


def _first_row(tr: Translator, card: SessionCard, *, enrollment_id: EnrollmentId, is_bookable: bool) -> tuple[Button, ...]:
    if card.my_enrollment_id is not None:
        return (Button(tr.plain("🎟️ Open my booking"), encode(OpenBooking(card.my_enrollment_id)), Style.PRIMARY),)
    if is_bookable and card.quote.is_affordable:
        confirm = ConfirmBooking(enrollment_id, card.session.id, terms_shown(card.session, card.quote))
        return (Button(confirm_label(tr, card), encode(confirm), Style.SUCCESS),)
    if is_bookable:
        return (
            Button(tr.plain("🎁 Packages for this class"), encode(OpenShop(card.session.class_id, None)), Style.PRIMARY),
        )
    return ()


def confirm_label(tr: Translator, card: SessionCard) -> str:
    """Return what the button says that books."""
    quote = card.quote
    if quote.method is PaymentMethod.PACKAGE:
        return tr.plain("Book with 1 credit")
    if quote.method is None:
        return tr.plain("Book for free")
    return tr.plain("Book for {price}", price=tr.money(quote.price_minor, card.session.terms.currency))
