"""What an admin does about one person: roles, block, name, note, data, erasing."""

import json
from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError
from domain.ids import PersonId
from domain.people.admin_views import PersonCard
from domain.people.input import clean_line
from domain.people.leaving import Farewell
from domain.people.typed_answers import TypedAnswer
from domain.permissions import Operation, require
from handlers.admin import people_lists, people_view
from handlers.admin.field_words import wrong_text
from handlers.buttons import members as buttons
from handlers.commands import commands_for
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.everyone.profile import plain_json
from handlers.home import home_screen, with_member
from handlers.question import Question
from handlers.screens import Answer, Document, Reply, Screen
from handlers.tap import Taps

NAME_STEP: Final = "ask.admin.person_name"
NOTES_STEP: Final = "ask.admin.person_notes"
REASON_STEP: Final = "ask.admin.erase_reason"
_PERSON, _REASON = "person", "reason"
_REASON_LENGTH: Final = 200


async def open_person(context: Context, data: buttons.OpenPerson) -> Reply:
    """Show a person."""
    return Reply(await person_screen(context, data.person_id))


async def person_screen(context: Context, person_id: PersonId, *, notice: Markup | None = None) -> Screen:
    """Draw a person's card."""
    card, now = await _card(context, person_id), context.services.clock.now()
    return people_view.person(context.tr, card, currency=context.member.center.currency, now=now, notice=notice)


async def ask_take_role(context: Context, data: buttons.AskTakeRole) -> Reply:
    """Say what taking a role away means."""
    require(context.actor, Operation.MANAGE_ROLES)
    card = await _card(context, data.person_id)
    role = next((each for each in card.roles if each.role_id == data.role_id), None)
    if role is None:
        return Reply(await person_screen(context, data.person_id))
    is_self = data.person_id == context.actor.person_id
    return Reply(people_view.ask_take_role(context.tr, card, role, is_self=is_self))


async def take_role(context: Context, data: buttons.ConfirmTakeRole) -> Reply:
    """Take a role away."""
    await context.services.take_role_away(actor=context.actor, person_id=data.person_id, role_id=data.role_id)
    if data.person_id == context.actor.person_id:
        return await _without_own_role(context)
    return Reply(await person_screen(context, data.person_id), answer=Answer(context.tr.plain("The role is taken away ✅")))


async def _without_own_role(context: Context) -> Reply:
    """Show what is left to whoever took a role from themselves: an admin's screen is none of theirs any more."""
    member = await context.services.find_member(center_id=context.actor.center_id, telegram_id=context.member.telegram_id)
    if member is None:
        raise NotFoundError(what="person")
    context = with_member(context, member)
    said = context.tr.plain("The role is taken away ✅")
    commands = commands_for(context.tr, context.actor.role)
    return Reply(await home_screen(context), answer=Answer(said), commands=commands)


async def ask_block(context: Context, data: buttons.AskBlock) -> Reply:
    """Say what blocking means."""
    return Reply(people_view.ask_block(context.tr, await _card(context, data.person_id)))


async def set_block(context: Context, data: buttons.SetBlock) -> Reply:
    """Block a person, or no more."""
    await context.services.block_person(actor=context.actor, person_id=data.person_id, is_blocked=data.is_blocked)
    said = context.tr.plain("Blocked ✅") if data.is_blocked else context.tr.plain("Unblocked ✅")
    return Reply(await person_screen(context, data.person_id), answer=Answer(said))


async def ask_name(context: Context, data: buttons.AskNewNameOf) -> Reply:
    """Ask what a person is called."""
    card = await _asked(context, NAME_STEP, data.person_id)
    return Reply(people_view.ask_name(context.tr, card))


async def ask_notes(context: Context, data: buttons.AskNotesOn) -> Reply:
    """Ask what is to be noted on a person."""
    card = await _asked(context, NOTES_STEP, data.person_id)
    return Reply(people_view.ask_notes(context.tr, card))


async def clear_notes(context: Context, data: buttons.ClearNotesOn) -> Reply:
    """Note nothing any more."""
    await context.services.note_on_person(actor=context.actor, person_id=data.person_id, typed=None)
    return Reply(await person_screen(context, data.person_id), answer=Answer(context.tr.plain("Saved ✅")))


async def take_name(context: Context, text: str) -> Reply:
    """Take the name that was typed."""
    person_id = _person_id(context)
    answer = TypedAnswer(context.member, NAME_STEP, context.message_id)
    try:
        await context.services.rename_somebody(actor=context.actor, person_id=person_id, typed=text, answer=answer)
    except InvalidInputError as error:
        card = await _card(context, person_id)
        return Reply(people_view.ask_name(context.tr, card, notice=sentence(context.tr, error)))
    return Reply(await person_screen(context, person_id))


async def take_notes(context: Context, text: str) -> Reply:
    """Take the note that was typed."""
    person_id = _person_id(context)
    answer = TypedAnswer(context.member, NOTES_STEP, context.message_id)
    try:
        await context.services.note_on_person(actor=context.actor, person_id=person_id, typed=text, answer=answer)
    except InvalidInputError as error:
        card = await _card(context, person_id)
        return Reply(people_view.ask_notes(context.tr, card, notice=wrong_text(context.tr, error)))
    return Reply(await person_screen(context, person_id))


