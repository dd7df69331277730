import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from handlers.files.csv_file import csv_bytes
from handlers.files.table import Cell, Column, ColumnKind, Heading, Table
from handlers.files.xlsx_file import xlsx_bytes
from tests.factories import ZONE

KINDS = (ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.MONEY, ColumnKind.SHARE, ColumnKind.DAY, ColumnKind.MOMENT)
HEADING = Heading("Sheet: one/two", tuple(Column(kind.value.title(), kind) for kind in KINDS))
ROW: tuple[Cell, ...] = ("Mona", 3, 12_345, 0.25, date(2026, 11, 25), datetime(2026, 11, 25, 16, 0, tzinfo=UTC))


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table(HEADING, rows)


def as_csv(found: Table, *, digits: int = 2) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_bytes([found], digits=digits, zone=ZONE).decode("utf-8-sig"))))


def as_sheet(found: Table, *, digits: int = 2) -> Any:
    content = xlsx_bytes([found], digits=digits, zone=ZONE, is_right_to_left=False)
    return load_workbook(BytesIO(content)).active


class TestCsv:
    def test_numbers_are_plain_and_moments_local(self) -> None:
        assert as_csv(table(ROW))[1] == ["Mona", "3", "123.45", "0.2500", "2026-11-25", "2026-11-25 18:00:00+02:00"]

    def test_money_has_the_decimals_of_its_currency(self) -> None:
        assert as_csv(table(ROW), digits=0)[1][2] == "12345"
        assert as_csv(table(ROW), digits=3)[1][2] == "12.345"

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
    def test_text_is_no_formula(self, text: str) -> None:
        assert as_csv(table((text, *ROW[1:])))[1][0] == f"'{text}"

    def test_nothing_is_an_empty_cell_and_a_debt_stays_a_number(self) -> None:
        assert as_csv(table((None, None, -500, None, None, None)))[1] == ["", "", "-5.00", "", "", ""]


class TestXlsx:
    def test_cells_are_what_they_are(self) -> None:
        found = as_sheet(table(ROW))
        assert [cell.value for cell in found[2]] == [
            "Mona",
            3,
            123.45,
            0.25,
            datetime(2026, 11, 25),  # noqa: DTZ001 -- spreadsheets know no zones
            datetime(2026, 11, 25, 18, 0),  # noqa: DTZ001
        ]
        formats = [cell.number_format for cell in found[2]]
        assert formats == ["General", "#,##0", "#,##0.00", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
    def test_text_is_no_formula(self, text: str) -> None:
        cell = as_sheet(table((text, *ROW[1:])))["A2"]
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)

    def test_headings_are_frozen_and_bold_and_columns_fit(self) -> None:
        found = as_sheet(table(("A name that is longer than a heading", *ROW[1:])))
        assert (found.freeze_panes, found["A1"].font.bold, found["A2"].font.bold) == ("A2", True, False)
        assert found.column_dimensions["A"].width > found.column_dimensions["B"].width

    def test_names_and_texts_that_cannot_be_in_a_workbook_do_no_harm(self) -> None:
        found = as_sheet(table(("a\x00b\x0bc\ud7ff", *ROW[1:])))
        assert found.title == "Sheet  one two"
        assert found["A2"].value == "abc\ud7ff"
