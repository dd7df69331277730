"""Correcting a movement of a drawer: why, what would have been right, and exactly what will happen."""

from markupsafe import Markup

from domain.finance.cashbox_views import CashLine
from domain.finance.model import CashDirection
from domain.ids import CashTransactionId
from handlers.buttons.cash import ConfirmCash, NothingMoved, OpenMovement
from handlers.callback_data import encode
from handlers.desk.cashbox_view import kind_text
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style


def ask_reason(tr: Translator, line: CashLine, *, currency: str, notice: Markup | None = None) -> Screen:
    """Ask what was wrong."""
    return Screen(
        tr.lines(
            *_head(tr, line, currency=currency, notice=notice),
            tr.text("What was wrong? Type it, for example: typed 800 instead of 80"),
        ),
        (_back(tr, line),),
    )


def ask_right_amount(tr: Translator, line: CashLine, *, reason: str, currency: str, notice: Markup | None = None) -> Screen:
    """Ask which amount would have been right."""
    return Screen(
        tr.lines(
            *_head(tr, line, currency=currency, notice=notice),
            tr.text("Reason: {reason}", reason=reason),
            "",
            tr.text("What is the right amount? Type it, for example: 80"),
        ),
        ((Button(tr.plain("Nothing at all"), encode(NothingMoved())),), _back(tr, line)),
    )


def confirm(
    tr: Translator,
    line: CashLine,
    *,
    reason: str,
    right_minor: int | None,
    correction_id: CashTransactionId,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Return exactly what correcting will do."""
    wrong = tr.money(line.amount_minor, currency)
    right = tr.money(right_minor or 0, currency)
    is_in = line.direction is CashDirection.IN
    undone = (
        tr.text("{amount} is taken out of the drawer's books again.", amount=wrong)
        if is_in
        else tr.text("{amount} is put back into the drawer's books.", amount=wrong)
    )
    redone = (
        tr.text("{amount} is written down as taken.", amount=right)
        if is_in
        else tr.text("{amount} is written down as given.", amount=right)
    )
    return Screen(
        tr.lines(
            *_head(tr, line, currency=currency, notice=notice),
            tr.text("Reason: {reason}", reason=reason),
            "",
            undone,
            redone if right_minor is not None else None,
            tr.text("Another amount? Type it."),
        ),
        ((Button(tr.plain("✏️ Correct it"), encode(ConfirmCash(correction_id)), Style.DANGER),), _back(tr, line)),
    )


def _head(tr: Translator, line: CashLine, *, currency: str, notice: Markup | None) -> tuple[Markup | str | None, ...]:
    amount, what = tr.money(line.amount_minor, currency), kind_text(tr, line.kind)
    who = (
        tr.text("{amount}, {what}: {name}", amount=amount, what=what, name=line.person_name)
        if line.person_name
        else tr.text("{amount}, {what}", amount=amount, what=what)
    )
    return (notice, "" if notice is not None else None, tr.text("✏️ <b>Correction</b>"), who)


def _back(tr: Translator, line: CashLine) -> tuple[Button, ...]:
    return (Button(tr.plain("◀️ Back"), encode(OpenMovement(line.transaction_id))),)
