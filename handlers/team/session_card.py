"""What taps and answers do to one session: parse, one use case or view, one screen."""

from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError, NotPermittedError, OutOfDateError, RefusalError
from domain.ids import SessionId
from domain.permissions import Operation, require
from domain.sessions.input import clean_reason, read_seats
from domain.sessions.model import CancelReason, SessionStatus
from domain.sessions.planning import SessionChanges
from domain.sessions.ports import staff_of
from domain.sessions.team_views import TeamSessionCard
from handlers.buttons import sessions as buttons
from handlers.callback_codec import CallbackData
from handlers.callback_data import OpenSession
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps
from handlers.team import flows, session_card_view, view

ASK_REASON: Final = "ask.session.reason"
ASK_TYPED_CANCEL: Final = "ask.session.cancel"
ASK_CAPACITY: Final = "ask.session.capacity"
ASK_TEACHER: Final = "ask.session.teacher"


async def open_session(context: Context, data: OpenSession) -> Reply:
    """Show a session."""
    return Reply(await session_screen(context, data.session_id))


async def session_screen(context: Context, session_id: SessionId, *, notice: Markup | None = None) -> Screen:
    """Draw a session's card as it is now; of a branch where the actor does not work, only what everybody may know."""
    require(context.actor, Operation.VIEW_SESSIONS)
    card = await _find(context, session_id)
    try:
        require(context.actor, Operation.MANAGE_SESSIONS, branch_id=card.branch_id)
    except NotFoundError:
        return await _seen_from_elsewhere(context, session_id)
    now = context.services.clock.now()
    return session_card_view.team_card(context.tr, card, actor=context.actor, now=now, notice=notice)


async def _seen_from_elsewhere(context: Context, session_id: SessionId) -> Screen:
    card = await context.services.sessions.find_card(
        center_id=context.actor.center_id, reader_id=context.actor.person_id, session_id=session_id
    )
    if card is None:
        raise NotFoundError(what="session")
    return view.session_card(context.tr, card)


async def managed(context: Context, session_id: SessionId, operation: Operation) -> TeamSessionCard:
    """Return a session that the actor may do this to. Raises NotPermittedError, NotFoundError."""
    require(context.actor, operation)
    card = await _find(context, session_id)
    require(context.actor, operation, branch_id=card.branch_id)
    return card


async def _find(context: Context, session_id: SessionId) -> TeamSessionCard:
    card = await context.services.team_sessions.find_card(center_id=context.actor.center_id, session_id=session_id)
    if card is None:
        raise NotFoundError(what="session")
    return card


async def take_step(context: Context, data: buttons.TakeStep) -> Reply:
    """Take a session on; pressed again, show what the first press did."""
    services, tr = context.services, context.tr
    match data.becomes:
        case SessionStatus.CHECKING_IN:
            await services.open_check_in(actor=context.actor, session_id=data.session_id)
            said = tr.plain("Check-in is open 🚪")
        case SessionStatus.CONDUCTING:
            await services.start_session(actor=context.actor, session_id=data.session_id)
            said = tr.plain("▶️ The class has begun")
        case SessionStatus.FINISHED:
            await services.finish_session(actor=context.actor, session_id=data.session_id)
            said = tr.plain("The class is finished 🏁")
        case _:
            raise OutOfDateError
    return Reply(await session_screen(context, data.session_id), answer=Answer(said))


async def ask_cancel(context: Context, data: buttons.AskCancelSession) -> Reply:
    """Ask why: a reason is tapped, or typed."""
    card = await managed(context, data.session_id, Operation.CANCEL_SESSION)
    await context.ask(step=ASK_REASON, data={"session_id": data.session_id.hex})
    return Reply(session_card_view.ask_reason(context.tr, card))


async def pick_reason(context: Context, data: buttons.PickCancelReason) -> Reply:
    """Say what cancelling does, or ask for the words of another reason."""
    card = await managed(context, data.session_id, Operation.CANCEL_SESSION)
    if data.reason is CancelReason.OTHER:
        await context.ask(step=ASK_REASON, data={"session_id": data.session_id.hex})
        return Reply(session_card_view.ask_other_reason(context.tr, card))
    return Reply(await _confirm_screen(context, card, reason=data.reason, kind=data.reason))


