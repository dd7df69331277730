"""What a database is like, looked at from outside: nothing is made or changed by looking."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from storage.migrate import current_revision


class UnreadableDatabaseError(Exception):
    """The database cannot be looked at; the message says why, without its address."""


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """``revision`` is None where there is no schema yet. ``file`` and ``journal_mode`` are SQLite's alone."""

    revision: str | None
    file: Path | None = None
    is_there: bool = True
    journal_mode: str | None = None


def inspect_database(url: str) -> DatabaseState:
    """Look at the database at a URL. Not to be called inside a running event loop. Raises UnreadableDatabaseError."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _inspect_sqlite(Path(parsed.database or ""))
    try:
        return DatabaseState(current_revision(url))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError) as error:
        raise UnreadableDatabaseError(f"{type(error).__name__}") from error


def _inspect_sqlite(file: Path) -> DatabaseState:
    if not file.exists():
        return DatabaseState(None, file, is_there=False)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            journal_mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
            has_schema = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if has_schema else None
    except sqlite3.Error as error:
        raise UnreadableDatabaseError(str(error)) from error
    return DatabaseState(found[0] if found else None, file, journal_mode=journal_mode)
