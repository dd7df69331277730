"""Walk-ins: cash for a seat, from the amount to the receipt."""

from typing import Any, Final

from markupsafe import Markup

from domain.errors import (
    AmountTooLargeError,
    InvalidInputError,
    NotFoundError,
    PhoneKnownError,
    RefusalError,
)
from domain.ids import EnrollmentId, PersonId, SessionId, new_id
from domain.people.guests import NewGuest
from domain.permissions import Operation, require
from domain.sessions.views import SessionCard
from handlers.buttons.cash import ConfirmSeat
from handlers.callback_data import OpenSession
from handlers.context import Context
from handlers.desk import people_view, seats_view
from handlers.desk.drafts import Draft, ask, close, draft_of, id_in, take, typed_amount, under_notice
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps
from handlers.team import session_card

AMOUNT: Final = "ask.seat.amount"


async def ask_seat(context: Context, session_id: SessionId, person_id: PersonId) -> Reply:
    """Ask whether the price was taken from a person who is known."""
    card = await _card(context, session_id)
    draft = {**_new_draft(card), "person": person_id.hex}
    return Reply(await _screen(await ask(context, AMOUNT, draft)))


async def ask_guest_seat(context: Context, session_id: SessionId, guest: NewGuest, *, typed_at: str | None) -> Reply:
    """Ask the same of a new guest; ``typed_at`` is the step that what was typed answered."""
    card = await _card(context, session_id)
    draft = {**_new_draft(card), "guest": guest.person_id.hex, "name": guest.name, "phone": guest.phone}
    if typed_at is None:
        return Reply(await _screen(await ask(context, AMOUNT, draft)))
    return Reply(await _screen(await take(context, typed_at, next_step=AMOUNT, draft=draft)))


async def take_amount(context: Context, text: str) -> Reply:
    """Take another amount than the price; the button of the older one is out of date then."""
    draft = draft_of(context, AMOUNT)
    card = await _card(context, SessionId(id_in(draft, "session")))
    if card.session.terms.price_minor == 0:
        return await show(context)
    drawer = await context.services.cashboxes.find_drawer(
        center_id=context.actor.center_id, branch_id=card.session.branch_id
    )
    try:
        amount_minor = typed_amount(context, text, limit_minor=drawer.largest_amount_minor if drawer is not None else 0)
    except (InvalidInputError, AmountTooLargeError) as error:
        return Reply(await _screen(context, notice=sentence(context.tr, error)))
    changed = {**draft, "amount": amount_minor, "enrollment": new_id().hex}
    return Reply(await _screen(await take(context, AMOUNT, next_step=AMOUNT, draft=changed)))


async def show(context: Context) -> Reply:
    """Show what is to be confirmed."""
    return Reply(await _screen(context))


async def confirm_seat(context: Context, data: ConfirmSeat) -> Reply:
    """Take the cash; pressed again, show what the first press did."""
    dialog = context.member.dialog
    is_open = dialog.step == AMOUNT and dialog.data["enrollment"] == data.enrollment_id.hex
    if is_open:
        draft = dialog.data
        await context.services.register_cash_seat(
            actor=context.actor,
            session_id=SessionId(id_in(draft, "session")),
            visitor=_guest_in(draft) or PersonId(id_in(draft, "person")),
            enrollment_id=data.enrollment_id,
            amount_minor=draft["amount"],
        )
        context = await close(context)
    require(context.actor, Operation.LOG_CASH_PAYMENT)
    done = await context.services.cashboxes.find_seat(center_id=context.actor.center_id, enrollment_id=data.enrollment_id)
    if done is None:
        raise NotFoundError(what="enrollment")
    require(context.actor, Operation.LOG_CASH_PAYMENT, branch_id=done.branch_id)
    notice = seats_view.receipt(context.tr, done, currency=context.member.center.currency)
    screen = await _session_screen(context, done.session_id, notice)
    return Reply(screen, answer=Answer(context.tr.plain("Done ✅")))


async def after_refusal(context: Context, _data: ConfirmSeat, error: RefusalError, notice: Markup) -> Screen | None:
    """Show who has the phone of a new guest, else the session as it is now."""
    dialog = context.member.dialog
    if dialog.step != AMOUNT:
        return None
    session_id = SessionId(id_in(dialog.data, "session"))
    if isinstance(error, PhoneKnownError):
        known = await context.services.desk.find_person(center_id=context.actor.center_id, person_id=error.person_id)
        if known is not None:
            return people_view.phone_known(context.tr, known.person, session_id=session_id)
    return await _session_screen(await close(context), session_id, notice)


async def _session_screen(context: Context, session_id: SessionId, notice: Markup) -> Screen | None:
    reply = await session_card.open_session(context, OpenSession(session_id))
    return None if reply.screen is None else under_notice(context.tr, reply.screen, notice)


async def _screen(context: Context, *, notice: Markup | None = None) -> Screen:
    draft = draft_of(context, AMOUNT)
    card = await _card(context, SessionId(id_in(draft, "session")))
    return seats_view.confirm_seat(
        context.tr,
        card,
        visitor=await _visitor(context, draft),
        enrollment_id=EnrollmentId(id_in(draft, "enrollment")),
        amount_minor=draft["amount"],
        notice=notice,
    )


async def _visitor(context: Context, draft: Draft) -> Markup:
    guest = _guest_in(draft)
    if guest is not None:
        return context.tr.text("{name} (new guest)", name=guest.name)
    found = await context.services.desk.find_person(
        center_id=context.actor.center_id, person_id=PersonId(id_in(draft, "person"))
    )
    if found is None:
        raise NotFoundError(what="person")
    return people_view.person_text(context.tr, found.person)


async def _card(context: Context, session_id: SessionId) -> SessionCard:
    require(context.actor, Operation.LOG_CASH_PAYMENT)
    card = await context.services.sessions.find_card(
        center_id=context.actor.center_id, reader_id=context.actor.person_id, session_id=session_id
    )
    if card is None:
        raise NotFoundError(what="session")
    require(context.actor, Operation.LOG_CASH_PAYMENT, branch_id=card.session.branch_id)
    return card


def _new_draft(card: SessionCard) -> dict[str, Any]:
    return {
        "session": card.session.id.hex,
        "enrollment": new_id().hex,
        "amount": card.session.terms.price_minor,
    }


def _guest_in(draft: Draft) -> NewGuest | None:
    if "guest" not in draft:
        return None
    return NewGuest(PersonId(id_in(draft, "guest")), draft["name"], draft["phone"])


QUESTIONS = {AMOUNT: Question(take_amount, show, frozenset({ConfirmSeat}))}
TAPS: Taps = {ConfirmSeat: confirm_seat}