async def _confirm_screen(context: Context, card: TeamSessionCard, *, reason: str, kind: CancelReason) -> Screen:
    stakes = await context.services.team_sessions.find_stakes(center_id=context.actor.center_id, session_id=card.session_id)
    currency = context.member.center.currency
    return session_card_view.confirm_cancel(context.tr, card, stakes, reason=reason, kind=kind, currency=currency)


async def take_reason(context: Context, text: str) -> Reply:
    """Take a typed reason, and say what cancelling does."""
    card = await managed(context, _asked_session(context), Operation.CANCEL_SESSION)
    try:
        reason = clean_reason(text)
    except InvalidInputError as error:
        return Reply(session_card_view.ask_other_reason(context.tr, card, notice=sentence(context.tr, error)))
    await context.services.take_answer(
        member=context.member,
        step=ASK_REASON,
        message_id=context.message_id,
        next_step=ASK_TYPED_CANCEL,
        data={"session_id": card.session_id.hex, "reason": reason},
    )
    return Reply(await _confirm_screen(context, card, reason=reason, kind=CancelReason.OTHER))


async def show_typed_reason(context: Context) -> Reply:
    """Show what cancelling for the typed reason does, again."""
    card = await managed(context, _asked_session(context), Operation.CANCEL_SESSION)
    reason = str(context.member.dialog.data["reason"])
    return Reply(await _confirm_screen(context, card, reason=reason, kind=CancelReason.OTHER))


async def confirm_cancel(context: Context, data: buttons.ConfirmCancelSession) -> Reply:
    """Cancel; pressed again, show what the first press did."""
    reason = data.reason.value if data.reason is not CancelReason.OTHER else await _typed_reason(context, data.session_id)
    if reason is not None:
        await context.services.cancel_session(
            actor=context.actor, session_id=data.session_id, shown_starts_at=data.starts_at, reason=reason
        )
    if data.reason is CancelReason.OTHER:
        await context.services.stop_asking(member=context.member)
    screen = await session_screen(context, data.session_id)
    return Reply(screen, answer=Answer(context.tr.plain("The class is cancelled")))


async def _typed_reason(context: Context, session_id: SessionId) -> str | None:
    """Return the words that were typed; None where the session is cancelled with them already."""
    dialog = context.member.dialog
    if dialog.step == ASK_TYPED_CANCEL and dialog.data.get("session_id") == session_id.hex:
        return str(dialog.data["reason"])
    card = await managed(context, session_id, Operation.CANCEL_SESSION)
    if card.status is SessionStatus.CANCELED:
        return None
    raise OutOfDateError


async def ask_delete(context: Context, data: buttons.AskDeleteSession) -> Reply:
    """Ask whether it is to be deleted."""
    card = await managed(context, data.session_id, Operation.DELETE_SESSION)
    return Reply(session_card_view.ask_delete(context.tr, card))


async def confirm_delete(context: Context, data: buttons.ConfirmDeleteSession) -> Reply:
    """Delete it, and go back to the first screen."""
    await context.services.remove_session(actor=context.actor, session_id=data.session_id)
    return Reply(await flows.home(context), answer=Answer(context.tr.plain("The class is deleted")))


async def open_edit(context: Context, data: buttons.OpenEdit) -> Reply:
    """Show what can be changed."""
    card = await managed(context, data.session_id, Operation.EDIT_SESSION)
    branches = await context.services.team_sessions.list_branches(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor)
    )
    return Reply(session_card_view.edit_menu(context.tr, card, branch_count=len(branches)))


async def ask_capacity(context: Context, data: buttons.AskCapacity) -> Reply:
    """Ask for another number of seats."""
    card = await managed(context, data.session_id, Operation.EDIT_SESSION)
    await context.ask(step=ASK_CAPACITY, data={"session_id": data.session_id.hex})
    return Reply(session_card_view.ask_capacity(context.tr, card))


async def ask_teacher(context: Context, data: buttons.AskTeacher) -> Reply:
    """Ask who teaches."""
    card = await managed(context, data.session_id, Operation.EDIT_SESSION)
    await context.ask(step=ASK_TEACHER, data={"session_id": data.session_id.hex})
    return Reply(session_card_view.ask_teacher(context.tr, card))


