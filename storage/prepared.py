"""Statements compiled once: SQLAlchemy Core writes the SQL, the raw driver runs it.

Ordinary Core execution costs three times the CPU of the driver's own call; compiling a statement once for each dialect
and binding by position keeps one source for both databases and nearly all of the driver's speed.

Parameters that come from outside are named ``b_<name>`` (a name like a column's would be taken for a value to set).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, Select, bindparam
from sqlalchemy.dialects.postgresql import asyncpg as postgresql_asyncpg
from sqlalchemy.dialects.sqlite import aiosqlite as sqlite_aiosqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.dml import ReturningDelete, ReturningUpdate
from sqlalchemy.types import TypeEngine

from storage.tables.types import DirectType

T = TypeVar("T")
Processor = Callable[[Any], Any]

_PREFIX = "b_"


def outside(name: str, type_: TypeEngine[Any] | None = None) -> BindParameter[Any]:
    """Return the parameter ``name`` that the caller gives."""
    return bindparam(_PREFIX + name, type_=type_)


@cache
def dialect_of(backend: str) -> Dialect:
    """Return the dialect that compiles for the driver of a backend, "sqlite" or "postgresql"."""
    if backend == "sqlite":
        return sqlite_aiosqlite.dialect()
    return postgresql_asyncpg.dialect()


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL for one driver, and how to make its arguments.

    ``names`` are the outside parameters in the order of the placeholders; ``constants`` what the statement itself fixes.
    """

    sql: str
    names: tuple[str | None, ...]
    constants: tuple[Any, ...]
    processors: tuple[Processor | None, ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the driver's arguments from values by name. Raises KeyError for a missing one."""
        return [
            constant if name is None else values[name] if process is None else process(values[name])
            for name, constant, process in zip(self.names, self.constants, self.processors, strict=True)
        ]

    def arguments_of(self, source: type) -> Callable[[Any], tuple[Any, ...]]:
        """Return a fast function from an instance of a dataclass to the driver's arguments."""
        if None in self.names or len(self.names) < 2:  # noqa: PLR2004 -- attrgetter returns a tuple from two names on
            fields = list(getattr(source, "__dataclass_fields__", ()))
            return lambda instance: tuple(self.arguments({name: getattr(instance, name) for name in fields}))
        get = attrgetter(*[name for name in self.names if name is not None])
        processed = [(place, process) for place, process in enumerate(self.processors) if process is not None]
        if not processed:
            return get

        def arguments(instance: Any) -> tuple[Any, ...]:
            values = list(get(instance))
            for place, process in processed:
                values[place] = process(values[place])
            return tuple(values)

        return arguments


def prepare(statement: ClauseElement, backend: str) -> Prepared:
    """Compile a statement for the driver of a backend."""
    dialect = dialect_of(backend)
    compiled: Any = statement.compile(dialect=dialect)
    if "POSTCOMPILE" in compiled.string:
        raise ValueError("an IN list that expands at execution cannot be prepared")
    names: list[str | None] = []
    constants: list[Any] = []
    processors: list[Processor | None] = []
    for key in compiled.positiontup or ():
        bind: BindParameter[Any] = compiled.binds[key]
        process = _bind_processor(bind.type, dialect)
        is_outside = key.startswith(_PREFIX)
        names.append(key.removeprefix(_PREFIX) if is_outside else None)
        processors.append(process)
        value = None if is_outside else bind.effective_value
        constants.append(value if process is None or value is None else process(value))
    return Prepared(compiled.string, tuple(names), tuple(constants), tuple(processors))


def _bind_processor(type_: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    if isinstance(type_, DirectType):
        return type_.driver_bind(dialect.name)
    process: Processor | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return process


def _result_processor(type_: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    if isinstance(type_, DirectType):
        return type_.driver_result(dialect.name)
    process: Processor | None = type_.dialect_impl(dialect).result_processor(dialect, None)
    return process


class Query(Generic[T]):
    """A select and what its rows become: ``row`` takes the columns in order.

    Also an UPDATE or DELETE … RETURNING, for ``Database.claim`` alone.
    """

    def __init__(self, select: Select[Any] | ReturningUpdate[Any] | ReturningDelete[Any], row: Callable[..., T]) -> None:
        self._select = select
        self._row = row
        self._compiled: dict[str, tuple[Prepared, list[tuple[int, Processor]]]] = {}

    def prepared(self, backend: str) -> Prepared:
        """Return the compiled select for a backend."""
        return self._for(backend)[0]

    def rows(self, raw_rows: Any, backend: str) -> list[T]:
        """Turn the driver's rows into what the query promises."""
        processors = self._for(backend)[1]
        rows = []
        for raw in raw_rows:
            values = list(raw)
            for place, process in processors:
                values[place] = process(values[place])
            rows.append(self._row(*values))
        return rows

    def _for(self, backend: str) -> tuple[Prepared, list[tuple[int, Processor]]]:
        found = self._compiled.get(backend)
        if found is None:
            dialect = dialect_of(backend)
            processors = [
                (place, process)
                for place, column in enumerate(self._select.exported_columns)
                if (process := _result_processor(column.type, dialect)) is not None
            ]
            found = self._compiled[backend] = (prepare(self._select, backend), processors)
        return found
