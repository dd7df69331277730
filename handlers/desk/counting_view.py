"""Counting a drawer: the total, or note by note, and the difference before it is posted."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from domain.finance.cashbox_views import Drawer
from domain.ids import BranchId, CashCountId
from handlers.buttons.cash import AskCount, ConfirmCount, FinishNotes, OpenCashbox, PickNote
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style

_NOTES_A_ROW = 3


def not_a_count(tr: Translator) -> Markup:
    """Say what a drawer's count looks like."""
    return tr.text("Please type how much there is, for example: 7820. Of an empty drawer, type 0.")


def ask_total(tr: Translator, shown: Drawer, *, has_notes: bool, notice: Markup | None = None) -> Screen:
    """Ask what is in the drawer. What is recorded is not said: it would be copied."""
    by_notes = (Button(tr.plain("💶 By notes and coins"), encode(AskCount(shown.branch_id, by_notes=True))),)
    return Screen(
        tr.lines(
            *_head(tr, shown, notice),
            tr.text("Count what is in the drawer, and type the total, for example: 1250"),
        ),
        (*((by_notes,) if has_notes else ()), _back(tr, shown.branch_id)),
    )


def ask_notes(
    tr: Translator,
    shown: Drawer,
    *,
    worths: Sequence[int],
    counted: Mapping[str, int],
    place: int,
    total_minor: int,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Ask how many there are of a note or coin. Any of them can be tapped; several numbers answer those that follow."""
    buttons = [
        Button(_note_label(tr, worth, counted, currency=currency), encode(PickNote(number)))
        for number, worth in enumerate(worths)
    ]
    rows = tuple(tuple(buttons[at : at + _NOTES_A_ROW]) for at in range(0, len(buttons), _NOTES_A_ROW))
    asked = (
        tr.text("How many of <b>{worth}</b>? Type the number.", worth=tr.money(worths[place], currency))
        if place < len(worths)
        else tr.text("That is all. Tap one to change it.")
    )
    total = tr.money(total_minor, currency)
    return Screen(
        tr.lines(
            *_head(tr, shown, notice),
            asked,
            tr.text("Several numbers answer one after the other, for example: 3 0 12"),
            "",
            tr.text("Together: {total}", total=total),
        ),
        (
            *rows,
            (Button(tr.plain("✅ Finished: {total}", total=total), encode(FinishNotes()), Style.SUCCESS),),
            _back(tr, shown.branch_id),
        ),
    )


def confirm(
    tr: Translator,
    shown: Drawer,
    *,
    recorded_minor: int,
    counted_minor: int,
    count_id: CashCountId,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Say what differs, and ask whether it is posted."""
    difference = counted_minor - recorded_minor
    amount = tr.money(abs(difference), currency)
    if difference == 0:
        says, label = tr.text("✅ It is exactly right."), tr.plain("✅ Write it down")
    elif difference > 0:
        says = tr.text("⚠️ <b>{amount} too much.</b> It is posted as cash over.", amount=amount)
        label = tr.plain("Write it down: {amount} over", amount=amount)
    else:
        says = tr.text("⚠️ <b>{amount} is missing.</b> It is posted as cash short.", amount=amount)
        label = tr.plain("Write it down: {amount} short", amount=amount)
    style = Style.SUCCESS if difference == 0 else Style.DANGER
    return Screen(
        tr.lines(
            *_head(tr, shown, notice),
            tr.text("Counted: {amount}", amount=tr.money(counted_minor, currency)),
            tr.text("Recorded: {amount}", amount=tr.money(recorded_minor, currency)),
            says,
            "",
            tr.text("Counted again? Type the total."),
        ),
        ((Button(label, encode(ConfirmCount(count_id)), style),), _back(tr, shown.branch_id)),
    )


def counted_notice(tr: Translator, *, difference_minor: int, currency: str) -> Markup:
    """Say what was written down."""
    amount = tr.money(abs(difference_minor), currency)
    if difference_minor == 0:
        return tr.text("✅ Counted: exactly right.")
    if difference_minor > 0:
        return tr.text("✅ Counted: {amount} over, posted.", amount=amount)
    return tr.text("✅ Counted: {amount} short, posted.", amount=amount)


def _head(tr: Translator, shown: Drawer, notice: Markup | None) -> tuple[Markup | str | None, ...]:
    return (
        notice,
        "" if notice is not None else None,
        tr.text("🧮 <b>Count</b>, {branch}", branch=shown.branch_name),
    )


def _note_label(tr: Translator, worth: int, counted: Mapping[str, int], *, currency: str) -> str:
    how_many = counted.get(str(worth))
    money = tr.money(worth, currency)
    return str(money) if how_many is None else tr.plain("{money} × {n}", money=money, n=how_many)


def _back(tr: Translator, branch_id: BranchId) -> tuple[Button, ...]:
    return (Button(tr.plain("◀️ Cashbox"), encode(OpenCashbox(branch_id, None))),)
