"""How the clock's jobs look for what is due: along an index of what is, however many sessions there are."""

import contextlib
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from storage.prepared import Query
from storage.repositories.sessions import LEFT_UNSETTLED, OVERDUE
from tests.cast import Cast
from tests.factories import OPENING_DAY

LOOKS: dict[str, tuple[Query[Any], str, dict[str, object]]] = {
    "unsettled": (LEFT_UNSETTLED, "ix_sessions_unsettled", {"after_end": None, "after_id": None}),
    "overdue": (OVERDUE, "ix_sessions_open", {"ended_before": OPENING_DAY + timedelta(days=1)}),
}


@pytest.mark.parametrize("look", LOOKS)
def test_sessions_are_found_by_their_index(sqlite_cast: Cast, sqlite_url: str, look: str) -> None:
    query, index, parameters = LOOKS[look]
    prepared = query.prepared("sqlite")
    arguments = prepared.arguments({"center_id": sqlite_cast.world.center_id, "limit": 20, **parameters})
    with contextlib.closing(sqlite3.connect(str(make_url(sqlite_url).database))) as connection:
        plan = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", arguments)]
    read = [step for step in plan if step.split()[1] == "sessions"]
    assert read
    assert all(step.startswith(f"SEARCH sessions USING INDEX {index} (center_id=?") for step in read), plan
    assert not [step for step in plan if "TEMP B-TREE" in step]
