"""A student's credits and wallet on one screen."""

from markupsafe import Markup

from domain.finance.views import Means
from handlers.callback_data import ListBookings, ListSessions, OpenBooking, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row


def means(tr: Translator, owned: Means, *, currency: str) -> Screen:
    """Return what a student can book with, and which bookings money is locked for."""
    return Screen(
        tr.lines(
            tr.text("<b>Credits</b>"),
            *_credits(tr, owned),
            "",
            tr.text("<b>Wallet</b>"),
            *_wallet(tr, owned, currency=currency),
        ),
        (
            *(
                (Button(_lock_label(tr, title, moment), encode(OpenBooking(enrollment_id))),)
                for title, moment, enrollment_id in (
                    (lock.class_title, tr.moment(lock.starts_at), lock.enrollment_id) for lock in owned.locks
                )
            ),
            (
                Button(tr.plain("📅 All classes"), encode(ListSessions(None))),
                Button(tr.plain("🎟 My bookings"), encode(ListBookings(None))),
            ),
            home_row(tr),
        ),
    )


def _credits(tr: Translator, owned: Means) -> tuple[Markup, ...]:
    if not owned.credits:
        return (tr.text("You have no credits. Packages are sold at the studio's reception."),)
    return tuple(
        tr.ntext("🎟 {title}: {n} credit left", "🎟 {title}: {n} credits left", line.credits_left, title=line.class_title)
        for line in owned.credits
    )


def _wallet(tr: Translator, owned: Means, *, currency: str) -> tuple[Markup, ...]:
    wallet = owned.wallet
    if wallet is None or wallet.balance_minor == 0:
        return (tr.text("Your wallet is empty. It can be topped up at the studio's reception."),)
    lines = [tr.text("💳 {amount} to spend", amount=tr.money(wallet.available_minor, currency))]
    if wallet.locked_minor:
        lines.append(tr.text("🔒 {amount} locked for bookings:", amount=tr.money(wallet.locked_minor, currency)))
        lines += [
            tr.text(
                "• {amount}: {title}, {moment}",
                amount=tr.money(lock.amount_minor, currency),
                title=lock.class_title,
                moment=tr.moment(lock.starts_at),
            )
            for lock in owned.locks
        ]
    return tuple(lines)


def _lock_label(tr: Translator, title: str, moment: str) -> str:
    return tr.label(f"🔒 {moment}", tr.plain("{title}", title=title))
