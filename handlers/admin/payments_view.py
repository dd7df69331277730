"""The list of all payments: newest first, what it is narrowed to in its head, each of which is cleared by a tap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from domain.finance.model import PaymentMethod, PaymentStatus
from domain.finance.payments_admin import PaidBranch, PaymentChoice, PaymentLine, PaymentPage, PaymentPeriod
from domain.ids import EnrollmentId
from domain.people.admin_views import PersonLine
from handlers.admin.payment_words import method_icon, method_name, period_name, status_icon, status_name
from handlers.buttons.finance import (
    AskPayer,
    ListPayments,
    OpenEnrollmentCard,
    OpenPaymentBranches,
    OpenPaymentFilter,
)
from handlers.buttons.pay import OpenPaymentCard
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row

_A_ROW = 2
_MOST_BUTTONS = 98  # of the hundred that a message has room for


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """What the list is narrowed to, with the names that it has now."""

    choice: PaymentChoice
    person_name: str | None
    branch: PaidBranch | None


def payments(
    tr: Translator, page: PaymentPage, shown: ShownChoice, *, is_first_page: bool, currency: str, now: datetime
) -> Screen:
    """Return a page of payments."""
    return Screen(
        tr.lines(
            tr.text("<b>🧾 Payments</b>"),
            *(tr.text("• {narrowed}", narrowed=name) for name, _ in _narrowed(tr, shown)),
            _explanation(tr, page, is_narrowed=bool(_narrowed(tr, shown)), is_first_page=is_first_page),
        ),
        (
            *((_line_button(tr, line, currency=currency, now=now),) for line in page.lines),
            *_turning(tr, page, shown.choice, is_first_page=is_first_page),
            *_clearing(tr, shown),
            (
                Button(tr.plain("🔎 Narrow"), encode(OpenPaymentFilter(shown.choice))),
                Button(tr.plain("👤 Of one person"), encode(AskPayer(shown.choice))),
            ),
            home_row(tr),
        ),
    )


def of_seat(
    tr: Translator, lines: Sequence[PaymentLine], *, enrollment_id: EnrollmentId, currency: str, now: datetime
) -> Screen:
    """Return the payments for one enrollment."""
    return Screen(
        tr.lines(
            tr.text("<b>🧾 Payments for this booking</b>"),
            tr.text("The latest first. Tap a payment to see it.")
            if lines
            else tr.text("There are none: it was free of charge."),
        ),
        (
            *((_line_button(tr, line, currency=currency, now=now),) for line in lines),
            (Button(tr.plain("◀️ Back"), encode(OpenEnrollmentCard(enrollment_id))), *home_row(tr)),
        ),
    )


def narrow(tr: Translator, shown: ShownChoice, *, has_branches: bool) -> Screen:
    """Return what the list can be narrowed to: one tap shows it."""
    choice = shown.choice

    def option(label: str, chosen: PaymentChoice) -> Button:
        return Button(label, encode(ListPayments(chosen, None)), Style.PRIMARY if chosen == choice else None)

    statuses = [option(tr.plain("Any status"), replace(choice, status=None))] + [
        option(f"{status_icon(each)} {status_name(tr, each)}", replace(choice, status=each)) for each in PaymentStatus
    ]
    methods = [option(tr.plain("Paid anyhow"), replace(choice, method=None))] + [
        option(f"{method_icon(each)} {method_name(tr, each)}", replace(choice, method=each)) for each in PaymentMethod
    ]
    periods = [option(period_name(tr, each), replace(choice, period=each)) for each in PaymentPeriod]
    branch = Button(tr.plain("🏢 Branch"), encode(OpenPaymentBranches(choice)))
    return Screen(
        tr.lines(
            tr.text("<b>🧾 Payments</b>"),
            *(tr.text("• {narrowed}", narrowed=name) for name, _ in _narrowed(tr, shown)),
            tr.text("Which ones would you like to see?"),
        ),
        (
            *in_rows(statuses),
            *in_rows(methods),
            *in_rows(periods),
            (Button(tr.plain("👤 Of one person"), encode(AskPayer(choice))), *((branch,) if has_branches else ())),
            (Button(tr.plain("◀️ Back"), encode(ListPayments(choice, None))), *home_row(tr)),
        ),
    )


def branch_panel(tr: Translator, choice: PaymentChoice, *, branches: Sequence[PaidBranch]) -> Screen:
    """Return the branches that the list can be narrowed to."""
    names = [(None, tr.plain("All branches"))] + [
        (place, tr.label(tr.plain("{branch}", branch=each.name))) for place, each in enumerate(branches)
    ]
    buttons = [
        Button(
            name,
            encode(ListPayments(replace(choice, branch=place), None)),
            Style.PRIMARY if place == choice.branch else None,
        )
        for place, name in names[:_MOST_BUTTONS]
    ]
    return Screen(
        tr.lines(
            tr.text("<b>🧾 Payments</b>"),
            tr.text("Of which branch? Where the class is, or where the cash was taken."),
        ),
        (*in_rows(buttons), (Button(tr.plain("◀️ Back"), encode(OpenPaymentFilter(choice))),)),
    )


def ask_payer(tr: Translator, choice: PaymentChoice, *, notice: Markup | None = None) -> Screen:
    """Return the question of whom."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("👤 Whose payments? Type a name or a phone number, for example: Mona"),
        ),
        ((Button(tr.plain("Cancel"), encode(ListPayments(choice, None))),),),
    )


