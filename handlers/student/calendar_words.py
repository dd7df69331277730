"""The calendar's own words: months, weekdays and the first day of the week."""

from collections.abc import Collection
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import format_date

from domain.sessions.calendar import Month
from handlers.i18n import LANGUAGES, Formatted, Translator, isolate

_WIDEST_COLUMN = 2  # letters: seven columns share the width of a phone
_NOON = time(12)
_DAYS_A_WEEK = 7


def month_name(tr: Translator, month: Month) -> Formatted:
    """Return a month, e.g. "November 2026"."""
    return _month(tr, month, "LLLL y")


def short_month_name(tr: Translator, month: Month) -> Formatted:
    """Return a month for the width of a button, e.g. "Nov 2026"."""
    return _month(tr, month, "LLL y")


def day_name(tr: Translator, day: date) -> Formatted:
    """Return a local day, e.g. "Tue 24 Nov"."""
    return tr.day(datetime.combine(day, _NOON, tr.zone))


def weekday_name(tr: Translator, weekday: int) -> str:
    """Return a weekday (0: Monday), e.g. "Monday"."""
    return _weekdays(tr.language, "wide")[weekday]


def weekday_letters(tr: Translator, weekday: int) -> str:
    """Return what stands above a weekday's column: "Mo", or one letter where the short names are long."""
    short = _weekdays(tr.language, "short")
    fits = all(len(name) <= _WIDEST_COLUMN for name in short)
    return (short if fits else _weekdays(tr.language, "narrow"))[weekday]


@cache
def first_weekday(zone: ZoneInfo) -> int:
    """Return the day (0: Monday) that weeks begin with where the center is, whatever language its people read."""
    territory = get_global("zone_territories").get(zone.key, "001")
    return Locale.parse(f"und_{territory}").first_week_day


def week(zone: ZoneInfo) -> tuple[int, ...]:
    """Return the weekdays (0: Monday) in the order in which a week has them where the center is."""
    first = first_weekday(zone)
    return tuple((first + place) % _DAYS_A_WEEK for place in range(_DAYS_A_WEEK))


def weekday_names(tr: Translator, weekdays: Collection[int]) -> str:
    """Return weekdays as they are read, one after the other."""
    return tr.listed(weekday_name(tr, weekday) for weekday in week(tr.zone) if weekday in weekdays)


def _month(tr: Translator, month: Month, pattern: str) -> Formatted:
    return Formatted(isolate(format_date(month.first_day, pattern, locale=LANGUAGES[tr.language])))


@cache
def _weekdays(language: str, width: str) -> tuple[str, ...]:
    names = Locale.parse(LANGUAGES[language]).days["stand-alone"][width]
    return tuple(names[weekday] for weekday in range(7))
