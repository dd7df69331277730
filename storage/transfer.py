"""Carries a whole database to another, empty one: how a studio grows from SQLite to PostgreSQL.

Every table is read in one snapshot and copied in one transaction, foreign keys, CHECKs and the journal's triggers in force:
what arrives is sound or does not arrive.
"""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlalchemy import make_url

from storage.prepared import Query, prepare
from storage.tables import metadata
from storage.tables.types import Document

_FETCHED_AT_ONCE = 1_000


class TransferError(Exception):
    """The database cannot be carried over; the message says why, and nothing was written."""


def tables_in_order() -> list[sa.Table]:
    """Return every table, referenced ones first; postings before the entries that seal them."""
    tables = list(metadata.sorted_tables)
    postings, entries = metadata.tables["postings"], metadata.tables["entries"]
    tables.remove(postings)
    tables.insert(tables.index(entries), postings)
    return tables


async def transfer(source_url: str, target_url: str) -> dict[str, int]:
    """Copy the SQLite database at one URL into the empty, migrated PostgreSQL at the other; return the rows by table.

    The source must not be written to meanwhile: stop the bot first. Raises TransferError, OSError.
    """
    source_path = make_url(source_url).database
    if make_url(source_url).get_backend_name() != "sqlite" or not source_path:
        raise TransferError("only SQLite can be moved from")
    dsn = make_url(target_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with sqlite3.connect(f"file:{source_path}?mode=ro", uri=True, isolation_level=None) as source:
        source.execute("BEGIN")
        target = await asyncpg.connect(dsn, server_settings={"timezone": "UTC"})
        try:
            async with target.transaction():
                return {table.name: await _copy(source, target, table) for table in tables_in_order()}
        finally:
            await target.close()


async def _copy(source: sqlite3.Connection, target: Any, table: sa.Table) -> int:
    if await target.fetchval(f'SELECT EXISTS (SELECT 1 FROM "{table.name}")'):
        raise TransferError(f"the target is not empty: table {table.name} has rows")
    columns = [column.name for column in table.columns]
    status: str = await target.copy_records_to_table(table.name, records=_records(source, table), columns=columns)
    return int(status.rsplit(" ", 1)[-1])


async def _records(source: sqlite3.Connection, table: sa.Table) -> AsyncIterator[tuple[Any, ...]]:
    for record in _rows(source, table):
        yield record


def _rows(source: sqlite3.Connection, table: sa.Table) -> Iterator[tuple[Any, ...]]:
    select = sa.select(*table.columns)
    query: Query[tuple[Any, ...]] = Query(select, lambda *values: values)
    cursor = source.execute(prepare(select, "sqlite").sql)
    to_document = {place for place, column in enumerate(table.columns) if _is_document(column)}
    while raw_rows := cursor.fetchmany(_FETCHED_AT_ONCE):
        for raw, row in zip(raw_rows, query.rows(raw_rows, "sqlite"), strict=True):
            yield tuple(raw[place] if place in to_document else value for place, value in enumerate(row))


def _is_document(column: sa.Column[Any]) -> bool:
    """Whether the column holds JSON, which both drivers take as the text that it is."""
    return isinstance(column.type, Document)
