"""What the digest says, and its chart."""

from datetime import date, datetime, time

from babel.dates import format_date
from babel.numbers import get_currency_precision
from markupsafe import Markup

from domain.finance.day_report import BranchCash, DayReport
from domain.organization.model import Center
from handlers.buttons.alerts import ListAlerts
from handlers.callback_data import ListSessions, OpenHome, encode
from handlers.charts import grouped_bars
from handlers.i18n import LANGUAGES, Translator
from handlers.screens import Button, Photo


def digest(tr: Translator, report: DayReport, *, center: Center, cases: int, alerts: int, png: bytes) -> Photo:
    """Return the day in one message."""
    totals, before = report.totals, report.a_week_ago

    def money(amount_minor: int) -> str:
        return tr.money(amount_minor, center.currency)

    caption = tr.lines(
        tr.text("<b>{center}</b> · {day}", center=center.name, day=tr.day(_noon(tr, report.day))),
        "",
        tr.text(
            "📈 Earned: <b>{amount}</b> (a week ago {before})",
            amount=money(totals.earned_minor),
            before=money(before.earned_minor),
        ),
        tr.text(
            "packages {packages}, wallets {wallets}, cash {cash}",
            packages=money(totals.earned_package_minor),
            wallets=money(totals.earned_wallet_minor),
            cash=money(totals.earned_cash_minor),
        ),
        tr.text(
            "💰 Collected: <b>{amount}</b> (a week ago {before})",
            amount=money(totals.collected_minor),
            before=money(before.collected_minor),
        ),
        tr.text(
            "cash {cash}, online {online}",
            cash=money(totals.collected_cash_minor),
            online=money(totals.collected_online_minor),
        ),
        "",
        *_attendance(tr, report),
        *(_cash(tr, each, currency=center.currency) for each in report.cash),
        "" if cases or alerts else None,
        tr.ntext("⚖️ {n} case is to be decided", "⚖️ {n} cases are to be decided", cases) if cases else None,
        tr.ntext("⚠️ {n} alert", "⚠️ {n} alerts", alerts) if alerts else None,
    )
    rows = (
        (Button(tr.plain("📅 All classes"), encode(ListSessions(None))), Button(tr.plain("🏠 Home"), encode(OpenHome()))),
    )
    looking = ((Button(tr.plain("⚠️ Alerts"), encode(ListAlerts())),),) if alerts else ()
    return Photo(png, caption, (*looking, *rows))


def chart(tr: Translator, report: DayReport, *, currency: str) -> bytes:
    """Return the picture of what was earned and collected on this day and the seven before."""
    whole = 10 ** get_currency_precision(currency)
    return grouped_bars(
        title=tr.plain("Earned and collected, {currency}", currency=tr.currency(currency)),
        labels=[format_date(day, "EEE d", locale=LANGUAGES[tr.language]).replace(" ", "\n") for day, _ in report.course],
        series=(
            (tr.plain("Earned"), [totals.earned_minor / whole for _, totals in report.course]),
            (tr.plain("Collected"), [totals.collected_minor / whole for _, totals in report.course]),
        ),
        is_right_to_left=tr.is_right_to_left,
    )


def _attendance(tr: Translator, report: DayReport) -> tuple[Markup | None, ...]:
    seen = report.attendance
    protected = seen.protected_percent
    return (
        tr.ntext("📅 {n} class", "📅 {n} classes", seen.sessions),
        tr.ntext("❌ {n} of them did not take place", "❌ {n} of them did not take place", seen.called_off)
        if seen.called_off
        else None,
        tr.ntext("👥 {n} person came", "👥 {n} people came", seen.heads),
        tr.ntext(
            "🚫 {n} did not come: {share} of them paid",
            "🚫 {n} did not come: {share} of them paid",
            seen.no_shows,
            share=f"{protected}%",
        )
        if protected is not None
        else None,
    )


def _cash(tr: Translator, cash: BranchCash, *, currency: str) -> Markup:
    actual, difference = tr.money(cash.actual_minor, currency), cash.difference_minor
    if difference == 0:
        return tr.text("💵 {branch}: {actual} in cash, as expected", branch=cash.branch_name, actual=actual)
    return tr.text(
        "💵 {branch}: {actual} in cash, {difference} against what was expected",
        branch=cash.branch_name,
        actual=actual,
        difference=tr.signed_money(difference, currency),
    )


def _noon(tr: Translator, day: date) -> datetime:
    return datetime.combine(day, time(12), tr.zone)
