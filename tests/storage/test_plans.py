"""How the databases read a student's history: from its index, in its order, whatever else there is."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from domain.enrollments.history import HistorySort
from storage.queries.history import PAST
from tests.cast import Cast
from tests.factories import OPENING_DAY, new_enrollment_id, sql_id
from tests.postgres_server import driver_url

INDEX = "ix_enrollments_student_id_created_at_id"
STUDENTS, BOOKINGS_EACH = 200, 50


HISTORY = PAST[HistorySort.BOOKING_DATE]


def arguments(cast: Cast, backend: str) -> list[Any]:
    later, id_ = OPENING_DAY + timedelta(days=1), new_enrollment_id()
    return HISTORY.prepared(backend).arguments(
        {
            "student_id": cast.owner.id,
            "center_id": cast.world.center_id,
            "before_at": later,
            "before_id": id_,
            "looked_through": 20,
            "now": later,
            "outcome": None,
            "class_id": None,
            "keys": None,
            "after_at": later,
            "after_id": id_,
            "limit": 10,
        }
    )


def walk(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for inner in step.get("Plans", ()):
        yield from walk(inner)


async def fill(connection: Any, cast: Cast) -> None:
    """Copy the owner's booking many times over, for many students, and let the planner count."""
    await connection.execute("SET session_replication_role = replica")  # the copies' students need not be there
    await connection.execute(
        f"""CREATE TEMP TABLE copies AS SELECT student, booking, enrollments.* FROM enrollments,
            generate_series(1, {STUDENTS}) student, generate_series(1, {BOOKINGS_EACH}) booking;
        ALTER TABLE copies DROP COLUMN id, DROP COLUMN student_id;
        INSERT INTO enrollments (id, student_id, center_id, session_id, status, method, price_minor, policy,
            no_show_fee_percent, free_cancel_until, student_package_id, credit_value_minor, created_at, cancelled_at)
        SELECT gen_random_uuid(), CASE student WHEN 1 THEN '{sql_id(cast.owner.id)}'::uuid
                ELSE md5(student::text)::uuid END, center_id, session_id, 'CANCELLED', method, price_minor, policy,
            no_show_fee_percent, free_cancel_until, student_package_id, credit_value_minor,
            created_at + booking * interval '1 second', created_at
        FROM copies;
        ANALYZE"""
    )


class TestHistory:
    """Each runs on its own kind of database: there is no plan that both have."""

    async def test_is_searched_by_its_index_on_sqlite(self, sqlite_cast: Cast, sqlite_url: str) -> None:
        sql = HISTORY.prepared("sqlite").sql
        with contextlib.closing(sqlite3.connect(str(make_url(sqlite_url).database))) as connection:
            rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", arguments(sqlite_cast, "sqlite")).fetchall()
        plan = [row[-1] for row in rows]
        assert f"SEARCH enrollments USING INDEX {INDEX} (student_id=? AND (created_at,id)<(?,?))" in plan
        scanned = {step.split()[1] for step in plan if step.startswith("SCAN")}
        assert scanned == {"recent", "json_each"}  # the bounded part, and the words that are looked for

    async def test_is_searched_by_its_index_on_postgresql(self, postgres_cast: Cast, postgres_url: str) -> None:
        connection = await asyncpg.connect(driver_url(make_url(postgres_url)))
        try:
            await fill(connection, postgres_cast)
            sql = HISTORY.prepared("postgresql").sql
            explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) {sql}", *arguments(postgres_cast, "postgresql"))
        finally:
            await connection.close()
        steps = list(walk(json.loads(explained)[0]["Plan"]))
        assert [step["Index Name"] for step in steps if step.get("Relation Name") == "enrollments"] == [INDEX]
