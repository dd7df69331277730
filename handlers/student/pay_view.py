"""Paying online: how much, the page to pay on, and how a payment stands."""

from datetime import datetime

from markupsafe import Markup

from domain.finance.gateway_model import Gateway
from domain.finance.model import PaymentPurpose, PaymentStatus
from domain.finance.payment_views import PaymentCard
from domain.ids import PaymentId, new_id
from domain.money import AmountMinor
from handlers.buttons.pay import AskTopUpAmount, DropLink, OpenPayment, OpenTopUp, RetryLink, StartTopUp
from handlers.callback_data import AskNewPhone, OpenBooking, OpenPackage, OpenSession, OpenWallet, encode
from handlers.i18n import Translator
from handlers.screens import Button, Invoice, Rows, Screen, Style
from handlers.student.home_view import home_row

_LONGEST_TITLE, _LONGEST_DESCRIPTION = 32, 255
PRESETS_MINOR = (10_000, 20_000, 50_000, 100_000)


def top_up(tr: Translator, *, currency: str, notice: Markup | None = None) -> Screen:
    """Return amounts to choose from, each with a payment's id of its own."""
    buttons = tuple(
        Button(tr.money(amount, currency), encode(StartTopUp(PaymentId(new_id()), AmountMinor(amount))), Style.SUCCESS)
        for amount in PRESETS_MINOR
    )
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>Top up your wallet online</b>"),
            tr.text("How much? You get a link to pay by card or mobile wallet."),
        ),
        (
            buttons[:2],
            buttons[2:],
            (Button(tr.plain("✏️ Another amount"), encode(AskTopUpAmount())),),
            (Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))), *home_row(tr)),
        ),
    )


def ask_amount(tr: Translator, *, notice: Markup | None = None) -> Screen:
    """Return the question for another amount."""
    return Screen(
        tr.lines(notice, "" if notice is not None else None, tr.text("Type the amount, for example: 250")),
        ((Button(tr.plain("Cancel"), encode(OpenTopUp())),),),
    )


def confirm_amount(tr: Translator, *, payment_id: PaymentId, amount_minor: int, currency: str) -> Screen:
    """Return what a typed amount would do."""
    amount = tr.money(amount_minor, currency)
    start = StartTopUp(payment_id, AmountMinor(amount_minor))
    return Screen(
        tr.lines(tr.text("Top up your wallet with <b>{amount}</b>?", amount=amount)),
        (
            (Button(tr.plain("Pay {amount} online", amount=amount), encode(start), Style.SUCCESS),),
            (Button(tr.plain("◀️ Back"), encode(OpenTopUp())), *home_row(tr)),
        ),
    )


def payment(tr: Translator, card: PaymentCard, *, now: datetime, notice: Markup | None = None) -> Screen:
    """Return a payment as it is now: the page to pay on while it can be paid, else what it came to."""
    is_open = card.status is PaymentStatus.PENDING and now < card.expires_at
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            purpose(tr, card),
            *(_how_to_pay(tr, card) if is_open else (outcome(tr, card),)),
        ),
        (*(_ways_to_pay(tr, card) if is_open else _ways_on(tr, card)), home_row(tr)),
    )


def purpose(tr: Translator, card: PaymentCard) -> Markup:
    """Say in a line what a payment is for, and how much."""
    amount = tr.money(card.amount_minor, card.currency)
    match card.purpose:
        case PaymentPurpose.PACKAGE:
            return tr.text("🎁 <b>{package}</b> · {amount}", package=card.package_name or "", amount=amount)
        case PaymentPurpose.ENROLLMENT if card.class_title is not None and card.starts_at is not None:
            return tr.text(
                "📅 <b>{title}</b>, {moment} · {amount}",
                title=card.class_title,
                moment=tr.moment(card.starts_at),
                amount=amount,
            )
        case _:
            return tr.text("💳 <b>Wallet</b> · {amount}", amount=amount)


def _how_to_pay(tr: Translator, card: PaymentCard) -> tuple[Markup | str | None, ...]:
    until = tr.time(card.expires_at)
    is_seat = card.purpose is PaymentPurpose.ENROLLMENT
    return (
        "",
        tr.text("⏳ Your seat is held until {until}.", until=until) if is_seat else None,
        _where_to_pay(tr, card),
        tr.text("As soon as it is paid, we tell you here.") if card.order_id else None,
        None if card.order_id else tr.text("There is no link to pay yet: please try again."),
    )


def _where_to_pay(tr: Translator, card: PaymentCard) -> Markup | None:
    until = tr.time(card.expires_at)
    if card.checkout_url is not None:
        return tr.text("Pay with the button below. The link ends at {until}.", until=until)
    if card.order_id is not None:
        return tr.text("Pay with the invoice in this chat. It ends at {until}.", until=until)
    return None


def invoice(tr: Translator, card: PaymentCard) -> Invoice:
    """Return the invoice of a payment that is made in the chat."""
    match card.purpose:
        case PaymentPurpose.PACKAGE:
            title = card.package_name or tr.plain("Package")
        case PaymentPurpose.ENROLLMENT:
            title = card.class_title or tr.plain("Seat in a class")
        case _:
            title = tr.plain("Wallet")
    return Invoice(
        title=title[:_LONGEST_TITLE],
        description=purpose(tr, card).striptags()[:_LONGEST_DESCRIPTION],
        payload=card.payment_id.hex,
        currency=card.currency,
        amount_minor=card.amount_minor,
    )


