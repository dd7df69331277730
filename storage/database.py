"""A database as the rest of storage sees it: run a prepared query, apply a list of guarded writes in one transaction."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from domain.writes.base import Write
from storage.prepared import Query

T = TypeVar("T")


class Database(Protocol):
    """One database, SQLite or PostgreSQL, through its raw driver."""

    @property
    def backend(self) -> str:
        """Return "sqlite" or "postgresql"."""
        ...

    async def fetch(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Return the query's rows from the latest committed state. Raises DatabaseAwayError."""
        ...

    async def apply(self, writes: Sequence[Write]) -> None:
        """Apply the writes in this order in one transaction, or none of them.

        Raises GuardFailedError where a write touches no row, ConflictError, DatabaseAwayError, UnknownOutcomeError.
        """
        ...

    async def claim(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Run one UPDATE or DELETE … RETURNING in its own transaction; return the rows that it touched.

        Raises ConflictError, DatabaseAwayError.
        """
        ...

    async def execute(self, sql: str, *arguments: Any) -> int:
        """Run one statement of the backend's own SQL in its own transaction; return how many rows it touched."""
        ...

    async def close(self) -> None:
        """Let every connection go."""
        ...


async def fetch_one(database: Database, query: Query[T], /, **parameters: Any) -> T | None:
    """Return the query's first row, or None."""
    rows = await database.fetch(query, **parameters)
    return rows[0] if rows else None
