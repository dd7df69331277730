"""Being erased: what happens, said before; what happened, said after."""

from markupsafe import Markup

from domain.people.leaving import Farewell, GivenUp
from handlers.callback_data import AskErase, AskGiveUp, ConfirmErase, encode
from handlers.everyone.profile_view import back_to_profile
from handlers.i18n import Formatted, Translator
from handlers.screens import Button, Screen, Style


def ask_erase(tr: Translator, farewell: Farewell, *, notice: Markup | None = None) -> Screen:
    """Say what being erased means, and ask; whoever owns something is asked about that first."""
    text: list[Markup | str] = [tr.text("<b>Erase me</b>")]
    if farewell.has_unsettled:
        text += [
            tr.text("A class of yours is going on or is not settled yet, so you cannot be erased at the moment."),
            tr.text("Please come back when it is over, or call the studio."),
        ]
        return Screen(tr.lines(*text), ((back_to_profile(tr),),))
    text += [tr.text("This is what happens. It cannot be undone."), "", *_consequences(tr, farewell)]
    if farewell.given_up.is_nothing:
        button = Button(tr.plain("Erase me for good"), encode(ConfirmErase(farewell.given_up)), Style.DANGER)
    else:
        text += ["", *_still_yours(tr, farewell)]
        button = Button(tr.plain("Give it up and go on"), encode(AskGiveUp()), Style.DANGER)
    return Screen(tr.lines(*_under(notice), *text), ((button,), (_keep(tr),)))


def ask_give_up(tr: Translator, farewell: Farewell) -> Screen:
    """Ask once more, by the amounts."""
    return Screen(
        tr.lines(
            tr.text("<b>Give up {what} and be erased?</b>", what=_what(tr, farewell.given_up, currency=farewell.currency)),
            tr.text("The studio keeps it, and nobody can give it back to you afterwards."),
            "",
            *_consequences(tr, farewell),
        ),
        (
            (Button(tr.plain("Give up and erase me"), encode(ConfirmErase(farewell.given_up)), Style.DANGER),),
            (Button(tr.plain("Back"), encode(AskErase())), _keep(tr)),
        ),
    )


def erased(tr: Translator, *, center_name: str) -> Screen:
    """Say goodbye."""
    return Screen(
        tr.lines(
            tr.text("<b>You are erased.</b>"),
            tr.text("{center} no longer knows who you are.", center=center_name),
            "",
            tr.text("You can delete this chat now. If you ever want to come back, send {command}.", command="/start"),
        )
    )


def _consequences(tr: Translator, farewell: Farewell) -> list[Markup]:
    lines = [
        tr.text("• Your name, your phone number and the link to this chat are removed."),
        tr.text("• The studio's books keep their amounts, without your name."),
    ]
    if farewell.booking_count:
        cancelled = tr.ntext(
            "• {n} coming booking is cancelled and paid back in full.",
            "• {n} coming bookings are cancelled and paid back in full.",
            farewell.booking_count,
        )
        lines.insert(0, cancelled)
    return lines


def _still_yours(tr: Translator, farewell: Farewell) -> list[Markup]:
    what = _what(tr, farewell.given_up, currency=farewell.currency)
    if farewell.booking_count:
        first = tr.text("With what the bookings give back, you have {what}.", what=what)
    else:
        first = tr.text("You have {what}.", what=what)
    return [first, tr.text("Ask the studio to pay it back first, or give it up.")]


def _what(tr: Translator, given_up: GivenUp, *, currency: str) -> Markup | Formatted:
    money = tr.money(given_up.money_minor, currency)
    if given_up.credits == 0:
        return money
    class_credits = tr.ntext("{n} credit", "{n} credits", given_up.credits)
    if given_up.money_minor == 0:
        return class_credits
    return tr.text("{money} and {credits}", money=money, credits=class_credits)


def _keep(tr: Translator) -> Button:
    button = back_to_profile(tr)
    return Button(tr.plain("No, keep me"), button.data)


def _under(notice: Markup | None) -> list[Markup | str]:
    return [] if notice is None else [notice, ""]
