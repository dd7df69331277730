"""What admins' taps on refunds do: of payments, and of packages that were bought with them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from babel.numbers import get_currency_precision
from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError, OutOfDateError, RefundTooLargeError
from domain.finance.amounts import parse_amount
from domain.finance.refunding import clean_reason
from domain.ids import PaymentId, RefundId, StudentPackageId, new_id
from domain.people.model import IDLE
from domain.permissions import Operation, require
from handlers.admin import refunds_view
from handlers.admin.payment_card import card_screen, found
from handlers.buttons.pay import (
    AskPackageRefund,
    AskRefund,
    ConfirmPackageRefund,
    ConfirmRefund,
    PickRefund,
    SettleByHand,
)
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply
from handlers.tap import Taps

ASK_AMOUNT, ASK_REASON, ASK_PACKAGE_REASON = "ask.refund.amount", "ask.refund.reason", "ask.refund.package"


async def ask_refund(context: Context, data: AskRefund) -> Reply:
    """Ask how much is to go back."""
    require(context.actor, Operation.REFUND_PAYMENT)
    return await _asked(context, ASK_AMOUNT, {"payment_id": data.payment_id.hex}, show_amount)


async def pick_refund(context: Context, data: PickRefund) -> Reply:
    """Take all of it, and ask why."""
    require(context.actor, Operation.REFUND_PAYMENT)
    asked = {"payment_id": data.payment_id.hex, "amount_minor": int(data.amount), "refund_id": new_id().hex}
    return await _asked(context, ASK_REASON, asked, show_reason)


async def ask_package(context: Context, data: AskPackageRefund) -> Reply:
    """Ask why a package is refunded."""
    require(context.actor, Operation.REFUND_PACKAGE)
    asked = {"payment_id": data.payment_id.hex, "student_package_id": data.student_package_id.hex}
    return await _asked(context, ASK_PACKAGE_REASON, asked, show_package)


async def _asked(context: Context, step: str, data: dict[str, Any], show: Any) -> Reply:
    member = await context.ask(step=step, data=data)
    reply: Reply = await show(replace(context, member=member))
    return reply


async def take_amount(context: Context, text: str) -> Reply:
    """Take a typed amount, and ask why."""
    try:
        amount_minor = parse_amount(text, digits=get_currency_precision(context.member.center.currency))
        await _check_possible(context, amount_minor)
    except (InvalidInputError, RefundTooLargeError) as error:
        return await show_amount(context, notice=sentence(context.tr, error))
    more = {"amount_minor": amount_minor, "refund_id": new_id().hex}
    return await show_reason(await _answered(context, ASK_AMOUNT, ASK_REASON, more))


async def _check_possible(context: Context, amount_minor: int) -> None:
    """Raise RefundTooLargeError before the reason is asked for; the refund itself checks again."""
    _, history = await found(context, _payment_id(context))
    if history is not None and amount_minor > history.refundable_minor:
        raise RefundTooLargeError(most_minor=history.refundable_minor, currency=context.member.center.currency)


async def take_reason(context: Context, text: str) -> Reply:
    """Take the reason, and ask whether all that is meant."""
    return await _take_reason(context, text, ASK_REASON, show_reason)


async def take_package_reason(context: Context, text: str) -> Reply:
    """Take the reason of a package's refund, and ask whether it is meant."""
    return await _take_reason(context, text, ASK_PACKAGE_REASON, show_package)


async def _take_reason(context: Context, text: str, step: str, show: Any) -> Reply:
    try:
        reason = clean_reason(text)
    except InvalidInputError as error:
        reply: Reply = await show(context, notice=sentence(context.tr, error))
        return reply
    confirmed: Reply = await show(await _answered(context, step, None, {"reason": reason}))
    return confirmed


async def _answered(context: Context, step: str, next_step: str | None, more: dict[str, Any]) -> Context:
    member = await context.services.take_answer(
        member=context.member,
        step=step,
        message_id=context.message_id,
        next_step=next_step,
        data={**context.member.dialog.data, **more},
    )
    return replace(context, member=member)