async def show_person(context: Context) -> Reply:
    """Draw the person whom the last question was about."""
    return Reply(await person_screen(context, _person_id(context)))


async def send_data(context: Context, data: buttons.SendDataOf) -> Reply:
    """Send everything that is kept on a person, as a file."""
    card = await _card(context, data.person_id)
    await context.services.note_file_taken(actor=context.actor, person_id=data.person_id)
    record = await context.services.profiles.find_record(center_id=context.actor.center_id, person_id=data.person_id)
    now, tr, center = context.services.clock.now(), context.tr, context.member.center
    content = {"made_at": now, "amounts": f"minor units of {center.currency}", **record.sections}
    document = Document(
        file_name=f"data-{now.astimezone(tr.zone):%Y-%m-%d}.json",
        content=json.dumps(content, ensure_ascii=False, indent=2, default=plain_json).encode(),
        caption=tr.text(
            "All that {center} keeps on {name}. Amounts are in the smallest unit.", center=center.name, name=card.name
        ),
    )
    return Reply(messages=(document,))


async def ask_erase(context: Context, data: buttons.AskEraseOf) -> Reply:
    """Say what erasing means; where something would be waived, ask why first."""
    card, farewell = await _card(context, data.person_id), await _farewell(context, data.person_id)
    if farewell.has_unsettled or farewell.given_up.is_nothing:
        return Reply(people_view.ask_erase(context.tr, card, farewell, reason=None))
    await _asked(context, REASON_STEP, data.person_id)
    return Reply(people_view.ask_reason(context.tr, card, farewell))


async def take_reason(context: Context, text: str) -> Reply:
    """Take the reason that was typed, and ask for the last word."""
    person_id = _person_id(context)
    card, farewell = await _card(context, person_id), await _farewell(context, person_id)
    try:
        reason = clean_line(text, field="reason", longest=_REASON_LENGTH)
    except InvalidInputError as error:
        return Reply(people_view.ask_reason(context.tr, card, farewell, notice=wrong_text(context.tr, error)))
    await context.services.take_answer(
        member=context.member,
        step=REASON_STEP,
        message_id=context.message_id,
        next_step=REASON_STEP,
        data={_PERSON: person_id.hex, _REASON: reason},
    )
    return Reply(people_view.ask_erase(context.tr, card, farewell, reason=reason))


async def show_erase(context: Context) -> Reply:
    """Draw the open question about erasing."""
    person_id, reason = _person_id(context), context.member.dialog.data.get(_REASON)
    card, farewell = await _card(context, person_id), await _farewell(context, person_id)
    if reason is None and not farewell.given_up.is_nothing:
        return Reply(people_view.ask_reason(context.tr, card, farewell))
    return Reply(people_view.ask_erase(context.tr, card, farewell, reason=reason))


async def confirm_erase(context: Context, data: buttons.ConfirmEraseOf) -> Reply:
    """Erase a person for good; pressed again, there is nobody any more."""
    await _card(context, data.person_id)
    dialog = context.member.dialog
    is_about_them = dialog.step == REASON_STEP and dialog.data[_PERSON] == data.person_id.hex
    reason = dialog.data.get(_REASON) if is_about_them else None
    await context.services.erase_somebody(
        actor=context.actor, person_id=data.person_id, confirmed=data.given_up, reason=reason
    )
    context = with_member(context, await context.services.stop_asking(member=context.member))
    screen = await people_lists.people_screen(context, words=None)
    return Reply(screen, answer=Answer(context.tr.plain("Erased ✅")))


async def _card(context: Context, person_id: PersonId) -> PersonCard:
    require(context.actor, Operation.MANAGE_PEOPLE)
    found = await context.services.people.find_card(center_id=context.actor.center_id, person_id=person_id)
    if found is None:
        raise NotFoundError(what="person")
    return found


async def _farewell(context: Context, person_id: PersonId) -> Farewell:
    found = await context.services.profiles.find_farewell(
        center_id=context.actor.center_id, person_id=person_id, now=context.services.clock.now()
    )
    if found is None:
        raise NotFoundError(what="person")
    return found


async def _asked(context: Context, step: str, person_id: PersonId) -> PersonCard:
    card = await _card(context, person_id)
    await context.ask(step=step, data={_PERSON: person_id.hex})
    return card


def _person_id(context: Context) -> PersonId:
    return PersonId(UUID(context.member.dialog.data[_PERSON]))


TAPS: Taps = {
    buttons.OpenPerson: open_person,
    buttons.AskTakeRole: ask_take_role,
    buttons.ConfirmTakeRole: take_role,
    buttons.AskBlock: ask_block,
    buttons.SetBlock: set_block,
    buttons.AskNewNameOf: ask_name,
    buttons.AskNotesOn: ask_notes,
    buttons.ClearNotesOn: clear_notes,
    buttons.SendDataOf: send_data,
    buttons.AskEraseOf: ask_erase,
    buttons.ConfirmEraseOf: confirm_erase,
}
QUESTIONS = {
    NAME_STEP: Question(take_name, show_person),
    NOTES_STEP: Question(take_notes, show_person),
    REASON_STEP: Question(take_reason, show_erase, frozenset({buttons.ConfirmEraseOf})),
}
