"""Drawers: what is in them and what moved today, one movement, the way to the bank."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from domain.finance.cashbox_views import CashCursor, CashLine, Drawer
from domain.finance.model import CashDirection, CashKind
from domain.ids import BranchId, CashTransactionId
from handlers.buttons.cash import (
    AskBank,
    AskCorrection,
    AskCount,
    ConfirmCash,
    ListCashboxes,
    OpenCashbox,
    OpenDaySummary,
    OpenMovement,
)
from handlers.buttons.finance import ListCounts
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row


def drawer_list(tr: Translator, drawers: Sequence[Drawer], *, currency: str) -> Screen:
    """Return every drawer with what is in it."""
    return Screen(
        tr.lines(
            tr.text("🏦 <b>Cashboxes</b>"),
            tr.text("Tap one to see what moved today.") if drawers else tr.text("There is no cashbox here."),
        ),
        (
            *(
                (
                    Button(
                        tr.label(tr.plain("{branch}", branch=each.branch_name), tr.money(each.balance_minor, currency)),
                        encode(OpenCashbox(each.branch_id, None)),
                    ),
                )
                for each in drawers
            ),
            home_row(tr),
        ),
    )


def drawer(
    tr: Translator,
    shown: Drawer,
    *,
    lines: Sequence[CashLine],
    has_more: bool,
    is_first_page: bool,
    can_count: bool,
    has_others: bool,
    today: date,
    currency: str,
    now: datetime,
    notice: Markup | None = None,
) -> Screen:
    """Return a drawer, with a page of what moved in it today."""
    counted = (
        tr.text("Nobody has counted it yet.")
        if shown.last_counted_at is None
        else tr.text("Last counted {moment}", moment=tr.past_moment(shown.last_counted_at, now=now))
    )
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("🏦 <b>Cashbox {branch}</b>", branch=shown.branch_name),
            tr.text("<b>{amount}</b> should be in the drawer", amount=tr.money(shown.balance_minor, currency)),
            counted,
            "",
            tr.text("<b>Today</b>, the latest first:") if lines else tr.text("Nothing moved today."),
        ),
        (
            *_line_rows(tr, lines, currency=currency),
            *_turning(tr, shown.branch_id, lines, has_more=has_more, is_first_page=is_first_page),
            *_doing(tr, shown, can_count=can_count),
            (
                Button(tr.plain("📊 The day"), encode(OpenDaySummary(shown.branch_id, today, 0))),
                Button(tr.plain("🧮 Counts"), encode(ListCounts(shown.branch_id, None))),
            ),
            (
                *((Button(tr.plain("🏦 Other cashboxes"), encode(ListCashboxes())),) if has_others else ()),
                *home_row(tr),
            ),
        ),
    )


def movement(
    tr: Translator, line: CashLine, *, can_correct: bool, currency: str, now: datetime, notice: Markup | None = None
) -> Screen:
    """Return one movement: what, when, for whom, by whom, and why."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>{amount}</b> · {what}", amount=_signed(tr, line, currency), what=kind_text(tr, line.kind)),
            tr.text("{moment}", moment=tr.past_moment(line.occurred_at, now=now)),
            tr.text("For: {name}", name=line.person_name) if line.person_name else None,
            tr.text("Class: {title}", title=line.class_title) if line.class_title else None,
            tr.text("By: {name}", name=line.actor_name) if line.actor_name else None,
            tr.text("Reason: {reason}", reason=line.reason) if line.reason else None,
            tr.text("✖️ This was corrected.") if line.is_corrected else None,
        ),
        (
            *(
                ((Button(tr.plain("✏️ Correct it"), encode(AskCorrection(line.transaction_id)), Style.DANGER),),)
                if can_correct
                else ()
            ),
            (Button(tr.plain("◀️ Cashbox"), encode(OpenCashbox(line.branch_id, None))), *home_row(tr)),
        ),
    )


