"""Counting a drawer: its total, or notes and coins one by one; the difference is said before it is posted."""

from typing import Final

from markupsafe import Markup

from domain.errors import (
    AmountTooLargeError,
    CashboxChangedError,
    InvalidInputError,
    NotFoundError,
    OutOfDateError,
    RefusalError,
)
from domain.finance.cashbox import total_of
from domain.finance.cashbox_views import Drawer
from domain.finance.denominations import denominations_of
from domain.folding import fold
from domain.ids import BranchId, CashCountId, new_id
from domain.permissions import Operation, require
from handlers.buttons.cash import AskCount, ConfirmCount, FinishNotes, PickNote
from handlers.context import Context
from handlers.desk import cashbox, counting_view
from handlers.desk.drafts import Draft, ask, close, draft_of, id_in, take, typed_amount
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

TOTAL: Final = "ask.count.total"
NOTES: Final = "ask.count.notes"
_MOST_OF_ONE: Final = 100_000


async def ask_count(context: Context, data: AskCount) -> Reply:
    """Ask for the total, or for the first note."""
    require(context.actor, Operation.COUNT_CASHBOX, branch_id=data.branch_id)
    branch = {"branch": data.branch_id.hex}
    if data.by_notes:
        return await show_notes(await ask(context, NOTES, {**branch, "notes": {}, "place": 0}))
    return await show_total(await ask(context, TOTAL, {**branch, "amount": None, "notes": None}))


async def take_total(context: Context, text: str) -> Reply:
    """Take the total, and compare it with what is recorded now."""
    draft = draft_of(context, TOTAL)
    drawer = await _drawer(context, draft)
    limit_minor = drawer.balance_minor + drawer.largest_amount_minor
    try:
        amount_minor = typed_amount(context, text, limit_minor=limit_minor, may_be_nothing=True)
    except InvalidInputError:
        return Reply(await _total_screen(context, notice=counting_view.not_a_count(context.tr)))
    except AmountTooLargeError as error:
        return Reply(await _total_screen(context, notice=sentence(context.tr, error)))
    compared = _compared(drawer, amount_minor, notes=None)
    return await show_total(await take(context, TOTAL, next_step=TOTAL, draft=compared))


async def show_total(context: Context) -> Reply:
    """Ask for the total, or show the difference."""
    return Reply(await _total_screen(context))


async def take_number(context: Context, text: str) -> Reply:
    """Take how many there are of the note that is asked for; further numbers are of those that follow."""
    draft, worths = draft_of(context, NOTES), denominations_of(context.member.center.currency)
    numbers = fold(text).replace(",", " ").split()
    if not numbers or not all(number.isdecimal() and int(number) <= _MOST_OF_ONE for number in numbers):
        return await show_notes(context, notice=context.tr.text("Please type a whole number, for example: 3"))
    notes, place = dict(draft["notes"]), draft["place"] if draft["place"] < len(worths) else 0
    for worth, number in zip(worths[place:], numbers, strict=False):
        notes[str(worth)] = int(number)
    counted = {**draft, "notes": notes, "place": min(place + len(numbers), len(worths))}
    return await show_notes(await take(context, NOTES, next_step=NOTES, draft=counted))


async def pick_note(context: Context, data: PickNote) -> Reply:
    """Ask for the note that was tapped."""
    draft = draft_of(context, NOTES)
    if data.place >= len(denominations_of(context.member.center.currency)):
        raise OutOfDateError
    return await show_notes(await ask(context, NOTES, {**draft, "place": data.place}))


async def finish_notes(context: Context, _data: FinishNotes) -> Reply:
    """Compare what the notes come to with what is recorded now."""
    draft = draft_of(context, NOTES)
    notes = {worth: number for worth, number in draft["notes"].items() if number}
    drawer = await _drawer(context, draft)
    return await show_total(await ask(context, TOTAL, _compared(drawer, total_of(notes), notes=notes)))


async def show_notes(context: Context, *, notice: Markup | None = None) -> Reply:
    """Ask for the next note."""
    draft, currency = draft_of(context, NOTES), context.member.center.currency
    return Reply(
        counting_view.ask_notes(
            context.tr,
            await _drawer(context, draft),
            worths=denominations_of(currency),
            counted=draft["notes"],
            place=draft["place"],
            total_minor=total_of(draft["notes"]),
            currency=currency,
            notice=notice,
        )
    )


async def confirm_count(context: Context, data: ConfirmCount) -> Reply:
    """Write the count down; pressed again, show what the first press did."""
    dialog = context.member.dialog
    if dialog.step == TOTAL and dialog.data.get("id") == data.count_id.hex:
        draft = dialog.data
        await context.services.count_cashbox(
            actor=context.actor,
            branch_id=BranchId(id_in(draft, "branch")),
            count_id=data.count_id,
            counted_minor=draft["amount"],
            recorded_minor=draft["recorded"],
            denominations=draft["notes"],
        )
        context = await close(context)
    require(context.actor, Operation.COUNT_CASHBOX)
    done = await context.services.cashboxes.find_count(center_id=context.actor.center_id, count_id=data.count_id)
    if done is None:
        raise NotFoundError(what="cash_count")
    notice = counting_view.counted_notice(
        context.tr,
        difference_minor=done.counted_minor - done.recorded_minor,
        currency=context.member.center.currency,
    )
    return Reply(await cashbox.drawer_screen(context, done.branch_id, notice=notice))


async def after_refusal(context: Context, _data: ConfirmCount, error: RefusalError, notice: Markup) -> Screen | None:
    """Compare again where cash moved meanwhile."""
    if context.member.dialog.step != TOTAL or not isinstance(error, CashboxChangedError):
        return None
    draft = context.member.dialog.data
    drawer = await _drawer(context, draft)
    context = await ask(context, TOTAL, _compared(drawer, draft["amount"], notes=draft["notes"]))
    return await _total_screen(context, notice=notice)


async def _total_screen(context: Context, *, notice: Markup | None = None) -> Screen:
    draft, currency = draft_of(context, TOTAL), context.member.center.currency
    drawer = await _drawer(context, draft)
    if draft["amount"] is None:
        has_notes = bool(denominations_of(currency))
        return counting_view.ask_total(context.tr, drawer, has_notes=has_notes, notice=notice)
    return counting_view.confirm(
        context.tr,
        drawer,
        recorded_minor=draft["recorded"],
        counted_minor=draft["amount"],
        count_id=CashCountId(id_in(draft, "id")),
        currency=currency,
        notice=notice,
    )


def _compared(drawer: Drawer, amount_minor: int, *, notes: dict[str, int] | None) -> Draft:
    return {
        "branch": drawer.branch_id.hex,
        "amount": amount_minor,
        "notes": notes,
        "recorded": drawer.balance_minor,
        "id": new_id().hex,
    }


async def _drawer(context: Context, draft: Draft) -> Drawer:
    branch_id = BranchId(id_in(draft, "branch"))
    require(context.actor, Operation.COUNT_CASHBOX, branch_id=branch_id)
    return await cashbox.find_drawer(context, branch_id)


QUESTIONS = {
    TOTAL: Question(take_total, show_total, frozenset({AskCount, ConfirmCount})),
    NOTES: Question(take_number, show_notes, frozenset({PickNote, FinishNotes})),
}
TAPS: Taps = {
    AskCount: ask_count,
    PickNote: pick_note,
    FinishNotes: finish_notes,
    ConfirmCount: confirm_count,
}
