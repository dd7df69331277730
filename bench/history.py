"""A page of one student's history out of a very large table."""

import time
from collections.abc import Coroutine
from itertools import cycle, islice
from typing import Any

import sqlalchemy as sa

from bench.figures import Measure, Result, at_most
from bench.ground import Ground, run
from bench.history_rows import fill_house, load_postgresql, load_sqlite
from bench.scale import Scale
from domain.enrollments.views import BookingCursor
from domain.permissions import Actor
from storage.engine import open_database
from storage.prepared import Query
from storage.queries.bookings import StoredBookingViews

_TARGET_MILLISECONDS = 10.0
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
            at_most(f"{measure.label}, 99 % of them, ms", measure.percentile_99, _TARGET_MILLISECONDS)
            for measure in measures[:2]
        ),
    )


async def _read(url: str, students: tuple[Actor, ...], scale: Scale) -> tuple[Measure, ...]:
    database = open_database(url)
    views = StoredBookingViews(database)

    async def page(student: Actor, after: BookingCursor | None) -> None:
        lines = await views.list_history(
            center_id=student.center_id, student_id=student.person_id, limit=scale.page_rows, after=after
        )
        assert len(lines) == scale.page_rows

    try:
        deep = {student: await _before_last_page(views, student, scale) for student in students}
        first_page: list[float] = []
        deep_page: list[float] = []
        nothing: list[float] = []
        for student in islice(cycle(students), scale.pages):
            first_page.append(await _milliseconds(page(student, None)))
            deep_page.append(await _milliseconds(page(student, deep[student])))
            nothing.append(await _milliseconds(database.fetch(_NOTHING)))
    finally:
        await database.close()
    return (
        Measure("first page", "ms", tuple(first_page), is_latency=True),
        Measure("page before the last", "ms", tuple(deep_page), is_latency=True),
        Measure("floor: an empty query", "ms", tuple(nothing), is_latency=True),
    )


async def _before_last_page(views: StoredBookingViews, student: Actor, scale: Scale) -> BookingCursor:
    depth = scale.enrollments_each - 2 * scale.page_rows
    lines = await views.list_history(center_id=student.center_id, student_id=student.person_id, limit=depth)
    return BookingCursor(lines[-1].created_at, lines[-1].enrollment_id)


async def _milliseconds(call: Coroutine[Any, Any, object]) -> float:
    begun = time.perf_counter()
    await call
    return (time.perf_counter() - begun) * 1000