def _ways_to_pay(tr: Translator, card: PaymentCard) -> Rows:
    amount = tr.money(card.amount_minor, card.currency)
    drop = tr.plain("Let the seat go") if card.purpose is PaymentPurpose.ENROLLMENT else tr.plain("Don't pay")
    first: tuple[Button, ...] = ()
    if card.checkout_url is not None:
        first = (Button(tr.plain("💳 Pay {amount}", amount=amount), url=card.checkout_url),)
    elif card.provider is Gateway.TELEGRAM and card.order_id is not None:
        first = (Button(tr.plain("🧾 Send the invoice again"), encode(RetryLink(card.payment_id))),)
    elif card.order_id is None:
        first = (Button(tr.plain("🔁 Try again"), encode(RetryLink(card.payment_id)), Style.PRIMARY),)
    paid = Button(tr.plain("🔄 I have paid"), encode(OpenPayment(card.payment_id)))
    return (
        *((first,) if first else ()),
        (*((paid,) if card.order_id is not None else ()), Button(drop, encode(DropLink(card.payment_id)))),
    )


def outcome(tr: Translator, card: PaymentCard) -> Markup:
    """Say in a sentence what a payment came to."""
    amount = tr.money(card.amount_minor, card.currency)
    match card.status:
        case PaymentStatus.PENDING:
            return tr.text("⌛ The time to pay is up. If you have paid, we tell you here in a moment.")
        case PaymentStatus.REFUNDED:
            return tr.text("↩️ {amount} was refunded.", amount=amount)
        case PaymentStatus.COMPLETED if card.refunded_minor:
            return tr.text("↩️ {refunded} of it was refunded.", refunded=tr.money(card.refunded_minor, card.currency))
        case PaymentStatus.COMPLETED:
            return _completed(tr, card)
        case PaymentStatus.FAILED if card.purpose is PaymentPurpose.ENROLLMENT and not card.has_seat:
            return tr.text("❌ It was not paid, and the seat is not held for you any more. You can start again.")
        case PaymentStatus.FAILED:
            return tr.text("❌ It was not paid. You can start again.")
        case _ if card.purpose is PaymentPurpose.ENROLLMENT and not card.has_seat:
            return tr.text(
                "❌ It has ended without being paid, and the seat is not held for you any more. If you pay all the same, "
                "the money comes to your wallet."
            )
        case _:
            return tr.text("❌ It has ended without being paid. If you pay all the same, the money comes to your wallet.")


def _completed(tr: Translator, card: PaymentCard) -> Markup:
    amount = tr.money(card.amount_minor, card.currency)
    match card.purpose:
        case PaymentPurpose.PACKAGE if card.student_package_id is not None:
            return tr.text("✅ {amount} received: the package is yours.", amount=amount)
        case PaymentPurpose.PACKAGE:
            return tr.text(
                "✅ {amount} received, but the package has changed or is not sold any more: the money is in your wallet.",
                amount=amount,
            )
        case PaymentPurpose.ENROLLMENT if card.has_seat:
            return tr.text("✅ {amount} received: you are booked.", amount=amount)
        case PaymentPurpose.ENROLLMENT:
            return tr.text(
                "✅ {amount} received and in your wallet, but the seat is not held for you any more. See what is free:",
                amount=amount,
            )
        case _:
            return tr.text("✅ {amount} received: it is in your wallet.", amount=amount)


def _ways_on(tr: Translator, card: PaymentCard) -> Rows:
    wallet = Button(tr.plain("💳 Wallet"), encode(OpenWallet(None)))
    if card.student_package_id is not None:
        return ((Button(tr.plain("🎁 See the package"), encode(OpenPackage(card.student_package_id, None))), wallet),)
    if card.enrollment_id is not None and card.has_seat:
        return ((Button(tr.plain("🎟️ See the booking"), encode(OpenBooking(card.enrollment_id))), wallet),)
    if card.session_id is not None:
        return ((Button(tr.plain("See this class"), encode(OpenSession(card.session_id)), Style.PRIMARY), wallet),)
    return ((Button(tr.plain("➕ Top up"), encode(OpenTopUp())), wallet),)


def surplus_news(tr: Translator, card: PaymentCard) -> Screen:
    """Money came twice or too late: it is in the reader's wallet."""
    amount = tr.money(card.amount_minor, card.currency)
    said = (
        tr.text("💳 We received {amount} twice. What you paid too much is in your wallet, for you to use.", amount=amount)
        if card.status in {PaymentStatus.COMPLETED, PaymentStatus.REFUNDED}
        else tr.text(
            "💳 We received {amount} after the time to pay was up. It is in your wallet, for you to use.", amount=amount
        )
    )
    return Screen(tr.lines(purpose(tr, card), said), _ways_on(tr, card))


def gone_back_news(tr: Translator, card: PaymentCard) -> Screen:
    """What had come twice or too late went back to where it came from."""
    return Screen(
        tr.lines(purpose(tr, card), tr.text("↩️ What you had paid too much went back to your card or account.")),
        _ways_on(tr, card),
    )


def refused_refund_news(tr: Translator, card: PaymentCard) -> Screen:
    """A refund could not be made: the money is in the reader's wallet again."""
    return Screen(
        tr.lines(
            purpose(tr, card),
            tr.text("↩️ The refund to your card or account was not possible: the money is back in your wallet."),
        ),
        _ways_on(tr, card),
    )


def news(tr: Translator, card: PaymentCard) -> Screen:
    """How a payment ended, as a message that nobody asked for."""
    return Screen(tr.lines(purpose(tr, card), outcome(tr, card)), _ways_on(tr, card))


def phone_needed(tr: Translator, notice: Markup) -> Screen:
    """Ask for the phone that the gateway insists on."""
    return Screen(
        tr.lines(notice),
        (
            (Button(tr.plain("📱 Share my phone"), encode(AskNewPhone()), Style.PRIMARY),),
            (Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))), *home_row(tr)),
        ),
    )
