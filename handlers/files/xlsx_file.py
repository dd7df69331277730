"""XLSX with real numbers and real dates: a sheet for each table, its headings frozen, from right to left in Arabic.

Rows are streamed to the file and not kept: a sheet of any length takes the memory of a row. openpyxl is imported when the
first file is written.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

from handlers.files.table import Cell, Column, ColumnKind, Heading, Table

_LONGEST_TEXT: Final = 32_767
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\\/*?:\[\]]")
_NOT_IN_TEXTS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_NARROWEST, _WIDEST, _MARGIN = 10, 48, 3
_WIDTHS: Final = {
    ColumnKind.TEXT: 24,
    ColumnKind.COUNT: 10,
    ColumnKind.MONEY: 14,
    ColumnKind.SHARE: 10,
    ColumnKind.DAY: 12,
    ColumnKind.MOMENT: 18,
}


class Workbook:
    """A workbook that is being written. Money has ``digits`` decimals, moments are in ``zone``."""

    def __init__(self, *, digits: int, zone: ZoneInfo, is_right_to_left: bool) -> None:
        from openpyxl import Workbook as Book  # heavy: a process that writes no files starts without it

        self._book: Any = Book(write_only=True)
        self._sheet: Any = None
        self._heading: Heading | None = None
        self._zone = zone
        self._digits = digits
        self._is_right_to_left = is_right_to_left
        self._formats = {
            ColumnKind.COUNT: "#,##0",
            ColumnKind.MONEY: "#,##0" + (f".{'0' * digits}" if digits else ""),
            ColumnKind.SHARE: "0.0%",
            ColumnKind.DAY: "yyyy-mm-dd",
            ColumnKind.MOMENT: "yyyy-mm-dd hh:mm",
        }

    def begin(self, heading: Heading, *, widths: Sequence[int] | None = None) -> None:
        """Begin a sheet; what is added goes there from now on."""
        from openpyxl.utils import get_column_letter

        self._sheet = self._book.create_sheet(_sheet_name(heading.name))
        self._heading = heading
        self._sheet.sheet_view.rightToLeft = self._is_right_to_left
        self._sheet.freeze_panes = "A2"
        for place, column in enumerate(heading.columns):
            width = widths[place] if widths is not None else max(_WIDTHS[column.kind], len(column.title) + _MARGIN)
            self._sheet.column_dimensions[get_column_letter(place + 1)].width = width
        self._sheet.append([self._styled(column.title, is_bold=True) for column in heading.columns])

    def add(self, rows: Iterable[Sequence[Cell]], *, is_total: bool = False) -> None:
        """Add rows to the sheet. Raises ValueError where none was begun."""
        if self._heading is None:
            raise ValueError("no sheet was begun")
        for row in rows:
            cells = zip(self._heading.columns, row, strict=True)
            self._sheet.append([self._cell(column, cell, is_bold=is_total) for column, cell in cells])

    def save(self, file: str | IO[bytes]) -> None:
        """Write the file; nothing can be added afterwards."""
        self._book.save(file)

    def _cell(self, column: Column, cell: Cell, *, is_bold: bool) -> Any:
        if cell is None:
            return None
        if isinstance(cell, str):
            return self._styled(cell, is_bold=is_bold)
        value: Any = cell if isinstance(cell, int | float | date) else str(cell)
        if isinstance(cell, datetime):
            value = cell.astimezone(self._zone).replace(tzinfo=None)  # spreadsheets know no zones
        elif column.kind is ColumnKind.MONEY and isinstance(cell, int):
            value = Decimal(cell).scaleb(-self._digits)
        number_format = self._formats.get(column.kind)
        return self._styled(value, is_bold=is_bold, number_format=number_format)

    def _styled(self, value: Any, *, is_bold: bool, number_format: str | None = None) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        text = _NOT_IN_TEXTS.sub("", value)[:_LONGEST_TEXT] if isinstance(value, str) else None
        cell = WriteOnlyCell(self._sheet, value=text if text is not None else value)
        if text is not None:
            cell.data_type = "s"  # whatever it begins with: a name is no formula
            if text.startswith(_FORMULA_SIGNS):
                cell.quotePrefix = True
        if number_format is not None:
            cell.number_format = number_format
        if is_bold:
            cell.font = Font(bold=True)
        return cell


def xlsx_bytes(tables: Iterable[Table], *, digits: int, zone: ZoneInfo, is_right_to_left: bool) -> bytes:
    """Return tables as one workbook, each column as wide as what is in it."""
    book = Workbook(digits=digits, zone=zone, is_right_to_left=is_right_to_left)
    for table in tables:
        book.begin(table.heading, widths=_fitting(table))
        book.add(table.rows)
        book.add([] if table.total is None else [table.total], is_total=True)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fitting(table: Table) -> list[int]:
    return [
        min(max(_NARROWEST, len(column.title), *(_length(column, row[place]) for row in table.all_rows)) + _MARGIN, _WIDEST)
        for place, column in enumerate(table.heading.columns)
    ]


def _length(column: Column, cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else _WIDTHS[column.kind] - _MARGIN


def _sheet_name(name: str) -> str:
    return _NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME].strip("'") or "-"
