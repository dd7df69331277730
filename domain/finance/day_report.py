"""A day's business in figures: earned and collected, heads and no-shows, cash against what it should be.

*Earned* is what was delivered, *collected* what was received: different numbers, both shown. Amounts are minor units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.ids import CenterId

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant, included, until another, excluded."""

    start: datetime
    end: datetime


def local_day(day: date, zone: ZoneInfo) -> Period:
    """Return the instants of a local day, which has 23 or 25 hours where clocks change."""
    start, end = (datetime.combine(each, time.min, zone) for each in (day, day + timedelta(days=1)))
    return Period(start.astimezone(UTC), end.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Totals:
    """What was earned by how it was paid, and collected by how it came."""

    earned_package_minor: int = 0
    earned_wallet_minor: int = 0
    earned_cash_minor: int = 0
    collected_cash_minor: int = 0
    collected_online_minor: int = 0

    @property
    def earned_minor(self) -> int:
        """All that was delivered."""
        return self.earned_package_minor + self.earned_wallet_minor + self.earned_cash_minor

    @property
    def collected_minor(self) -> int:
        """All that was received."""
        return self.collected_cash_minor + self.collected_online_minor


@dataclass(frozen=True, slots=True)
class Attendance:
    """Sessions that began in the period, and who came."""

    sessions: int = 0
    called_off: int = 0  # cancelled or missed
    heads: int = 0
    no_shows: int = 0
    charged_no_shows: int = 0

    @property
    def protected_percent(self) -> int | None:
        """Revenue protection: charged no-shows of all no-shows; None where nobody was absent."""
        return round(100 * self.charged_no_shows / self.no_shows) if self.no_shows else None


@dataclass(frozen=True, slots=True)
class BranchCash:
    """A branch's cash of the period's finished sessions: what seats cost, and what came in for them, net."""

    branch_name: str
    expected_minor: int
    actual_minor: int

    @property
    def difference_minor(self) -> int:
        """Above zero: over; below: under."""
        return self.actual_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class DayReport:
    """All of a local day, with the same day of the week before, and the totals of the days up to it, the oldest first."""

    day: date
    totals: Totals
    a_week_ago: Totals
    attendance: Attendance
    cash: Sequence[BranchCash]
    course: Sequence[tuple[date, Totals]]


class DayReportViews(Protocol):
    """Reads figures of one center."""

    async def find_totals(self, *, center_id: CenterId, period: Period) -> Totals:
        """Return what was earned and collected."""
        ...

    async def find_attendance(self, *, center_id: CenterId, period: Period) -> Attendance:
        """Return what became of the sessions that began in the period."""
        ...

    async def list_cash(self, *, center_id: CenterId, period: Period) -> list[BranchCash]:
        """Return the cash of each branch."""
        ...


_DAYS_OF_COURSE = 8


async def read_day(views: DayReportViews, day: date, *, center_id: CenterId, zone: ZoneInfo) -> DayReport:
    """Read the report of a local day."""
    days = [day - timedelta(days=back) for back in reversed(range(_DAYS_OF_COURSE))]
    course = [(each, await views.find_totals(center_id=center_id, period=local_day(each, zone))) for each in days]
    period = local_day(day, zone)
    return DayReport(
        day=day,
        totals=course[-1][1],
        a_week_ago=dict(course)[day - A_WEEK],
        attendance=await views.find_attendance(center_id=center_id, period=period),
        cash=await views.list_cash(center_id=center_id, period=period),
        course=course,
    )
