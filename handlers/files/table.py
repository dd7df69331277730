"""A table before it is a file: what its columns are called, what kind of value is in each, and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

Cell = str | int | float | date | datetime | UUID | None


class ColumnKind(StrEnum):
    """What is in a column. Money is in minor units, shares are parts of 1, moments are aware instants."""

    TEXT = "TEXT"
    COUNT = "COUNT"
    MONEY = "MONEY"
    SHARE = "SHARE"
    DAY = "DAY"
    MOMENT = "MOMENT"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True)
class Heading:
    """What a table is called, and its columns."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table; ``total`` is its last row, where it adds up to something."""

    heading: Heading
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None

    @property
    def all_rows(self) -> Sequence[Sequence[Cell]]:
        """The rows with the total."""
        return self.rows if self.total is None else (*self.rows, self.total)
