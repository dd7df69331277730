"""Messages to many: asked for, shown as they will be read, sent by one tap, followed and stopped."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from uuid import UUID

from markupsafe import Markup

from domain.broadcasts.model import BroadcastAudience, NewBroadcast, Target, clean_text
from domain.broadcasts.views import BroadcastCard, Preview, TargetName
from domain.errors import (
    BroadcastRepeatedError,
    BroadcastTooLongError,
    InvalidInputError,
    NobodyToTellError,
    NotFoundError,
    OutOfDateError,
    RefusalError,
)
from domain.ids import BroadcastId, new_id
from domain.permissions import Operation, require, scope_of
from domain.sessions.ports import staff_of
from handlers.buttons.broadcasts import (
    AskBroadcast,
    ListBroadcasts,
    OpenBroadcast,
    SendBroadcastNow,
    StopBroadcastNow,
    StopFollowing,
)
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import home_screen, with_member
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps
from handlers.team import broadcasts_view as view

ASK_TEXT: Final = "ask.broadcast.text"
ASK_SEND: Final = "ask.broadcast.send"
_PAGE: Final = 8


async def ask(context: Context, data: AskBroadcast) -> Reply:
    """Ask for the text."""
    target = Target(data.audience, data.subject_id)
    preview = await _preview(context, target)
    if preview.crowd.reached == 0:
        raise NobodyToTellError(unreachable=preview.crowd.unreachable, muted=preview.crowd.muted)
    await context.ask(step=ASK_TEXT, data=_packed(target))
    return Reply(view.ask_text(context.tr, preview))


async def take_text(context: Context, text: str) -> Reply:
    """Take the text, and show it as it will be read. Typed again under the preview, it takes the other one's place."""
    target, step = _asked_target(context), context.member.dialog.step
    preview = await _preview(context, target)
    try:
        cleaned = clean_text(text)
    except (InvalidInputError, BroadcastTooLongError) as error:
        return Reply(view.ask_text(context.tr, preview, notice=sentence(context.tr, error)))
    member = await context.services.take_answer(
        member=context.member,
        step=step,
        message_id=context.message_id,
        next_step=ASK_SEND,
        data={**_packed(target), "text": cleaned, "broadcast_id": new_id().hex},
    )
    return await show(with_member(context, member))


async def show(context: Context) -> Reply:
    """Show what is asked now: the text, or whether to send it."""
    preview = await _preview(context, _asked_target(context))
    if context.member.dialog.step != ASK_SEND:
        return Reply(view.ask_text(context.tr, preview))
    return Reply(_preview_screen(context, preview))


def _preview_screen(context: Context, preview: Preview, *, is_again: bool = False, notice: Markup | None = None) -> Screen:
    kept = context.member.dialog.data
    return view.preview_screen(
        context.tr,
        preview,
        text=str(kept["text"]),
        broadcast_id=BroadcastId(UUID(str(kept["broadcast_id"]))),
        is_again=is_again,
        notice=notice,
    )


async def send(context: Context, data: SendBroadcastNow) -> Reply:
    """Send it, once, and let this message show how it is doing; pressed again, show that."""
    if _is_asked(context, data.broadcast_id):
        new = NewBroadcast(data.broadcast_id, _asked_target(context), str(context.member.dialog.data["text"]))
        await context.services.send_broadcast(
            actor=context.actor, broadcast=new, is_again=data.is_again, message_id=context.message_id
        )
        await context.services.stop_asking(member=context.member)
        return Reply(await _card_screen(context, data.broadcast_id), answer=Answer(context.tr.plain("On its way 📤")))
    try:
        return Reply(await _card_screen(context, data.broadcast_id))
    except NotFoundError:
        raise OutOfDateError from None


async def stop(context: Context, data: StopBroadcastNow) -> Reply:
    """Stop it at once."""
    await context.services.stop_broadcast(actor=context.actor, broadcast_id=data.broadcast_id)
    return Reply(await _card_screen(context, data.broadcast_id), answer=Answer(context.tr.plain("Stopped")))


