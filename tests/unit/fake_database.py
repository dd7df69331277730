"""A database that answers every read with what a test gave it, and keeps the lists of writes."""

from collections.abc import Sequence
from typing import Any, TypeVar

from domain.writes.base import Write
from storage.prepared import Query

T = TypeVar("T")


class FakeDatabase:
    """See ``storage.database.Database``. ``failures`` are raised by the first writes, one each.

    ``after_failure``, where set, is what reads find once a write has failed.
    """

    backend = "sqlite"

    def __init__(self, *rows: Any, failures: Sequence[Exception] = ()) -> None:
        self.rows = list(rows)
        self.after_failure: list[Any] | None = None
        self.applied: list[list[Write]] = []
        self._failures = list(failures)

    async def fetch(self, _query: Query[T], /, **_parameters: Any) -> list[T]:
        """Return the rows."""
        return self.rows

    async def apply(self, writes: Sequence[Write]) -> None:
        """Fail while failures are left, then keep the writes."""
        if self._failures:
            self.rows = self.rows if self.after_failure is None else self.after_failure
            raise self._failures.pop(0)
        self.applied.append(list(writes))

    async def claim(self, _query: Query[T], /, **_parameters: Any) -> list[T]:
        """Nothing that is decided here claims anything."""
        raise NotImplementedError

    async def execute(self, sql: str, *_arguments: Any) -> int:
        """Nothing that is decided here speaks SQL."""
        raise NotImplementedError(sql)

    async def close(self) -> None:
        """Nothing is open."""
