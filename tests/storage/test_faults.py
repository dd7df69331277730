import asyncio
import contextlib
import sqlite3
import sys
from asyncio.subprocess import PIPE

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from domain.ids import new_id
from domain.writes.base import ConflictError, DatabaseAwayError, UnknownOutcomeError, Write
from domain.writes.people import RenamePerson
from storage.audit import audit
from storage.postgresql import PostgresqlDatabase
from storage.queries.organization import CENTERS
from storage.sqlite import SqliteDatabase
from tests.cast import Cast
from tests.concurrency.rows import count_seats, seats_taken
from tests.factories import Person, Scheduled
from tests.postgres_server import driver_url
from tests.storage.test_guards import name_of_owner

BUSY_SECONDS = 10

# Another process that writes, and keeps the database to itself until it is told to go.
OTHER_WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("busy", flush=True)
sys.stdin.readline()
connection.execute("COMMIT")
"""


async def on_server(url: str, sql: str) -> None:
    """Run a statement on a connection of its own."""
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def kill_connections(url: str) -> None:
    """End every other connection to the database, whatever it is doing."""
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    await on_server(url, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")


async def wait_for_lock(url: str) -> None:
    """Wait until somebody waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        async with asyncio.timeout(10):
            while await connection.fetchval(waiting) == 0:  # noqa: ASYNC110 -- the server tells nobody
                await asyncio.sleep(0.01)
    finally:
        await connection.close()


def rename(cast: Cast, person: Person, name: str) -> RenamePerson:
    return RenamePerson(cast.world.center_id, person.id, name)