async def open_one(context: Context, data: OpenBroadcast) -> Reply:
    """Show one, and let this message follow it while it is under way."""
    card = await _card(context, data.broadcast_id)
    if card.ended_at is None and context.message_id is not None:
        await context.services.follow_broadcast(
            actor=context.actor, broadcast_id=data.broadcast_id, message_id=context.message_id
        )
    return Reply(view.card_screen(context.tr, card, now=context.services.clock.now()))


async def go_home(context: Context, data: StopFollowing) -> Reply:
    """Show the first screen on a message that followed a broadcast; the author is told later how it ended."""
    if context.message_id is not None:
        await context.services.leave_broadcast(
            actor=context.actor, broadcast_id=data.broadcast_id, message_id=context.message_id
        )
    return Reply(await home_screen(context))


async def list_past(context: Context, data: ListBroadcasts) -> Reply:
    """Show a page of them."""
    require(context.actor, Operation.BROADCAST_TO_SESSION)
    lines = await context.services.broadcasts.list_past(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor), after=data.after, limit=_PAGE + 1
    )
    may_write_to_all = scope_of(context.actor, Operation.BROADCAST_WIDELY) is not None
    everybody = context.actor.center_id if may_write_to_all and data.after is None else None
    return Reply(view.past(context.tr, lines[:_PAGE], everybody=everybody, has_more=len(lines) > _PAGE))


async def _card_screen(context: Context, broadcast_id: BroadcastId) -> Screen:
    return view.card_screen(context.tr, await _card(context, broadcast_id), now=context.services.clock.now())


async def _card(context: Context, broadcast_id: BroadcastId) -> BroadcastCard:
    require(context.actor, Operation.BROADCAST_TO_SESSION)
    card = await context.services.broadcasts.find_card(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor), broadcast_id=broadcast_id
    )
    if card is None:
        raise NotFoundError(what="broadcast")
    require(context.actor, card.name.target.operation, branch_id=card.name.branch_id)
    return card


async def _preview(context: Context, target: Target) -> Preview:
    name = await _name(context, target)
    now = context.services.clock.now()
    return await context.services.broadcasts.preview(center_id=context.actor.center_id, name=name, now=now)


async def _name(context: Context, target: Target) -> TargetName:
    require(context.actor, target.operation)
    name = await context.services.broadcasts.find_name(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor), target=target
    )
    if name is None:
        raise NotFoundError(what=target.audience.value)
    return name


def _packed(target: Target) -> dict[str, str]:
    return {"audience": target.audience.value, "subject_id": target.subject_id.hex}


def _asked_target(context: Context) -> Target:
    kept = context.member.dialog.data
    return Target(BroadcastAudience(str(kept["audience"])), UUID(str(kept["subject_id"])))


def _is_asked(context: Context, broadcast_id: BroadcastId) -> bool:
    dialog = context.member.dialog
    return dialog.step == ASK_SEND and dialog.data.get("broadcast_id") == broadcast_id.hex


async def _not_asked(context: Context, data: AskBroadcast, error: RefusalError, notice: Markup) -> Screen | None:
    if not isinstance(error, NobodyToTellError):
        return None
    preview = await _preview(context, Target(data.audience, data.subject_id))
    return view.nobody(context.tr, preview, notice=notice)


async def _not_sent(context: Context, data: SendBroadcastNow, error: RefusalError, notice: Markup) -> Screen | None:
    """Show the preview that is open now: asked once more, where the same went out a moment ago."""
    if context.member.dialog.step != ASK_SEND:
        return None
    preview = await _preview(context, _asked_target(context))
    is_again = isinstance(error, BroadcastRepeatedError) and _is_asked(context, data.broadcast_id)
    return _preview_screen(context, preview, is_again=is_again, notice=notice)


TAPS: Taps = {
    AskBroadcast: ask,
    SendBroadcastNow: send,
    StopBroadcastNow: stop,
    StopFollowing: go_home,
    ListBroadcasts: list_past,
    OpenBroadcast: open_one,
}
QUESTIONS: Mapping[str, Question] = {
    ASK_TEXT: Question(take_text, show),
    ASK_SEND: Question(take_text, show, frozenset({SendBroadcastNow})),
}
Draw = Callable[[Context, Any, RefusalError, Markup], Awaitable[Screen | None]]
AFTER_REFUSAL: Mapping[type[CallbackData], Draw] = {AskBroadcast: _not_asked, SendBroadcastNow: _not_sent}
