"""Payments through the gateway as admins see them: the list, a payment with all that happened to it, and refunds."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.model import PaymentStatus
from domain.finance.payment_views import EffectLine, PaymentCard, PaymentCursor, PaymentHistory, PaymentLine, RefundLine
from domain.ids import PaymentId, RefundId, StudentPackageId
from domain.money import AmountMinor
from handlers.buttons.pay import (
    AskPackageRefund,
    AskRefund,
    ConfirmPackageRefund,
    ConfirmRefund,
    ListPayments,
    OpenPaymentCard,
    PickRefund,
    SettleByHand,
)
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row
from handlers.student.pay_view import purpose


def payments(tr: Translator, lines: Sequence[PaymentLine], *, has_more: bool, is_first_page: bool, now: datetime) -> Screen:
    """Return a page of payments, the latest first."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListPayments(None))))
    if has_more:
        cursor = PaymentCursor(lines[-1].created_at, lines[-1].payment_id)
        turning.append(Button(tr.plain("Older ▶️"), encode(ListPayments(cursor))))
    return Screen(
        tr.lines(
            tr.text("<b>Payments online</b>"),
            tr.text("The latest first. Tap one to see it.") if lines else tr.text("There are none yet."),
        ),
        (
            *(
                (
                    Button(
                        tr.label(
                            f"{status_icon(line.status)} {tr.money(line.amount_minor, line.currency)}",
                            tr.plain("{name}", name=line.payer_name),
                            tr.past_moment(line.created_at, now=now),
                        ),
                        encode(OpenPaymentCard(line.payment_id)),
                    ),
                )
                for line in lines
            ),
            *((tuple(turning),) if turning else ()),
            home_row(tr),
        ),
    )


def status_icon(status: PaymentStatus) -> str:
    """Return the sign of a payment's status."""
    return {
        PaymentStatus.PENDING: "⏳",
        PaymentStatus.COMPLETED: "✅",
        PaymentStatus.FAILED: "❌",
        PaymentStatus.CANCELLED: "⌛",
        PaymentStatus.REFUNDED: "↩️",
    }[status]


def _status(tr: Translator, status: PaymentStatus) -> Markup:
    match status:
        case PaymentStatus.PENDING:
            return tr.text("not paid yet")
        case PaymentStatus.COMPLETED:
            return tr.text("paid")
        case PaymentStatus.FAILED:
            return tr.text("failed")
        case PaymentStatus.CANCELLED:
            return tr.text("ended without being paid")
        case PaymentStatus.REFUNDED:
            return tr.text("refunded")


def card(
    tr: Translator, found: PaymentCard, history: PaymentHistory, *, now: datetime, notice: Markup | None = None
) -> Screen:
    """Return a payment with every transaction, refund and report."""
    currency = found.currency
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            purpose(tr, found),
            tr.text("👤 {name}", name=found.payer_name),
            tr.text("{icon} {status}", icon=status_icon(found.status), status=_status(tr, found.status)),
            tr.text("🗓️ {moment}", moment=tr.past_moment(found.created_at, now=now)),
            tr.text("Order at the payment service: {order}", order=found.order_id) if found.order_id else None,
            "" if history.effects or history.refunds or history.reports else None,
            *(_effect(tr, each, currency=currency, now=now) for each in history.effects),
            *(_refund(tr, each, currency=currency, now=now) for each in history.refunds),
            *(
                tr.text(
                    "• {moment}: report, {outcome}",
                    moment=tr.past_moment(each.received_at, now=now),
                    outcome=each.outcome or "…",
                )
                for each in history.reports
            ),
        ),
        (
            *_by_hand(tr, found, history),
            *(
                ((Button(tr.plain("↩️ Refund to the payer"), encode(AskRefund(found.payment_id))),),)
                if history.refundable_minor
                else ()
            ),
            *_package_refund(tr, found),
            (Button(tr.plain("🧾 Payments"), encode(ListPayments(None))), *home_row(tr)),
        ),
    )


def _package_refund(tr: Translator, found: PaymentCard) -> Rows:
    if found.student_package_id is None or not found.package_credits_left:
        return ()
    ask = AskPackageRefund(found.payment_id, found.student_package_id)
    return ((Button(tr.plain("↩️ Unused credits to the wallet"), encode(ask)),),)


