"""Entries of the journal in words: what moved, from where to where, why, by whom."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.finance.journal_views import JournalEntry, Leg
from domain.finance.model import AccountKind, EntryCause, WalletOwner
from handlers.admin.payment_words import code
from handlers.buttons.finance import OpenEnrollmentCard, OpenEntry, OpenWalletCard
from handlers.buttons.pay import OpenPaymentCard
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.student.home_view import home_row


def entry_card(tr: Translator, found: JournalEntry, *, currency: str, now: datetime) -> Screen:
    """Return one entry, with the ways to all that it belongs to."""
    belongs: list[Button] = []
    if found.enrollment_id is not None:
        belongs.append(Button(tr.plain("🎟️ Booking"), encode(OpenEnrollmentCard(found.enrollment_id))))
    if found.payment_id is not None:
        belongs.append(Button(tr.plain("🧾 Payment"), encode(OpenPaymentCard(found.payment_id))))
    wallets = tuple(
        (
            Button(
                tr.label(tr.plain("👛 {name}", name=wallet_name(tr, leg.owner_kind, leg.owner_name))),
                encode(OpenWalletCard(leg.wallet, None)),
            ),
        )
        for leg in found.legs
        if leg.wallet is not None
    )
    return Screen(
        tr.lines(
            tr.text("<b>📒 Journal entry</b>"),
            entry_text(tr, found, currency=currency, now=now),
            tr.text("It takes back an older entry.") if found.reverses_id is not None else None,
            tr.text("Id: {id}", id=code(str(found.entry_id))),
        ),
        (*((tuple(belongs),) if belongs else ()), *wallets, home_row(tr)),
    )


def entry_rows(tr: Translator, found: Sequence[JournalEntry], *, currency: str, now: datetime) -> Rows:
    """Return a button for each entry."""
    return tuple(
        (
            Button(
                tr.label(
                    f"📒 {tr.money(each.amount_minor, currency)}",
                    cause_name(tr, each.cause),
                    tr.past_day(each.occurred_at, now=now),
                ),
                encode(OpenEntry(each.entry_id)),
            ),
        )
        for each in found
    )


def entry_text(tr: Translator, found: JournalEntry, *, currency: str, now: datetime) -> Markup:
    """Return an entry in three or four lines: when and why, how much from where to where, by whom."""
    return tr.lines(
        tr.text(
            "<b>{moment}</b> · {cause}",
            moment=tr.past_moment(found.occurred_at, now=now),
            cause=cause_name(tr, found.cause),
        ),
        *(_leg(tr, leg, currency=currency) for leg in found.legs),
        tr.text("By: {name}", name=found.actor_name) if found.actor_name else tr.text("By: the clock"),
        tr.text("Reason: {reason}", reason=found.reason) if found.reason else None,
    )


def _leg(tr: Translator, leg: Leg, *, currency: str) -> Markup:
    amount, account = tr.money(abs(leg.amount_minor), currency), account_name(tr, leg)
    if leg.amount_minor > 0:
        return tr.text("• debit {amount}: {account}", amount=amount, account=account)
    return tr.text("• credit {amount}: {account}", amount=amount, account=account)


def wallet_name(tr: Translator, kind: WalletOwner | None, owner_name: str | None) -> str:
    """Return whose wallet it is."""
    name = owner_name or tr.plain("somebody who was erased")
    match kind:
        case WalletOwner.CENTER:
            return tr.plain("the center's wallet")
        case WalletOwner.STAFF:
            return tr.plain("{name}, as staff", name=name)
        case _:
            return tr.plain("{name}", name=name)


def account_name(tr: Translator, leg: Leg) -> str:  # noqa: C901, PLR0912 -- one case for each account
    """Return what an account is called."""
    match leg.kind:
        case AccountKind.WALLET if leg.owner_kind is WalletOwner.CENTER:
            return wallet_name(tr, leg.owner_kind, leg.owner_name)
        case AccountKind.WALLET:
            return tr.plain("wallet of {name}", name=wallet_name(tr, leg.owner_kind, leg.owner_name))
        case AccountKind.CASHBOX:
            return tr.plain("cashbox {branch}", branch=leg.branch_name or "")
        case AccountKind.GATEWAY_CLEARING:
            return tr.plain("payment service, to be paid out")
        case AccountKind.GATEWAY_LOSS:
            return tr.plain("losses at the payment service")
        case AccountKind.REFUNDS_PAYABLE:
            return tr.plain("refunds on their way")
        case AccountKind.DEFERRED_REVENUE:
            return tr.plain("packages sold, not delivered yet")
        case AccountKind.EARNED_PACKAGE:
            return tr.plain("earned with packages")
        case AccountKind.EARNED_WALLET:
            return tr.plain("earned from wallets")
        case AccountKind.EARNED_CASH:
            return tr.plain("earned in cash")
        case AccountKind.CASH_OVER_SHORT:
            return tr.plain("cash over and short")
        case AccountKind.CENTER_SAFE:
            return tr.plain("bank and safe")
        case AccountKind.OPENING_BALANCES:
            return tr.plain("balances brought over")
        case AccountKind.WAIVED_BALANCES:
            return tr.plain("balances given up")


def cause_name(tr: Translator, cause: EntryCause) -> str:  # noqa: C901, PLR0912 -- one case for each cause
    """Return what moved the money."""
    match cause:
        case EntryCause.CASH_TOP_UP:
            return tr.plain("topped up in cash")
        case EntryCause.PACKAGE_BOUGHT:
            return tr.plain("package bought")
        case EntryCause.PACKAGE_REFUNDED:
            return tr.plain("package refunded")
        case EntryCause.BOOKING_CAPTURED:
            return tr.plain("class paid from the wallet")
        case EntryCause.NO_SHOW_FEE:
            return tr.plain("no-show fee")
        case EntryCause.CAPTURE_RETURNED:
            return tr.plain("class paid back")
        case EntryCause.CREDIT_DELIVERED:
            return tr.plain("class delivered to a package")
        case EntryCause.DELIVERY_RETURNED:
            return tr.plain("delivery taken back")
        case EntryCause.CREDIT_PAID_BACK:
            return tr.plain("credit paid back as money")
        case EntryCause.CASH_TAKEN:
            return tr.plain("cash at the door")
        case EntryCause.CASH_CORRECTED:
            return tr.plain("cash corrected")
        case EntryCause.CASH_RETURNED:
            return tr.plain("cash paid back to the wallet")
        case EntryCause.WALLET_PAID_OUT:
            return tr.plain("wallet paid out in cash")
        case EntryCause.CASH_COUNTED:
            return tr.plain("difference of a count")
        case EntryCause.CASH_BANKED:
            return tr.plain("taken to the bank")
        case EntryCause.GATEWAY_RECEIVED:
            return tr.plain("received online")
        case EntryCause.GATEWAY_TAKEN_BACK:
            return tr.plain("taken back at the payment service")
        case EntryCause.REFUND_ASKED:
            return tr.plain("refund asked for")
        case _:
            return _other_cause(tr, cause)


def _other_cause(tr: Translator, cause: EntryCause) -> str:
    match cause:
        case EntryCause.REFUND_CONFIRMED:
            return tr.plain("refund made")
        case EntryCause.REFUND_REFUSED:
            return tr.plain("refund refused")
        case EntryCause.GATEWAY_LOSS:
            return tr.plain("loss at the payment service")
        case EntryCause.WALLET_TRANSFER:
            return tr.plain("transfer between wallets")
        case EntryCause.PEOPLE_MERGED:
            return tr.plain("two people became one")
        case EntryCause.OPENING_BALANCE:
            return tr.plain("brought over")
        case EntryCause.BALANCE_WAIVED:
            return tr.plain("balance given up")
        case _:
            return tr.plain("credits given up")
