"""Many more people than seats, at once."""

import time
from dataclasses import dataclass

from bench.booking import POOL_SIZE
from bench.center import BenchCenter, fill_center
from bench.figures import Measure, Result, exactly
from bench.ground import BACKENDS, Ground, run
from bench.taps import book_at_once, draw_cards, warm_up
from domain.enrollments.model import Enrollment
from domain.errors import SessionFullError
from storage.audit import audit
from storage.engine import open_database


@dataclass(frozen=True, slots=True)
class _Rush:
    """How long it took until everybody had an answer, which answers, and what the audit says then."""

    seconds: float
    booked: int
    full: int
    otherwise: int
    discrepancies: int


def oversell(ground: Ground) -> Result:
    """Let everybody book the few seats of one session, on both databases."""
    scale = ground.scale
    rushes = {backend: _rushes(ground, backend) for backend in BACKENDS}
    return Result(
        "oversell",
        f"{scale.people:,} people book one session of {scale.scarce_seats} seats at once",
        tuple(
            Measure(f"everybody answered, {backend}", "s", tuple(rush.seconds for rush in found))
            for backend, found in rushes.items()
        ),
        tuple(
            verdict
            for backend, found in rushes.items()
            for verdict in (
                exactly(
                    f"booked, {backend}",
                    _most_wrong([rush.booked for rush in found], scale.scarce_seats),
                    scale.scarce_seats,
                ),
                exactly(
                    f"told that it is full, {backend}",
                    _most_wrong([rush.full for rush in found], scale.people - scale.scarce_seats),
                    scale.people - scale.scarce_seats,
                ),
                exactly(f"answered otherwise, {backend}", max(rush.otherwise for rush in found), 0),
                exactly(f"discrepancies in the audit, {backend}", max(rush.discrepancies for rush in found), 0),
            )
        ),
    )


def _most_wrong(counts: list[int], wanted: int) -> int:
    return max(counts, key=lambda count: abs(count - wanted))


def _rushes(ground: Ground, backend: str) -> list[_Rush]:
    template = ground.template(backend, fill_center)
    found = []
    for _ in range(ground.scale.rounds):
        with ground.copy_of(template) as url:
            found.append(run(_rush(url, template.contents)))
    return found


async def _rush(url: str, center: BenchCenter) -> _Rush:
    database = open_database(url, pool_size=POOL_SIZE)
    try:
        await warm_up(database, center)
        taps = await draw_cards(database, center.students, [center.scarce])
        begun = time.perf_counter()
        outcomes = await book_at_once(database, taps)
        seconds = time.perf_counter() - begun
        discrepancies = len(await audit(database))
    finally:
        await database.close()
    booked = sum(isinstance(outcome, Enrollment) for outcome in outcomes)
    full = sum(isinstance(outcome, SessionFullError) for outcome in outcomes)
    return _Rush(seconds, booked, full, len(outcomes) - booked - full, discrepancies)
