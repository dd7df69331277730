"""Walk-ins: what is taken for a seat."""

from markupsafe import Markup

from domain.finance.cashbox_views import SeatReceipt
from domain.ids import EnrollmentId
from domain.sessions.views import SessionCard
from handlers.buttons.cash import ConfirmSeat
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style


def confirm_seat(
    tr: Translator,
    card: SessionCard,
    *,
    visitor: Markup,
    enrollment_id: EnrollmentId,
    amount_minor: int,
    notice: Markup | None = None,
) -> Screen:
    """Return exactly what will happen: who gets a seat in what, and how much cash goes into which drawer."""
    terms = card.session.terms
    price, amount = tr.money(terms.price_minor, terms.currency), tr.money(amount_minor, terms.currency)
    is_free = terms.price_minor == 0
    confirm = tr.plain("✅ Give the seat") if is_free else tr.plain("✅ {amount} taken", amount=amount)
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("💵 <b>Walk-in</b>: {visitor}", visitor=visitor),
            tr.text("{title}, {moment}", title=card.class_title, moment=tr.moment(card.session.starts_at)),
            "",
            tr.text("The class is free of charge.")
            if is_free
            else tr.text("{amount} in cash goes into the drawer of {branch}.", amount=amount, branch=card.branch_name),
            tr.text("⚠️ The price is {price}.", price=price) if amount_minor != terms.price_minor else None,
            None if is_free else tr.text("Did you get another amount? Type it, for example: 50"),
        ),
        (
            (Button(confirm, encode(ConfirmSeat(enrollment_id)), Style.SUCCESS),),
            (Button(tr.plain("◀️ Back"), encode(OpenSession(card.session.id))),),
        ),
    )


def receipt(tr: Translator, done: SeatReceipt, *, currency: str) -> Markup:
    """Return the line that says what was taken, and how full the class is now."""
    values = {"name": done.person_name, "taken": done.seats_taken, "capacity": done.capacity}
    if done.amount_minor == 0:
        return tr.text("✅ {name} has a seat: {taken} of {capacity} are taken.", **values)
    return tr.text(
        "✅ {amount} taken from {name}: {taken} of {capacity} seats are taken.",
        amount=tr.money(done.amount_minor, currency),
        **values,
    )
