"""What a student's taps on paying online do: choose an amount, get a link, see how it stands, let it go."""

from dataclasses import replace
from uuid import UUID

from babel.numbers import get_currency_precision
from markupsafe import Markup

from domain.enrollments.quote import terms_shown
from domain.errors import AmountTooLargeError, InvalidInputError, NotFoundError, OnlinePaymentsOffError
from domain.finance.amounts import parse_amount
from domain.finance.model import PaymentStatus
from domain.finance.paying import PackageFor, SeatFor, TopUp, Wanted
from domain.finance.payment_views import PaymentCard
from domain.ids import EnrollmentId, PaymentId, new_id
from domain.packages.buying import ShownOffer
from domain.packages.views import Offer
from domain.permissions import Operation, require
from domain.sessions.views import SessionCard
from handlers.buttons.pay import (
    AskTopUpAmount,
    DropLink,
    OpenPayment,
    OpenTopUp,
    PayPackage,
    PaySeat,
    RetryLink,
    StartTopUp,
)
from handlers.callback_data import encode
from handlers.context import Context, OnlinePayments
from handlers.error_texts import sentence
from handlers.screens import Answer, Button, Reply, Rows, Screen, Style
from handlers.student import pay_view
from handlers.tap import Taps, without_data

ASK_AMOUNT = "ask.pay.amount"


def _online(context: Context) -> OnlinePayments:
    if context.services.online is None:
        raise OnlinePaymentsOffError
    return context.services.online


async def open_top_up(context: Context) -> Reply:
    """Show the amounts to choose from."""
    require(context.actor, Operation.TOP_UP_WALLET)
    return Reply(top_up_screen(context))


def top_up_screen(context: Context, *, notice: Markup | None = None) -> Screen:
    """Draw the amounts to choose from, under a notice where something is to be said first."""
    _online(context)
    return pay_view.top_up(context.tr, currency=context.member.center.currency, notice=notice)


async def ask_amount(context: Context) -> Reply:
    """Ask for another amount."""
    require(context.actor, Operation.TOP_UP_WALLET)
    _online(context)
    member = await context.ask(step=ASK_AMOUNT)
    return await show_amount(replace(context, member=member))


async def take_amount(context: Context, text: str) -> Reply:
    """Take a typed amount, and ask whether it is meant; one that does not fit is asked for again."""
    try:
        amount_minor = parse_amount(text, digits=get_currency_precision(context.member.center.currency))
        await _check_limit(context, amount_minor)
    except (InvalidInputError, AmountTooLargeError) as error:
        return Reply(pay_view.ask_amount(context.tr, notice=sentence(context.tr, error)))
    member = await context.services.take_answer(
        member=context.member,
        step=ASK_AMOUNT,
        message_id=context.message_id,
        next_step=None,
        data={"amount_minor": amount_minor, "payment_id": new_id().hex},
    )
    return await show_amount(replace(context, member=member))


async def _check_limit(context: Context, amount_minor: int) -> None:
    """Raise AmountTooLargeError before anything is asked; the payment itself checks again."""
    center = await context.services.organization.find_center(
        center_id=context.actor.center_id, now=context.services.clock.now()
    )
    if center is not None and amount_minor > center.money.most_minor:
        raise AmountTooLargeError(limit_minor=center.money.most_minor, currency=center.money.currency)


async def show_amount(context: Context) -> Reply:
    """Show the question, or what the amount that was typed would do."""
    data = context.member.dialog.data
    if "amount_minor" not in data:
        return Reply(pay_view.ask_amount(context.tr))
    return Reply(
        pay_view.confirm_amount(
            context.tr,
            payment_id=PaymentId(UUID(hex=data["payment_id"])),
            amount_minor=data["amount_minor"],
            currency=context.member.center.currency,
        )
    )


async def start_top_up(context: Context, data: StartTopUp) -> Reply:
    """Ask for money for the wallet."""
    return await _start(context, data.payment_id, TopUp(data.amount), title=context.tr.plain("Wallet"))


async def pay_package(context: Context, data: PayPackage) -> Reply:
    """Ask for the money of a package."""
    wanted = PackageFor(data.class_package_id, data.shown)
    return await _start(context, data.payment_id, wanted, title=context.tr.plain("Package"))


async def pay_seat(context: Context, data: PaySeat) -> Reply:
    """Hold a seat, and ask for its money."""
    wanted = SeatFor(data.session_id, data.confirmed)
    return await _start(context, data.payment_id, wanted, title=context.tr.plain("Seat in a class"))


async def _start(context: Context, payment_id: PaymentId, wanted: Wanted, *, title: str) -> Reply:
    title = f"{context.member.center.name}: {title}"
    await _online(context).start(actor=context.actor, payment_id=payment_id, wanted=wanted, title=title)
    return await _with_invoice(context, payment_id)


