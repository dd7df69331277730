"""What taps at the door do: the roster of a session, one head of it, everyone at once, and looking for a name."""

from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.enrollments.door_ports import Reach, reach_of
from domain.enrollments.door_screens import read_roster
from domain.enrollments.door_views import DoorSession
from domain.enrollments.searching import clean_words
from domain.errors import InvalidInputError, NotFoundError
from domain.folding import is_found
from domain.ids import EnrollmentId, SessionId
from domain.permissions import Operation
from handlers.admin.menu_view import seat_rows
from handlers.buttons.door import (
    AskEveryone,
    AskHeadName,
    ConfirmEveryone,
    CorrectHead,
    MarkHead,
    MarkOnCard,
    OpenHead,
    OpenRoster,
)
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps
from handlers.team import door_view, head_view

ASK_HEAD_NAME: Final = "ask.door.name"
_FOUND_MOST = 8
_HEADS_MOST = 2_000  # of one class; more have never stood at one door


async def open_roster(context: Context, data: OpenRoster) -> Reply:
    """Show a page of a session's heads."""
    return Reply(await roster_screen(context, data.session_id, data.page))


async def roster_screen(context: Context, session_id: SessionId, number: int, *, notice: Markup | None = None) -> Screen:
    """Draw a roster as it is now, and remember that this message shows it."""
    await _session(context, session_id)
    if context.message_id is not None:  # before it is read: whatever is marked from now on is drawn again
        await context.services.remember_roster(
            actor=context.actor, session_id=session_id, message_id=context.message_id, page=number
        )
    page = await read_roster(context.services.door, _reach(context), session_id, number)
    if page is None:
        raise NotFoundError(what="session")
    return door_view.roster(context.tr, page, now=context.services.clock.now(), notice=notice)


async def mark_head(context: Context, data: MarkHead) -> Reply:
    """Mark a head on the roster."""
    session_id = await context.services.mark_attendance(
        actor=context.actor, enrollment_id=data.enrollment_id, mark=data.mark
    )
    answer = await _marked(context, data.enrollment_id)
    return Reply(await roster_screen(context, session_id, data.page), answer=answer)


async def ask_everyone(context: Context, data: AskEveryone) -> Reply:
    """Say what marking everyone would do, and ask."""
    session = await _session(context, data.session_id)
    money = await context.services.door.find_money_at_once(reach=_reach(context), session_id=data.session_id)
    return Reply(door_view.ask_everyone(context.tr, session, money))


async def confirm_everyone(context: Context, data: ConfirmEveryone) -> Reply:
    """Mark everyone who has no mark."""
    number = await context.services.mark_everyone(actor=context.actor, session_id=data.session_id)
    answer = Answer(door_view.marked(context.tr, number))
    return Reply(await roster_screen(context, data.session_id, 0), answer=answer)


async def open_head(context: Context, data: OpenHead) -> Reply:
    """Show a head's card."""
    return Reply(await head_screen(context, data.enrollment_id))


async def head_screen(context: Context, enrollment_id: EnrollmentId, *, notice: Markup | None = None) -> Screen:
    """Draw a head's card as it is now."""
    card = await context.services.door.find_head(reach=_reach(context), enrollment_id=enrollment_id)
    if card is None:
        raise NotFoundError(what="enrollment")
    more = seat_rows(context.tr, context.actor, enrollment_id)
    return head_view.head_card(context.tr, card, now=context.services.clock.now(), notice=notice, more=more)


async def mark_on_card(context: Context, data: MarkOnCard) -> Reply:
    """Mark a head from its card."""
    await context.services.mark_attendance(actor=context.actor, enrollment_id=data.enrollment_id, mark=data.mark)
    answer = await _marked(context, data.enrollment_id)
    return Reply(await head_screen(context, data.enrollment_id), answer=answer)


async def correct_head(context: Context, data: CorrectHead) -> Reply:
    """Correct a head of a finished session."""
    await context.services.correct_attendance(
        actor=context.actor, enrollment_id=data.enrollment_id, has_attended=data.has_attended
    )
    answer = Answer(context.tr.plain("Corrected ✅"))
    return Reply(await head_screen(context, data.enrollment_id), answer=answer)


