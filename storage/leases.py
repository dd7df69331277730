"""Leases: the right of one process to do what only one may, timed by the database's own clock."""

from typing import Final

from domain.writes.base import ConflictError
from storage.database import Database

_NOW: Final = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"}
_LATER: Final = {
    "postgresql": "clock_timestamp() + make_interval(secs => $3)",
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+' || ? || ' seconds')",
}
_MARKS: Final = {"postgresql": ("$1", "$2"), "sqlite": ("?", "?")}


class StoredLease:
    """A row that one holder at a time has, until it expires or is released."""

    def __init__(self, database: Database, *, name: str, holder: str, duration_seconds: float = 15.0) -> None:
        self._database = database
        self._name = name
        self._holder = holder
        self._duration_seconds = duration_seconds

    @property
    def duration_seconds(self) -> float:
        """How long the right lasts after each successful ``hold``."""
        return self._duration_seconds

    async def hold(self) -> bool:
        """Acquire or renew; False while somebody else has it."""
        backend = self._database.backend
        name, holder = _MARKS[backend]
        sql = (
            f"INSERT INTO leases (name, holder, expires_at) VALUES ({name}, {holder}, {_LATER[backend]}) "
            "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at "
            f"WHERE leases.holder = excluded.holder OR leases.expires_at < {_NOW[backend]}"
        )
        seconds: float | str = self._duration_seconds if backend == "postgresql" else f"{self._duration_seconds:.3f}"
        try:
            return await self._database.execute(sql, self._name, self._holder, seconds) == 1
        except ConflictError:
            return False

    async def release(self) -> None:
        """Give it back. Nothing happens where it is not ours."""
        name, holder = _MARKS[self._database.backend]
        await self._database.execute(
            f"DELETE FROM leases WHERE name = {name} AND holder = {holder}", self._name, self._holder
        )
