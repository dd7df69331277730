"""Wallets as admins see them: the sums, whose they look for, and one with what is locked, owned and moved."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.finance.model import EntryCause, WalletOwner
from domain.finance.wallets_admin import WalletCard, WalletLine, WalletRef, WalletTotals
from domain.people.admin_views import PersonLine
from handlers.admin.journal_view import cause_name, wallet_name
from handlers.admin.payments_view import person_label
from handlers.buttons.finance import (
    AskTransfer,
    AskWalletOwner,
    CompareWallets,
    ListPersonBookings,
    OpenEnrollmentCard,
    OpenEntry,
    OpenWalletCard,
    OpenWallets,
)
from handlers.buttons.members import OpenPerson
from handlers.buttons.pay import OpenPaymentCard
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.student.home_view import home_row

_MOST_HOLDS = 5


def totals(
    tr: Translator, sums: WalletTotals, *, center: WalletRef, currency: str, journal: WalletTotals | None = None
) -> Screen:
    """Return the sums of all wallets; beside the journal's, where they were compared."""
    return Screen(
        tr.lines(
            tr.text("<b>👛 Wallets</b>"),
            tr.ntext("{n} wallet", "{n} wallets", sums.number),
            tr.text("In all of them: <b>{amount}</b>", amount=tr.money(sums.balance_minor, currency)),
            tr.text("🔒 {amount} locked for bookings", amount=tr.money(sums.locked_minor, currency)),
            tr.text("{amount} free to be spent", amount=tr.money(sums.available_minor, currency)),
            *(_compared(tr, sums, journal, currency=currency) if journal is not None else ()),
        ),
        (
            (Button(tr.plain("🔎 Whose wallet?"), encode(AskWalletOwner())),),
            (Button(tr.plain("🏛️ The center's wallet"), encode(OpenWalletCard(center, None))),),
            (Button(tr.plain("🧮 Compare with the journal"), encode(CompareWallets())),),
            home_row(tr),
        ),
    )


def _compared(tr: Translator, sums: WalletTotals, journal: WalletTotals, *, currency: str) -> tuple[Markup | str, ...]:
    agree = sums == journal
    return (
        "",
        tr.text("By the journal: {amount}", amount=tr.money(journal.balance_minor, currency)),
        tr.text("Open locks: {amount}", amount=tr.money(journal.locked_minor, currency)),
        tr.text("✅ They agree.") if agree else tr.text("❌ They differ: please run the audit on the server."),
    )


def ask_owner(tr: Translator, *, notice: Markup | None = None) -> Screen:
    """Return the question whose wallet."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("👛 Whose wallet? Type a name or a phone number, for example: Mona"),
        ),
        ((Button(tr.plain("Cancel"), encode(OpenWallets())),),),
    )


def owners(tr: Translator, found: Sequence[PersonLine], *, words: str, has_more: bool) -> Screen:
    """Return who was found."""
    return Screen(
        tr.lines(
            tr.text("🔎 {words}", words=words),
            tr.text("Whose wallet?") if found else tr.text("Nobody is called so. Type another name or phone number."),
            tr.text("There are more: type a longer name.") if has_more else None,
        ),
        (
            *(
                (
                    Button(
                        person_label(tr, each),
                        encode(OpenWalletCard(WalletRef(WalletOwner.STUDENT, each.person_id), None)),
                    ),
                )
                for each in found
            ),
            (Button(tr.plain("Cancel"), encode(OpenWallets())),),
        ),
    )


def card(
    tr: Translator,
    found: WalletCard,
    lines: Sequence[WalletLine],
    *,
    has_more: bool,
    is_first_page: bool,
    currency: str,
    now: datetime,
    notice: Markup | None = None,
) -> Screen:
    """Return a wallet and a page of its statement."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("👛 <b>{name}</b>", name=wallet_name(tr, found.ref.kind, found.owner_name)),
            *money_lines(tr, found, currency=currency),
            *(_held(tr, found, currency=currency) if is_first_page else ()),
            "",
            tr.text("<b>Statement</b>, the latest first: tap a line to see what it belongs to.")
            if lines
            else tr.text("Nothing has moved in it."),
        ),
        (
            *((_line_button(tr, line, currency=currency, now=now),) for line in lines),
            *_turning(tr, found.ref, lines, has_more=has_more, is_first_page=is_first_page),
            *(_hold_rows(tr, found, currency=currency, now=now) if is_first_page else ()),
            *(
                ((Button(tr.plain("🔁 Transfer to another wallet"), encode(AskTransfer(found.ref))),),)
                if found.available_minor > 0
                else ()
            ),
            *_whose(tr, found),
            (Button(tr.plain("👛 Wallets"), encode(OpenWallets())), *home_row(tr)),
        ),
    )


