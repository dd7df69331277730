"""Opens the database that a URL names."""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from storage.database import Database
from storage.postgresql import PostgresqlDatabase
from storage.sqlite import SqliteDatabase


def check_url(url: str) -> None:
    """Raise ValueError, saying what is expected, where a URL names no database that we speak to."""
    expected = "it begins with sqlite+aiosqlite:/// or postgresql+asyncpg://"
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError(expected) from error
    if parsed.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
        raise ValueError(expected)
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise ValueError("SQLite needs a file, e.g. sqlite+aiosqlite:///rollcall.db")


def open_database(url: str, *, pool_size: int = 8) -> Database:
    """Return the database at a SQLAlchemy URL; connections are made when they are first needed.

    Raises ValueError for a backend other than SQLite and PostgreSQL.
    """
    match make_url(url).get_backend_name():
        case "sqlite":
            return SqliteDatabase(url)
        case "postgresql":
            return PostgresqlDatabase(url, pool_size=pool_size)
        case other:
            raise ValueError(f"{other} is not supported: use sqlite+aiosqlite or postgresql+asyncpg")
