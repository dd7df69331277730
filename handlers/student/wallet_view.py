"""A student's wallet: what may be spent, what is locked and for which booking, and the statement."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.finance.model import EntryCause, WalletOwner
from domain.finance.statement import StatementLine
from domain.finance.views import LockLine, Means
from domain.finance.wallets_admin import TransferNotice
from handlers.callback_data import ListPackages, OpenBooking, OpenWallet, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.student.home_view import home_row

_LOCKS_SHOWN = 6


def wallet(
    tr: Translator,
    owned: Means,
    *,
    lines: Sequence[StatementLine],
    has_more: bool,
    is_first_page: bool,
    currency: str,
    now: datetime,
    online: Rows = (),
) -> Screen:
    """Return the wallet with a page of its statement; what is available and locked stands on the first.

    ``online`` are the ways to top it up from here.
    """
    top = (*_available(tr, owned, currency=currency, is_online=bool(online)), "") if is_first_page else ()
    text = tr.lines(
        tr.text("<b>Wallet</b>"),
        *top,
        tr.text("<b>Statement</b>") if lines else None,
        *(_line(tr, line, currency=currency, now=now) for line in lines),
    )
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenWallet(None))))
    if has_more:
        turning.append(Button(tr.plain("Older ▶️"), encode(OpenWallet(lines[-1].entry_id))))
    return Screen(
        text,
        (
            *(_lock_rows(tr, owned.locks[:_LOCKS_SHOWN], now=now) if is_first_page else ()),
            *((tuple(turning),) if turning else ()),
            *(online if is_first_page else ()),
            (Button(tr.plain("🎁 Packages"), encode(ListPackages(None))), *home_row(tr)),
        ),
    )


def transfer_news(tr: Translator, found: TransferNotice, *, currency: str) -> Screen:
    """Return what the owner of a wallet is told of a transfer that the center made."""
    amount = tr.money(found.amount_minor, currency)
    if found.gained is not None and found.given is not None:
        text = tr.text("🔁 {amount} was moved from one of your wallets here to the other.", amount=amount)
    elif found.gained is not None:
        text = tr.text("🔁 {amount} was moved into your wallet.", amount=amount)
    else:
        text = tr.text("🔁 {amount} was moved out of your wallet.", amount=amount)
    is_students = WalletOwner.STUDENT in {found.gained, found.given}
    return Screen(
        tr.lines(text, tr.text("Reason: {reason}", reason=found.reason) if found.reason else None),
        ((Button(tr.plain("💳 Wallet"), encode(OpenWallet(None))),),) if is_students else (),
    )


def _available(tr: Translator, owned: Means, *, currency: str, is_online: bool) -> tuple[Markup, ...]:
    state = owned.wallet
    if state is None or state.balance_minor == 0:
        if is_online:
            return (tr.text("Your wallet is empty. Top it up here, or at the studio's reception."),)
        return (tr.text("Your wallet is empty. It can be topped up at the studio's reception."),)
    lines = [tr.text("💳 <b>{amount}</b> to spend", amount=tr.money(state.available_minor, currency))]
    if state.locked_minor:
        lines.append(tr.text("🔒 {amount} locked for bookings:", amount=tr.money(state.locked_minor, currency)))
        lines += [
            tr.text(
                "• {amount}: {title}, {moment}",
                amount=tr.money(lock.amount_minor, currency),
                title=lock.class_title,
                moment=tr.moment(lock.starts_at),
            )
            for lock in owned.locks[:_LOCKS_SHOWN]
        ]
        if len(owned.locks) > _LOCKS_SHOWN:
            lines.append(tr.text("• … and others: see My bookings."))
    return tuple(lines)


def _lock_rows(tr: Translator, locks: Sequence[LockLine], *, now: datetime) -> Rows:
    return tuple(
        (
            Button(
                tr.label(f"🔒 {tr.soon(lock.starts_at, now=now)}", tr.plain("{title}", title=lock.class_title)),
                encode(OpenBooking(lock.enrollment_id)),
            ),
        )
        for lock in locks
    )


def _line(tr: Translator, line: StatementLine, *, currency: str, now: datetime) -> Markup:
    return tr.text(
        "<b>{amount}</b> · {moment}\n{cause}",
        amount=tr.signed_money(line.amount_minor, currency),
        moment=tr.past_moment(line.occurred_at, now=now),
        cause=tr.lines(_cause(tr, line)),
    )


def _cause(tr: Translator, line: StatementLine) -> Markup:
    why = _why(tr, line)
    if line.reason:
        why = tr.text("{why} ({reason})", why=why, reason=line.reason)
    return tr.text("Correction: {why}", why=why) if line.is_correction else why


def _why(tr: Translator, line: StatementLine) -> Markup:  # noqa: C901, PLR0912 -- one case for each cause
    package = line.package_name or ""
    match line.cause:
        case EntryCause.CASH_TOP_UP if line.branch_name:
            return tr.text("💵 Topped up in cash, {branch}", branch=line.branch_name)
        case EntryCause.CASH_TOP_UP:
            return tr.text("💵 Topped up in cash")
        case EntryCause.PACKAGE_BOUGHT:
            return tr.text("🎁 Bought {package}", package=package)
        case EntryCause.BOOKING_CAPTURED:
            return tr.text("📅 Paid for {booking}", booking=_booking(tr, line))
        case EntryCause.CAPTURE_RETURNED:
            return tr.text("↩️ Paid back for {booking}", booking=_booking(tr, line))
        case EntryCause.CREDIT_PAID_BACK:
            return tr.text("↩️ A credit paid back for {booking}", booking=_booking(tr, line))
        case EntryCause.OPENING_BALANCE:
            return tr.text("📒 Brought over from before")
        case EntryCause.BALANCE_WAIVED:
            return tr.text("Given up")
        case EntryCause.CREDITS_WAIVED:
            return tr.text("Credits given up")
        case EntryCause.NO_SHOW_FEE:
            return tr.text("🚫 Fee for missing {booking}", booking=_booking(tr, line))
        case EntryCause.CASH_RETURNED:
            return tr.text("↩️ Cash paid back for {booking}", booking=_booking(tr, line))
        case EntryCause.WALLET_PAID_OUT:
            return tr.text("💵 Paid out in cash")
        case EntryCause.CASH_CORRECTED:
            return tr.text("💵 Cash at the reception")
        case EntryCause.PACKAGE_REFUNDED:
            return tr.text("↩️ Refund of {package}", package=package)
        case EntryCause.GATEWAY_RECEIVED:
            return tr.text("💳 Paid online")
        case EntryCause.GATEWAY_TAKEN_BACK:
            return tr.text("↩️ Taken back by the payment service")
        case EntryCause.REFUND_ASKED:
            return tr.text("↩️ Refund to your card or account")
        case EntryCause.REFUND_REFUSED:
            return tr.text("↩️ The refund was not possible: back in the wallet")
        case EntryCause.WALLET_TRANSFER:
            return tr.text("🔁 Transfer")
        case EntryCause.PEOPLE_MERGED:
            return tr.text("🔁 Brought over from your other profile")
        case _:
            return tr.text("Other")  # no other cause touches a student's wallet


def _booking(tr: Translator, line: StatementLine) -> Markup:
    if line.class_title is None or line.starts_at is None:
        return tr.text("a booking")
    return tr.text("{title}, {moment}", title=line.class_title, moment=tr.moment(line.starts_at))
