"""What came along with a phone: said to whoever showed that it is theirs."""

from markupsafe import Markup

from domain.people.claiming import PhoneKept
from handlers.context import Context


def came_along(context: Context, kept: PhoneKept) -> tuple[Markup, ...]:
    """Return a line for each kind of thing that is theirs now; nothing where nobody was known by the phone."""
    tr, what = context.tr, kept.brought
    if what is None:
        return ()
    if what.is_nothing:
        return (tr.text("We know you from before: your history is here now."),)
    lines = [tr.text("We know you from before. This is yours now:")]
    if what.bookings:
        lines.append(tr.ntext("• {n} booking", "• {n} bookings", what.bookings))
    if what.credits:
        lines.append(tr.ntext("• {n} credit", "• {n} credits", what.credits))
    if what.money_minor:
        money = tr.money(what.money_minor, context.member.center.currency)
        lines.append(tr.text("• {amount} in your wallet", amount=money))
    return tuple(lines)
