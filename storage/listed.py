"""Whether a value is among those of a list that the caller gives (one parameter, however long), or that a select finds.

A prepared statement cannot hold an ``IN`` list that expands when it is executed; PostgreSQL takes an array, SQLite a JSON
document that it unfolds once.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.tables.types import DirectType


class TextList(TypeDecorator[Sequence[str]], DirectType):
    """Texts as one parameter: ``text[]`` on PostgreSQL, a JSON array on SQLite."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use an array where there are arrays."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(sa.Text()))
        return dialect.type_descriptor(sa.Text())

    def driver_bind(self, backend: str) -> Callable[[Any], Any] | None:
        """PostgreSQL's driver takes lists, SQLite gets JSON."""
        return None if backend == "postgresql" else _as_json

    def driver_result(self, backend: str) -> Callable[[Any], Any] | None:  # noqa: ARG002 -- the same for both
        """Lists are only ever given, never selected."""
        return None


class IdList(TypeDecorator[Sequence[UUID]], DirectType):
    """Ids as one parameter: ``uuid[]`` on PostgreSQL, a JSON array of their digits on SQLite."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use an array where there are arrays."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(sa.Uuid()))
        return dialect.type_descriptor(sa.Text())

    def driver_bind(self, backend: str) -> Callable[[Any], Any] | None:
        """PostgreSQL's driver takes lists, SQLite gets JSON."""
        return None if backend == "postgresql" else _ids_as_json

    def driver_result(self, backend: str) -> Callable[[Any], Any] | None:  # noqa: ARG002 -- the same for both
        """Lists are only ever given, never selected."""
        return None


def _ids_as_json(ids: Sequence[UUID] | None) -> str | None:
    return None if ids is None else orjson.dumps([id_.hex for id_ in ids]).decode()


def _as_json(texts: Sequence[str] | None) -> str | None:
    return None if texts is None else orjson.dumps(list(texts)).decode()


class is_listed(FunctionElement[bool]):  # noqa: N801 -- reads as the function that it is
    """``is_listed(column, outside("names", TextList()))``: true for a value of the column that the list names."""

    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002 -- SQLAlchemy's signature
        """Stand in a condition as it is: SQLite, which has no booleans, would get ``= 1`` behind it, and use no index."""
        return self


@compiles(is_listed, "postgresql")
def _on_postgresql(element: is_listed, compiler: SQLCompiler, **options: Any) -> str:
    value, texts = element.clauses
    return f"{compiler.process(value, **options)} = ANY ({compiler.process(texts, **options)})"


@compiles(is_listed, "sqlite")
def _on_sqlite(element: is_listed, compiler: SQLCompiler, **options: Any) -> str:
    value, texts = element.clauses
    return f"{compiler.process(value, **options)} IN (SELECT value FROM json_each({compiler.process(texts, **options)}))"


class is_claimed(FunctionElement[bool]):  # noqa: N801 -- reads as the function that it is
    """``is_claimed(table.c.id, sa.select(few.c.id).scalar_subquery())``: true for the few ids that a bounded select finds.

    PostgreSQL cannot know how few a LIMIT that is a parameter leaves: to ``IN`` it would read the whole table beside them.
    """

    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002 -- SQLAlchemy's signature
        """Stand in a condition as it is, as ``is_listed`` does."""
        return self


@compiles(is_claimed, "postgresql")
def _claimed_on_postgresql(element: is_claimed, compiler: SQLCompiler, **options: Any) -> str:
    value, few = element.clauses
    return f"{compiler.process(value, **options)} = ANY (ARRAY{compiler.process(few, **options)})"


@compiles(is_claimed, "sqlite")
def _claimed_on_sqlite(element: is_claimed, compiler: SQLCompiler, **options: Any) -> str:
    value, few = element.clauses
    return f"{compiler.process(value, **options)} IN {compiler.process(few, **options)}"
