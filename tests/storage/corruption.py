"""Puts wrong rows into a database behind the product's back: constraints and triggers out of the way, then raw SQL."""

import contextlib
import sqlite3
from collections.abc import Sequence

import asyncpg
from sqlalchemy.engine import make_url

from tests.postgres_server import driver_url


async def corrupt(url: str, statements: Sequence[str]) -> None:
    """Run statements that the schema would refuse. The database is for reading afterwards: its guards are gone."""
    if make_url(url).get_backend_name() == "sqlite":
        _corrupt_sqlite(url, statements)
    else:
        await _corrupt_postgresql(url, statements)


def _corrupt_sqlite(url: str, statements: Sequence[str]) -> None:
    with contextlib.closing(sqlite3.connect(str(make_url(url).database), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement


async def _corrupt_postgresql(url: str, statements: Sequence[str]) -> None:
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        await connection.execute("SET session_replication_role = replica")  # neither triggers nor foreign keys
        checks = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
        for table, check in await connection.fetch(checks):
            await connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{check}"')
        for statement in statements:
            assert not (await connection.execute(statement)).endswith(" 0"), statement
    finally:
        await connection.close()
