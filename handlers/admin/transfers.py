"""A transfer between wallets: where to, how much, why, and one screen that says exactly what it does.

All of it stands in the dialog row; the transfer's id is made with the last answer, and is what the button names.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from markupsafe import Markup

from domain.enrollments.searching import clean_words
from domain.errors import DeskWalletTooLowError, InvalidInputError, OutOfDateError, RefusalError
from domain.finance.model import WalletOwner
from domain.finance.refunding import clean_reason
from domain.finance.wallets_admin import WalletRef
from domain.ids import new_id
from domain.permissions import Operation, require
from handlers.admin import transfers_view
from handlers.admin.wallets import card_screen, find_card
from handlers.buttons.finance import AskTransfer, ConfirmTransfer, PickTarget, TransferAll
from handlers.context import Context
from handlers.desk.drafts import ask, close, draft_of, take, typed_amount
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

STEP: Final = "ask.transfer"
_MOST_FOUND: Final = 10


async def ask_transfer(context: Context, data: AskTransfer) -> Reply:
    """Ask where money of a wallet is to go."""
    require(context.actor, Operation.TRANSFER_BETWEEN_WALLETS)
    await find_card(context, data.source)
    return await show(await ask(context, STEP, {"source": _plain(data.source)}))


async def pick_target(context: Context, data: PickTarget) -> Reply:
    """Take the wallet that it goes to, and ask how much."""
    draft = draft_of(context, STEP)
    await find_card(context, data.target)
    if data.target == _ref(draft, "source"):
        return Reply(await screen(context, notice=sentence(context.tr, InvalidInputError(field="wallet", reason="same"))))
    kept = {"source": draft["source"], "target": _plain(data.target)}
    return await show(await ask(context, STEP, kept))


async def transfer_all(context: Context, _data: TransferAll) -> Reply:
    """Take all that is free, and ask why."""
    draft = draft_of(context, STEP)
    source = await find_card(context, _ref(draft, "source"))
    if source.available_minor <= 0 or "target" not in draft:
        return await show(context)
    return await show(await ask(context, STEP, {**draft, "amount": source.available_minor}))


async def take_text(context: Context, text: str) -> Reply:
    """Take what was asked for: a name to look for, an amount, or a reason."""
    draft = draft_of(context, STEP)
    try:
        answer = await _answer(context, draft, text)
    except RefusalError as error:
        return Reply(await screen(context, notice=sentence(context.tr, error)))
    return await show(await take(context, STEP, next_step=STEP, draft={**draft, **answer}))


async def _answer(context: Context, draft: Mapping[str, Any], text: str) -> dict[str, Any]:
    if "target" not in draft:
        return {"words": clean_words(text)}
    if "amount" not in draft:
        source = await find_card(context, _ref(draft, "source"))
        amount_minor = typed_amount(context, text, limit_minor=await _limit(context))
        if amount_minor > source.available_minor:
            raise DeskWalletTooLowError(available_minor=source.available_minor, currency=context.member.center.currency)
        return {"amount": amount_minor}
    return {"reason": clean_reason(text), "id": new_id().hex}


async def _limit(context: Context) -> int:
    return await context.services.wallets.find_largest_amount(center_id=context.actor.center_id)


async def show(context: Context) -> Reply:
    """Show what is asked, or what is to be confirmed."""
    return Reply(await screen(context))


async def screen(context: Context, *, notice: Markup | None = None) -> Screen:
    """Draw what is asked, or what is to be confirmed."""
    require(context.actor, Operation.TRANSFER_BETWEEN_WALLETS)
    draft, tr, currency = draft_of(context, STEP), context.tr, context.member.center.currency
    source = await find_card(context, _ref(draft, "source"))
    if "target" not in draft:
        words = draft.get("words")
        found = (
            await context.services.people.list_people(center_id=context.actor.center_id, words=words, limit=_MOST_FOUND)
            if words is not None
            else []
        )
        center = WalletRef(WalletOwner.CENTER, context.actor.center_id)
        return transfers_view.ask_target(
            tr, source, center=center, found=found, words=words, currency=currency, notice=notice
        )
    target = await find_card(context, _ref(draft, "target"))
    if "amount" not in draft:
        return transfers_view.ask_amount(tr, source, target, currency=currency, notice=notice)
    if "reason" not in draft:
        return transfers_view.ask_reason(tr, source, target, amount_minor=draft["amount"], currency=currency, notice=notice)
    return transfers_view.confirm(
        tr,
        source,
        target,
        transfer_id=UUID(hex=draft["id"]),
        amount_minor=draft["amount"],
        reason=draft["reason"],
        currency=currency,
        notice=notice,
    )


async def confirm_transfer(context: Context, data: ConfirmTransfer) -> Reply:
    """Move the money; pressed again, show what the first press did."""
    dialog = context.member.dialog
    if dialog.step != STEP or dialog.data.get("id") != data.transfer_id.hex:
        return Reply(await _done_before(context, data.transfer_id))
    draft = dialog.data
    done = await context.services.transfer_money(
        actor=context.actor,
        transfer_id=data.transfer_id,
        source=_ref(draft, "source"),
        target=_ref(draft, "target"),
        amount_minor=draft["amount"],
        reason=draft["reason"],
    )
    context = await close(context)
    amount = context.tr.money(done.amount_minor, context.member.center.currency)
    notice = context.tr.text("✅ {amount} transferred.", amount=amount)
    return Reply(await card_screen(context, done.source, notice=notice))


async def _done_before(context: Context, transfer_id: UUID) -> Screen:
    require(context.actor, Operation.TRANSFER_BETWEEN_WALLETS)
    done = await context.services.wallets.find_transfer(center_id=context.actor.center_id, transfer_id=transfer_id)
    if done is None:
        raise OutOfDateError
    amount = context.tr.money(done.amount_minor, context.member.center.currency)
    notice = context.tr.text("This was done before: {amount} transferred.", amount=amount)
    return await card_screen(context, done.source, notice=notice)


async def after_refusal(context: Context, data: ConfirmTransfer, error: RefusalError, notice: Markup) -> Screen | None:
    """Ask for another amount, where there was not enough by then."""
    dialog = context.member.dialog
    if dialog.step != STEP or dialog.data.get("id") != data.transfer_id.hex:
        return None
    if not isinstance(error, DeskWalletTooLowError):
        return None
    kept = {"source": dialog.data["source"], "target": dialog.data["target"]}
    return await screen(await ask(context, STEP, kept), notice=notice)


def _plain(ref: WalletRef) -> str:
    return f"{ref.kind}:{ref.owner_id.hex}"


def _ref(draft: Mapping[str, Any], name: str) -> WalletRef:
    kind, _, owner_id = str(draft[name]).partition(":")
    return WalletRef(WalletOwner(kind), UUID(hex=owner_id))


TAPS: Taps = {
    AskTransfer: ask_transfer,
    PickTarget: pick_target,
    TransferAll: transfer_all,
    ConfirmTransfer: confirm_transfer,
}
QUESTIONS = {STEP: Question(take_text, show, frozenset({AskTransfer, PickTarget, TransferAll, ConfirmTransfer}))}
