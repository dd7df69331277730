"""The booking use case, everybody at once, beside the floor of each database."""

import time
from collections.abc import Callable, Sequence

from bench.center import BenchCenter, fill_center
from bench.figures import Measure, Result, Verdict, at_least, median_ratio
from bench.floor_postgresql import arguments, floor
from bench.floor_sqlite import SqliteFloor, calls
from bench.ground import Ground, run
from bench.taps import book_at_once, draw_cards, planned_writes, warm_up
from domain.enrollments.model import Enrollment
from domain.ids import SessionId
from storage.engine import open_database

POOL_SIZE = 8
_SPREAD_TARGET = 0.4
_HOT_TARGET = 0.6
_SQLITE_TARGET = 0.3

Crowd = Callable[[BenchCenter], Sequence[SessionId]]


def spread(ground: Ground) -> Result:
    """Measure bookings over many sessions on PostgreSQL."""
    return _compare(
        ground,
        name="booking-postgresql-spread",
        what=f"{ground.scale.people:,} people book at once, over {ground.scale.sessions} sessions; pool {POOL_SIZE}; "
        "floor: one PL/pgSQL function doing the same writes, through asyncpg",
        backend="postgresql",
        crowd=lambda center: center.spread,
        target=_SPREAD_TARGET,
    )


def hot(ground: Ground) -> Result:
    """Measure bookings of one session on PostgreSQL."""
    return _compare(
        ground,
        name="booking-postgresql-hot",
        what=f"{ground.scale.people:,} people book one session of as many seats at once; pool {POOL_SIZE}; "
        "floor: one PL/pgSQL function doing the same writes, through asyncpg",
        backend="postgresql",
        crowd=lambda center: (center.hot,),
        target=_HOT_TARGET,
    )


def sqlite(ground: Ground) -> Result:
    """Measure bookings on SQLite."""
    return _compare(
        ground,
        name="booking-sqlite",
        what=f"{ground.scale.people:,} people book at once, over {ground.scale.sessions} sessions; "
        "floor: the standard library's sqlite3 in one thread doing the same writes",
        backend="sqlite",
        crowd=lambda center: center.spread,
        target=_SQLITE_TARGET,
    )


def _compare(ground: Ground, *, name: str, what: str, backend: str, crowd: Crowd, target: float) -> Result:
    template = ground.template(backend, fill_center)
    center, sessions = template.contents, crowd(template.contents)
    ours: list[_Round] = []
    floors: list[float] = []
    measure_floor = _sqlite_floor if backend == "sqlite" else _postgresql_floor
    for place in range(ground.scale.rounds):
        for is_floor in (False, True) if place % 2 else (True, False):  # whoever goes second has the warmer disk
            with ground.copy_of(template) as url:
                if is_floor:
                    floors.append(measure_floor(url, center, sessions))
                else:
                    ours.append(run(_ours(url, center, sessions)))
    rates = tuple(each.rate for each in ours)
    verdict: Verdict = at_least("ours to floor, round by round", median_ratio(rates, floors), target)
    return Result(
        name,
        what,
        (
            Measure("use case", "bookings/s", rates),
            Measure("floor", "bookings/s", tuple(floors)),
            Measure("use case, CPU of our process", "ms", tuple(each.cpu_milliseconds for each in ours)),
        ),
        (verdict,),
    )


class _Round:
    """How long a round took on the clock and on the processor."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._cpu = time.process_time()
        self._begun = time.perf_counter()
        self.rate = 0.0
        self.cpu_milliseconds = 0.0

    def end(self) -> None:
        """Stop both clocks."""
        self.rate = self._count / (time.perf_counter() - self._begun)
        self.cpu_milliseconds = (time.process_time() - self._cpu) / self._count * 1000


async def _ours(url: str, center: BenchCenter, sessions: Sequence[SessionId]) -> _Round:
    database = open_database(url, pool_size=POOL_SIZE)
    try:
        await warm_up(database, center)
        taps = await draw_cards(database, center.students, sessions)
        measured = _Round(len(taps))
        outcomes = await book_at_once(database, taps)
        measured.end()
    finally:
        await database.close()
    for outcome in outcomes:
        if not isinstance(outcome, Enrollment):
            raise outcome
    return measured


def _postgresql_floor(url: str, center: BenchCenter, sessions: Sequence[SessionId]) -> float:
    async def measure() -> float:
        database = open_database(url)
        try:
            early = planned_writes(await draw_cards(database, center.early_students, [center.early_session]))
            planned = planned_writes(await draw_cards(database, center.students, sessions))
        finally:
            await database.close()
        async with floor(url, pool_size=POOL_SIZE) as book:
            await book([arguments(writes) for writes in early])
            bookings = [arguments(writes) for writes in planned]
            measured = _Round(len(bookings))
            await book(bookings)
            measured.end()
        return measured.rate

    return run(measure())


def _sqlite_floor(url: str, center: BenchCenter, sessions: Sequence[SessionId]) -> float:
    async def plan() -> list[list[list[tuple[str, tuple[object, ...]]]]]:
        database = open_database(url)
        try:
            early = planned_writes(await draw_cards(database, center.early_students, [center.early_session]))
            planned = planned_writes(await draw_cards(database, center.students, sessions))
        finally:
            await database.close()
        return [[calls(writes) for writes in each] for each in (early, planned)]

    early, bookings = run(plan())
    connection = SqliteFloor(url)
    try:
        connection.book_all(early)
        measured = _Round(len(bookings))
        connection.book_all(bookings)
        measured.end()
    finally:
        connection.close()
    return measured.rate
