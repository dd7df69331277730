"""What payments are called: their status, their method, what they are for, and when."""

from markupsafe import Markup, escape

from domain.finance.gateway_settling import EventOutcome
from domain.finance.model import PaymentMethod, PaymentPurpose, PaymentStatus
from domain.finance.payments_admin import PaymentDetails, PaymentPeriod
from handlers.i18n import Formatted, Translator, isolate


def code(id_: str) -> Formatted:
    """Return an id that a tap copies, and nothing with it: the marks that keep it in its place stand outside."""
    return Formatted(isolate(f"<code>{escape(id_)}</code>"))


def status_icon(status: PaymentStatus) -> str:
    """Return the sign of a payment's status."""
    return {
        PaymentStatus.PENDING: "⏳",
        PaymentStatus.COMPLETED: "✅",
        PaymentStatus.FAILED: "❌",
        PaymentStatus.CANCELLED: "⌛",
        PaymentStatus.REFUNDED: "↩️",
    }[status]


def method_icon(method: PaymentMethod) -> str:
    """Return the sign of what a payment was made with."""
    return {
        PaymentMethod.GATEWAY: "🌐",
        PaymentMethod.WALLET: "👛",
        PaymentMethod.CASH: "💵",
        PaymentMethod.PACKAGE: "📦",
    }[method]


def status_name(tr: Translator, status: PaymentStatus) -> str:
    """Return what a status is called."""
    match status:
        case PaymentStatus.PENDING:
            return tr.plain("not paid yet")
        case PaymentStatus.COMPLETED:
            return tr.plain("paid")
        case PaymentStatus.FAILED:
            return tr.plain("failed")
        case PaymentStatus.CANCELLED:
            return tr.plain("ended without being paid")
        case PaymentStatus.REFUNDED:
            return tr.plain("refunded")


def method_name(tr: Translator, method: PaymentMethod) -> str:
    """Return what a method is called."""
    match method:
        case PaymentMethod.GATEWAY:
            return tr.plain("online")
        case PaymentMethod.WALLET:
            return tr.plain("from the wallet")
        case PaymentMethod.CASH:
            return tr.plain("in cash")
        case PaymentMethod.PACKAGE:
            return tr.plain("with a credit")


def period_name(tr: Translator, period: PaymentPeriod) -> str:
    """Return what a period is called."""
    match period:
        case PaymentPeriod.EVER:
            return tr.plain("All the time")
        case PaymentPeriod.TODAY:
            return tr.plain("Today")
        case PaymentPeriod.WEEK:
            return tr.plain("The last 7 days")
        case PaymentPeriod.MONTH:
            return tr.plain("This month")
        case PaymentPeriod.LAST_MONTH:
            return tr.plain("Last month")


def what_for(tr: Translator, found: PaymentDetails, *, currency: str) -> Markup:
    """Say in a line what a payment is for, and how much."""
    amount = tr.money(found.amount_minor, currency)
    match found.purpose:
        case PaymentPurpose.PACKAGE:
            return tr.text("🎁 <b>{package}</b> · {amount}", package=found.package_name or "", amount=amount)
        case PaymentPurpose.ENROLLMENT if found.class_title is not None and found.starts_at is not None:
            return tr.text(
                "📅 <b>{title}</b>, {moment} · {amount}",
                title=found.class_title,
                moment=tr.moment(found.starts_at),
                amount=amount,
            )
        case _:
            return tr.text("💳 <b>Wallet</b> · {amount}", amount=amount)


def outcome_name(tr: Translator, outcome: str | None) -> str:  # noqa: C901, PLR0912 -- one case each
    """Return what a report of the gateway's came to; one that still waits, and a word of another version, as they are."""
    match outcome:
        case EventOutcome.PAID:
            return tr.plain("paid")
        case EventOutcome.PAID_TWICE:
            return tr.plain("paid twice")
        case EventOutcome.PAID_LATE:
            return tr.plain("paid late")
        case EventOutcome.PENDING:
            return tr.plain("not paid yet")
        case EventOutcome.ATTEMPT_FAILED:
            return tr.plain("an attempt failed")
        case EventOutcome.VOIDED:
            return tr.plain("undone before it counted")
        case EventOutcome.TAKEN_BACK:
            return tr.plain("money taken back")
        case EventOutcome.REFUND_CONFIRMED:
            return tr.plain("refund made")
        case EventOutcome.ALREADY:
            return tr.plain("known already")
        case EventOutcome.MISMATCH:
            return tr.plain("does not match the order")
        case EventOutcome.UNREADABLE:
            return tr.plain("cannot be read")
        case EventOutcome.UNKNOWN_ORDER:
            return tr.plain("no order of ours")
        case EventOutcome.NOT_YET:
            return tr.plain("waits for an earlier report")
        case _:
            return outcome or "…"
