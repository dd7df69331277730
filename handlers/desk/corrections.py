"""Correcting a movement of a drawer: a reason, the right amount, and a confirmation."""

from typing import Final

from markupsafe import Markup

from domain.errors import AmountTooLargeError, InvalidInputError
from domain.finance.cashbox_views import CashLine
from domain.ids import CashTransactionId, new_id
from domain.people.input import clean_reason
from domain.permissions import Operation, require
from handlers.buttons.cash import AskCorrection, ConfirmCash, NothingMoved
from handlers.context import Context
from handlers.desk import cashbox, corrections_view
from handlers.desk.drafts import Draft, ask, close, draft_of, id_in, take, typed_amount
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

REASON: Final = "ask.cash.reason"
RIGHT: Final = "ask.cash.right"


async def ask_correction(context: Context, data: AskCorrection) -> Reply:
    """Ask what was wrong."""
    require(context.actor, Operation.CORRECT_CASH_SAME_DAY)
    await cashbox.find_movement(context, data.transaction_id)
    return await show_reason(await ask(context, REASON, {"transaction": data.transaction_id.hex}))


async def take_reason(context: Context, text: str) -> Reply:
    """Keep the reason, and ask for the right amount."""
    draft = draft_of(context, REASON)
    try:
        reason = clean_reason(text)
    except InvalidInputError as error:
        return await show_reason(context, notice=sentence(context.tr, error))
    kept = {**draft, "reason": reason, "id": new_id().hex, "is_chosen": False, "amount": None}
    return await show_right(await take(context, REASON, next_step=RIGHT, draft=kept))


async def show_reason(context: Context, *, notice: Markup | None = None) -> Reply:
    """Ask what was wrong."""
    line = await _line(context, draft_of(context, REASON))
    currency = context.member.center.currency
    return Reply(corrections_view.ask_reason(context.tr, line, currency=currency, notice=notice))


async def take_right(context: Context, text: str) -> Reply:
    """Keep the right amount; the button of an older one is out of date then."""
    draft = draft_of(context, RIGHT)
    drawer = await cashbox.find_drawer(context, (await _line(context, draft)).branch_id)
    try:
        amount_minor = typed_amount(context, text, limit_minor=drawer.largest_amount_minor)
    except (InvalidInputError, AmountTooLargeError) as error:
        return Reply(await screen(context, notice=sentence(context.tr, error)))
    chosen = {**draft, "amount": amount_minor, "is_chosen": True, "id": new_id().hex}
    return await show_right(await take(context, RIGHT, next_step=RIGHT, draft=chosen))


async def nothing_moved(context: Context, _data: NothingMoved) -> Reply:
    """Keep that nothing should have moved."""
    draft = {**draft_of(context, RIGHT), "amount": None, "is_chosen": True, "id": new_id().hex}
    return await show_right(await ask(context, RIGHT, draft))


async def show_right(context: Context) -> Reply:
    """Ask for the right amount, or show what is to be confirmed."""
    return Reply(await screen(context))


async def confirm(context: Context, data: ConfirmCash) -> Reply:
    """Correct, and show what was wrong as it stands now."""
    draft = draft_of(context, RIGHT)
    wrong = await context.services.correct_cash(
        actor=context.actor,
        transaction_id=CashTransactionId(id_in(draft, "transaction")),
        correction_id=data.transaction_id,
        reason=draft["reason"],
        right_minor=draft["amount"],
    )
    notice = context.tr.text("✅ Corrected.")
    return Reply(await cashbox.movement_screen(await close(context), wrong.id, notice=notice))


async def screen(context: Context, *, notice: Markup | None = None) -> Screen:
    """Draw the question for the right amount, or what is to be confirmed."""
    draft, currency = draft_of(context, RIGHT), context.member.center.currency
    line = await _line(context, draft)
    if not draft["is_chosen"]:
        return corrections_view.ask_right_amount(context.tr, line, reason=draft["reason"], currency=currency, notice=notice)
    return corrections_view.confirm(
        context.tr,
        line,
        reason=draft["reason"],
        right_minor=draft["amount"],
        correction_id=CashTransactionId(id_in(draft, "id")),
        currency=currency,
        notice=notice,
    )


async def _line(context: Context, draft: Draft) -> CashLine:
    return await cashbox.find_movement(context, CashTransactionId(id_in(draft, "transaction")))


QUESTIONS = {
    REASON: Question(take_reason, show_reason, frozenset({AskCorrection})),
    RIGHT: Question(take_right, show_right, frozenset({NothingMoved, ConfirmCash})),
}
TAPS: Taps = {AskCorrection: ask_correction, NothingMoved: nothing_moved}
