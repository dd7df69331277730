"""What happens when an admin opens a report: the figures of a period, beside those of the period before."""

import asyncio
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from domain.permissions import Actor, Operation, require
from domain.reports.figures import (
    Absences,
    Attendance,
    Bookings,
    CashDays,
    Figures,
    Measure,
    Measured,
    Measures,
    Report,
    Retention,
    Revenue,
    Seats,
    attendance_of,
    measures_of,
    revenue_by,
)
from domain.reports.period import ReportPeriod
from domain.reports.views import ReportViews
from domain.sessions.calendar import Span

FEWEST_TIMES: Final = 1
MOST_TIMES: Final = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked: its period by the center's clock, and for retention how often one has to have come."""

    period: ReportPeriod
    zone: ZoneInfo
    first_weekday: int  # 0: Monday
    least: int = 2

    @property
    def span(self) -> Span:
        """The instants of the period."""
        return self.period.span(self.zone)

    @property
    def span_before(self) -> Span | None:
        """The instants of the period before; None where there is none."""
        before = self.period.before(first_weekday=self.first_weekday)
        return before.span(self.zone) if before is not None else None


@dataclass(frozen=True, slots=True)
class ReadReport:
    """Read a report of the actor's center."""

    views: ReportViews

    async def __call__(self, *, actor: Actor, report: Report, asked: Asked) -> Figures:
        """Return its figures. Raises NotPermittedError."""
        require(actor, Operation.VIEW_REPORTS)
        match report:
            case Report.METHOD | Report.CLASS | Report.BRANCH | Report.TEACHER:
                return await self._revenue(actor, report, asked)
            case Report.CASH:
                return CashDays(tuple(await self.views.list_cash_days(center_id=actor.center_id, span=asked.span)))
            case Report.ATTENDANCE:
                return await self._attendance(actor, asked)
            case Report.ABSENCES:
                return await self._absences(actor, asked)
            case Report.RETENTION:
                return await self._retention(actor, asked)
            case Report.OWED:
                return await self.views.find_owed(center_id=actor.center_id)
            case Report.MEASURES:
                return await self._measures(actor, asked)

    async def _revenue(self, actor: Actor, report: Report, asked: Asked) -> Revenue:
        center_id, span_before = actor.center_id, asked.span_before
        reading = self.views.list_revenue(center_id=center_id, span=asked.span)
        if span_before is None:
            return revenue_by(report, await reading, before=None)
        facts, before = await asyncio.gather(reading, self.views.find_total(center_id=center_id, span=span_before))
        return revenue_by(report, facts, before=before)

    async def _attendance(self, actor: Actor, asked: Asked) -> Attendance:
        facts = await self.views.list_seats(center_id=actor.center_id, span=asked.span)
        before = None
        if asked.span_before is not None:
            earlier = await self.views.list_seats(center_id=actor.center_id, span=asked.span_before)
            before = sum((fact.seats for fact in earlier), Seats())
        return attendance_of(facts, before=before)

    async def _absences(self, actor: Actor, asked: Asked) -> Absences:
        found = await self.views.list_bookings(center_id=actor.center_id, span=asked.span)
        before = await self._bookings(actor, asked.span_before) if asked.span_before is not None else None
        most_first = sorted(found, key=lambda each: (-each[1].no_shows, -each[1].booked, each[0]))
        return Absences(tuple(most_first), before)

    async def _bookings(self, actor: Actor, span: Span) -> Bookings:
        found = await self.views.list_bookings(center_id=actor.center_id, span=span)
        return sum((each for _, each in found), Bookings())

    async def _retention(self, actor: Actor, asked: Asked) -> Retention:
        least = min(max(asked.least, FEWEST_TIMES), MOST_TIMES)
        earlier = asked.span_before
        if earlier is None:
            return Retention(least, 0, ())
        center_id = actor.center_id
        gone, came = await asyncio.gather(
            self.views.list_gone(center_id=center_id, earlier=earlier, later=asked.span, least=least),
            self.views.count_faithful(center_id=center_id, span=earlier, least=least),
        )
        return Retention(least, came, tuple(gone))

    async def _measures(self, actor: Actor, asked: Asked) -> Measures:
        if asked.span_before is None:
            return Measures(await self._measured(actor, asked.span), None)
        spans = (asked.span, asked.span_before)
        return Measures(*await asyncio.gather(*(self._measured(actor, span) for span in spans)))

    async def _measured(self, actor: Actor, span: Span) -> dict[Measured, Measure]:
        center_id = actor.center_id
        return measures_of(
            await self._bookings(actor, span),
            await self.views.count_payments(center_id=center_id, span=span),
            CashDays(tuple(await self.views.list_cash_days(center_id=center_id, span=span))),
            await self.views.count_credits(center_id=center_id, span=span),
        )