def _by_hand(tr: Translator, found: PaymentCard, history: PaymentHistory) -> Rows:
    """Return what an admin says of a refund that they have to make themselves."""
    if found.provider is not Gateway.TELEGRAM:
        return ()
    return tuple(
        (
            Button(
                tr.plain("✅ I refunded it"), encode(SettleByHand(each.refund_id, found.payment_id, True)), Style.SUCCESS
            ),
            Button(tr.plain("❌ Not possible"), encode(SettleByHand(each.refund_id, found.payment_id, False))),
        )
        for each in history.refunds
        if each.status is RefundStatus.ASKED
    )


def _effect(tr: Translator, line: EffectLine, *, currency: str, now: datetime) -> Markup:
    values = {
        "moment": tr.past_moment(line.at, now=now),
        "amount": tr.money(line.amount_minor, currency),
        "id": line.transaction_id,
    }
    if line.kind is GatewayEffect.PAID:
        return tr.text("• {moment}: {amount} came in ({id})", **values)
    return tr.text("• {moment}: {amount} went back ({id})", **values)


def _refund(tr: Translator, line: RefundLine, *, currency: str, now: datetime) -> Markup:
    values = {
        "moment": tr.past_moment(line.asked_at, now=now),
        "amount": tr.money(line.amount_minor, currency),
        "reason": line.reason,
    }
    match line.status:
        case RefundStatus.ASKED:
            return tr.text("• {moment}: refund of {amount} asked for, no answer yet ({reason})", **values)
        case RefundStatus.CONFIRMED:
            return tr.text("• {moment}: refund of {amount} made ({reason})", **values)
        case RefundStatus.REFUSED:
            return tr.text("• {moment}: refund of {amount} refused, back in the wallet ({reason})", **values)


def ask_amount(tr: Translator, found: PaymentCard, *, refundable_minor: int, notice: Markup | None = None) -> Screen:
    """Ask how much is to go back: all that can, or an amount that is typed."""
    amount = tr.money(refundable_minor, found.currency)
    pick = PickRefund(found.payment_id, AmountMinor(refundable_minor))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            purpose(tr, found),
            tr.text("👤 {name}", name=found.payer_name),
            tr.text("How much is to go back? At most {amount}: tap, or type another amount.", amount=amount),
        ),
        (
            (Button(tr.plain("All of it: {amount}", amount=amount), encode(pick)),),
            (Button(tr.plain("Cancel"), encode(OpenPaymentCard(found.payment_id))),),
        ),
    )


def ask_reason(tr: Translator, payment_id: PaymentId, *, notice: Markup | None = None) -> Screen:
    """Ask why."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("Why? Type the reason, for example: moved to another city"),
        ),
        ((Button(tr.plain("Cancel"), encode(OpenPaymentCard(payment_id))),),),
    )


def confirm_refund(tr: Translator, found: PaymentCard, *, refund_id: RefundId, amount_minor: int, reason: str) -> Screen:
    """Say exactly what a refund does."""
    amount = tr.money(amount_minor, found.currency)
    confirm = ConfirmRefund(refund_id, found.payment_id, AmountMinor(amount_minor))
    return Screen(
        tr.lines(
            tr.text("Refund {amount} to {name}?", amount=amount, name=found.payer_name),
            tr.text("It leaves their wallet now and goes back to how they paid. If that is refused, it returns."),
            tr.text("Reason: {reason}", reason=reason),
        ),
        (
            (Button(tr.plain("Refund {amount}", amount=amount), encode(confirm), Style.DANGER),),
            (Button(tr.plain("Cancel"), encode(OpenPaymentCard(found.payment_id))),),
        ),
    )


def confirm_package(tr: Translator, found: PaymentCard, *, student_package_id: StudentPackageId, reason: str) -> Screen:
    """Say exactly what refunding a package does."""
    confirm = ConfirmPackageRefund(found.payment_id, student_package_id)
    return Screen(
        tr.lines(
            tr.ntext(
                "End {package} of {name} and pay {n} unused credit back into their wallet?",
                "End {package} of {name} and pay {n} unused credits back into their wallet?",
                found.package_credits_left or 0,
                package=found.package_name or "",
                name=found.payer_name,
            ),
            tr.text("Reason: {reason}", reason=reason),
        ),
        (
            (Button(tr.plain("Yes, pay it back"), encode(confirm), Style.DANGER),),
            (Button(tr.plain("Cancel"), encode(OpenPaymentCard(found.payment_id))),),
        ),
    )
