"""A page of one student's history out of a very large table."""

import time
from collections.abc import Coroutine
from itertools import cycle, islice
from typing import Any

import sqlalchemy as sa

from bench.center import TITLE
from bench.figures import Measure, Result, at_most
from bench.ground import Ground, run
from bench.history_rows import fill_house, load_postgresql, load_sqlite
from bench.scale import Scale
from domain.clock import SystemClock
from domain.enrollments.history import HistoryChoice, HistoryCursor, HistorySort, Outcome
from domain.permissions import Actor
from storage.database import Database
from storage.engine import open_database
from storage.prepared import Query, outside
from storage.queries.history import StoredHistoryViews
from storage.tables.money import enrollments

_TARGETS_MILLISECONDS = (10.0, 10.0, 50.0)  # a page; a page deep in the history; one that is searched and filtered
_BY_BOOKING = HistoryChoice(sort=HistorySort.BOOKING_DATE)
_SEARCHED = HistoryChoice(outcome=Outcome.ATTENDED, sort=HistorySort.CLASS_DATE, is_search=True)
_OLDEST = Query(
    sa.select(enrollments.c.created_at, enrollments.c.id)
    .where(enrollments.c.student_id == outside("student_id"))
    .order_by(enrollments.c.created_at, enrollments.c.id)
    .limit(outside("limit", sa.Integer())),
    lambda at, enrollment_id: (at, enrollment_id),
)
_NOTHING = Query(sa.select(sa.literal_column("1", sa.Integer())), int)


def history(ground: Ground, backend: str) -> Result:
    """Read pages of histories: the newest, and the one before the last."""
    scale = ground.scale
    template = ground.template(backend, fill_house)
    students, sessions = template.contents
    with ground.copy_of(template) as url:
        if backend == "postgresql":
            run(load_postgresql(url, students, sessions))
        else:
            load_sqlite(url, students, sessions)
        measures = run(_read(url, students, scale))
    return Result(
        f"history-{backend}",
        f"a page of {scale.page_rows} rows of a student's history of {scale.enrollments_each:,}, with "
        f"{scale.enrollments:,} enrollments in the table; floor: a query without a table, the same way",
        measures,
        tuple(
            at_most(f"{measure.label}, 99 % of them, ms", measure.percentile_99, target)
            for measure, target in zip(measures, _TARGETS_MILLISECONDS, strict=False)
        ),
    )


async def _read(url: str, students: tuple[Actor, ...], scale: Scale) -> tuple[Measure, ...]:
    database = open_database(url)
    views = StoredHistoryViews(database)
    now = SystemClock().now()

    async def page(student: Actor, choice: HistoryChoice, words: str | None, after: HistoryCursor | None) -> None:
        found = await views.list_past(
            center_id=student.center_id,
            student_id=student.person_id,
            now=now,
            choice=choice,
            words=words,
            limit=scale.page_rows,
            after=after,
        )
        assert len(found.lines) == scale.page_rows

    try:
        deep = {student: await _before_last_page(database, student, scale) for student in students}
        times: tuple[list[float], ...] = ([], [], [], [])
        for student in islice(cycle(students), scale.pages):
            times[0].append(await _milliseconds(page(student, _BY_BOOKING, None, None)))
            times[1].append(await _milliseconds(page(student, _BY_BOOKING, None, deep[student])))
            times[2].append(await _milliseconds(page(student, _SEARCHED, TITLE, None)))
            times[3].append(await _milliseconds(database.fetch(_NOTHING)))
    finally:
        await database.close()
    labels = ("first page", "page before the last", "page searched, filtered, by class date", "floor: an empty query")
    return tuple(Measure(label, "ms", tuple(each), is_latency=True) for label, each in zip(labels, times, strict=True))


async def _before_last_page(database: Database, student: Actor, scale: Scale) -> HistoryCursor:
    rows = await database.fetch(_OLDEST, student_id=student.person_id, limit=2 * scale.page_rows)
    at, enrollment_id = rows[-1]
    return HistoryCursor(0, at, enrollment_id)


async def _milliseconds(call: Coroutine[Any, Any, object]) -> float:
    begun = time.perf_counter()
    await call
    return (time.perf_counter() - begun) * 1000
