"""People at the desk: who is looked for, who was found, somebody new, and what can be done for them."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.finance.cashbox_views import Drawer
from domain.ids import SessionId
from domain.people.desk_views import FoundPerson, PersonAtDesk
from handlers.buttons.cash import AskPayOut, AskTopUp
from handlers.buttons.people import AskGuest, FindPeople, PickPerson, SkipGuestPhone
from handlers.callback_data import OpenHome, OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style


def ask_whom(tr: Translator, *, session_id: SessionId | None, notice: Markup | None = None) -> Screen:
    """Ask for a name or a phone."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("💵 <b>Walk-in</b>") if session_id is not None else tr.text("👤 <b>Person at the desk</b>"),
            tr.text("Type a part of the name or of the phone, for example: Mona, or 0100 123"),
        ),
        (_new_row(tr, session_id), (_back(tr, session_id),)),
    )


def found(
    tr: Translator, people: Sequence[FoundPerson], *, words: str, has_more: bool, session_id: SessionId | None
) -> Screen:
    """Return who was found."""
    return Screen(
        tr.lines(
            tr.ntext("{n} person for “{words}”", "{n} people for “{words}”", len(people), words=words)
            if people
            else tr.text("Nobody was found for “{words}”.", words=words),
            tr.text("There are more: type more of the name or phone.") if has_more else None,
            tr.text("Somebody else? Type another name or phone."),
        ),
        (
            *((Button(person_label(tr, person), encode(PickPerson(person.person_id, session_id))),) for person in people),
            _new_row(tr, session_id),
            (_back(tr, session_id),),
        ),
    )


def ask_guest_name(tr: Translator, *, session_id: SessionId | None, notice: Markup | None = None) -> Screen:
    """Ask how a new guest is called."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("➕ <b>New guest</b>"),
            tr.text("What is the name? For example: Mona Adel"),
        ),
        ((_back(tr, session_id),),),
    )


def ask_guest_phone(tr: Translator, *, name: str, session_id: SessionId | None, notice: Markup | None = None) -> Screen:
    """Ask for a new guest's phone."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("➕ <b>{name}</b>", name=name),
            tr.text("What is the phone? For example: 0100 123 4567"),
            tr.text("With the same phone, the guest finds everything again in this chat."),
        ),
        ((Button(tr.plain("Without a phone"), encode(SkipGuestPhone())),), (_back(tr, session_id),)),
    )


def phone_known(tr: Translator, person: FoundPerson, *, session_id: SessionId | None) -> Screen:
    """Offer whoever has the phone already."""
    return Screen(
        tr.lines(
            tr.text("This phone is known already. Is it this person?"),
            tr.text("If not, type another phone."),
        ),
        (
            (Button(person_label(tr, person), encode(PickPerson(person.person_id, session_id)), Style.PRIMARY),),
            (Button(tr.plain("Without a phone"), encode(SkipGuestPhone())),),
            (_back(tr, session_id),),
        ),
    )


def person_card(
    tr: Translator,
    found_person: PersonAtDesk,
    *,
    drawers: Sequence[Drawer],
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Return what can be done for a person, at each of the branches that one works at."""
    person, wallet_minor = found_person.person, found_person.wallet_minor
    can_pay_out = wallet_minor is not None and wallet_minor > 0
    rows = []
    for drawer in drawers:
        branch = (tr.plain("{branch}", branch=drawer.branch_name),) if len(drawers) > 1 else ()
        top_up = Button(
            tr.label(tr.plain("💵 Top up"), *branch), encode(AskTopUp(person.person_id, drawer.branch_id)), Style.PRIMARY
        )
        pay_out = Button(
            tr.label(tr.plain("💸 Pay out"), *branch), encode(AskPayOut(person.person_id, drawer.branch_id, is_all=False))
        )
        rows.append((top_up, pay_out) if can_pay_out else (top_up,))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("👤 <b>{person}</b>", person=person_text(tr, person)),
            tr.text("💳 {amount} in the guest's wallet", amount=tr.money(wallet_minor, currency))
            if wallet_minor is not None
            else None,
        ),
        (*rows, (Button(tr.plain("🔍 Somebody else"), encode(FindPeople(None))), _home(tr))),
    )


def person_text(tr: Translator, person: FoundPerson) -> Markup:
    """Return a person's name, with what tells them from others of the same name."""
    if person.phone_end is None:
        return tr.text("{name} (guest)", name=person.name) if person.is_guest else tr.text("{name}", name=person.name)
    values = {"name": person.name, "digits": person.phone_end}
    return tr.text("{name} …{digits} (guest)", **values) if person.is_guest else tr.text("{name} …{digits}", **values)


def person_label(tr: Translator, person: FoundPerson) -> str:
    """Return the same for a button."""
    digits = (tr.plain("…{digits}", digits=person.phone_end),) if person.phone_end is not None else ()
    guest = (tr.plain("guest"),) if person.is_guest else ()
    return tr.label(tr.plain("{name}", name=person.name), *digits, *guest)


def _new_row(tr: Translator, session_id: SessionId | None) -> tuple[Button, ...]:
    return (Button(tr.plain("➕ New guest"), encode(AskGuest(session_id))),)


def _back(tr: Translator, session_id: SessionId | None) -> Button:
    if session_id is None:
        return _home(tr)
    return Button(tr.plain("◀️ Back"), encode(OpenSession(session_id)))


def _home(tr: Translator) -> Button:
    return Button(tr.plain("🏠 Home"), encode(OpenHome()))
