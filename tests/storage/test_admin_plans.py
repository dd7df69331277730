"""How the audit log and the list of people are read: along an index of their own, however many rows there are."""

import contextlib
import sqlite3
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.engine import make_url

from domain.ids import PersonId
from domain.organization.audit_views import AuditAbout, AuditGroup
from storage.prepared import Query
from storage.queries import audit_log, people_admin
from tests.cast import Cast

SHAPES = [(about, group) for about in AuditAbout for group in (None, *AuditGroup)]
INDEXES = {
    AuditAbout.BY: "ix_audit_log_actor_id_at_id",
    AuditAbout.ON: "ix_audit_log_object_id_at_id",
    AuditAbout.ANYTHING: "ix_audit_log_center_id_at_id",
}


def plan_of(query: Query[Any], url: str, **parameters: object) -> list[str]:
    """Return the steps; the page itself, a few rows, may be sorted once more when it has its names."""
    prepared = query.prepared("sqlite")
    with contextlib.closing(sqlite3.connect(str(make_url(url).database))) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.arguments(parameters)).fetchall()
    return [str(row[-1]) for row in rows if row[1] or "TEMP B-TREE" not in row[-1]]


@pytest.mark.parametrize(("about", "group"), SHAPES, ids=str)
async def test_a_page_of_the_log_is_read_from_its_index(
    sqlite_cast: Cast, sqlite_url: str, about: AuditAbout, group: AuditGroup | None
) -> None:
    plan = plan_of(
        audit_log.rows_query(about, group),
        sqlite_url,
        center_id=sqlite_cast.world.center_id,
        about_id=sqlite_cast.owner.id,
        before_at=datetime(2027, 1, 1, tzinfo=UTC),
        before_id=UUID(int=0),
        since=datetime(2026, 1, 1, tzinfo=UTC),
        limit=9,
    )
    read = [step for step in plan if "audit_log" in step]
    is_by_operation = about is AuditAbout.ANYTHING and group is not None
    index = "ix_audit_log_center_id_operation_at_id" if is_by_operation else INDEXES[about]
    assert read
    assert all(step.startswith(f"SEARCH audit_log USING INDEX {index}") for step in read), plan
    assert not [step for step in plan if "TEMP B-TREE" in step and not is_by_operation]


async def test_a_page_of_people_is_read_along_their_names(sqlite_cast: Cast, sqlite_url: str) -> None:
    for sought in people_admin.Sought:
        plan = plan_of(
            people_admin.people_query(sought),
            sqlite_url,
            center_id=sqlite_cast.world.center_id,
            after_name="",
            after_id=PersonId(UUID(int=0)),
            limit=9,
            digits="%100%",
            **{f"word_{number}": "%a%" for number in range(4)},
        )
        assert not [step for step in plan if step.startswith("SCAN people")], plan
