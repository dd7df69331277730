"""What reports, their parts and their periods are called."""

from datetime import date, datetime, time
from typing import assert_never

from babel.dates import format_date

from domain.finance.reconciliation import Match
from domain.reports.figures import Measured, Report, RevenueLine, Source
from domain.reports.period import Named, ReportPeriod, Shape, name_of
from domain.sessions.calendar import Month
from handlers.i18n import LANGUAGES, Formatted, Translator, isolate
from handlers.student.calendar_words import first_weekday, month_name

_NOON = time(12)


def report_name(tr: Translator, report: Report) -> str:  # noqa: C901 -- one case each
    """Return a report's name, as on its button."""
    match report:
        case Report.METHOD:
            return tr.plain("💳 Revenue by method")
        case Report.CLASS:
            return tr.plain("🎓 Revenue by class")
        case Report.BRANCH:
            return tr.plain("🏢 Revenue by branch")
        case Report.TEACHER:
            return tr.plain("🧑‍🏫 Revenue by teacher")
        case Report.CASH:
            return tr.plain("💵 Cash reconciliation")
        case Report.ATTENDANCE:
            return tr.plain("🪑 Attendance")
        case Report.ABSENCES:
            return tr.plain("🚫 No-shows")
        case Report.RETENTION:
            return tr.plain("👋 Who stopped coming")
        case Report.OWED:
            return tr.plain("🧾 Owed to students")
        case Report.MEASURES:
            return tr.plain("🎯 Measures")
        case _:
            assert_never(report)


def source_name(tr: Translator, source: Source) -> str:
    """Return how something was paid or came in."""
    match source:
        case Source.PACKAGE:
            return tr.plain("Packages")
        case Source.WALLET:
            return tr.plain("Wallets")
        case Source.CASH:
            return tr.plain("Cash")
        case Source.ONLINE:
            return tr.plain("Online")
        case _:
            assert_never(source)


def line_name(tr: Translator, line: RevenueLine, by: Report) -> str:
    """Return what a line of the revenue is of; what was for nothing in particular says so."""
    if line.source is not None:
        return source_name(tr, line.source)
    if line.name is not None:
        return line.name
    match by:
        case Report.CLASS:
            return tr.plain("Top-ups, for no class yet")
        case Report.BRANCH:
            return tr.plain("Online, at no branch")
        case _:
            return tr.plain("Packages and top-ups")


def match_name(tr: Translator, match: Match) -> str:
    """Return how cash compares with its seats."""
    match match:
        case Match.MATCHED:
            return tr.plain("✅ matched")
        case Match.OVER:
            return tr.plain("🔺 over")
        case Match.UNDER:
            return tr.plain("🔻 under")
        case _:
            assert_never(match)


def measure_name(tr: Translator, measured: Measured) -> str:
    """Return what a measure is called."""
    match measured:
        case Measured.PROTECTION:
            return tr.plain("Revenue protection")
        case Measured.CONVERSION:
            return tr.plain("Booking conversion")
        case Measured.PAYMENTS:
            return tr.plain("Payment success")
        case Measured.ONLINE_PAYMENTS:
            return tr.plain("Online payment success")
        case Measured.RECONCILIATION:
            return tr.plain("Days reconciled")
        case Measured.PACKAGES:
            return tr.plain("Package utilisation")
        case _:
            assert_never(measured)


def measure_meaning(tr: Translator, measured: Measured) -> str:
    """Return what of what a measure is."""
    match measured:
        case Measured.PROTECTION:
            return tr.plain("no-shows that paid, of all no-shows")
        case Measured.CONVERSION:
            return tr.plain("bookings that were attended, of all bookings")
        case Measured.PAYMENTS:
            return tr.plain("payments that succeeded, of those that ended")
        case Measured.ONLINE_PAYMENTS:
            return tr.plain("the same, online alone")
        case Measured.RECONCILIATION:
            return tr.plain("branch days whose cash matched, of all")
        case Measured.PACKAGES:
            return tr.plain("credits used, of those sold in the period")
        case _:
            assert_never(measured)


def percent(share: float | None) -> str:
    """Return a share for people: whole percents, a dash where there is none."""
    return "–" if share is None else f"{round(share * 100)}%"


def change(now: int, before: int) -> str:
    """Return how much more or less it is, e.g. "+12%"; nothing where there was nothing before."""
    if before == 0:
        return ""
    percents = round((now - before) * 100 / abs(before))
    sign = "+" if percents > 0 else "−" if percents < 0 else "±"
    return f"{sign}{abs(percents)}%"


def period_name(tr: Translator, period: ReportPeriod, *, today: date) -> str:
    """Return what a period is called, with its days: "This month · November 2026"."""
    named = name_of(period, today=today, first_weekday=first_weekday(tr.zone))
    days = days_of(tr, period, today=today)
    return days if named is None else tr.label(named_name(tr, named), days)


def short_period_name(tr: Translator, period: ReportPeriod, *, today: date) -> str:
    """Return it for the width of a button."""
    named = name_of(period, today=today, first_weekday=first_weekday(tr.zone))
    return days_of(tr, period, today=today) if named is None else named_name(tr, named)


def named_name(tr: Translator, named: Named) -> str:
    """Return what a period is called today."""
    match named:
        case Named.TODAY:
            return tr.plain("Today")
        case Named.YESTERDAY:
            return tr.plain("Yesterday")
        case Named.THIS_WEEK:
            return tr.plain("This week")
        case Named.LAST_WEEK:
            return tr.plain("Last week")
        case Named.THIS_MONTH:
            return tr.plain("This month")
        case Named.LAST_MONTH:
            return tr.plain("Last month")
        case Named.THIS_YEAR:
            return tr.plain("This year")
        case _:
            assert_never(named)


def days_of(tr: Translator, period: ReportPeriod, *, today: date) -> Formatted:
    """Return a period's days: "Mon 23 Nov", "November 2026", "2026", "1 – 15 Nov"."""
    match period.shape(first_weekday=first_weekday(tr.zone)):
        case Shape.DAY:
            return full_day(tr, period.first, today=today)
        case Shape.MONTH:
            return month_name(tr, Month.of(period.first))
        case Shape.YEAR:
            return Formatted(isolate(str(period.first.year)))
        case _:
            is_this_year = period.first.year == period.last.year == today.year
            pattern = "d MMM" if is_this_year else "d MMM y"
            first, last = (format_date(day, pattern, locale=LANGUAGES[tr.language]) for day in (period.first, period.last))
            return Formatted(isolate(f"{first} – {last}"))


def full_day(tr: Translator, day: date, *, today: date) -> Formatted:
    """Return a day, with its year where it is not this one."""
    noons = (datetime.combine(each, _NOON, tr.zone) for each in (day, today))
    return tr.past_day(next(noons), now=next(noons))
