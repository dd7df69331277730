"""Cash for and from wallets: how much, and exactly what will happen."""

from markupsafe import Markup

from domain.ids import CashTransactionId, PersonId
from domain.people.desk_views import PersonAtDesk
from handlers.buttons.cash import AskPayOut, ConfirmCash
from handlers.buttons.people import PickPerson
from handlers.callback_data import encode
from handlers.desk.people_view import person_text
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style


def top_up(
    tr: Translator,
    found: PersonAtDesk,
    *,
    branch_name: str,
    amount_minor: int | None,
    transaction_id: CashTransactionId,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Ask how much cash is paid into a wallet; with an amount, whether it was taken."""
    title = tr.text("💵 <b>Top up</b>: {person}", person=person_text(tr, found.person))
    if amount_minor is None:
        asked = tr.text("How much cash did you get? Type the amount, for example: 200")
        return _screen(tr, notice, title, asked, rows=(_back(tr, found.person.person_id),))
    amount = tr.money(amount_minor, currency)
    return _screen(
        tr,
        notice,
        title,
        tr.text("{amount} goes into the drawer of {branch}, and into the wallet.", amount=amount, branch=branch_name),
        tr.text("Another amount? Type it."),
        rows=(
            _confirm(tr.plain("✅ {amount} taken", amount=amount), transaction_id),
            _back(tr, found.person.person_id),
        ),
    )


def pay_out(
    tr: Translator,
    found: PersonAtDesk,
    *,
    ask_all: AskPayOut,
    branch_name: str,
    amount_minor: int | None,
    transaction_id: CashTransactionId,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Ask how much of a guest's wallet is paid out; with an amount, whether it was given."""
    title = tr.text("💸 <b>Pay out</b>: {person}", person=person_text(tr, found.person))
    wallet = tr.money(found.wallet_minor or 0, currency)
    in_wallet = tr.text("💳 {amount} in the guest's wallet", amount=wallet)
    if amount_minor is None:
        asked = tr.text("How much is paid out? Type the amount, for example: 80")
        everything = (Button(tr.plain("All of it: {amount}", amount=wallet), encode(ask_all)),)
        return _screen(tr, notice, title, in_wallet, asked, rows=(everything, _back(tr, found.person.person_id)))
    amount = tr.money(amount_minor, currency)
    return _screen(
        tr,
        notice,
        title,
        in_wallet,
        tr.text("{amount} goes out of the drawer of {branch}, to the guest.", amount=amount, branch=branch_name),
        tr.text("Another amount? Type it."),
        rows=(
            _confirm(tr.plain("✅ {amount} given", amount=amount), transaction_id),
            _back(tr, found.person.person_id),
        ),
    )


def _screen(tr: Translator, notice: Markup | None, *lines: Markup, rows: tuple[tuple[Button, ...], ...]) -> Screen:
    return Screen(tr.lines(notice, "" if notice is not None else None, *lines), rows)


def _confirm(label: str, transaction_id: CashTransactionId) -> tuple[Button, ...]:
    return (Button(label, encode(ConfirmCash(transaction_id)), Style.SUCCESS),)


def _back(tr: Translator, person_id: PersonId) -> tuple[Button, ...]:
    return (Button(tr.plain("◀️ Back"), encode(PickPerson(person_id, None))),)
