"""CSV as spreadsheets and programs both read it: UTF-8 with its mark, plain digits, ISO dates, and no formulas."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Final
from zoneinfo import ZoneInfo

from handlers.files.table import Cell, Column, ColumnKind, Heading, Table

_MARK: Final = "\ufeff"
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class CsvLines:
    """Turns rows into the lines of a file, piece by piece. Money has ``digits`` decimals, moments are in ``zone``."""

    def __init__(self, *, digits: int, zone: ZoneInfo) -> None:
        self._digits = digits
        self._zone = zone

    def head(self, heading: Heading) -> str:
        """Return the line of headings."""
        return _written([[_unformula(column.title) for column in heading.columns]])

    def rows(self, heading: Heading, rows: Iterable[Sequence[Cell]]) -> str:
        """Return rows as lines."""
        columns = heading.columns
        return _written([self._cell(column, cell) for column, cell in zip(columns, row, strict=True)] for row in rows)

    def _cell(self, column: Column, cell: Cell) -> str:
        match cell:
            case None:
                return ""
            case datetime():
                return cell.astimezone(self._zone).isoformat(sep=" ", timespec="seconds")
            case date():
                return cell.isoformat()
            case str():
                return _unformula(cell)
            case int() if column.kind is ColumnKind.MONEY:
                return str(Decimal(cell).scaleb(-self._digits))
            case float():
                return f"{cell:.4f}"
            case _:
                return str(cell)


def csv_bytes(tables: Iterable[Table], *, digits: int, zone: ZoneInfo) -> bytes:
    """Return tables as one file, an empty line between them."""
    lines = CsvLines(digits=digits, zone=zone)
    texts = [lines.head(table.heading) + lines.rows(table.heading, table.all_rows) for table in tables]
    return (_MARK + "\r\n".join(texts)).encode()


def begin_csv() -> bytes:
    """Return what the file begins with, by which spreadsheets know its encoding."""
    return _MARK.encode()


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _unformula(text: str) -> str:
    """Let a spreadsheet take no text for a formula: what somebody calls themselves must not run on an owner's machine."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
