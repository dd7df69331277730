"""An admin gives somebody's seat back: whose, what comes back, and why."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.enrollments.cancellation import Cancellation
from domain.enrollments.model import MadeGood
from domain.ids import SessionId
from domain.sessions.team_views import SeatLine
from handlers.buttons.sessions import AskOverride, ListOverrides
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen


def choose_seat(tr: Translator, *, session_id: SessionId, seats: Sequence[SeatLine], page: int, has_more: bool) -> Screen:
    """Ask whose seat is to be given back."""
    turning = []
    if page > 0:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListOverrides(session_id, 0))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(ListOverrides(session_id, page + 1))))
    question = (
        tr.text("Whose seat is to be given back?") if seats else tr.text("There is no seat that could be given back.")
    )
    return Screen(
        tr.lines(tr.text("<b>↩️ Give a seat back</b>"), question),
        (
            *(
                (Button(tr.plain("{name}", name=each.name), encode(AskOverride(each.enrollment_id, returns_cash=False))),)
                for each in seats
            ),
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("◀️ Back"), encode(OpenSession(session_id))),),
        ),
    )


def ask_override(
    tr: Translator,
    seat: SeatLine,
    cancellation: Cancellation,
    *,
    is_cash: bool,
    returns_cash: bool,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Say what comes back, and ask for the reason, which cancels; of cash the admin chooses first."""
    moment = tr.moment(seat.starts_at)
    rows: list[tuple[Button, ...]] = []
    if is_cash:
        label = tr.plain("💵 Give nothing back") if returns_cash else tr.plain("💵 Give the cash back, to the wallet")
        rows.append((Button(label, encode(AskOverride(seat.enrollment_id, returns_cash=not returns_cash))),))
    rows.append((Button(tr.plain("No, keep it"), encode(OpenSession(seat.session_id))),))
    return Screen(
        tr.lines(
            notice,
            tr.text("<b>↩️ Give a seat back</b>"),
            tr.text("{name}: <b>{title}</b>, {moment}", name=seat.name, title=seat.class_title, moment=moment),
            "",
            _comes_back(tr, cancellation, currency=currency),
            "",
            tr.text("✍️ Please type the reason. The booking is then cancelled, and the student reads it."),
        ),
        tuple(rows),
    )


def _comes_back(tr: Translator, cancellation: Cancellation, *, currency: str) -> Markup:
    amount = tr.money(cancellation.amount_minor, currency)
    match cancellation.made_good:
        case MadeGood.CREDIT:
            return tr.text("🎟️ 1 credit goes back to its package.")
        case MadeGood.UNLOCKED:
            return tr.text("💳 {amount} in the student's wallet becomes free again.", amount=amount)
        case MadeGood.RETURNED:
            return tr.text("💳 {amount} goes back to the student's wallet.", amount=amount)
        case MadeGood.NOTHING_CASH:
            return tr.text("💵 It was paid in cash: nothing comes back, unless you choose so.")
        case MadeGood.NOTHING_FREE:
            return tr.text("The class is free of charge: nothing is taken or given back.")
