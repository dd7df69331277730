"""Making two people one, on an admin's word: found by name or phone, looked at side by side, confirmed."""

from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.enrollments.searching import clean_words
from domain.errors import InvalidInputError, NotFoundError
from domain.ids import PersonId
from domain.people.admin_views import PersonCard
from domain.permissions import Operation, require
from handlers.admin import merging_view
from handlers.admin.people import person_screen
from handlers.buttons.merging import AskMerge, AskMergeWith, ConfirmMerge
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Answer, Reply
from handlers.tap import Taps

STEP: Final = "ask.admin.merge"
_PERSON, _WORDS = "person", "words"
_MOST_FOUND: Final = 10


async def ask_merge_with(context: Context, data: AskMergeWith) -> Reply:
    """Ask who the same person is."""
    card = await _card(context, data.person_id)
    await context.ask(step=STEP, data={_PERSON: data.person_id.hex})
    return Reply(merging_view.ask_words(context.tr, card))


async def take_words(context: Context, text: str) -> Reply:
    """Take the words, and show who is found."""
    try:
        words = clean_words(text)
    except InvalidInputError as error:
        card = await _card(context, _person_id(context))
        return Reply(merging_view.ask_words(context.tr, card, notice=sentence(context.tr, error)))
    kept = {_PERSON: _person_id(context).hex, _WORDS: words}
    member = await context.services.take_answer(
        member=context.member, step=STEP, message_id=context.message_id, next_step=STEP, data=kept
    )
    return await show(with_member(context, member))


async def show(context: Context) -> Reply:
    """Draw the question, or who was found."""
    card, words = await _card(context, _person_id(context)), context.member.dialog.data.get(_WORDS)
    if words is None:
        return Reply(merging_view.ask_words(context.tr, card))
    found = await context.services.people.list_people(center_id=context.actor.center_id, words=words, limit=_MOST_FOUND + 1)
    others = [line for line in found if line.person_id != card.person_id][:_MOST_FOUND]
    return Reply(merging_view.found(context.tr, card, others, words=words))


async def ask_merge(context: Context, data: AskMerge) -> Reply:
    """Say what making them one means."""
    first, second = await _card(context, data.first_id), await _card(context, data.second_id)
    return Reply(merging_view.ask_merge(context.tr, first, second, currency=context.member.center.currency))


async def confirm_merge(context: Context, data: ConfirmMerge) -> Reply:
    """Make them one; whoever of them has Telegram is who stays."""
    await context.services.merge_people(actor=context.actor, stays_id=data.first_id, goes_id=data.second_id)
    cards = [
        await context.services.people.find_card(center_id=context.actor.center_id, person_id=id_)
        for id_ in (data.first_id, data.second_id)
    ]
    left = next((card for card in cards if card is not None), None)
    if left is None:
        raise NotFoundError(what="person")
    notice: Markup = merging_view.merged(context.tr)
    screen = await person_screen(context, left.person_id, notice=notice)
    return Reply(screen, answer=Answer(context.tr.plain("They are one now ✅")))


async def _card(context: Context, person_id: PersonId) -> PersonCard:
    require(context.actor, Operation.MERGE_PEOPLE)
    found = await context.services.people.find_card(center_id=context.actor.center_id, person_id=person_id)
    if found is None:
        raise NotFoundError(what="person")
    return found


def _person_id(context: Context) -> PersonId:
    return PersonId(UUID(context.member.dialog.data[_PERSON]))


TAPS: Taps = {AskMergeWith: ask_merge_with, AskMerge: ask_merge, ConfirmMerge: confirm_merge}
QUESTIONS = {STEP: Question(take_words, show)}
