"""Making two people one: who is meant, and what it means."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.people.admin_views import PersonCard, PersonLine
from domain.permissions import Role
from handlers.buttons.members import OpenPerson
from handlers.buttons.merging import AskMerge, AskMergeWith, ConfirmMerge
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style
from handlers.student.home_view import home_row


def ask_words(tr: Translator, card: PersonCard, *, notice: Markup | None = None) -> Screen:
    """Return the question who the same person is."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("Who is the same person as <b>{name}</b>?", name=card.name),
            tr.text("Type a part of the name or the phone number, for example: Mona, or 0100"),
        ),
        (_back(tr, card),),
    )


def found(tr: Translator, card: PersonCard, others: Sequence[PersonLine], *, words: str) -> Screen:
    """Return who was found."""
    return Screen(
        tr.lines(
            tr.text("Who is the same person as <b>{name}</b>?", name=card.name),
            tr.text("🔎 {words}", words=words),
            None if others else tr.text("Nobody is called so."),
        ),
        (
            *((Button(_label(tr, each), encode(AskMerge(card.person_id, each.person_id))),) for each in others),
            (Button(tr.plain("🔎 Search"), encode(AskMergeWith(card.person_id))),),
            _back(tr, card),
        ),
    )


def ask_merge(tr: Translator, first: PersonCard, second: PersonCard, *, currency: str) -> Screen:
    """Return both side by side, and what making them one means: who stays is told as the use case decides it."""
    stays, goes = (second, first) if first.is_guest and not second.is_guest else (first, second)
    return Screen(
        tr.lines(
            tr.text("<b>Make these two one?</b>"),
            *(_side(tr, card, currency=currency) for card in (first, second)),
            "",
            tr.text("Bookings, credits and money of both are one person's then: {name} stays.", name=stays.name),
            tr.text("{name} cannot use this chat from their account any more.", name=goes.name)
            if not goes.is_guest
            else None,
            tr.text("The roles of {name} end.", name=goes.name) if _has_team_role(goes) else None,
            tr.text("Where both have a seat in one class, the second seat is given back in full."),
            tr.text("The note on {name} is not kept.", name=goes.name) if goes.notes else None,
            tr.text("It cannot be undone."),
        ),
        (
            (
                Button(
                    tr.plain("Yes, make them one"),
                    encode(ConfirmMerge(first.person_id, second.person_id)),
                    Style.DANGER,
                ),
            ),
            _back(tr, first),
        ),
    )


def _has_team_role(card: PersonCard) -> bool:
    return any(each.role is not Role.STUDENT for each in card.roles)


def merged(tr: Translator) -> Markup:
    """Say that it is done."""
    return tr.text("The two are one person now.")


def _side(tr: Translator, card: PersonCard, *, currency: str) -> Markup:
    values = {"name": card.name, "phone": card.phone or "–"}
    if card.wallet is None:
        return tr.text("👤 {name} · {phone}", **values)
    return tr.text("👤 {name} · {phone} · {money}", **values, money=tr.money(card.wallet.balance_minor, currency))


def _label(tr: Translator, each: PersonLine) -> str:
    name = tr.plain("{name}", name=each.name)
    return tr.label(name, tr.plain("{phone}", phone=each.phone)) if each.phone else tr.label(name)


def _back(tr: Translator, card: PersonCard) -> tuple[Button, ...]:
    return (Button(tr.plain("◀️ Back"), encode(OpenPerson(card.person_id))), *home_row(tr))
