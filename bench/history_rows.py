"""A large table of enrollments: finished sessions of a class free of charge, everybody in all of them.

Whole and consistent (every session's seats are taken by the enrollments that say so, and nothing was to be paid), and
loaded with all constraints and triggers in force.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from bench.center import new_student, open_house, session
from bench.scale import Scale
from domain.clock import SystemClock
from domain.ids import new_id
from domain.permissions import Actor
from domain.sessions.model import SessionStatus
from domain.writes.catalogue import AddSession
from storage.database import Database
from storage.tables.types import Instant
from tests.postgres_server import driver_url

_COLUMNS = (
    "id",
    "center_id",
    "session_id",
    "student_id",
    "status",
    "price_minor",
    "policy",
    "no_show_fee_percent",
    "free_cancel_until",
    "credit_value_minor",
    "attended_at",
    "created_at",
)
_TRANSACTION_SESSIONS = 1_000
_HOUR = timedelta(hours=1)
_BOOKED_BEFORE = timedelta(days=7)
_FREE_UNTIL_BEFORE = timedelta(hours=2)


async def fill_house(database: Database, scale: Scale) -> tuple[tuple[Actor, ...], tuple[AddSession, ...]]:
    """Fill an empty database with all but the enrollments, and return who attended what, oldest first."""
    now = SystemClock().now()
    house, opening = open_house(now, price_minor=0)
    joined = [new_student(house, place, now=now) for place in range(scale.history_students)]
    writes = [*opening, *(write for _, joining in joined for write in joining)]
    await database.apply(sorted(writes, key=lambda write: write.rank))
    first = now - (scale.enrollments_each + 1) * _HOUR
    held = tuple(
        session(
            house,
            first + place * _HOUR,
            now=now,
            capacity=scale.history_students,
            seats_taken=scale.history_students,
            status=SessionStatus.FINISHED,
        )
        for place in range(scale.enrollments_each)
    )
    for begin in range(0, len(held), _TRANSACTION_SESSIONS):
        await database.apply(held[begin : begin + _TRANSACTION_SESSIONS])
    return tuple(actor for actor, _ in joined), held


def _rows(students: Sequence[Actor], sessions: Sequence[AddSession]) -> Iterator[tuple[Any, ...]]:
    for held in sessions:
        for place, student in enumerate(students):
            yield (
                new_id(),
                held.center_id,
                held.id,
                student.person_id,
                "PAID",
                0,
                "FLEXIBLE",
                0,
                held.starts_at - _FREE_UNTIL_BEFORE,
                0,
                held.starts_at,
                held.starts_at - _BOOKED_BEFORE + timedelta(seconds=place),
            )


async def load_postgresql(url: str, students: Sequence[Actor], sessions: Sequence[AddSession]) -> None:
    """Load the enrollments with COPY."""
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        await connection.copy_records_to_table("enrollments", records=_rows(students, sessions), columns=_COLUMNS)
        await connection.execute("VACUUM ANALYZE")  # what autovacuum would have come round to
    finally:
        await connection.close()


def load_sqlite(url: str, students: Sequence[Actor], sessions: Sequence[AddSession]) -> None:
    """Load the enrollments in one transaction."""
    instant = Instant().driver_bind("sqlite")
    assert instant is not None

    def text(value: Any) -> Any:
        return instant(value) if isinstance(value, datetime) else getattr(value, "hex", value)

    places = ", ".join("?" for _ in _COLUMNS)
    with closing(sqlite3.connect(str(make_url(url).database), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            f"INSERT INTO enrollments ({', '.join(_COLUMNS)}) VALUES ({places})",
            (tuple(map(text, row)) for row in _rows(students, sessions)),
        )
        connection.execute("COMMIT")
