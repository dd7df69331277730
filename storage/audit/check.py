"""What a check of the audit is: a name, and a select of the rows that break a rule."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from storage.prepared import Query, outside
from storage.repositories.enrollments import constant

Selection = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One row that is not what the other rows say that it is. ``code`` is stable; amounts are minor units."""

    code: str
    table: str
    id: UUID
    expected: int | str | None
    found: int | str | None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: ``select`` returns id, expected and found of each row of ``table`` that breaks it.

    ``select`` is given a function that narrows a ``center_id`` column to the center that is audited, or to any.
    """

    code: str
    table: str
    select: Callable[[Selection], sa.Select[Any]]


@cache
def prepared(check: Check, *, is_of_one_center: bool) -> Query[Discrepancy]:
    """Return the check's query, over one center (parameter ``center_id``) or over all of them."""
    selection = _of_one_center if is_of_one_center else _of_any_center
    return Query(check.select(selection), partial(_discrepancy, check.code, check.table))


def _discrepancy(code: str, table: str, id_: UUID, expected: Any, found: Any) -> Discrepancy:
    return Discrepancy(code, table, id_, _plain(expected), _plain(found))


def _plain(value: Any) -> int | str | None:
    return value if value is None or isinstance(value, int) else str(value)


def _of_one_center(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return column == outside("center_id", sa.Uuid())


def _of_any_center(_column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.true()


def total(column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """Return the sum of a column as a whole number, 0 over no rows (PostgreSQL sums bigints to numeric)."""
    return sa.cast(sa.func.coalesce(sa.func.sum(column), ZERO), sa.BigInteger())


def or_zero(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Return a column of an outer join, 0 where there is no row."""
    return sa.func.coalesce(column, ZERO)


def among(column: sa.ColumnElement[Any], *values: str) -> sa.ColumnElement[bool]:
    """Return whether a column is one of our own constants."""
    return sa.or_(*(column == constant(value) for value in values))


ZERO: sa.ColumnElement[int] = sa.literal_column("0", sa.BigInteger())
ONE: sa.ColumnElement[int] = sa.literal_column("1", sa.BigInteger())
TWO: sa.ColumnElement[int] = sa.literal_column("2", sa.BigInteger())
NOTHING: sa.ColumnElement[str | None] = sa.literal_column("NULL", sa.Text())
