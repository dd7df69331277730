"""Months and days as the center lives them: local, whatever the length of a day when clocks change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from domain.ids import BranchId, ClassId

_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int  # 1 to 12

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that a day is in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The month's first day."""
        return date(self.year, self.number, 1)

    def later(self, months: int = 1) -> "Month":
        """Return the month so many months later, or earlier by a negative number."""
        years, place = divmod(self.number - 1 + months, _MONTHS_A_YEAR)
        return Month(self.year + years, place + 1)

    def weeks(self, *, first_weekday: int) -> Iterator[tuple[date | None, ...]]:
        """Yield rows of seven days, each row beginning with the weekday (0: Monday); None for days of other months."""
        first, after = self.first_day, self.later().first_day
        start = first - timedelta(days=(first.weekday() - first_weekday) % _DAYS_A_WEEK)
        while start < after:
            days = (start + timedelta(days=place) for place in range(_DAYS_A_WEEK))
            yield tuple(day if first <= day < after else None for day in days)
            start += timedelta(days=_DAYS_A_WEEK)


@dataclass(frozen=True, slots=True)
class CalendarFilter:
    """Which sessions a calendar shows: those of one class, of one branch, of both, or all."""

    class_id: ClassId | None = None
    branch_id: BranchId | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The instants from ``since`` on, up to and without ``until``."""

    since: datetime
    until: datetime


def span_of_day(day: date, zone: ZoneInfo) -> Span:
    """Return the instants of a local day: 24 hours, or 23 or 25 when clocks change."""
    return Span(_midnight(day, zone), _midnight(day + timedelta(days=1), zone))


def span_of_month(month: Month, zone: ZoneInfo) -> Span:
    """Return the instants of a month by the local clock."""
    return Span(_midnight(month.first_day, zone), _midnight(month.later().first_day, zone))


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the local day that an instant is in."""
    return instant.astimezone(zone).date()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a local day begins. Where clocks skip midnight (Egypt's do), that is the moment at which they do."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
