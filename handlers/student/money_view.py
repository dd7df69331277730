"""What happened to the money of a booking, a line for each movement."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.money_trail import MoneyLine, MoneyStep
from handlers.i18n import Translator


def money_trail(tr: Translator, lines: Sequence[MoneyLine], *, currency: str, now: datetime) -> tuple[Markup | str, ...]:
    """Return the lines below their heading, the oldest first; nothing for a class free of charge."""
    if not lines:
        return ()
    return ("", tr.text("<b>Step by step</b>"), *(_line(tr, line, currency=currency, now=now) for line in lines))


def _line(tr: Translator, line: MoneyLine, *, currency: str, now: datetime) -> Markup:
    moment = tr.past_moment(line.at, now=now)
    return tr.text("• {moment}: {what}", moment=moment, what=_what(tr, line, currency=currency))


def _what(tr: Translator, line: MoneyLine, *, currency: str) -> Markup:
    amount, package = tr.money(line.amount_minor, currency), line.package_name or ""
    match line.step:
        case MoneyStep.LOCKED:
            return tr.text("{amount} locked in your wallet", amount=amount)
        case MoneyStep.FREED:
            return tr.text("{amount} free again", amount=amount)
        case MoneyStep.TAKEN:
            return tr.text("{amount} taken from your wallet", amount=amount)
        case MoneyStep.RETURNED:
            return tr.text("{amount} back in your wallet", amount=amount)
        case MoneyStep.CREDIT_TAKEN:
            return tr.text("1 credit taken from {package}", package=package)
        case MoneyStep.CREDIT_RETURNED:
            return tr.text("1 credit back in {package}", package=package)
        case MoneyStep.PAID_CASH:
            return tr.text("{amount} paid in cash", amount=amount)
        case MoneyStep.PAID_ONLINE:
            return tr.text("{amount} paid online", amount=amount)