async def _with_invoice(context: Context, payment_id: PaymentId) -> Reply:
    """Show the payment; where it is made in the chat, its invoice goes with it."""
    card, screen = await _card(context, payment_id), await payment_screen(context, payment_id)
    is_payable = card.status is PaymentStatus.PENDING and context.services.clock.now() < card.expires_at
    if not _online(context).is_in_chat or not is_payable:
        return Reply(screen)
    return Reply(screen, messages=(pay_view.invoice(context.tr, card),), screen_comes_first=True)


async def open_payment(context: Context, data: OpenPayment) -> Reply:
    """Show one's payment as it is now."""
    card = await _card(context, data.payment_id)
    answer = (
        Answer(context.tr.plain("Not confirmed yet. We keep asking, and tell you here."))
        if card.status is PaymentStatus.PENDING
        else Answer()
    )
    return Reply(await payment_screen(context, data.payment_id), answer=answer)


async def retry(context: Context, data: RetryLink) -> Reply:
    """Ask the gateway again."""
    await _online(context).retry(actor=context.actor, payment_id=data.payment_id, title=context.member.center.name)
    return await _with_invoice(context, data.payment_id)


async def drop(context: Context, data: DropLink) -> Reply:
    """Let a payment go."""
    await _online(context).drop(actor=context.actor, payment_id=data.payment_id)
    return Reply(await payment_screen(context, data.payment_id))


async def payment_screen(context: Context, payment_id: PaymentId, *, notice: Markup | None = None) -> Screen:
    """Draw one's payment as it is now, under a notice where something is to be said first."""
    card = await _card(context, payment_id)
    return pay_view.payment(context.tr, card, now=context.services.clock.now(), notice=notice)


async def _card(context: Context, payment_id: PaymentId) -> PaymentCard:
    require(context.actor, Operation.TOP_UP_WALLET)
    card = await context.services.payments.find_own(
        center_id=context.actor.center_id, payer_id=context.actor.person_id, payment_id=payment_id
    )
    if card is None:
        raise NotFoundError(what="payment")
    return card


async def held_screen(
    context: Context, enrollment_id: EnrollmentId | None, *, notice: Markup | None = None
) -> Screen | None:
    """Draw the payment that a held seat of one's own waits for; None where it waits for none."""
    if enrollment_id is None:
        return None
    card = await context.services.payments.find_pending_of_seat(
        center_id=context.actor.center_id, payer_id=context.actor.person_id, enrollment_id=enrollment_id
    )
    if card is None:
        return None
    return pay_view.payment(context.tr, card, now=context.services.clock.now(), notice=notice)


def seat_rows(context: Context, card: SessionCard) -> Rows:
    """Return the ways to pay for a seat that the student cannot pay for otherwise: at once, or by topping up."""
    now, session = context.services.clock.now(), card.session
    is_bookable = session.is_open(now) and session.seats_left > 0 and card.my_enrollment_id is None
    if context.services.online is None or not is_bookable or card.quote.is_affordable:
        return ()
    top_up = Button(context.tr.plain("➕ Top up"), encode(OpenTopUp()))
    if now >= session.free_cancel_until:
        return ((top_up,),)
    pay = PaySeat(PaymentId(new_id()), session.id, terms_shown(session, card.quote))
    price = context.tr.money(session.terms.price_minor, session.terms.currency)
    return (
        (Button(context.tr.plain("💳 Pay {price} and book", price=price), encode(pay), Style.SUCCESS),),
        (top_up,),
    )


def offer_rows(context: Context, card: SessionCard) -> Rows:
    """Return the ways to pay for a seat that is held for the student's waiting, where they cannot pay for it otherwise."""
    if context.services.online is None or card.quote.is_affordable:
        return ()
    pay = PaySeat(PaymentId(new_id()), card.session.id, terms_shown(card.session, card.quote))
    price = context.tr.money(card.session.terms.price_minor, card.session.terms.currency)
    return (
        (Button(context.tr.plain("💳 Pay {price} and take it", price=price), encode(pay), Style.SUCCESS),),
        (Button(context.tr.plain("➕ Top up"), encode(OpenTopUp())),),
    )


def package_rows(context: Context, offer: Offer) -> Rows:
    """Return the way to pay for a package without the wallet."""
    if context.services.online is None or offer.line.price_minor == 0:
        return ()
    line = offer.line
    pay = PayPackage(PaymentId(new_id()), line.class_package_id, ShownOffer(line.price_minor, line.session_count))
    price = context.tr.money(line.price_minor, context.member.center.currency)
    return ((Button(context.tr.plain("💳 Pay {price} online", price=price), encode(pay)),),)


def wallet_rows(context: Context) -> Rows:
    """Return the way to top up."""
    if context.services.online is None:
        return ()
    return ((Button(context.tr.plain("➕ Top up online"), encode(OpenTopUp())),),)


TAPS: Taps = {
    OpenTopUp: without_data(open_top_up),
    AskTopUpAmount: without_data(ask_amount),
    StartTopUp: start_top_up,
    PayPackage: pay_package,
    PaySeat: pay_seat,
    OpenPayment: open_payment,
    RetryLink: retry,
    DropLink: drop,
}
AMOUNT_BUTTONS = frozenset({AskTopUpAmount, StartTopUp})
