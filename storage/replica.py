"""A database whose long reads go to a copy: reports, exports, histories and calendars, while bookings go on elsewhere.

A copy follows a moment behind. What decides, and what a person has just done, is therefore read from the database itself;
only lists and sums, which are a moment old as soon as they are on a screen, are read through this.
"""

import logging
from collections.abc import Sequence
from typing import Any, TypeVar

from domain.writes.base import ConflictError, DatabaseAwayError, Write
from storage.database import Database
from storage.prepared import Query

T = TypeVar("T")

_LOGGER = logging.getLogger(__name__)


class ReplicaReads:
    """See ``storage.database.Database``. While the copy cannot be reached, the database itself is read."""

    __slots__ = ("_database", "_is_away", "_replica")

    def __init__(self, database: Database, replica: Database) -> None:
        self._database = database
        self._replica = replica
        self._is_away = False

    @property
    def backend(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self._database.backend

    async def fetch(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Return the query's rows from the copy.

        A copy that cannot be reached, or had to give the query up for what it has to catch up with, is passed over.
        """
        try:
            rows = await self._replica.fetch(query, **parameters)
        except (DatabaseAwayError, ConflictError) as fault:
            if not self._is_away:
                _LOGGER.warning("The replica cannot be read (%s): its database is, meanwhile.", type(fault).__name__)
            self._is_away = True
            return await self._database.fetch(query, **parameters)
        if self._is_away:
            _LOGGER.info("The replica is read again.")
        self._is_away = False
        return rows

    async def apply(self, writes: Sequence[Write]) -> None:
        """Apply the writes to the database itself."""
        await self._database.apply(writes)

    async def claim(self, query: Query[T], /, **parameters: Any) -> list[T]:
        """Run the statement on the database itself."""
        return await self._database.claim(query, **parameters)

    async def execute(self, sql: str, *arguments: Any) -> int:
        """Run the statement on the database itself."""
        return await self._database.execute(sql, *arguments)

    async def close(self) -> None:
        """Let the copy's connections go; the database is somebody else's."""
        await self._replica.close()