class TestPostgresqlAway:
    async def test_is_said_by_a_read_whose_connection_was_killed(self, postgres_cast: Cast, postgres_url: str) -> None:
        database = postgres_cast.world.database
        await asyncio.gather(*(database.fetch(CENTERS) for _ in range(4)))
        connection = await asyncpg.connect(driver_url(make_url(postgres_url)))
        try:
            await connection.execute("BEGIN; LOCK TABLE centers")
            reading = asyncio.create_task(database.fetch(CENTERS))
            await wait_for_lock(postgres_url)
            ended = "pid <> pg_backend_pid() AND wait_event_type = 'Lock'"
            await connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ended}")
            with pytest.raises(DatabaseAwayError):
                await reading
        finally:
            await connection.close()
        assert len(await database.fetch(CENTERS)) == 2

    async def test_during_a_transaction_keeps_nothing(self, postgres_cast: Cast, postgres_url: str) -> None:
        cast, database = postgres_cast, postgres_cast.world.database
        writes: list[Write] = [rename(cast, cast.owner, "First"), rename(cast, cast.member, "Second")]
        connection = await asyncpg.connect(driver_url(make_url(postgres_url)))
        try:
            await connection.execute(f"BEGIN; SELECT 1 FROM people WHERE id = '{cast.member.id}' FOR UPDATE")
            writing = asyncio.create_task(database.apply(writes))
            await wait_for_lock(postgres_url)
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            )
            with pytest.raises(DatabaseAwayError):
                await writing
        finally:
            await connection.close()
        assert await name_of_owner(cast) == cast.owner.name
        await database.apply(writes)
        assert await name_of_owner(cast) == "First"

    async def test_between_requests_is_got_over(self, postgres_cast: Cast, postgres_url: str) -> None:
        cast, database = postgres_cast, postgres_cast.world.database
        await asyncio.gather(*(database.fetch(CENTERS) for _ in range(4)))
        await kill_connections(postgres_url)
        answers = await asyncio.gather(*(database.fetch(CENTERS) for _ in range(8)), return_exceptions=True)
        assert {type(answer) for answer in answers} <= {list, DatabaseAwayError}
        await database.apply([rename(cast, cast.owner, "Here again")])
        assert await name_of_owner(cast) == "Here again"

    async def test_from_the_start_is_said_so(self, postgres_url: str) -> None:
        nowhere = make_url(postgres_url).set(port=1).render_as_string(hide_password=False)
        database = PostgresqlDatabase(nowhere)
        with pytest.raises(DatabaseAwayError):
            await database.fetch(CENTERS)
        with pytest.raises(DatabaseAwayError):
            await database.apply([])

    async def test_at_the_commit_leaves_the_outcome_open(
        self, postgres_cast: Cast, postgres_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cast, execute = postgres_cast, asyncpg.Connection.execute

        async def execute_and_lose(self: asyncpg.Connection, sql: str, *values: object) -> str:
            status: str = await execute(self, sql, *values)
            if sql == "COMMIT":
                raise ConnectionResetError
            return status

        monkeypatch.setattr(asyncpg.Connection, "execute", execute_and_lose)
        with pytest.raises(UnknownOutcomeError):
            await cast.world.database.apply([rename(cast, cast.owner, "Kept")])
        monkeypatch.undo()
        assert await name_of_owner(cast) == "Kept"

    async def test_a_deadlock_is_a_conflict_and_keeps_nothing(self, postgres_cast: Cast, postgres_url: str) -> None:
        cast, update = postgres_cast, "UPDATE people SET language = 'ar' WHERE id = '{}'"
        connection = await asyncpg.connect(driver_url(make_url(postgres_url)))
        try:
            await connection.execute("SET deadlock_timeout = '1min'")  # so that it is ours that gives way
            await connection.execute("BEGIN; " + update.format(cast.member.id))
            writes = [rename(cast, cast.owner, "First"), rename(cast, cast.member, "Second")]
            writing = asyncio.create_task(cast.world.database.apply(writes))
            await wait_for_lock(postgres_url)
            crossing = asyncio.create_task(connection.execute(update.format(cast.owner.id)))
            with pytest.raises(ConflictError, match="Deadlock"):
                await writing
            await crossing
        finally:
            await connection.close()
        assert await name_of_owner(cast) == cast.owner.name


class TestSqliteShared:
    async def test_waits_for_another_process_that_writes(self, sqlite_cast: Cast, sqlite_url: str) -> None:
        path = str(make_url(sqlite_url).database)
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", OTHER_WRITER, path, stdin=PIPE, stdout=PIPE)
        assert other.stdout is not None
        assert await other.stdout.readline() == b"busy\n"
        writing = asyncio.create_task(sqlite_cast.world.database.apply([rename(sqlite_cast, sqlite_cast.owner, "Late")]))
        assert await name_of_owner(sqlite_cast) == sqlite_cast.owner.name  # reads do not wait
        assert not writing.done()
        await other.communicate(b"go\n")
        async with asyncio.timeout(BUSY_SECONDS):
            await writing
        assert await name_of_owner(sqlite_cast) == "Late"

    async def test_tells_of_a_conflict_when_the_other_never_ends(
        self, sqlite_cast: Cast, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database = sqlite_cast.world.database
        await database.execute("PRAGMA busy_timeout = 20")
        with contextlib.closing(sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ConflictError):
                await database.apply([rename(sqlite_cast, sqlite_cast.owner, "Never")])
        assert await name_of_owner(sqlite_cast) == sqlite_cast.owner.name


class TestSqliteOpening:
    async def test_that_fails_leaves_no_half_open_writer_behind(
        self, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("storage.sqlite._BUSY_TIMEOUT_SECONDS", 0.02)
        database = SqliteDatabase(sqlite_url)
        with contextlib.closing(sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)) as other:
            other.execute("PRAGMA journal_mode = DELETE")
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(ConflictError):
                await database.apply([])
        orphan = f"INSERT INTO muted_notifications VALUES ('{new_id().hex}', 'REMINDER_DAY_BEFORE')"
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            await database.execute(orphan)
        await database.close()


class TestFullDisk:
    async def test_refuses_and_loses_nothing(self, sqlite_cast: Cast) -> None:
        world, database = sqlite_cast.world, sqlite_cast.world.database
        session = await world.add_session(await world.add_class(capacity=100))
        students = await world.add_students(100, money_minor=8_000)
        await database.execute("PRAGMA max_page_count = 1")  # as many pages as there are by now, and not one more
        booked = await self._book_until_refused(sqlite_cast, students, session)
        assert booked < len(students)
        assert await count_seats(database, session.id) == await seats_taken(database, session.id) == booked
        assert await audit(database) == []
        await database.execute("PRAGMA max_page_count = 1000000")
        await world.book(students[booked], session)
        assert await audit(database) == []

    async def _book_until_refused(self, cast: Cast, students: list[Person], session: Scheduled) -> int:
        for booked, student in enumerate(students):
            try:
                await cast.world.book(student, session)
            except sqlite3.OperationalError as error:
                assert error.sqlite_errorcode == sqlite3.SQLITE_FULL  # noqa: PT017 -- how many came before is the answer
                return booked
        return len(students)
