import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from storage.migrate import current_revision, head_revision, upgrade
from storage.tables import metadata
from tests.storage.schema_dump import dump, on_connection, rewrite_sqlite_table, run_statements

ROOT = Path(__file__).parents[2]
NEVER_OVERSOLD = "seats_taken BETWEEN 0 AND capacity"
PROCESSES = 3


def differences_seen_by_alembic(url: str) -> list[Any]:
    def compare(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        return found

    return on_connection(url, compare)


@pytest.fixture
def declared_url(empty_url: str) -> str:
    """A database made from the declared tables, not by the migrations."""
    on_connection(empty_url, metadata.create_all)
    return empty_url


def of_the_same_kind(request: pytest.FixtureRequest, url: str) -> str:
    return str(request.getfixturevalue("sqlite_url" if url.startswith("sqlite") else "postgres_url"))


class TestMigratedSchema:
    def test_is_the_declared_one(self, declared_url: str, request: pytest.FixtureRequest) -> None:
        migrated, declared = dump(of_the_same_kind(request, declared_url)), dump(declared_url)
        assert sorted(migrated - declared) == []
        assert sorted(declared - migrated) == []
        assert len(declared) > 150

    def test_leaves_nothing_to_generate(self, database_url: str) -> None:
        assert differences_seen_by_alembic(database_url) == []

    def test_is_the_same_after_a_second_upgrade(self, database_url: str) -> None:
        before = dump(database_url)
        upgrade(database_url)
        assert dump(database_url) == before

    def test_is_reached_once_by_several_processes_at_once(self, empty_url: str, request: pytest.FixtureRequest) -> None:
        call = "import sys; from storage.migrate import upgrade; upgrade(sys.argv[1])"
        command = [sys.executable, "-c", call, empty_url]
        running = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for _ in range(PROCESSES)
        ]
        assert [(process.communicate(timeout=60)[0], process.returncode) for process in running] == [("", 0)] * PROCESSES
        assert current_revision(empty_url) == head_revision()
        assert dump(empty_url) == dump(of_the_same_kind(request, empty_url))

    def test_of_an_empty_database_has_no_revision(self, empty_url: str) -> None:
        assert current_revision(empty_url) is None


class TestComparisonOfDumps:
    """The control: the comparison sees what Alembic's own does not."""

    def test_sees_a_changed_check(self, database_url: str) -> None:
        before, changed = dump(database_url), "seats_taken BETWEEN 0 AND capacity + 1"
        if database_url.startswith("sqlite"):
            rewrite_sqlite_table(database_url, "sessions", NEVER_OVERSOLD, changed)
        else:
            run_statements(
                database_url,
                "ALTER TABLE sessions DROP CONSTRAINT ck_sessions_never_oversold",
                f"ALTER TABLE sessions ADD CONSTRAINT ck_sessions_never_oversold CHECK ({changed})",
            )
        assert ["ck_sessions_never_oversold" in line for line in before ^ dump(database_url)] == [True, True]
        assert differences_seen_by_alembic(database_url) == []

    def test_sees_a_changed_predicate_of_a_unique_index(self, database_url: str) -> None:
        before = dump(database_url)
        run_statements(
            database_url,
            "DROP INDEX uq_enrollments_one_seat_each",
            "CREATE UNIQUE INDEX uq_enrollments_one_seat_each ON enrollments (session_id, student_id) "
            "WHERE status <> 'NO_SHOW'",
        )
        assert ["uq_enrollments_one_seat_each" in line for line in before ^ dump(database_url)] == [True, True]
        assert differences_seen_by_alembic(database_url) == []

    def test_sees_a_missing_trigger(self, database_url: str) -> None:
        before, where = dump(database_url), "" if database_url.startswith("sqlite") else " ON entries"
        run_statements(database_url, f"DROP TRIGGER entries_refuse_unbalanced{where}")
        assert ["entries_refuse_unbalanced" in line for line in before ^ dump(database_url)] == [True]
        assert differences_seen_by_alembic(database_url) == []

    def test_sees_a_constraint_that_is_no_longer_deferred(self, database_url: str) -> None:
        before = dump(database_url)
        if database_url.startswith("sqlite"):
            rewrite_sqlite_table(database_url, "postings", " DEFERRABLE INITIALLY DEFERRED", "")
        else:
            run_statements(
                database_url, "ALTER TABLE postings ALTER CONSTRAINT fk_postings_center_id_entry_id NOT DEFERRABLE"
            )
        assert len(before ^ dump(database_url)) == 2
