"""One payment as admins see it: what for, by whom, what became of it, the journal's side and the gateway's."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.journal_views import JournalEntry
from domain.finance.model import PaymentStatus, WalletOwner
from domain.finance.payment_views import EffectLine, PaymentHistory, RefundLine, ReportLine
from domain.finance.payments_admin import OrderDetails, PaymentChoice, PaymentDetails
from domain.finance.wallets_admin import WalletRef
from domain.packages.model import StudentPackageStatus
from handlers.admin.journal_view import entry_rows, entry_text
from handlers.admin.payment_words import code, method_icon, method_name, outcome_name, status_icon, status_name, what_for
from handlers.admin.refunds_view import what_stays
from handlers.buttons.finance import (
    ListPayments,
    OpenEnrollmentCard,
    OpenPaymentAtGateway,
    OpenPaymentJournal,
    OpenWalletCard,
)
from handlers.buttons.members import OpenPerson
from handlers.buttons.pay import AskPackageRefund, AskRefund, OpenPaymentCard, SettleByHand
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row

_MOST_LINES = 10  # of each kind, the latest: a message has room for 4,096 characters
_SHORT_HASH = 12


def card(
    tr: Translator,
    found: PaymentDetails,
    history: PaymentHistory | None,
    *,
    currency: str,
    now: datetime,
    notice: Markup | None = None,
) -> Screen:
    """Return a payment with all that can be done about it."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            what_for(tr, found, currency=currency),
            tr.text("👤 {name}", name=found.payer_name),
            tr.text("{icon} {status}", icon=status_icon(found.status), status=status_name(tr, found.status)),
            tr.text("{icon} {method}", icon=method_icon(found.method), method=method_name(tr, found.method)),
            _refunded(tr, found, currency=currency),
            *_times(tr, found, now=now),
            tr.text("🏢 {branch}", branch=found.branch_name) if found.branch_name else None,
            tr.text("Taken by: {name}", name=found.taken_by) if found.taken_by else None,
            *_refunds(tr, history, currency=currency, now=now),
            *_refundable(tr, found, history),
        ),
        (
            *_by_hand(tr, found, history),
            *_refunding(tr, found, history),
            *_links(tr, found),
            (
                Button(tr.plain("📒 Journal"), encode(OpenPaymentJournal(found.payment_id, None))),
                *(
                    (Button(tr.plain("🌐 Payment service"), encode(OpenPaymentAtGateway(found.payment_id))),)
                    if found.order is not None
                    else ()
                ),
            ),
            (Button(tr.plain("🧾 Payments"), encode(ListPayments(PaymentChoice(), None))), *home_row(tr)),
        ),
    )


def journal(
    tr: Translator,
    found: PaymentDetails,
    entries: Sequence[JournalEntry],
    *,
    has_more: bool,
    is_first_page: bool,
    currency: str,
    now: datetime,
) -> Screen:
    """Return a page of the entries of a payment, of its seat and of its package."""
    id_, turning = found.payment_id, []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenPaymentJournal(id_, None))))
    if has_more:
        turning.append(Button(tr.plain("Older ▶️"), encode(OpenPaymentJournal(id_, entries[-1].entry_id))))
    lines = [line for each in entries for line in ("", entry_text(tr, each, currency=currency, now=now))]
    return Screen(
        tr.lines(
            tr.text("<b>📒 Journal</b>"),
            what_for(tr, found, currency=currency),
            *lines,
            None if entries else tr.text("No money has moved."),
        ),
        (
            *entry_rows(tr, entries, currency=currency, now=now),
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("◀️ Back"), encode(OpenPaymentCard(id_))), *home_row(tr)),
        ),
    )


def at_gateway(
    tr: Translator,
    found: PaymentDetails,
    order: OrderDetails,
    history: PaymentHistory,
    *,
    currency: str,
    now: datetime,
) -> Screen:
    """Return what the gateway was asked and said, with the ids by which it finds the payment in a dispute."""
    return Screen(
        tr.lines(
            tr.text("<b>🌐 At the payment service</b>"),
            what_for(tr, found, currency=currency),
            "",
            tr.text("Service: {name}", name=order.provider.value.title()),
            tr.text("Order: {id}", id=code(order.order_id)) if order.order_id else tr.text("No order was made."),
            tr.text("Our reference: {id}", id=code(order.reference)),
            tr.text("Payable until {moment}", moment=tr.past_moment(order.expires_at, now=now)),
            _inquiries(tr, order, now=now),
            "" if history.effects or history.refunds or history.reports else None,
            *(_effect(tr, each, currency=currency, now=now) for each in history.effects[-_MOST_LINES:]),
            *(_refund_there(tr, each, currency=currency, now=now) for each in history.refunds[-_MOST_LINES:]),
            *(_report(tr, each, now=now) for each in history.reports[-_MOST_LINES:]),
            tr.text("Earlier ones are left out.") if _is_cut(history) else None,
        ),
        ((Button(tr.plain("◀️ Back"), encode(OpenPaymentCard(found.payment_id))), *home_row(tr)),),
    )


