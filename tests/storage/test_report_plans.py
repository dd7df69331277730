"""Reports read what is of their time, from indexes, however much else there is."""

import contextlib
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from storage.prepared import Query
from storage.queries.report_money import PAYMENTS
from storage.queries.report_revenue import CASH, EARNED, ONLINE, TOTALS
from storage.queries.report_sessions import BOOKINGS, CASH_DAYS, FAITHFUL, GONE, SEATS
from tests.cast import Cast
from tests.factories import OPENING_DAY

ENTRIES = "entries USING INDEX ix_entries_center_id_occurred_at_id"
SEATS_OF_A_SESSION = "enrollments USING INDEX ix_enrollments_session_id"
LARGE = ("entries", "postings", "enrollments", "payments", "cash_transactions")


def plan_of(query: Query[Any], cast: Cast, url: str) -> list[str]:
    later = OPENING_DAY + timedelta(days=1)
    names = ("since", "until", "earlier_since", "earlier_until", "later_since", "later_until")
    prepared = query.prepared("sqlite")
    arguments = prepared.arguments({"center_id": cast.world.center_id, "least": 2, **dict.fromkeys(names, later)})
    with contextlib.closing(sqlite3.connect(str(make_url(url).database))) as connection:
        return [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", arguments)]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (EARNED, ENTRIES),
        (CASH, ENTRIES),
        (ONLINE, ENTRIES),
        (TOTALS, ENTRIES),
        (BOOKINGS, SEATS_OF_A_SESSION),
        (CASH_DAYS, SEATS_OF_A_SESSION),
        (SEATS, SEATS_OF_A_SESSION),
        (GONE, SEATS_OF_A_SESSION),
        (FAITHFUL, SEATS_OF_A_SESSION),
        (PAYMENTS, "payments USING INDEX ix_payments_center_id_created_at_id"),
    ],
)
async def test_is_read_by_its_index_and_scans_nothing_large(
    sqlite_cast: Cast, sqlite_url: str, query: Query[Any], index: str
) -> None:
    plan = plan_of(query, sqlite_cast, sqlite_url)
    assert any(f"SEARCH {index}" in step for step in plan), plan
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN")}
    assert scanned & set(LARGE) == set()
