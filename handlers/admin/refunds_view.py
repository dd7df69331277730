"""Refunds: how much, why, and exactly what it does to the payment, the seat and the package."""

from markupsafe import Markup

from domain.finance.model import PaymentPurpose
from domain.finance.payments_admin import PaymentDetails
from domain.ids import PaymentId, RefundId, StudentPackageId
from domain.money import AmountMinor
from handlers.admin.payment_words import what_for
from handlers.buttons.pay import ConfirmPackageRefund, ConfirmRefund, OpenPaymentCard, PickRefund
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style


def ask_amount(
    tr: Translator, found: PaymentDetails, *, refundable_minor: int, currency: str, notice: Markup | None = None
) -> Screen:
    """Ask how much is to go back: all that can, or an amount that is typed."""
    amount = tr.money(refundable_minor, currency)
    pick = PickRefund(found.payment_id, AmountMinor(refundable_minor))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            what_for(tr, found, currency=currency),
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


def confirm_refund(
    tr: Translator, found: PaymentDetails, *, currency: str, refund_id: RefundId, amount_minor: int, reason: str
) -> Screen:
    """Say exactly what a refund does."""
    amount = tr.money(amount_minor, currency)
    confirm = ConfirmRefund(refund_id, found.payment_id, AmountMinor(amount_minor))
    return Screen(
        tr.lines(
            tr.text("Refund {amount} to {name}?", amount=amount, name=found.payer_name),
            tr.text("It leaves their wallet now and goes back to how they paid. If that is refused, it returns."),
            what_stays(tr, found),
            tr.text("Reason: {reason}", reason=reason),
        ),
        (
            (Button(tr.plain("Refund {amount}", amount=amount), encode(confirm), Style.DANGER),),
            (Button(tr.plain("Cancel"), encode(OpenPaymentCard(found.payment_id))),),
        ),
    )


def confirm_package(tr: Translator, found: PaymentDetails, *, student_package_id: StudentPackageId, reason: str) -> Screen:
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


def what_stays(tr: Translator, found: PaymentDetails) -> Markup | None:
    """Say what a refund leaves as it is: what was bought with the money is given back on its own."""
    match found.purpose:
        case PaymentPurpose.ENROLLMENT:
            return tr.text(
                "The booking stays. To give the seat back as well, cancel it first: its price is in the wallet then."
            )
        case PaymentPurpose.PACKAGE:
            return tr.text("The package stays with its credits. To end it, pay its unused credits into the wallet first.")
        case PaymentPurpose.TOP_UP:
            return None