def _refunded(tr: Translator, found: PaymentDetails, *, currency: str) -> Markup | None:
    if not found.refunded_minor:
        return None
    return tr.text(
        "↩️ {refunded} given back, {left} left",
        refunded=tr.money(found.refunded_minor, currency),
        left=tr.money(found.left_minor, currency),
    )


def _times(tr: Translator, found: PaymentDetails, *, now: datetime) -> tuple[Markup | None, ...]:
    return (
        tr.text("🗓️ {moment}", moment=tr.past_moment(found.created_at, now=now)),
        tr.text("Ended: {moment}", moment=tr.past_moment(found.ended_at, now=now))
        if found.ended_at is not None and found.ended_at != found.created_at
        else None,
    )


def _refunds(tr: Translator, history: PaymentHistory | None, *, currency: str, now: datetime) -> tuple[Markup | str, ...]:
    if history is None or not history.refunds:
        return ()
    return ("", *(_refund(tr, each, currency=currency, now=now) for each in history.refunds[-_MOST_LINES:]))


def _refundable(tr: Translator, found: PaymentDetails, history: PaymentHistory | None) -> tuple[Markup | None, ...]:
    """Say what a refund leaves as it is, and where it is not possible now, why."""
    if history is None or found.status is not PaymentStatus.COMPLETED or not found.left_minor:
        return ()
    if history.refundable_minor:
        return (what_stays(tr, found),)
    if any(each.status is RefundStatus.ASKED for each in history.refunds):
        return ()
    return (tr.text("It cannot be refunded now: nothing of it is free in the wallet."), what_stays(tr, found))


def _refunding(tr: Translator, found: PaymentDetails, history: PaymentHistory | None) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if history is not None and history.refundable_minor:
        rows.append((Button(tr.plain("↩️ Refund to the payer"), encode(AskRefund(found.payment_id))),))
    is_usable = found.package_status is StudentPackageStatus.ACTIVE and found.package_credits_left
    if found.student_package_id is not None and is_usable and found.status is not PaymentStatus.PENDING:
        ask = AskPackageRefund(found.payment_id, found.student_package_id)
        rows.append((Button(tr.plain("↩️ Unused credits to the wallet"), encode(ask)),))
    return tuple(rows)


def _links(tr: Translator, found: PaymentDetails) -> Rows:
    whose = (
        Button(tr.plain("👤 Person"), encode(OpenPerson(found.payer_id))),
        Button(tr.plain("👛 Wallet"), encode(OpenWalletCard(WalletRef(WalletOwner.STUDENT, found.payer_id), None))),
    )
    seat = (
        (Button(tr.plain("🎟️ Booking"), encode(OpenEnrollmentCard(found.enrollment_id))),)
        if found.enrollment_id is not None
        else ()
    )
    row = (*seat, *(whose if found.payer_is_there else ()))
    return (row,) if row else ()


def _by_hand(tr: Translator, found: PaymentDetails, history: PaymentHistory | None) -> Rows:
    """Return what an admin says of a refund that they have to make themselves."""
    if history is None or found.order is None or found.order.provider is not Gateway.TELEGRAM:
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


def _inquiries(tr: Translator, order: OrderDetails, *, now: datetime) -> Markup | None:
    if order.inquire_at is None:
        return tr.ntext("Asked about {n} time", "Asked about {n} times", order.inquiries) if order.inquiries else None
    following = tr.past_moment(order.inquire_at, now=now)
    return tr.ntext(
        "Asked about {n} time, next at {moment}",
        "Asked about {n} times, next at {moment}",
        order.inquiries,
        moment=following,
    )


def _effect(tr: Translator, line: EffectLine, *, currency: str, now: datetime) -> Markup:
    values = {
        "moment": tr.past_moment(line.at, now=now),
        "amount": tr.money(line.amount_minor, currency),
        "id": code(line.transaction_id),
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


def _refund_there(tr: Translator, line: RefundLine, *, currency: str, now: datetime) -> Markup:
    """Return a refund as the gateway knows it: by its own id, once it has one."""
    values = {
        "moment": tr.past_moment(line.asked_at, now=now),
        "amount": tr.money(line.amount_minor, currency),
        "id": code(line.transaction_id or line.refund_id.hex),
    }
    match line.status:
        case RefundStatus.ASKED if line.called_at is None:
            return tr.text("• {moment}: refund of {amount}, not asked for yet ({id})", **values)
        case RefundStatus.ASKED:
            return tr.text("• {moment}: refund of {amount}, no answer yet ({id})", **values)
        case RefundStatus.CONFIRMED:
            return tr.text("• {moment}: refund of {amount}, made ({id})", **values)
        case RefundStatus.REFUSED:
            return tr.text("• {moment}: refund of {amount}, refused ({id})", **values)


def _is_cut(history: PaymentHistory) -> bool:
    return max(len(history.effects), len(history.refunds), len(history.reports)) > _MOST_LINES


def _report(tr: Translator, line: ReportLine, *, now: datetime) -> Markup:
    return tr.text(
        "• {moment}: report, {outcome} ({id})",
        moment=tr.past_moment(line.received_at, now=now),
        outcome=outcome_name(tr, line.outcome),
        id=code(line.transaction_id or line.body_hash[:_SHORT_HASH]),
    )