def to_bank(
    tr: Translator,
    shown: Drawer,
    *,
    amount_minor: int | None,
    transaction_id: CashTransactionId,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Ask how much goes to the bank; with an amount, whether it went."""
    in_drawer = tr.money(shown.balance_minor, currency)
    head = (
        notice,
        "" if notice is not None else None,
        tr.text("🏦 <b>To the bank</b>, {branch}", branch=shown.branch_name),
        tr.text("{amount} should be in the drawer.", amount=in_drawer),
    )
    back = (Button(tr.plain("◀️ Cashbox"), encode(OpenCashbox(shown.branch_id, None))),)
    if amount_minor is None:
        everything = (
            Button(tr.plain("All of it: {amount}", amount=in_drawer), encode(AskBank(shown.branch_id, is_all=True))),
        )
        asked = tr.text("How much do you take out? Type the amount, for example: 500")
        return Screen(tr.lines(*head, asked), (*((everything,) if shown.balance_minor else ()), back))
    amount, left = tr.money(amount_minor, currency), tr.money(shown.balance_minor - amount_minor, currency)
    return Screen(
        tr.lines(
            *head,
            tr.text("{amount} goes out of the drawer to the bank; {left} stays.", amount=amount, left=left),
            tr.text("Another amount? Type it."),
        ),
        (
            (Button(tr.plain("✅ {amount} taken out", amount=amount), encode(ConfirmCash(transaction_id)), Style.SUCCESS),),
            back,
        ),
    )


def kind_text(tr: Translator, kind: CashKind) -> Markup:
    """Return why cash moved."""
    match kind:
        case CashKind.ENROLLMENT:
            return tr.text("cash for a class")
        case CashKind.TOP_UP:
            return tr.text("top-up of a wallet")
        case CashKind.PAY_OUT:
            return tr.text("paid out to a guest")
        case CashKind.CORRECTION:
            return tr.text("correction")
        case CashKind.TO_BANK:
            return tr.text("taken to the bank")
        case CashKind.COUNT:
            return tr.text("difference of a count")


def _kind_icon(line: CashLine) -> str:
    if line.is_corrected:
        return "✖️"
    return {
        CashKind.ENROLLMENT: "🎟️",
        CashKind.TOP_UP: "💳",
        CashKind.PAY_OUT: "💸",
        CashKind.CORRECTION: "✏️",
        CashKind.TO_BANK: "🏦",
        CashKind.COUNT: "🧮",
    }[line.kind]


def _signed(tr: Translator, line: CashLine, currency: str) -> str:
    sign = 1 if line.direction is CashDirection.IN else -1
    return tr.signed_money(sign * line.amount_minor, currency)


def _line_rows(tr: Translator, lines: Sequence[CashLine], *, currency: str) -> Rows:
    return tuple(
        (
            Button(
                tr.label(
                    f"{_kind_icon(line)} {_signed(tr, line, currency)}",
                    tr.time(line.occurred_at),
                    *((tr.plain("{name}", name=line.person_name),) if line.person_name else ()),
                ),
                encode(OpenMovement(line.transaction_id)),
            ),
        )
        for line in lines
    )


def _turning(
    tr: Translator, branch_id: BranchId, lines: Sequence[CashLine], *, has_more: bool, is_first_page: bool
) -> Rows:
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenCashbox(branch_id, None))))
    if has_more:
        cursor = CashCursor(lines[-1].occurred_at, lines[-1].transaction_id)
        turning.append(Button(tr.plain("Older ▶️"), encode(OpenCashbox(branch_id, cursor))))
    return (tuple(turning),) if turning else ()


def _doing(tr: Translator, shown: Drawer, *, can_count: bool) -> Rows:
    bank = Button(tr.plain("🏦 To the bank"), encode(AskBank(shown.branch_id, is_all=False)))
    if not can_count:
        return ((bank,),)
    return ((Button(tr.plain("🧮 Count"), encode(AskCount(shown.branch_id, by_notes=False)), Style.PRIMARY), bank),)