async def ask_head_name(context: Context, data: AskHeadName) -> Reply:
    """Ask whom to look for."""
    session = await _session(context, data.session_id)
    await context.ask(step=ASK_HEAD_NAME, data={"session_id": str(data.session_id)})
    return Reply(door_view.ask_name(context.tr, session))


async def take_head_name(context: Context, text: str) -> Reply:
    """Look for what was typed, or ask again where it says nothing."""
    data = context.member.dialog.data
    try:
        words = clean_words(text)
    except InvalidInputError as error:
        session = await _session(context, _asked_session(context))
        return Reply(door_view.ask_name(context.tr, session, notice=sentence(context.tr, error)))
    member = await context.services.take_answer(
        member=context.member,
        step=ASK_HEAD_NAME,
        message_id=context.message_id,
        next_step=None,
        data={**data, "words": words},
    )
    return await show_head_name(with_member(context, member))


async def show_head_name(context: Context) -> Reply:
    """Show the question, or whom was found once it is answered."""
    session = await _session(context, _asked_session(context))
    words = context.member.dialog.data.get("words")
    if not isinstance(words, str):
        return Reply(door_view.ask_name(context.tr, session))
    heads = await context.services.door.list_heads(reach=_reach(context), session_id=session.session_id, limit=_HEADS_MOST)
    found = [head for head in heads if is_found(words, within=head.name)]
    return Reply(
        door_view.found_heads(context.tr, session, found[:_FOUND_MOST], words=words, has_more=len(found) > _FOUND_MOST)
    )


async def screen_after(context: Context, data: CallbackData, notice: Markup) -> Screen | None:
    """Draw what a refused tap at the door was about, under a notice; None for other taps."""
    match data:
        case MarkHead(enrollment_id=id_, page=page):
            card = await context.services.door.find_head(reach=_reach(context), enrollment_id=id_)
            return None if card is None else await roster_screen(context, card.session.session_id, page, notice=notice)
        case OpenRoster(session_id=id_) | AskEveryone(session_id=id_) | ConfirmEveryone(session_id=id_):
            return await roster_screen(context, id_, 0, notice=notice)
        case OpenHead(enrollment_id=id_) | MarkOnCard(enrollment_id=id_) | CorrectHead(enrollment_id=id_):
            return await head_screen(context, id_, notice=notice)
        case _:
            return None


async def leave_roster(context: Context, data: CallbackData | None) -> None:
    """Forget that this message shows a roster, unless the tap stays on it: nothing is to be drawn over what comes now."""
    if context.message_id is not None and not isinstance(data, OpenRoster | MarkHead | ConfirmEveryone):
        await context.services.forget_roster(person_id=context.actor.person_id, message_id=context.message_id)


def _reach(context: Context) -> Reach:
    return reach_of(context.actor, Operation.MARK_ATTENDANCE)


async def _session(context: Context, session_id: SessionId) -> DoorSession:
    session = await context.services.door.find_session(reach=_reach(context), session_id=session_id)
    if session is None:
        raise NotFoundError(what="session")
    return session


def _asked_session(context: Context) -> SessionId:
    return SessionId(UUID(str(context.member.dialog.data["session_id"])))


async def _marked(context: Context, enrollment_id: EnrollmentId) -> Answer:
    """Say what a tap has come to, the money included."""
    card = await context.services.door.find_head(reach=_reach(context), enrollment_id=enrollment_id)
    if card is None:
        return Answer()
    sign, name = door_view.head_mark(card.head), context.tr.plain("{name}", name=card.head.name)
    paid = head_view.how_paid(context.tr, card.head, currency=card.session.currency).striptags()
    return Answer(f"{sign} {name}\n{paid}")


TAPS: Taps = {
    OpenRoster: open_roster,
    MarkHead: mark_head,
    AskEveryone: ask_everyone,
    ConfirmEveryone: confirm_everyone,
    OpenHead: open_head,
    MarkOnCard: mark_on_card,
    CorrectHead: correct_head,
    AskHeadName: ask_head_name,
}
QUESTIONS = {ASK_HEAD_NAME: Question(take_head_name, show_head_name, frozenset({AskHeadName}))}
