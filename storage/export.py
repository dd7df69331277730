"""Every table as rows of text, in pages: for leaving us, or for looking at everything elsewhere.

Pages are asked for by primary key, so that a table of any size needs the memory of one page. Each page sees one moment of
the database, the whole does not: stop the bot for that.
"""

from collections.abc import AsyncIterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from storage.database import Database
from storage.prepared import Query, outside
from storage.tables import metadata

_PAGE_ROWS = 1_000

Row = tuple[Any, ...]


def exported_tables() -> tuple[str, ...]:
    """Return the names of all tables, each after those that it refers to."""
    return tuple(table.name for table in metadata.sorted_tables)


def columns_of(name: str) -> tuple[str, ...]:
    """Return the names of a table's columns, in the order of its rows."""
    return tuple(column.name for column in metadata.tables[name].columns)


async def pages_of(database: Database, name: str, *, page_rows: int = _PAGE_ROWS) -> AsyncIterator[list[list[str]]]:
    """Yield a table's rows as text, page by page; an empty table yields nothing."""
    table = metadata.tables[name]
    first, following = _queries(table)
    places = [list(table.columns).index(column) for column in table.primary_key]
    rows = await database.fetch(first, limit=page_rows)
    while rows:
        yield [[_text(value) for value in row] for row in rows]
        if len(rows) < page_rows:
            return
        after = {f"after_{place}": rows[-1][place] for place in places}
        rows = await database.fetch(following, limit=page_rows, **after)


def _queries(table: sa.Table) -> tuple[Query[Row], Query[Row]]:
    """Return the select of a table's first page, and that of the page after a key."""
    key = list(table.primary_key)
    places = [list(table.columns).index(column) for column in key]
    select = sa.select(table).order_by(*key).limit(outside("limit", sa.Integer()))
    after = [outside(f"after_{place}", column.type) for place, column in zip(places, key, strict=True)]
    is_after = sa.tuple_(*key) > sa.tuple_(*after)
    return Query(select, _row), Query(select.where(is_after), _row)


def _row(*values: Any) -> Row:
    return values


def _text(value: Any) -> str:
    """Return a value as a spreadsheet and a program both read it: ISO 8601, JSON, plain digits; nothing for NULL."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case UUID() | str() | int():
            return str(value)
        case _:
            return orjson.dumps(value).decode()
