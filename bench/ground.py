"""Databases to measure on: filled once, and copied for each round, so that every round begins from the same state."""

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import asyncpg
import uvloop
from sqlalchemy import make_url

from bench.scale import Scale
from storage.database import Database
from storage.engine import open_database
from storage.migrate import upgrade
from tests.postgres_server import driver_url, postgres_server, temporary_database

T = TypeVar("T")
Fill = Callable[[Database, Scale], Awaitable[T]]

BACKENDS = ("sqlite", "postgresql")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run on a fresh uvloop, the event loop that the bot runs on."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(coroutine)


@dataclass(frozen=True, slots=True)
class Template(Generic[T]):
    """A filled database that nobody is connected to, and what is in it."""

    url: str
    contents: T


class Ground:
    """Where a run's databases are: a server of its own with every promise of a commit kept, and a folder for SQLite."""

    def __init__(self, scale: Scale, *, server_url: str | None = None) -> None:
        self.scale = scale
        self._given_server_url = server_url
        self._server_url: str | None = None
        self._folder = Path()
        self._files = 0
        self._templates: dict[tuple[str, str], Template[Any]] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Make the folder; the server is started when it is first needed."""
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="rollcall-bench-")))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove everything."""
        self._stack.close()

    def server_url(self) -> str:
        """Return the URL of the PostgreSQL server."""
        if self._server_url is None:
            self._server_url = self._given_server_url or self._stack.enter_context(postgres_server(durable=True))
        return self._server_url

    def template(self, backend: str, fill: Fill[T]) -> Template[T]:
        """Return a migrated database that ``fill`` has filled; the same one for the same function."""
        key = (backend, fill.__qualname__)
        if key not in self._templates:
            url = self._stack.enter_context(self.new_database(backend))
            self._templates[key] = Template(url, run(self._filled(url, fill)))
            _settle(url)
        return self._templates[key]

    @contextlib.contextmanager
    def copy_of(self, template: Template[T]) -> Iterator[str]:
        """Yield the URL of a copy of a template, which goes afterwards."""
        original = make_url(template.url)
        if original.get_backend_name() == "postgresql":
            with temporary_database(self.server_url(), template=original.database) as url:
                yield url
            return
        with self._new_file() as path:
            shutil.copyfile(str(original.database), path)
            yield f"sqlite+aiosqlite:///{path}"

    def new_folder(self) -> Path:
        """Return an empty folder for the files of one process or another."""
        return Path(tempfile.mkdtemp(dir=self._folder))

    @contextlib.contextmanager
    def new_database(self, backend: str) -> Iterator[str]:
        """Yield the URL of a migrated, empty database, which goes afterwards."""
        if backend == "postgresql":
            with temporary_database(self.server_url()) as url:
                upgrade(url)
                yield url
            return
        with self._new_file() as path:
            url = f"sqlite+aiosqlite:///{path}"
            upgrade(url)
            yield url

    @contextlib.contextmanager
    def _new_file(self) -> Iterator[Path]:
        self._files += 1
        path = self._folder / f"{self._files}.db"
        yield path
        for left in self._folder.glob(f"{path.name}*"):
            left.unlink()

    async def _filled(self, url: str, fill: Fill[T]) -> T:
        database = open_database(url)
        try:
            contents = await fill(database, self.scale)
            if database.backend == "postgresql":
                await _vacuum(url)
            return contents
        finally:
            await database.close()


async def _vacuum(url: str) -> None:
    """Do what autovacuum would have come round to."""
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


def _settle(url: str) -> None:
    """Put all of a SQLite database into its one file, so that the file is all there is to copy."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        with contextlib.closing(sqlite3.connect(str(parts.database))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