def _payment_id(context: Context) -> PaymentId:
    return PaymentId(UUID(hex=context.member.dialog.data["payment_id"]))


async def show_amount(context: Context, *, notice: Markup | None = None) -> Reply:
    """Show the question for the amount."""
    details, history = await found(context, _payment_id(context))
    if history is None:
        raise NotFoundError(what="payment")
    return Reply(
        refunds_view.ask_amount(
            context.tr,
            details,
            refundable_minor=history.refundable_minor,
            currency=context.member.center.currency,
            notice=notice,
        )
    )


async def show_reason(context: Context, *, notice: Markup | None = None) -> Reply:
    """Show the question for the reason, or, once it is answered, what the refund would do."""
    data, payment_id = context.member.dialog.data, _payment_id(context)
    if "reason" not in data:
        return Reply(refunds_view.ask_reason(context.tr, payment_id, notice=notice))
    details, _ = await found(context, payment_id)
    return Reply(
        refunds_view.confirm_refund(
            context.tr,
            details,
            currency=context.member.center.currency,
            refund_id=RefundId(UUID(hex=data["refund_id"])),
            amount_minor=data["amount_minor"],
            reason=data["reason"],
        )
    )


async def show_package(context: Context, *, notice: Markup | None = None) -> Reply:
    """Show the question for the reason, or, once it is answered, what refunding the package would do."""
    data, payment_id = context.member.dialog.data, _payment_id(context)
    if "reason" not in data:
        return Reply(refunds_view.ask_reason(context.tr, payment_id, notice=notice))
    details, _ = await found(context, payment_id)
    return Reply(
        refunds_view.confirm_package(
            context.tr,
            details,
            student_package_id=StudentPackageId(UUID(hex=data["student_package_id"])),
            reason=data["reason"],
        )
    )


def _reason(context: Context, name: str, id_: UUID) -> str:
    """Return the reason that was typed for exactly this. Raises OutOfDateError where the dialog is about something else."""
    dialog = context.member.dialog
    if dialog.step != IDLE or dialog.data.get(name) != id_.hex or not isinstance(dialog.data.get("reason"), str):
        raise OutOfDateError
    return str(dialog.data["reason"])


async def confirm_refund(context: Context, data: ConfirmRefund) -> Reply:
    """Refund, and ask the gateway for it; pressed again, show what the first press did."""
    await context.services.refunds.refund_payment(
        actor=context.actor,
        payment_id=data.payment_id,
        refund_id=data.refund_id,
        amount_minor=data.amount,
        reason=_reason(context, "refund_id", data.refund_id),
    )
    return Reply(await card_screen(context, data.payment_id))


async def confirm_package(context: Context, data: ConfirmPackageRefund) -> Reply:
    """Refund a package."""
    await context.services.refunds.refund_package(
        actor=context.actor,
        student_package_id=data.student_package_id,
        reason=_reason(context, "student_package_id", data.student_package_id),
    )
    return Reply(await card_screen(context, data.payment_id))


async def settle_by_hand(context: Context, data: SettleByHand) -> Reply:
    """Note how a refund went that was made by hand."""
    await context.services.refunds.settle_by_hand(actor=context.actor, refund_id=data.refund_id, was_made=data.was_made)
    return Reply(await card_screen(context, data.payment_id))


TAPS: Taps = {
    AskRefund: ask_refund,
    PickRefund: pick_refund,
    AskPackageRefund: ask_package,
    ConfirmRefund: confirm_refund,
    ConfirmPackageRefund: confirm_package,
    SettleByHand: settle_by_hand,
}
QUESTIONS = {
    ASK_AMOUNT: Question(take_amount, show_amount, frozenset({AskRefund, PickRefund})),
    ASK_REASON: Question(take_reason, show_reason, frozenset({PickRefund, ConfirmRefund})),
    ASK_PACKAGE_REASON: Question(take_package_reason, show_package, frozenset({AskPackageRefund, ConfirmPackageRefund})),
}
