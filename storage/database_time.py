"""The database's own time in statements: what leases, backoff and retries go by, whatever the business clock says.

The form on SQLite is that of ``Instant`` (six digits after the point), so that both sort as time does.
"""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.tables.types import Instant


class database_now(FunctionElement[Any]):  # noqa: N801 -- reads as the function that it is
    """The present instant of the database."""

    type = Instant()
    inherit_cache = True


class database_later(FunctionElement[Any]):  # noqa: N801 -- reads as the function that it is
    """``database_later(outside("seconds", sa.Double()))``: the database's instant so many seconds from now, or before."""

    type = Instant()
    inherit_cache = True


@compiles(database_now, "postgresql")
def _now_on_postgresql(_element: database_now, _compiler: SQLCompiler, **_options: Any) -> str:
    return "statement_timestamp()"  # stable, unlike the clock's: an index can be searched by it


@compiles(database_now, "sqlite")
def _now_on_sqlite(_element: database_now, _compiler: SQLCompiler, **_options: Any) -> str:
    return "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')"


@compiles(database_later, "postgresql")
def _later_on_postgresql(element: database_later, compiler: SQLCompiler, **options: Any) -> str:
    return f"clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **options)})"


@compiles(database_later, "sqlite")
def _later_on_sqlite(element: database_later, compiler: SQLCompiler, **options: Any) -> str:
    return (
        f"strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', printf('%+.3f seconds', {compiler.process(element.clauses, **options)}))"
    )
