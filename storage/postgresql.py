"""PostgreSQL through asyncpg: READ COMMITTED, guards in the statements, a small pool that queues.

Eight connections serve a thousand people at once better than eighty: who waits for the pool waits in line, who waits for
a hot row holds everybody up.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import make_url

from domain.writes.base import ConflictError, DatabaseAwayError, GuardFailedError, UnknownOutcomeError, Write
from storage.fused import check_counts, fused, missing_enrollment, statements_of
from storage.guards import guarded
from storage.last_write import may_carry_commit, preparations, with_commit
from storage.prepared import Query
from storage.session_guards import BROKEN_BY_DELETION

T = TypeVar("T")

_BACKEND = "postgresql"
_CONNECT_TIMEOUT_SECONDS = 5.0
_STATEMENT_TIMEOUT_MILLISECONDS = 15_000
_CONFLICTS = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
)
_AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)


class PostgresqlDatabase:
    """A pool of asyncpg connections to one database."""

    backend = _BACKEND

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self._dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._pool_size = pool_size
        self._pool: Any = None
        self._opening = asyncio.Lock()

    async def fetch(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Return the query's rows from the latest committed state."""
        prepared = query.prepared(_BACKEND)
        async with self._connection() as connection:
            raw_rows = await connection.fetch(prepared.sql, *prepared.arguments(parameters))
        return query.rows(raw_rows, _BACKEND)

    async def apply(self, writes: Sequence[Write]) -> None:
        """Apply the writes in this order in one transaction, or none of them."""
        async with self._connection() as connection:
            is_committing = False
            try:
                await connection.execute("BEGIN")
                last = writes[-1] if writes and may_carry_commit(writes[-1]) else None
                for together in statements_of(writes if last is None else writes[:-1]):
                    await _apply_together(connection, together)
                is_committing = True
                await _commit(connection, last)
            except _AWAY as error:
                _drop(connection)
                if is_committing:
                    raise UnknownOutcomeError from error
                raise
            except asyncio.CancelledError:
                _drop(connection)
                raise
            except Exception as error:
                await connection.execute("ROLLBACK")
                if isinstance(error, _CONFLICTS):
                    raise ConflictError(type(error).__name__) from error
                raise

    async def claim(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Run one UPDATE or DELETE … RETURNING in its own transaction; return the rows that it touched."""
        try:
            return await self.fetch(query, **parameters)
        except _CONFLICTS as error:
            raise ConflictError(type(error).__name__) from error

    async def execute(self, sql: str, *arguments: Any) -> int:
        """Run one statement in its own transaction; return how many rows it touched."""
        async with self._connection() as connection:
            status: str = await connection.execute(sql, *arguments)
        return int(status.rsplit(" ", 1)[-1])

    async def close(self) -> None:
        """Let every connection go."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """Yield a pooled connection; whatever says that the server cannot be reached becomes DatabaseAwayError."""
        try:
            pool = self._pool if self._pool is not None else await self._open()
            connection = await pool.acquire()
        except (*_AWAY, TimeoutError) as error:
            raise DatabaseAwayError(type(error).__name__) from error
        try:
            yield connection
        except _AWAY as error:
            _drop(connection)
            raise DatabaseAwayError(type(error).__name__) from error
        finally:
            await pool.release(connection)

    async def _open(self) -> Any:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=1,
                    max_size=self._pool_size,
                    timeout=_CONNECT_TIMEOUT_SECONDS,
                    init=_prepare,
                    reset=_nothing_to_reset,
                    server_settings={
                        "timezone": "UTC",
                        "statement_timeout": str(_STATEMENT_TIMEOUT_MILLISECONDS),
                        "application_name": "rollcall",
                        # Our ids follow time, so what is read together lies together, and disks are no longer turned:
                        # at the default of 4 a month's report reads whole tables, for three times the CPU.
                        "random_page_cost": "1.1",
                    },
                )
        return self._pool


async def _apply_together(connection: Any, writes: Sequence[Write]) -> None:
    """Send writes as one statement; raise GuardFailedError for the first that touched no row."""
    if len(writes) > 1:
        statement = fused(writes)
        try:
            counts = await connection.fetchrow(statement.sql, *statement.arguments(writes))
        except asyncpg.ForeignKeyViolationError as error:
            not_added = missing_enrollment(writes, error.constraint_name)
            if not_added is None:
                raise
            raise GuardFailedError(not_added) from error
        check_counts(writes, counts)
        return
    single = guarded(type(writes[0]), _BACKEND)
    try:
        status = await connection.execute(single.sql, *single.arguments(writes[0]))
    except asyncpg.UniqueViolationError as error:  # another row has what must be one's own
        raise GuardFailedError(writes[0]) from error
    except asyncpg.ForeignKeyViolationError as error:
        if type(writes[0]) not in BROKEN_BY_DELETION:
            raise
        raise GuardFailedError(writes[0]) from error
    if not status.endswith(" 1"):
        raise GuardFailedError(writes[0])


async def _commit(connection: Any, last: Write | None) -> None:
    """Commit, with the last write where one is left; raise GuardFailedError, with nothing committed, where it failed."""
    if last is None:
        await connection.execute("COMMIT")
        return
    try:
        await connection.execute(with_commit(last))
    except asyncpg.DivisionByZeroError as error:
        raise GuardFailedError(last) from error


def _drop(connection: Any) -> None:
    """Close a connection that is of no more use. One that the server closed has gone back to the pool by itself."""
    with suppress(asyncpg.InterfaceError):
        connection.terminate()


async def _prepare(connection: Any) -> None:
    await connection.execute(preparations())


async def _nothing_to_reset(_connection: Any) -> None:
    """Spare a round trip at every release: no session state is ever set, and ``apply`` ends its own transactions."""
