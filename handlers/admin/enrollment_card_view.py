"""Anybody's enrollment as admins see it: what was agreed, what became of the seat, and of every piastre."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.admin_views import EnrollmentCard, EnrollmentLine
from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.enrollments.money_trail import MoneyLine, MoneyStep
from domain.finance.model import PaymentMethod
from domain.ids import PersonId
from domain.organization.audit_views import AuditAbout, AuditFilter, AuditRow
from domain.sessions.model import AbsenteePolicy
from handlers.admin import audit_words
from handlers.admin.operation_words import operation
from handlers.buttons.audit_log import ListAudit
from handlers.buttons.decisions import OpenCase
from handlers.buttons.door import OpenHead
from handlers.buttons.finance import ListPersonBookings, ListSeatPayments, OpenEnrollmentCard
from handlers.buttons.members import OpenPerson
from handlers.buttons.sessions import AskOverride
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.session_words import status_name
from handlers.student.home_view import home_row


def card(
    tr: Translator,
    found: EnrollmentCard,
    *,
    money: Sequence[MoneyLine],
    trail: Sequence[AuditRow],
    currency: str,
    now: datetime,
) -> Screen:
    """Return an enrollment with all that can be done about it."""
    return Screen(
        tr.lines(
            tr.text("🎟️ <b>{title}</b>, {moment}", title=found.class_title, moment=tr.moment(found.starts_at)),
            tr.text("👤 {name}", name=found.student_name),
            tr.text("🏢 {branch} · {status}", branch=found.branch_name, status=status_name(tr, found.session_status)),
            tr.text("{icon} {status}", icon=_icon(found.status, found.attended_at), status=_status(tr, found)),
            *_attendance(tr, found, now=now),
            *_cancelled(tr, found, currency=currency, now=now),
            "",
            *_contract(tr, found, currency=currency),
            *_money(tr, money, currency=currency, now=now),
            *_trail(tr, trail, now=now),
        ),
        (
            *_doing(tr, found),
            (
                Button(tr.plain("🧾 Payments"), encode(ListSeatPayments(found.enrollment_id))),
                Button(tr.plain("📜 Audit log"), encode(ListAudit(AuditFilter(AuditAbout.ON, found.enrollment_id), None))),
            ),
            (
                Button(tr.plain("📅 Class"), encode(OpenSession(found.session_id))),
                *((Button(tr.plain("👤 Person"), encode(OpenPerson(found.student_id))),) if found.student_is_there else ()),
            ),
            home_row(tr),
        ),
    )


def of_person(
    tr: Translator,
    name: str,
    person_id: PersonId,
    lines: Sequence[EnrollmentLine],
    *,
    has_more: bool,
    is_first_page: bool,
    now: datetime,
) -> Screen:
    """Return a page of somebody's enrollments."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListPersonBookings(person_id, None))))
    if has_more:
        turning.append(Button(tr.plain("Older ▶️"), encode(ListPersonBookings(person_id, lines[-1].enrollment_id))))
    return Screen(
        tr.lines(
            tr.text("🎟️ <b>Bookings of {name}</b>", name=name),
            tr.text("The latest booked first. Tap one to see it.") if lines else tr.text("There are none yet."),
        ),
        (
            *(
                (
                    Button(
                        tr.label(
                            f"{_icon(each.status, each.attended_at)} {tr.past_day(each.starts_at, now=now)}",
                            tr.plain("{title}", title=each.class_title),
                        ),
                        encode(OpenEnrollmentCard(each.enrollment_id)),
                    ),
                )
                for each in lines
            ),
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("👤 Person"), encode(OpenPerson(person_id))), *home_row(tr)),
        ),
    )


def _icon(status: EnrollmentStatus, attended_at: datetime | None) -> str:
    if attended_at is not None:
        return "✔️"
    return {
        EnrollmentStatus.LOCKED: "🔒",
        EnrollmentStatus.PAID: "✅",
        EnrollmentStatus.CANCELLED: "❌",
        EnrollmentStatus.NO_SHOW: "🚫",
        EnrollmentStatus.HELD: "⏳",
    }[status]


def _status(tr: Translator, found: EnrollmentCard) -> str:
    match found.status:
        case _ if found.attended_at is not None:
            return tr.plain("attended")
        case EnrollmentStatus.LOCKED:
            return tr.plain("booked, the price is locked")
        case EnrollmentStatus.PAID:
            return tr.plain("booked and paid")
        case EnrollmentStatus.CANCELLED:
            return tr.plain("cancelled")
        case EnrollmentStatus.NO_SHOW:
            return tr.plain("did not come")
        case EnrollmentStatus.HELD:
            return tr.plain("only held, not booked yet")


def _attendance(tr: Translator, found: EnrollmentCard, *, now: datetime) -> tuple[Markup | None, ...]:
    return (
        tr.text("Came at {moment}", moment=tr.past_moment(found.attended_at, now=now)) if found.attended_at else None,
        tr.text("Marked absent at {moment}", moment=tr.past_moment(found.marked_absent_at, now=now))
        if found.marked_absent_at
        else None,
        tr.text("Held until {moment}", moment=tr.past_moment(found.held_until, now=now)) if found.held_until else None,
        tr.text("⚖️ An admin decides whether it is charged.") if found.open_case_id is not None else None,
    )