async def take_capacity(context: Context, text: str) -> Reply:
    """Take the number of seats that was typed."""
    session_id = _asked_session(context)
    try:
        await _edit(context, session_id, SessionChanges(capacity=read_seats(text)))
    except RefusalError as error:
        card = await managed(context, session_id, Operation.EDIT_SESSION)
        return Reply(session_card_view.ask_capacity(context.tr, card, notice=sentence(context.tr, error)))
    return await _taken(context, ASK_CAPACITY, session_id)


async def take_teacher(context: Context, text: str) -> Reply:
    """Take the teacher who was typed."""
    session_id = _asked_session(context)
    try:
        await _edit(context, session_id, SessionChanges(teacher=text))
    except InvalidInputError as error:
        card = await managed(context, session_id, Operation.EDIT_SESSION)
        return Reply(session_card_view.ask_teacher(context.tr, card, notice=sentence(context.tr, error)))
    return await _taken(context, ASK_TEACHER, session_id)


async def _edit(context: Context, session_id: SessionId, changes: SessionChanges) -> None:
    await context.services.edit_session(actor=context.actor, session_id=session_id, changes=changes)


async def _taken(context: Context, step: str, session_id: SessionId) -> Reply:
    """Close the question, which has been answered, and show the session. Delivered again, the answer finds it closed."""
    member = await context.services.take_answer(
        member=context.member,
        step=step,
        message_id=context.message_id,
        next_step=None,
        data={"session_id": session_id.hex},
    )
    return Reply(await session_screen(with_member(context, member), session_id, notice=context.tr.text("Changed ✅")))


async def show_asked_capacity(context: Context) -> Reply:
    """Show the question for the seats, or, answered, the session."""
    if context.member.dialog.step != ASK_CAPACITY:
        return Reply(await session_screen(context, _asked_session(context)))
    card = await managed(context, _asked_session(context), Operation.EDIT_SESSION)
    return Reply(session_card_view.ask_capacity(context.tr, card))


async def show_asked_teacher(context: Context) -> Reply:
    """Show the question for the teacher, or, answered, the session."""
    if context.member.dialog.step != ASK_TEACHER:
        return Reply(await session_screen(context, _asked_session(context)))
    card = await managed(context, _asked_session(context), Operation.EDIT_SESSION)
    return Reply(session_card_view.ask_teacher(context.tr, card))


async def show_asked_reason(context: Context) -> Reply:
    """Show the question for the reason."""
    card = await managed(context, _asked_session(context), Operation.CANCEL_SESSION)
    return Reply(session_card_view.ask_other_reason(context.tr, card))


async def no_text_here(context: Context, _text: str) -> Reply:
    """Show the confirmation again: it wants a tap."""
    return await show_typed_reason(context)


def _asked_session(context: Context) -> SessionId:
    return SessionId(UUID(str(context.member.dialog.data["session_id"])))


def is_about_a_session(data: CallbackData, error: RefusalError) -> bool:
    """Whether a refused tap was about a session that is there: its card is then the present state."""
    is_hidden = isinstance(error, NotFoundError | NotPermittedError)
    return not is_hidden and type(data).__module__ == buttons.__name__ and hasattr(data, "session_id")


def session_of(data: CallbackData) -> SessionId:
    """Return the session that a button of this flow is about."""
    session_id: SessionId = getattr(data, "session_id")  # noqa: B009 -- a field of most of the flow's buttons
    return session_id


TAPS: Taps = {
    OpenSession: open_session,
    buttons.TakeStep: take_step,
    buttons.AskCancelSession: ask_cancel,
    buttons.PickCancelReason: pick_reason,
    buttons.ConfirmCancelSession: confirm_cancel,
    buttons.AskDeleteSession: ask_delete,
    buttons.ConfirmDeleteSession: confirm_delete,
    buttons.OpenEdit: open_edit,
    buttons.AskCapacity: ask_capacity,
    buttons.AskTeacher: ask_teacher,
}

QUESTIONS = {
    ASK_REASON: Question(take_reason, show_asked_reason),
    ASK_TYPED_CANCEL: Question(no_text_here, show_typed_reason, frozenset({buttons.ConfirmCancelSession})),
    ASK_CAPACITY: Question(take_capacity, show_asked_capacity),
    ASK_TEACHER: Question(take_teacher, show_asked_teacher),
}
