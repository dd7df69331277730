"""What a database's schema consists of, as a set of lines that does not depend on the order of their making.

Read from the database's own catalog, not through SQLAlchemy's reflection, which leaves out the predicates, expressions and
triggers that the invariants stand on.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.postgres_server import run_synchronously

T = TypeVar("T")

_OWN_TABLES = "n.nspname = 'public' AND c.relname <> 'alembic_version'"
_POSTGRESQL = (
    f"""SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
           pg_get_expr(d.adbin, d.adrelid)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND {_OWN_TABLES}""",
    f"""SELECT 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid), k.condeferrable, k.condeferred,
           k.convalidated
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE {_OWN_TABLES}""",
    f"""SELECT 'index', c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE {_OWN_TABLES}""",
    f"""SELECT 'trigger', c.relname, pg_get_triggerdef(t.oid), t.tgenabled
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE NOT t.tgisinternal AND {_OWN_TABLES}""",
    """SELECT 'function', p.proname, pg_get_functiondef(p.oid)
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'""",
)
_SQLITE = "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'"


def on_connection(url: str, work: Callable[[Connection], T]) -> T:
    """Run synchronous work on a connection of its own, and commit."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(make_url(url).set(drivername="sqlite"))
        try:
            with engine.begin() as connection:
                return work(connection)
        finally:
            engine.dispose()
    return run_synchronously(_on_postgresql(url, work))


async def _on_postgresql(url: str, work: Callable[[Connection], T]) -> T:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def dump(url: str) -> set[str]:
    """Return the schema of the database: columns, constraints, indexes, triggers and functions, one line each."""
    return on_connection(url, lambda connection: set(_lines(connection)))


def _lines(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "postgresql":
        for query in _POSTGRESQL:
            yield from (" | ".join(str(value) for value in row) for row in connection.execute(text(query)))
        return
    for row in connection.execute(text(_SQLITE)):
        yield from _sqlite_lines(*row)


def _sqlite_lines(kind: str, table: str, name: str, sql: str) -> Iterator[str]:
    """SQLite keeps the text of what made an object; a table's is taken apart at its commas."""
    if kind != "table":
        yield f"{kind} | {table} | {name} | {_one_line(sql)}"
        return
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    yield from (f"{table} | {part}" for part in _parts(body))
    yield f"{table} | options {_one_line(sql[sql.rindex(')') + 1 :])}"


def _parts(body: str) -> Iterator[str]:
    """Split at the commas that are outside parentheses and quotes."""
    depth, is_quoted, begin = 0, False, 0
    for place, character in enumerate(body):
        if character == "'":
            is_quoted = not is_quoted
        elif not is_quoted and character in "()":
            depth += 1 if character == "(" else -1
        elif not is_quoted and character == "," and depth == 0:
            yield _one_line(body[begin:place])
            begin = place + 1
    yield _one_line(body[begin:])


def _one_line(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def run_statements(url: str, *statements: str) -> None:
    """Change a schema by hand."""

    def run(connection: Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    on_connection(url, run)


def rewrite_sqlite_table(url: str, table: str, old: str, new: str) -> None:
    """Change the text of a table in place, as no ALTER TABLE of SQLite can."""

    def rewrite(connection: Connection) -> Any:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        changed = connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ? AND instr(sql, ?) > 0",
            (old, new, table, old),
        )
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")
        return changed.rowcount

    assert on_connection(url, rewrite) == 1
