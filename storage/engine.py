"""Opens the database that a URL names."""

from sqlalchemy import make_url

from storage.database import Database
from storage.postgresql import PostgresqlDatabase
from storage.sqlite import SqliteDatabase


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
