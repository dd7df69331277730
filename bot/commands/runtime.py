"""What commands share: an event loop, the database of the settings, a schema that is current."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import uvloop

from bot.settings import Settings, SettingsError
from storage.database import Database
from storage.engine import open_database
from storage.inspection import UnreadableDatabaseError, inspect_database
from storage.migrate import NewerSchemaError, current_revision, head_revision, upgrade
from storage.replica import ReplicaReads

T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on a fast event loop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def require_schema(settings: Settings, *, must_exist: bool = False) -> None:
    """Bring SQLite to the current schema; on PostgreSQL, refuse one that is not.

    Somebody's PostgreSQL is migrated when they say so, with `rollcall migrate`: several machines may be using it.
    ``must_exist`` is for commands that only read: a SQLite file that is not there is refused, not made, as a new and
    empty one would seem a good backup.
    """
    url = settings.database_url
    if must_exist and url.startswith("sqlite"):
        _require_file(url)
    try:
        if url.startswith("sqlite"):
            upgrade(url)
            return
        current = current_revision(url)
    except OSError as error:
        raise SettingsError(f"The database cannot be reached ({error}): check ROLLCALL_DATABASE_URL.") from None
    except NewerSchemaError as error:
        raise newer_schema(error) from None
    if current != head_revision():
        raise SettingsError(
            f"The database has schema {current or 'none'}, this version needs {head_revision()}: run `rollcall migrate`."
        )


def _require_file(url: str) -> None:
    try:
        state = inspect_database(url)
    except UnreadableDatabaseError as error:
        raise SettingsError(f"The database cannot be read ({error}): check ROLLCALL_DATABASE_URL.") from None
    if not state.is_there:
        raise SettingsError(f"There is no database {state.file}: check ROLLCALL_DATABASE_URL.")


def newer_schema(error: NewerSchemaError) -> SettingsError:
    """Return what to say of a database that a newer version has migrated: there is no way back but that version."""
    return SettingsError(f"The database has schema {error}, made by a newer version of Rollcall: install that one again.")


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Database]:
    """Yield the settings' database, and let it go afterwards."""
    database = open_database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def reads_of(settings: Settings, database: Database) -> AsyncIterator[Database]:
    """Yield what lists and sums are read from: the settings' replica, where they name one, else the database itself."""
    if settings.database_replica_url is None:
        yield database
        return
    if database.backend != "postgresql":
        raise SettingsError(
            "ROLLCALL_DATABASE_REPLICA_URL follows a PostgreSQL, but ROLLCALL_DATABASE_URL is none: remove it."
        )
    reads = ReplicaReads(database, open_database(settings.database_replica_url))
    try:
        yield reads
    finally:
        await reads.close()
