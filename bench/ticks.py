"""The clock's ticks with a million rows of each kind still to come: how long each job looks where nothing is due."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy as sa

from bench.due_rows import DueHouse, fill_due_house, load_due_rows
from bench.figures import Measure, Result, at_most, exactly
from bench.ground import Ground, run
from bot.jobs import jobs
from domain.clock import SystemClock
from domain.notifications.model import Priority
from storage.database import Database
from storage.engine import open_database
from storage.notifications import StoredOutgoingQueue
from storage.outbox import StoredOutbox
from storage.prepared import Query
from storage.unit_of_work import unit_of_work_factory

_LOOKS = 40
_TARGET_MILLISECONDS = 20.0
_LEASE_SECONDS = 60.0

_NOTHING = Query(sa.select(sa.literal_column("1", sa.Integer())), int)

Look = Callable[[], Awaitable[object]]


def ticks(ground: Ground, backend: str) -> Result:
    """Measure every job, the relay's look and the sender's, on one database."""
    scale = ground.scale
    template = ground.template(backend, fill_due_house)
    with ground.copy_of(template) as url:
        run(load_due_rows(url, template.contents, scale))
        measures, found = run(_measured(url, template.contents))
    return Result(
        f"ticks-{backend}",
        f"{scale.due_rows:,} rows to come of each kind: full sessions, seats, cases, messages, events; people in line for "
        f"one session in 500; {_LOOKS} looks of each job where nothing is due",
        measures,
        (
            *(at_most(f"{measure.label}, median, ms", measure.median, _TARGET_MILLISECONDS) for measure in measures[:-1]),
            exactly("messages and events that were taken for due", found, 0),
        ),
    )


async def _measured(url: str, house: DueHouse) -> tuple[tuple[Measure, ...], int]:
    database, clock = open_database(url), SystemClock()
    queue = StoredOutgoingQueue(database, center_id=house.center_id, clock=clock)
    outbox = StoredOutbox(database, center_id=house.center_id, clock=clock)
    found: list[Any] = []

    async def look_for_messages() -> None:
        for priority in Priority:
            found.extend(await queue.claim(priority=priority, limit=8, lease_seconds=_LEASE_SECONDS))

    async def look_for_events() -> None:
        found.extend(await outbox.claim(limit=100, lease_seconds=_LEASE_SECONDS))

    try:
        looks = {**_jobs(database, house), "relay's look": look_for_events, "sender's look": look_for_messages}
        for look in looks.values():
            await look()  # does what is due at first: the timetable's sessions, the day's digest
        found.clear()
        floor = await _timed("floor: an empty query", lambda: database.fetch(_NOTHING))
        return (*[await _timed(name, look) for name, look in looks.items()], floor), len(found)
    finally:
        await database.close()


def _jobs(database: Database, house: DueHouse) -> dict[str, Look]:
    def look_of(job: Any) -> Look:
        return lambda: job.look(house.center_id)

    units = unit_of_work_factory(database)
    return {job.name: look_of(job) for job in jobs(units, database=database, clock=SystemClock())}


async def _timed(name: str, look: Look) -> Measure:
    samples = []
    for _ in range(_LOOKS):
        begun = time.perf_counter()
        await look()
        samples.append((time.perf_counter() - begun) * 1000)
    return Measure(name, "ms", tuple(samples), is_latency=True)
