"""Brings a database to the current schema, and tells which schema it has."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_ONE_AT_A_TIME = 7_264_001  # the advisory lock under which PostgreSQL is migrated

T = TypeVar("T")


class NewerSchemaError(Exception):
    """The database was migrated by a newer version of the program; the argument is the revision that it has."""


def upgrade(url: str, *, revision: str = "head") -> None:
    """Bring the database at the SQLAlchemy URL to a revision, in one transaction; several processes may call at once.

    Raises NewerSchemaError, ConnectionError.

    Raises OSError where the database cannot be reached. Not to be called inside a running event loop: use a thread there.
    """
    _run(url, lambda connection: _upgrade(connection, revision))


def current_revision(url: str) -> str | None:
    """Return the revision that the database is at, or None where it has no schema."""
    return _run(url, lambda connection: MigrationContext.configure(connection).get_current_revision())


def head_revision() -> str:
    """Return the revision that this version of the program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError("no migrations are installed")
    return head


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    config = _config()
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in {each.revision for each in _revisions(config)}:
        raise NewerSchemaError(current)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _revisions(config: Config) -> list[Script]:
    return list(ScriptDirectory.from_config(config).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _run(url: str, work: Callable[[Connection], T]) -> T:
    if make_url(url).get_backend_name() == "sqlite":
        return _run_on_sqlite(url, work)
    return asyncio.run(_run_on_postgresql(url, work))


@contextmanager
def _reaching() -> Iterator[None]:
    """Turn a refusal to connect (no such database, wrong password, no such folder) into ConnectionError with its reason."""
    try:
        yield
    except DBAPIError as error:
        reason = error.orig.__cause__ if error.orig is not None else None
        raise ConnectionError(str(reason or error.orig)) from None


async def _run_on_postgresql(url: str, work: Callable[[Connection], T]) -> T:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with AsyncExitStack() as opened:
            with _reaching():
                connection = await opened.enter_async_context(engine.connect())
            async with connection.begin():
                return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _run_on_sqlite(url: str, work: Callable[[Connection], T]) -> T:
    engine = create_engine(make_url(url).set(drivername="sqlite"), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _no_implicit_transactions(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # else the driver commits before DDL, and a crash leaves half a migration
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with _reaching():
            connection = engine.connect()
        with connection, connection.begin():
            return work(connection)
    finally:
        engine.dispose()
