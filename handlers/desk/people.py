"""What staff type and tap to find a person at the desk, or to write somebody new down."""

from typing import Any, Final

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError
from domain.finance.cashbox_views import Drawer
from domain.ids import PersonId, SessionId, new_id
from domain.people.desk_views import people_search
from domain.people.guests import NewGuest
from domain.people.input import clean_name
from domain.permissions import Operation, require
from handlers.buttons.people import AskGuest, FindPeople, PickPerson, SkipGuestPhone
from handlers.context import Context
from handlers.desk import people_view, seats
from handlers.desk.drafts import Draft, ask, close, draft_of, id_in, take
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

SEARCH: Final = "ask.people.search"
GUEST_NAME: Final = "ask.guest.name"
GUEST_PHONE: Final = "ask.guest.phone"
_PAGE: Final = 8


async def find_people(context: Context, data: FindPeople) -> Reply:
    """Ask whom to look for."""
    require(context.actor, Operation.LOG_CASH_TOP_UP)
    context = await ask(context, SEARCH, _for(data.session_id))
    return await show_search(context)


async def take_words(context: Context, text: str) -> Reply:
    """Look for what was typed."""
    draft = draft_of(context, SEARCH)
    try:
        people_search(text)
    except InvalidInputError as error:
        notice = sentence(context.tr, error)
        return Reply(people_view.ask_whom(context.tr, session_id=_session_in(draft), notice=notice))
    context = await take(context, SEARCH, next_step=SEARCH, draft={**draft, "words": text})
    return await show_search(context)


async def show_search(context: Context) -> Reply:
    """Show who was found, or ask whom to look for."""
    draft = draft_of(context, SEARCH)
    session_id, words = _session_in(draft), draft.get("words")
    if words is None:
        return Reply(people_view.ask_whom(context.tr, session_id=session_id))
    require(context.actor, Operation.LOG_CASH_TOP_UP)
    people = await context.services.desk.list_people(
        center_id=context.actor.center_id, search=people_search(words), limit=_PAGE + 1
    )
    return Reply(
        people_view.found(context.tr, people[:_PAGE], words=words, has_more=len(people) > _PAGE, session_id=session_id)
    )


async def pick_person(context: Context, data: PickPerson) -> Reply:
    """Go on with a person who is known: to their seat, or to what else can be done for them."""
    if data.session_id is not None:
        return await seats.ask_seat(context, data.session_id, data.person_id)
    context = await close(context)
    return Reply(await person_screen(context, data.person_id))


async def ask_guest(context: Context, data: AskGuest) -> Reply:
    """Ask for a new guest's name."""
    require(context.actor, Operation.LOG_CASH_TOP_UP)
    context = await ask(context, GUEST_NAME, _for(data.session_id))
    return await show_guest_name(context)


async def take_guest_name(context: Context, text: str) -> Reply:
    """Keep the name, and ask for the phone."""
    draft = draft_of(context, GUEST_NAME)
    try:
        name = clean_name(text)
    except InvalidInputError as error:
        notice = sentence(context.tr, error)
        return Reply(people_view.ask_guest_name(context.tr, session_id=_session_in(draft), notice=notice))
    kept = {**draft, "name": name, "guest": new_id().hex}
    context = await take(context, GUEST_NAME, next_step=GUEST_PHONE, draft=kept)
    return await show_guest_phone(context)


async def show_guest_name(context: Context) -> Reply:
    """Ask for the name."""
    return Reply(people_view.ask_guest_name(context.tr, session_id=_session_in(draft_of(context, GUEST_NAME))))


async def take_guest_phone(context: Context, text: str) -> Reply:
    """Keep the phone: go on with whoever has it, if somebody does, else with the new guest."""
    draft = draft_of(context, GUEST_PHONE)
    try:
        found = await context.services.look_up_phone(actor=context.actor, typed=text)
    except InvalidInputError:
        return await show_guest_phone(context, notice=context.tr.text("That is not a phone number. Please type it again."))
    if found.person_id is not None and found.person_id.hex != draft["guest"]:
        known = {**draft, "known": found.person_id.hex}
        return await show_guest_phone(await take(context, GUEST_PHONE, next_step=GUEST_PHONE, draft=known))
    return await _go_on(context, _guest_in(draft, found.phone), _session_in(draft), is_typed=True)


async def show_guest_phone(context: Context, *, notice: Markup | None = None) -> Reply:
    """Ask for the phone; where the one that was typed is somebody's, offer them."""
    draft = draft_of(context, GUEST_PHONE)
    session_id = _session_in(draft)
    if "known" in draft and notice is None:
        known = await context.services.desk.find_person(
            center_id=context.actor.center_id, person_id=PersonId(id_in(draft, "known"))
        )
        if known is not None:
            return Reply(people_view.phone_known(context.tr, known.person, session_id=session_id))
        notice = context.tr.text("Somebody of the team has this phone. Please type another one.")
    return Reply(people_view.ask_guest_phone(context.tr, name=draft["name"], session_id=session_id, notice=notice))


async def skip_guest_phone(context: Context, _data: SkipGuestPhone) -> Reply:
    """Go on with a guest who has no phone to give."""
    draft = draft_of(context, GUEST_PHONE)
    return await _go_on(context, _guest_in(draft, None), _session_in(draft), is_typed=False)


async def _go_on(context: Context, guest: NewGuest, session_id: SessionId | None, *, is_typed: bool) -> Reply:
    if session_id is not None:
        return await seats.ask_guest_seat(context, session_id, guest, typed_at=GUEST_PHONE if is_typed else None)
    person_id = await context.services.add_guest_at_desk(actor=context.actor, guest=guest)
    context = await close(context)
    notice = context.tr.text("✅ {name} is written down.", name=guest.name)
    return Reply(await person_screen(context, person_id, notice=notice))


async def person_screen(context: Context, person_id: PersonId, *, notice: Markup | None = None) -> Screen:
    """Draw what can be done for a person."""
    require(context.actor, Operation.LOG_CASH_TOP_UP)
    found = await context.services.desk.find_person(center_id=context.actor.center_id, person_id=person_id)
    if found is None:
        raise NotFoundError(what="person")
    return people_view.person_card(
        context.tr,
        found,
        drawers=await own_drawers(context),
        currency=context.member.center.currency,
        notice=notice,
    )


async def own_drawers(context: Context) -> list[Drawer]:
    """Return the drawers of the branches that staff works at."""
    drawers = await context.services.cashboxes.list_drawers(center_id=context.actor.center_id)
    return [drawer for drawer in drawers if drawer.branch_id in context.actor.branch_ids]


def _for(session_id: SessionId | None) -> dict[str, Any]:
    return {} if session_id is None else {"session": session_id.hex}


def _session_in(draft: Draft) -> SessionId | None:
    return SessionId(id_in(draft, "session")) if "session" in draft else None


def _guest_in(draft: Draft, phone: str | None) -> NewGuest:
    return NewGuest(PersonId(id_in(draft, "guest")), draft["name"], phone)


QUESTIONS = {
    SEARCH: Question(take_words, show_search, frozenset({FindPeople, PickPerson, AskGuest})),
    GUEST_NAME: Question(take_guest_name, show_guest_name, frozenset({AskGuest})),
    GUEST_PHONE: Question(take_guest_phone, show_guest_phone, frozenset({SkipGuestPhone, PickPerson})),
}
TAPS: Taps = {
    FindPeople: find_people,
    PickPerson: pick_person,
    AskGuest: ask_guest,
    SkipGuestPhone: skip_guest_phone,
}