def payers(tr: Translator, choice: PaymentChoice, found: Sequence[PersonLine], *, words: str, has_more: bool) -> Screen:
    """Return who was found."""
    return Screen(
        tr.lines(
            tr.text("🔎 {words}", words=words),
            tr.text("Whose payments?") if found else tr.text("Nobody is called so. Type another name or phone number."),
            tr.text("There are more: type a longer name.") if has_more else None,
        ),
        (
            *((Button(person_label(tr, each), encode(_of(choice, each))),) for each in found),
            (Button(tr.plain("Cancel"), encode(ListPayments(choice, None))),),
        ),
    )


def person_label(tr: Translator, line: PersonLine) -> str:
    """Return a person's name for a button, with their phone where it is known."""
    parts = [tr.plain("{name}", name=line.name), *([tr.plain("{phone}", phone=line.phone)] if line.phone else [])]
    return tr.label(*parts)


def _of(choice: PaymentChoice, line: PersonLine) -> ListPayments:
    return ListPayments(replace(choice, person_id=line.person_id), None)


def in_rows(buttons: Sequence[Button]) -> Rows:
    """Return buttons two in a row."""
    return tuple(tuple(buttons[at : at + _A_ROW]) for at in range(0, len(buttons), _A_ROW))


def _narrowed(tr: Translator, shown: ShownChoice) -> list[tuple[str, PaymentChoice]]:
    """Return what the list is narrowed to, each with the choice that is not narrowed so."""
    choice, parts = shown.choice, list[tuple[str, PaymentChoice]]()
    if choice.status is not None:
        label = f"{status_icon(choice.status)} {status_name(tr, choice.status)}"
        parts.append((label, replace(choice, status=None)))
    if choice.method is not None:
        label = f"{method_icon(choice.method)} {method_name(tr, choice.method)}"
        parts.append((label, replace(choice, method=None)))
    if choice.period is not PaymentPeriod.EVER:
        parts.append((f"🗓️ {period_name(tr, choice.period)}", replace(choice, period=PaymentPeriod.EVER)))
    if choice.person_id is not None:
        parts.append((tr.plain("👤 {name}", name=shown.person_name or ""), replace(choice, person_id=None)))
    if shown.branch is not None:
        parts.append((tr.plain("🏢 {branch}", branch=shown.branch.name), replace(choice, branch=None)))
    return parts


def _clearing(tr: Translator, shown: ShownChoice) -> Rows:
    buttons = [
        Button(tr.label(tr.plain("✖️ {narrowed}", narrowed=name)), encode(ListPayments(choice, None)))
        for name, choice in _narrowed(tr, shown)
    ]
    return in_rows(buttons)


def _explanation(tr: Translator, page: PaymentPage, *, is_narrowed: bool, is_first_page: bool) -> Markup:
    if page.is_cut:
        return tr.text("Many payments were looked through, and there are more: go on with “Older”.")
    if page.lines:
        return tr.text("The latest first. Tap a payment to see it.")
    if is_narrowed:
        return tr.text("Nothing like that was found.")
    return tr.text("There are none yet.") if is_first_page else tr.text("There are no more.")


def _turning(tr: Translator, page: PaymentPage, choice: PaymentChoice, *, is_first_page: bool) -> Rows:
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListPayments(choice, None))))
    if page.after is not None:
        turning.append(Button(tr.plain("Older ▶️"), encode(ListPayments(choice, page.after))))
    return (tuple(turning),) if turning else ()


def _line_button(tr: Translator, line: PaymentLine, *, currency: str, now: datetime) -> Button:
    parts = [
        f"{status_icon(line.status)} {method_icon(line.method)} {tr.money(line.amount_minor, currency)}",
        tr.plain("{name}", name=line.payer_name),
        tr.past_day(line.created_at, now=now),
    ]
    if line.title is not None:
        parts.append(tr.plain("{title}", title=line.title))
    return Button(tr.label(*parts), encode(OpenPaymentCard(line.payment_id)))
