"""An owner reads reports in the chat: of any days, as words, as a picture, as files."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from domain.reports.exporting import FileFormat
from domain.reports.figures import Report
from domain.reports.period import ReportPeriod
from domain.sessions.calendar import Month
from handlers.buttons.reports import (
    ChoosePeriod,
    OpenReport,
    OpenReports,
    PickFirstDay,
    PickLastDay,
    SendReportChart,
    SendReportFile,
)
from handlers.callback_data import encode
from handlers.callback_reports import Chosen
from tests.builders.reports import reckoned_evening
from tests.conversations.phone import Person
from tests.conversations.received import file_after, received_files
from tests.conversations.studio import Studio
from tests.factories import sql_id

NOVEMBER = ReportPeriod(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
async def tarek(closed_studio: Studio, studio: Studio) -> Person:
    """The admin, after an evening that can be reckoned by hand."""
    await reckoned_evening(closed_studio.world)
    tarek = studio.phone("tarek")
    await tarek.starts()
    return tarek


def sheet(content: bytes, name: str | None = None) -> Any:
    book = load_workbook(BytesIO(content))
    return book[name] if name is not None else book.worksheets[0]


class TestReading:
    async def test_revenue_is_three_taps_from_home(self, tarek: Person) -> None:
        await tarek.taps("📊 Reports")
        await tarek.reads("Reports · Nile Studio", "This month · November 2026")
        await tarek.taps("Revenue by class")
        await tarek.reads("Earned: EGP 348.33", "Karate: earned EGP 75, collected EGP 50", "Top-ups, for no class yet")

    async def test_every_report_can_be_opened(self, tarek: Person) -> None:
        await tarek.says("/reports")
        for label, found in (
            ("by method", "Cash: earned EGP 130"),
            ("by branch", "Zamalek: earned EGP 75, collected EGP 50"),
            ("by teacher", "Salma Nabil: earned EGP 348.33"),
            ("Cash reconciliation", "Mon 23 Nov, Maadi: ✅ matched, EGP 80 of EGP 80"),
            ("Attendance", "Ballet I: 75%, 3 heads on 4 seats"),
            ("No-shows", "Karate: 1 of 2 did not come, 50%; 0 cancelled late"),
            ("Who stopped coming", "0 people came at least 2×"),
            ("Owed to students", "credits not used yet"),
            ("Measures", "Revenue protection: 100% (2 of 2)"),
        ):
            await tarek.taps(label)
            await tarek.reads(found)
            await tarek.taps("◀️ Reports")
            await tarek.reads("What would you like to see?")

    async def test_days_are_chosen_by_tapping(self, tarek: Person) -> None:
        await tarek.says("/reports")
        await tarek.taps("by branch")
        await tarek.taps("📅 This month")
        await tarek.reads("Of which days?")
        await tarek.taps("Yesterday")
        await tarek.reads("Yesterday · Sun 22 Nov", "There is nothing in this period.")
        await tarek.taps("▶️")
        await tarek.reads("Today · Mon 23 Nov", "Zamalek: earned EGP 75")
        await tarek.taps("📅 Today")
        await tarek.taps("From … to …")
        await tarek.reads("From which day?")
        await tarek.taps("22")
        await tarek.reads("From Sun 22 Nov, until which day?")
        await tarek.taps("23")
        await tarek.reads("22 Nov – 23 Nov", "Zamalek: earned EGP 75")
        await tarek.taps("◀️")
        await tarek.reads("20 Nov – 21 Nov", "There is nothing in this period.")

    async def test_who_stopped_coming_leads_to_their_card(self, studio: Studio, tarek: Person) -> None:
        await studio.driver.post("clock", advance_minutes=60 * 24 * 8)
        await tarek.says("/reports")
        await tarek.taps("Who stopped coming")
        await tarek.taps("📅 This month")
        await tarek.taps("This week")
        await tarek.taps("1×")
        await tarek.reads("4 people came at least 1× in the period before", "4 of them did not")
        await tarek.taps("Omar Khaled · 1×")
        await tarek.reads("👤 Omar Khaled")


class TestFiles:
    async def test_xlsx_has_real_numbers_and_frozen_headings(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/reports")
        await tarek.taps("Revenue by class")
        file = await file_after(studio, tarek, "Excel")
        assert file.file_name == "revenue-by-class-2026-11-01-2026-11-30.xlsx"
        found = sheet(file.content)
        assert [cell.value for cell in found[1]] == ["What", "Earned", "Collected"]
        assert [cell.value for cell in found[3]] == ["Karate", 75, 50]
        assert (found["B3"].number_format, found.freeze_panes) == ("#,##0.00", "A2")
        assert found["A5"].value == "Total"
        assert found["B5"].value == pytest.approx(348.33)
        assert not found.sheet_view.rightToLeft

    async def test_dates_are_dates(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/reports")
        await tarek.taps("Cash reconciliation")
        found = sheet((await file_after(studio, tarek, "Excel")).content)
        assert (found["B2"].value, found["B2"].number_format) == (datetime(2026, 11, 23), "yyyy-mm-dd")  # noqa: DTZ001
        assert found["F2"].value == "✅ matched"

    async def test_csv_is_the_same(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/reports")
        await tarek.taps("Revenue by class")
        file = await file_after(studio, tarek, "CSV")
        rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
        assert rows[0] == ["What", "Earned", "Collected"]
        assert rows[2] == ["Karate", "75.00", "50.00"]

    async def test_names_are_no_formulas(self, studio: Studio, tarek: Person) -> None:
        await studio.database.execute("""UPDATE classes SET title = '=HYPERLINK("http://evil")' WHERE title = 'Karate'""")
        await tarek.says("/reports")
        await tarek.taps("Revenue by class")
        cell = sheet((await file_after(studio, tarek, "Excel")).content)["A3"]
        assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://evil")')
        rows = list(csv.reader(StringIO((await file_after(studio, tarek, "CSV")).content.decode("utf-8-sig"))))
        assert rows[2][0] == """'=HYPERLINK("http://evil")"""

    async def test_in_arabic_sheets_run_from_right_to_left(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/language")
        await tarek.taps("العربية")
        await tarek.says("/reports")
        await tarek.taps("الإيرادات حسب الحصة")
        await tarek.reads("المكتسب", "Karate")
        found = sheet((await file_after(studio, tarek, "Excel")).content)
        assert found.sheet_view.rightToLeft
        assert found["B1"].value == "المكتسب"

    async def test_in_arabic_cash_days_are_judged_in_arabic(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/language")
        await tarek.taps("العربية")
        await tarek.says("/reports")
        await tarek.taps("مطابقة النقدية")
        rows = list(csv.reader(StringIO((await file_after(studio, tarek, "CSV")).content.decode("utf-8-sig"))))
        assert {row[5] for row in rows[1:]} == {"✅ مطابق"}

    async def test_chart_comes_with_the_words_below_it(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/reports")
        for label in ("Revenue by method", "Attendance", "Measures", "Owed to students"):
            await tarek.taps(label)
            file = await file_after(studio, tarek, "Chart")
            assert file.mime_type == "image/png"
            below = await tarek.reads(label.partition(" ")[0], "Nile Studio")
            assert "\n\n\n" not in below
            await tarek.says("/reports")


class TestReach:
    @pytest.mark.parametrize("who", ["hana", "mona", "jack"])
    async def test_nobody_else_knows_of_it(self, studio: Studio, tarek: Person, who: str) -> None:
        person = studio.phone(who)
        await person.starts()
        assert not [label for label in await person.labels() if "Report" in label]
        assert "reports" not in (await person.view()).commands
        chosen = Chosen(Report.CLASS, NOVEMBER)
        for data in (
            OpenReports(),
            OpenReport(chosen),
            OpenReport(Chosen(None, NOVEMBER)),
            SendReportChart(chosen),
            SendReportFile(chosen, FileFormat.XLSX),
            ChoosePeriod(chosen),
            PickFirstDay(chosen, None),
            PickLastDay(chosen, Month(2026, 11), NOVEMBER.first),
        ):
            await person.forges(encode(data))
            text = (await person.screen()).text
            assert "Earned" not in text
            assert "Of which days" not in text
        await person.says("/reports")
        assert "What would you like to see" not in (await person.screen()).text
        assert received_files(studio) == []

    async def test_forged_choices_are_answered_and_no_fault(
        self, studio: Studio, tarek: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        far = ReportPeriod(date(2120, 12, 1), date(2120, 12, 31))
        for data in (
            OpenReport(Chosen(Report.RETENTION, NOVEMBER, least=255, page=255)),
            OpenReport(Chosen(Report.RETENTION, ReportPeriod(date(2020, 1, 1), date(2020, 1, 1)), least=0)),
            OpenReport(Chosen(Report.METHOD, far)),
            PickFirstDay(Chosen(Report.METHOD, far), Month(7000, 1)),
            PickLastDay(Chosen(None, far), Month(7000, 1), date(2199, 1, 1)),
            SendReportFile(Chosen(None, NOVEMBER), FileFormat.CSV),
            SendReportChart(Chosen(Report.CLASS, far)),
        ):
            await tarek.forges(encode(data))
        assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []

    async def test_a_branch_of_another_center_is_not_in_it(self, studio: Studio, tarek: Person) -> None:
        elsewhere = sql_id(studio.cast.elsewhere.branch.id)
        await studio.database.execute(f"UPDATE branches SET name = 'Luxor' WHERE id = '{elsewhere}'")
        await tarek.says("/reports")
        await tarek.taps("by branch")
        assert "Luxor" not in await tarek.reads("Maadi")
