"""Very many rows that the clock's jobs look at, all of them still to come, loaded with all constraints in force."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy.engine import make_url

from bench.center import new_student, open_house
from bench.scale import Scale
from domain.clock import SystemClock
from domain.ids import BranchId, CenterId, ClassId, new_id
from domain.permissions import Actor
from domain.writes.catalogue import AddTimetableRule
from storage.database import Database
from storage.tables.types import Instant
from tests.postgres_server import driver_url

_STUDENTS = 200
_RULES = 20
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_FAR = timedelta(days=30)  # beyond every reminder, window and horizon
_WAITED_FOR_EACH = 500  # of so many sessions people wait for one: five of them, the first with an offer
_WAITING = 5


_CONTRACT = ("price_minor", "policy", "no_show_fee_percent", "free_cancel_until", "credit_value_minor")
_COLUMNS = {
    "sessions": (
        *("id", "center_id", "branch_id", "class_id", "local_date", "local_time", "starts_at", "ends_at", "teacher"),
        *("capacity", "seats_taken", "status", "created_at"),
    ),
    "enrollments": ("id", "center_id", "session_id", "student_id", "status", *_CONTRACT, "created_at"),
    "waitlist_entries": (
        *("id", "center_id", "session_id", "student_id", "status", "joined_at", "enrollment_id", "offered_at"),
        "offer_expires_at",
    ),
    "decisions": ("id", "center_id", "enrollment_id", "kind", "amount_minor", "created_at"),
    "notifications": (
        *("id", "center_id", "person_id", "kind", "subject_id", "occurrence", "data", "priority", "created_at"),
        *("send_after", "status"),
    ),
    "outbox": ("id", "center_id", "kind", "subject_id", "occurred_at", "due_at", "delivered_at"),
}


@dataclass(frozen=True, slots=True)
class DueHouse:
    """Whose rows they are."""

    center_id: CenterId
    branch_id: BranchId
    class_id: ClassId
    students: tuple[Actor, ...]


async def fill_due_house(database: Database, scale: Scale) -> DueHouse:
    """Fill an empty database with the center, its students and its timetable."""
    now = SystemClock().now()
    house, opening = open_house(now, price_minor=0)
    joined = [new_student(house, place, now=now) for place in range(min(_STUDENTS, scale.due_rows))]
    writes = [*opening, *(write for _, joining in joined for write in joining)]
    await database.apply(sorted(writes, key=lambda write: write.rank))
    rules = [
        AddTimetableRule(
            new_id(),
            house.center_id,
            house.class_id,
            house.branch_id,
            "FREQ=WEEKLY;BYDAY=TU",
            time(hour),
            now.date(),
            None,
            now,
        )
        for hour in range(_RULES)
    ]
    await database.apply(rules)
    return DueHouse(house.center_id, house.branch_id, house.class_id, tuple(actor for actor, _ in joined))


async def load_due_rows(url: str, house: DueHouse, scale: Scale) -> None:
    """Load a table after the other."""
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    ids = {name: [new_id() for _ in range(scale.due_rows)] for name in ("sessions", "enrollments")}
    for table, columns in _COLUMNS.items():
        rows = _ROWS[table](house, ids["sessions"], ids["enrollments"])
        if is_sqlite:
            _load_sqlite(url, table, columns, rows)
        else:
            await _load_postgresql(url, table, columns, rows)


def _sessions(house: DueHouse, sessions: Sequence[UUID], _seats: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    now = SystemClock().now()
    for place, id_ in enumerate(sessions):
        starts_at = now + _FAR + place * _MINUTE
        times = (starts_at.date(), time(18), starts_at, starts_at + _HOUR)
        yield (id_, house.center_id, house.branch_id, house.class_id, *times, "Salma Nabil", 1, 1, "SCHEDULED", now)


def _seats(house: DueHouse, sessions: Sequence[UUID], seats: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    now = SystemClock().now()
    for place, (id_, session_id) in enumerate(zip(seats, sessions, strict=True)):
        student = house.students[place % len(house.students)].person_id
        yield (id_, house.center_id, session_id, student, "PAID", 0, "MANUAL", 0, now + _FAR, 0, now)


def _places(house: DueHouse, sessions: Sequence[UUID], seats: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    now = SystemClock().now()
    for place, (id_, session_id) in enumerate(zip(seats, sessions, strict=True)):
        if place % _WAITED_FOR_EACH:
            continue
        for number in range(_WAITING):
            student = house.students[(place + 1 + number) % len(house.students)].person_id
            offer = ("WAITING", now, None, None, None) if number else ("OFFERED", now, id_, now, now + _FAR)
            yield (new_id(), house.center_id, session_id, student, *offer)


def _cases(house: DueHouse, _sessions: Sequence[UUID], seats: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    now = SystemClock().now()
    for id_ in seats:
        yield (new_id(), house.center_id, id_, "NO_SHOW", 0, now)


def _messages(house: DueHouse, sessions: Sequence[UUID], _seats: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    now = SystemClock().now()
    for place, id_ in enumerate(sessions):
        person_id = house.students[place % len(house.students)].person_id
        message = ("REMINDER_EARLY", id_, "", "{}", 2, now, now + _FAR, "PENDING")
        yield (new_id(), house.center_id, person_id, *message)


def _events(house: DueHouse, sessions: Sequence[UUID], _seats: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    """Half of them were delivered, the others wait for another try."""
    now = SystemClock().now()
    for place, id_ in enumerate(sessions):
        state = (now, now) if place % 2 else (now + _FAR, None)
        yield (new_id(), house.center_id, "session.created", id_, now, *state)


_ROWS = {
    "sessions": _sessions,
    "enrollments": _seats,
    "waitlist_entries": _places,
    "decisions": _cases,
    "notifications": _messages,
    "outbox": _events,
}


async def _load_postgresql(url: str, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        await connection.copy_records_to_table(table, records=rows, columns=list(columns))
        await connection.execute(f"VACUUM ANALYZE {table}")  # what autovacuum would have come round to
    finally:
        await connection.close()


def _load_sqlite(url: str, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    instant = Instant().driver_bind("sqlite")
    assert instant is not None

    def text(value: Any) -> Any:
        if isinstance(value, datetime):
            return instant(value)
        if isinstance(value, time):
            return value.isoformat(timespec="microseconds")
        return value.hex if isinstance(value, UUID) else value if isinstance(value, int | str | None) else str(value)

    places = ", ".join("?" for _ in columns)
    with closing(sqlite3.connect(str(make_url(url).database), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", (tuple(map(text, row)) for row in rows)
        )
        connection.execute("COMMIT")
