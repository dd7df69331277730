"""All of the desk: its taps, its questions, and what is shown after a refusal."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from markupsafe import Markup

from domain.errors import CashNotCorrectableError, RefusalError
from handlers.buttons.cash import ConfirmCash, ConfirmCount, ConfirmSeat
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.desk import cashbox, corrections, counting, day, people, seats, wallets
from handlers.screens import Reply, Screen
from handlers.tap import Taps, merged

AfterRefusal = Callable[[Context, Any, RefusalError, Markup], Awaitable[Screen | None]]

_CONFIRMS = {
    wallets.TOP_UP: wallets.confirm,
    wallets.PAY_OUT: wallets.confirm,
    cashbox.BANK: cashbox.confirm_bank,
    corrections.RIGHT: corrections.confirm,
}
_SCREENS = {
    wallets.TOP_UP: wallets.screen,
    wallets.PAY_OUT: wallets.screen,
    corrections.RIGHT: corrections.screen,
}


async def confirm_cash(context: Context, data: ConfirmCash) -> Reply:
    """Do what the draft under the button's id says; pressed again, show the movement that the first press made."""
    dialog = context.member.dialog
    confirm = _CONFIRMS.get(dialog.step)
    if confirm is None or dialog.data.get("id") != data.transaction_id.hex:
        return Reply(await cashbox.movement_screen(context, data.transaction_id))
    return await confirm(context, data)


async def after_refused_cash(context: Context, _data: ConfirmCash, error: RefusalError, notice: Markup) -> Screen | None:
    """Draw what was to be confirmed as it is now: another amount may do."""
    draw = _SCREENS.get(context.member.dialog.step)
    if draw is None or isinstance(error, CashNotCorrectableError):
        return None
    return await draw(context, notice=notice)


QUESTIONS = {
    **people.QUESTIONS,
    **seats.QUESTIONS,
    **wallets.QUESTIONS,
    **cashbox.QUESTIONS,
    **corrections.QUESTIONS,
    **counting.QUESTIONS,
}
TAPS: Taps = merged(
    people.TAPS,
    seats.TAPS,
    wallets.TAPS,
    cashbox.TAPS,
    corrections.TAPS,
    counting.TAPS,
    day.TAPS,
    {ConfirmCash: confirm_cash},
)
AFTER_REFUSAL: Mapping[type[CallbackData], AfterRefusal] = {
    ConfirmSeat: seats.after_refusal,
    ConfirmCash: after_refused_cash,
    ConfirmCount: counting.after_refusal,
}