def _cancelled(tr: Translator, found: EnrollmentCard, *, currency: str, now: datetime) -> tuple[Markup | None, ...]:
    if found.cancelled_at is None:
        return ()
    moment = tr.past_moment(found.cancelled_at, now=now)
    return (
        tr.text("Cancelled {moment} by {name}", moment=moment, name=found.cancelled_by)
        if found.cancelled_by
        else tr.text("Cancelled {moment} by the clock", moment=moment),
        _came_back(tr, found, currency=currency),
    )


def _came_back(tr: Translator, found: EnrollmentCard, *, currency: str) -> Markup | None:
    amount = tr.money(found.made_good_minor, currency)
    match found.made_good:
        case MadeGood.CREDIT:
            return tr.text("1 credit came back.")
        case MadeGood.UNLOCKED:
            return tr.text("{amount} became free again.", amount=amount)
        case MadeGood.RETURNED:
            return tr.text("{amount} came back into the wallet.", amount=amount)
        case MadeGood.NOTHING_CASH | MadeGood.NOTHING_FREE:
            return tr.text("Nothing came back.")
        case None:
            return None


def _contract(tr: Translator, found: EnrollmentCard, *, currency: str) -> tuple[Markup | None, ...]:
    price = tr.money(found.price_minor, currency)
    return (
        tr.text("<b>What was agreed</b>"),
        tr.text("Price: {price} · {how}", price=price, how=_how(tr, found)),
        tr.text(
            "The credit was worth {amount} of {package}",
            amount=tr.money(found.credit_value_minor, currency),
            package=found.package_name,
        )
        if found.package_name is not None
        else None,
        tr.text("If absent: {policy}", policy=_policy(tr, found)),
        tr.text("Free to cancel until {moment}", moment=tr.moment(found.free_cancel_until)),
    )


def _how(tr: Translator, found: EnrollmentCard) -> str:
    match found.method:
        case PaymentMethod.PACKAGE:
            return tr.plain("with a credit")
        case PaymentMethod.WALLET:
            return tr.plain("from the wallet")
        case PaymentMethod.CASH:
            return tr.plain("in cash")
        case PaymentMethod.GATEWAY:
            return tr.plain("online")
        case None:
            return tr.plain("free of charge") if found.status is not EnrollmentStatus.HELD else tr.plain("not paid yet")


def _policy(tr: Translator, found: EnrollmentCard) -> str:
    match found.policy:
        case AbsenteePolicy.STRICT:
            return tr.plain("the price is kept")
        case AbsenteePolicy.FLEXIBLE:
            return tr.plain("a fee of {percent}%", percent=found.no_show_fee_percent)
        case AbsenteePolicy.MANUAL:
            return tr.plain("an admin decides")


def _money(tr: Translator, lines: Sequence[MoneyLine], *, currency: str, now: datetime) -> tuple[Markup | str, ...]:
    if not lines:
        return ()
    return (
        "",
        tr.text("<b>The money</b>"),
        *(
            tr.text(
                "• {moment}: {what}",
                moment=tr.past_moment(line.at, now=now),
                what=_what_moved(tr, line, currency=currency),
            )
            for line in lines
        ),
    )


def _what_moved(tr: Translator, line: MoneyLine, *, currency: str) -> Markup:
    amount, package = tr.money(line.amount_minor, currency), line.package_name or ""
    match line.step:
        case MoneyStep.LOCKED:
            return tr.text("{amount} locked in the wallet", amount=amount)
        case MoneyStep.FREED:
            return tr.text("{amount} free again", amount=amount)
        case MoneyStep.TAKEN:
            return tr.text("{amount} taken from the wallet", amount=amount)
        case MoneyStep.RETURNED:
            return tr.text("{amount} back in the wallet", amount=amount)
        case MoneyStep.CREDIT_TAKEN:
            return tr.text("1 credit taken from {package}", package=package)
        case MoneyStep.CREDIT_RETURNED:
            return tr.text("1 credit back in {package}", package=package)
        case MoneyStep.PAID_CASH:
            return tr.text("{amount} paid in cash", amount=amount)
        case MoneyStep.PAID_ONLINE:
            return tr.text("{amount} paid online", amount=amount)


def _trail(tr: Translator, rows: Sequence[AuditRow], *, now: datetime) -> tuple[Markup | str, ...]:
    """Return who did what to the seat, the earliest first."""
    if not rows:
        return ()
    return ("", tr.text("<b>Who did what</b>"), *(_did(tr, row, now=now) for row in reversed(rows)))


def _did(tr: Translator, row: AuditRow, *, now: datetime) -> Markup:
    values = {
        "moment": tr.past_moment(row.at, now=now),
        "who": audit_words.actor(tr, row),
        "did": operation(tr, row.operation),
    }
    if row.reason:
        return tr.text("• {moment}: {who} {did} ({reason})", reason=row.reason, **values)
    return tr.text("• {moment}: {who} {did}", **values)


def _doing(tr: Translator, found: EnrollmentCard) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if found.open_case_id is not None:
        rows.append((Button(tr.plain("⚖️ Decide"), encode(OpenCase(found.open_case_id)), Style.PRIMARY),))
    if found.is_markable:
        rows.append((Button(tr.plain("✅ Attendance"), encode(OpenHead(found.enrollment_id))),))
    if found.is_overridable:
        ask = AskOverride(found.enrollment_id, returns_cash=False)
        rows.append((Button(tr.plain("↩️ Give the seat back"), encode(ask), Style.DANGER),))
    return tuple(rows)
