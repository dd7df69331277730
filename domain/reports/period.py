"""Periods of whole local days, as people name them: today, last week, this month, or from one to another.

A period is its first and its last day and nothing else; what it is called, and which one comes before it, follows from
them: from the first to the last of a month is a month, and the period before a month is the month before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domain.sessions.calendar import Month, Span, span_of_day

_DAY: Final = timedelta(days=1)
_DAYS_A_WEEK: Final = 7
_DECEMBER: Final = 12
EARLIEST_DAY: Final = date(2020, 1, 1)  # what buttons can carry; no center has books older than the bot
LATEST_DAY: Final = date(2120, 12, 31)


class Shape(StrEnum):
    """What kind of stretch of the calendar a period is."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"
    DAYS = "DAYS"  # any other number of days


class Named(StrEnum):
    """Periods that are one tap away."""

    TODAY = "TODAY"
    YESTERDAY = "YESTERDAY"
    THIS_WEEK = "THIS_WEEK"
    LAST_WEEK = "LAST_WEEK"
    THIS_MONTH = "THIS_MONTH"
    LAST_MONTH = "LAST_MONTH"
    THIS_YEAR = "THIS_YEAR"


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """From one local day to another, both included. Raises ValueError where they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse what is no period."""
        if not EARLIEST_DAY <= self.first <= self.last <= LATEST_DAY:
            raise ValueError(f"{self.first} to {self.last} is no period")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def span(self, zone: ZoneInfo) -> Span:
        """Return its instants by the local clock: a day has 23 or 25 hours where clocks change."""
        return Span(span_of_day(self.first, zone).since, span_of_day(self.last, zone).until)

    def shape(self, *, first_weekday: int) -> Shape:
        """Tell what it is, where weeks begin with this day (0: Monday)."""
        month = Month.of(self.first)
        if self.days == 1:
            return Shape.DAY
        if self.days == _DAYS_A_WEEK and self.first.weekday() == first_weekday:
            return Shape.WEEK
        if (self.first, self.last) == _days_of(month):
            return Shape.MONTH
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, _DECEMBER, 31)):
            return Shape.YEAR
        return Shape.DAYS

    def stepped(self, steps: int, *, first_weekday: int) -> "ReportPeriod | None":
        """Return the period so many of its kind later, or earlier by a negative number; None beyond the calendar."""
        match self.shape(first_weekday=first_weekday):
            case Shape.MONTH:
                return _period(*_days_of(Month.of(self.first).later(steps)))
            case Shape.YEAR:
                year = self.first.year + steps
                return _period(date(year, 1, 1), date(year, _DECEMBER, 31))
            case _:
                by = timedelta(days=steps * self.days)
                return _period(self.first + by, self.last + by)

    def before(self, *, first_weekday: int) -> "ReportPeriod | None":
        """Return the one that it is compared with."""
        return self.stepped(-1, first_weekday=first_weekday)


def named_period(named: Named, *, today: date, first_weekday: int) -> ReportPeriod:
    """Return a period by its name. This week, month and year are whole: what is still to come of them is empty yet."""
    week_began = today - timedelta(days=(today.weekday() - first_weekday) % _DAYS_A_WEEK)
    week = ReportPeriod(week_began, week_began + (_DAYS_A_WEEK - 1) * _DAY)
    match named:
        case Named.TODAY:
            return ReportPeriod(today, today)
        case Named.YESTERDAY:
            return ReportPeriod(today - _DAY, today - _DAY)
        case Named.THIS_WEEK:
            return week
        case Named.LAST_WEEK:
            return ReportPeriod(week.first - _DAYS_A_WEEK * _DAY, week.last - _DAYS_A_WEEK * _DAY)
        case Named.THIS_MONTH:
            return ReportPeriod(*_days_of(Month.of(today)))
        case Named.LAST_MONTH:
            return ReportPeriod(*_days_of(Month.of(today).later(-1)))
        case Named.THIS_YEAR:
            return ReportPeriod(date(today.year, 1, 1), date(today.year, _DECEMBER, 31))


def name_of(period: ReportPeriod, *, today: date, first_weekday: int) -> Named | None:
    """Return the name that a period has today, or None."""
    names = (each for each in Named if named_period(each, today=today, first_weekday=first_weekday) == period)
    return next(names, None)


def _days_of(month: Month) -> tuple[date, date]:
    return month.first_day, month.later().first_day - _DAY


def _period(first: date, last: date) -> ReportPeriod | None:
    return ReportPeriod(first, last) if first >= EARLIEST_DAY and last <= LATEST_DAY else None
