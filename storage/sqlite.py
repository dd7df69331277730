"""SQLite: one writer in a thread of its own, readers beside it on their own snapshots (WAL).

The whole list of writes runs in one hop to the writer's thread, as ``BEGIN IMMEDIATE … COMMIT`` with the disk flushed
(``synchronous=FULL``: it is money). Other processes may write too; they wait for each other, bounded by a timeout.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import make_url

from domain.writes.base import ConflictError, GuardFailedError, Write
from storage.guards import guarded
from storage.prepared import Query
from storage.session_guards import BROKEN_BY_DELETION

T = TypeVar("T")

_BACKEND = "sqlite"
_BUSY_TIMEOUT_SECONDS = 10.0
_CACHED_STATEMENTS = 512
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # or REPLACE would delete journal rows without asking their triggers
    "PRAGMA temp_store = MEMORY",
)


class SqliteDatabase:
    """One SQLite file: a writing thread and a few reading connections."""

    backend = _BACKEND

    def __init__(self, url: str, *, readers: int = 2) -> None:
        path = make_url(url).database
        if not path or path == ":memory:":
            raise ValueError("SQLite needs a file: every connection to :memory: would be a database of its own")
        self._path = path
        self._reader_count = readers
        self._readers: asyncio.Queue[aiosqlite.Connection] | None = None
        self._opened: list[aiosqlite.Connection] = []
        self._opening = asyncio.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-writer")
        self._writer: sqlite3.Connection | None = None

    async def fetch(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Return the query's rows from the latest committed state."""
        prepared = query.prepared(_BACKEND)
        readers = self._readers if self._readers is not None else await self._open_readers()
        reader = await readers.get()
        try:
            raw_rows = await reader.execute_fetchall(prepared.sql, prepared.arguments(parameters))
        except sqlite3.OperationalError as error:
            raise _translated(error) from error
        finally:
            readers.put_nowait(reader)
        return query.rows(raw_rows, _BACKEND)

    async def apply(self, writes: Sequence[Write]) -> None:
        """Apply the writes in this order in one transaction, or none of them."""
        await self._in_thread(self._apply, writes)

    async def claim(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Run one UPDATE or DELETE … RETURNING in its own transaction; return the rows that it touched."""
        prepared = query.prepared(_BACKEND)
        raw_rows = await self._in_thread(self._claim, prepared.sql, prepared.arguments(parameters))
        return query.rows(raw_rows, _BACKEND)

    async def execute(self, sql: str, *arguments: Any) -> int:
        """Run one statement in its own transaction; return how many rows it touched."""
        touched: int = await self._in_thread(self._execute, sql, arguments)
        return touched

    async def close(self) -> None:
        """Let every connection go."""
        for reader in self._opened:
            await reader.close()
        self._opened.clear()
        self._readers = None
        await self._in_thread(self._close_writer)
        self._thread.shutdown()

    async def _in_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    def _apply(self, writes: Sequence[Write]) -> None:
        connection = self._open_writer()
        try:
            connection.execute("BEGIN IMMEDIATE")
            for write in writes:
                if _touched(connection, write) != 1:
                    raise GuardFailedError(write)
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise _translated(error) from error
            raise

    def _execute(self, sql: str, arguments: Sequence[Any]) -> int:
        try:
            return self._open_writer().execute(sql, arguments).rowcount
        except sqlite3.OperationalError as error:
            raise _translated(error) from error

    def _claim(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        try:
            return self._open_writer().execute(sql, arguments).fetchall()
        except sqlite3.OperationalError as error:
            raise _translated(error) from error

    def _open_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            connection = sqlite3.connect(
                self._path,
                timeout=_BUSY_TIMEOUT_SECONDS,
                isolation_level=None,  # we begin and commit ourselves
                cached_statements=_CACHED_STATEMENTS,
            )
            try:
                for pragma in _PRAGMAS:
                    connection.execute(pragma)
            except sqlite3.OperationalError as error:
                connection.close()  # never write through a connection that is only half set up: without foreign keys
                raise _translated(error) from error
            self._writer = connection
        return self._writer

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    async def _open_readers(self) -> asyncio.Queue[aiosqlite.Connection]:
        async with self._opening:
            if self._readers is None:
                await self._in_thread(self._open_writer)  # sets the journal mode, which a reader may not
                readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
                for _ in range(self._reader_count):
                    reader = await aiosqlite.connect(
                        self._path,
                        timeout=_BUSY_TIMEOUT_SECONDS,
                        isolation_level=None,
                        cached_statements=_CACHED_STATEMENTS,
                    )
                    self._opened.append(reader)
                    await reader.execute_fetchall("PRAGMA query_only = ON")
                    readers.put_nowait(reader)
                self._readers = readers
        return self._readers


def _touched(connection: sqlite3.Connection, write: Write) -> int:
    """Apply a write, and return how many rows it touched.

    None, where another row has what must be one's own, or a session went away under it.
    """
    statement = guarded(type(write), _BACKEND)
    try:
        return connection.execute(statement.sql, statement.arguments(write)).rowcount
    except sqlite3.IntegrityError as error:
        is_taken = error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE
        is_broken_key = error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
        if is_taken or (is_broken_key and type(write) in BROKEN_BY_DELETION):
            return 0
        raise


def _translated(error: sqlite3.OperationalError) -> Exception:
    """Tell contention, which passes, from everything else (a full disk, a missing table), which is a fault."""
    is_contention = getattr(error, "sqlite_errorcode", None) is not None and (error.sqlite_errorcode & 0xFF) in {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }
    return ConflictError(str(error)) if is_contention else error
