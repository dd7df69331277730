"""An owner's reports of one month out of more than a year, with a million enrollments in it."""

import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.audit import PRICE_MINOR, fill_books, load_seats
from bench.center import SETTINGS, House
from bench.figures import Measure, Result, Verdict, at_most, exactly
from bench.ground import Ground, run
from bench.scale import Scale
from domain.clock import SystemClock
from domain.ids import PersonId, new_id
from domain.permissions import Actor, Role
from domain.reports.figures import Report, Revenue
from domain.reports.period import Named, named_period
from domain.reports.reading import Asked, ReadReport
from domain.sessions.calendar import local_day
from storage.database import Database, fetch_one
from storage.engine import open_database
from storage.prepared import Query, outside
from storage.queries.reports import StoredReportViews
from storage.tables.catalogue import sessions
from storage.tables.types import Instant

_TARGET_SECONDS = 1.0
_SATURDAY = 5
_POSTINGS_A_SEAT = 2
_TAKEN = Query(
    sa.select(sa.cast(sa.func.coalesce(sa.func.sum(sessions.c.seats_taken), sa.literal_column("0")), sa.BigInteger)).where(
        sessions.c.starts_at >= outside("since", Instant()), sessions.c.starts_at < outside("until", Instant())
    ),
    int,
)


async def fill_year(database: Database, scale: Scale) -> House:
    """Fill an empty database with all but the seats and what they cost: so many seats as ``scale.enrollments``."""
    return await fill_books(database, replace(scale, postings=_POSTINGS_A_SEAT * scale.enrollments))


def reports(ground: Ground) -> Result:
    """Read each report of last month, beside the month before where it shows that, as often as there are rounds."""
    template = ground.template("postgresql", fill_year)
    with ground.copy_of(template) as url:
        run(load_seats(url))
        measures, earned_minor, expected_minor = run(_read(url, template.contents, ground.scale))
    verdicts: list[Verdict] = [at_most(f"{each.label}, s", max(each.samples), _TARGET_SECONDS) for each in measures]
    return Result(
        "reports",
        f"a month's reports, with {ground.scale.enrollments:,} enrollments and {ground.scale.enrollments:,} entries of the "
        "journal on PostgreSQL, read as the chat reads them: most of them the month before as well",
        measures,
        (*verdicts, exactly("earned, against the seats, discrepancies", abs(earned_minor - expected_minor), 0)),
    )


async def _read(url: str, house: House, scale: Scale) -> tuple[tuple[Measure, ...], int, int]:
    database = open_database(url)
    read = ReadReport(StoredReportViews(database))
    zone = ZoneInfo(SETTINGS.timezone)
    today = local_day(SystemClock().now(), zone)
    period = named_period(Named.LAST_MONTH, today=today, first_weekday=_SATURDAY)
    asked = Asked(period, zone, _SATURDAY)
    admin = Actor(house.center_id, PersonId(new_id()), Role.ADMIN)
    earned_minor, measures = 0, []
    try:
        for report in Report:
            seconds = []
            for _ in range(scale.rounds):
                begun = time.perf_counter()
                figures = await read(actor=admin, report=report, asked=asked)
                seconds.append(time.perf_counter() - begun)
                if isinstance(figures, Revenue):
                    earned_minor = figures.total.earned_minor
            measures.append(Measure(report.value.lower(), "s", tuple(seconds)))
        span = asked.span
        seats = await fetch_one(database, _TAKEN, since=span.since, until=span.until) or 0
    finally:
        await database.close()
    return tuple(measures), earned_minor, seats * PRICE_MINOR
