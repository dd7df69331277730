"""Lengths of time that rows hold: an instant so many minutes before another, computed by the database."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.tables.types import Instant


class minutes_before(FunctionElement[Any]):  # noqa: N801 -- reads as the function that it is
    """``minutes_before(sessions.c.starts_at, classes.c.cancellation_window_minutes)``."""

    type = Instant()
    inherit_cache = True


@compiles(minutes_before, "postgresql")
def _on_postgresql(element: minutes_before, compiler: SQLCompiler, **options: Any) -> str:
    instant, minutes = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({instant} - make_interval(mins => {minutes}))"


@compiles(minutes_before, "sqlite")
def _on_sqlite(element: minutes_before, compiler: SQLCompiler, **options: Any) -> str:
    instant, minutes = (compiler.process(clause, **options) for clause in element.clauses)
    return f"strftime('%Y-%m-%dT%H:%M:%f000Z', {instant}, '-' || {minutes} || ' minutes')"