def money_lines(tr: Translator, found: WalletCard, *, currency: str) -> tuple[Markup | None, ...]:
    """Return what is in a wallet, locked and free."""
    return (
        tr.text("In it: <b>{amount}</b>", amount=tr.money(found.balance_minor, currency)),
        tr.text("🔒 {amount} locked for bookings", amount=tr.money(found.locked_minor, currency))
        if found.locked_minor
        else None,
        tr.text("{amount} free to be spent", amount=tr.money(found.available_minor, currency))
        if found.locked_minor
        else None,
    )


def _held(tr: Translator, found: WalletCard, *, currency: str) -> tuple[Markup, ...]:
    return (
        *(
            tr.text(
                "• {amount}: {title}, {moment}",
                amount=tr.money(hold.amount_minor, currency),
                title=hold.class_title,
                moment=tr.moment(hold.starts_at),
            )
            for hold in found.holds
        ),
        *(
            tr.text(
                "🎁 {package}: {left} of {total} credits left, worth {amount}",
                package=package.name,
                left=package.credits_left,
                total=package.credits_total,
                amount=tr.money(package.value_left_minor, currency),
            )
            for package in found.packages
        ),
    )


def _hold_rows(tr: Translator, found: WalletCard, *, currency: str, now: datetime) -> Rows:
    return tuple(
        (
            Button(
                tr.label(
                    f"🔒 {tr.money(hold.amount_minor, currency)}",
                    tr.plain("{title}", title=hold.class_title),
                    tr.soon(hold.starts_at, now=now),
                ),
                encode(OpenEnrollmentCard(hold.enrollment_id)),
            ),
        )
        for hold in found.holds[:_MOST_HOLDS]
    )


def _line_button(tr: Translator, line: WalletLine, *, currency: str, now: datetime) -> Button:
    shown = line.statement
    what = shown.package_name or shown.class_title or shown.branch_name or line.other_name
    is_booking = line.cause in {EntryCause.BOOKING_CAPTURED, EntryCause.CAPTURE_RETURNED} and what is not None
    return Button(
        tr.label(
            tr.signed_money(shown.amount_minor, currency),
            tr.past_day(shown.occurred_at, now=now),
            *(() if is_booking else (cause_name(tr, line.cause),)),
            *((tr.plain("{title}", title=what),) if what is not None else ()),
        ),
        encode(_target(line)),
    )


def _target(line: WalletLine) -> CallbackData:
    """Return what a line leads to: its seat, else its payment, else the entry itself."""
    if line.enrollment_id is not None:
        return OpenEnrollmentCard(line.enrollment_id)
    if line.payment_id is not None:
        return OpenPaymentCard(line.payment_id)
    return OpenEntry(line.entry_id)


def _turning(tr: Translator, ref: WalletRef, lines: Sequence[WalletLine], *, has_more: bool, is_first_page: bool) -> Rows:
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenWalletCard(ref, None))))
    if has_more:
        turning.append(Button(tr.plain("Older ▶️"), encode(OpenWalletCard(ref, lines[-1].entry_id))))
    return (tuple(turning),) if turning else ()


def _whose(tr: Translator, found: WalletCard) -> Rows:
    others = tuple(
        Button(
            tr.plain("👛 As staff") if ref.kind is WalletOwner.STAFF else tr.plain("👛 As a student"),
            encode(OpenWalletCard(ref, None)),
        )
        for ref in found.others
    )
    person_id = found.ref.person_id
    if person_id is None:
        return ()
    return (
        (
            Button(tr.plain("👤 Person"), encode(OpenPerson(person_id))),
            Button(tr.plain("🎟️ Bookings"), encode(ListPersonBookings(person_id, None))),
            *others,
        ),
    )
