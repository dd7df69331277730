"""An owner takes data out: ordered by a tap, sent by the worker."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from domain.ids import new_id
from domain.reports.exporting import ExportKind, FileFormat
from handlers.buttons.reports import ExportNow, OpenExports
from handlers.callback_data import encode
from handlers.callback_reports import Chosen
from tests.conversations.received import received_files
from tests.conversations.studio import Studio
from tests.conversations.test_reports import NOVEMBER


class TestExports:
    async def test_come_as_files_with_progress_in_one_message(self, studio: Studio) -> None:
        tarek = studio.phone("tarek")
        await tarek.says("/reports")
        await tarek.taps("📤 Exports")
        await tarek.reads("Exports · Nile Studio", "November 2026")
        tapped = await tarek.taps("💳 Payments · CSV")
        assert tapped.text == "The file is being written, and comes here ✅"
        await tarek.reads("✅ Payments, November 2026: 6 rows")
        (file,) = received_files(studio)
        assert file.file_name == "payments-2026-11-01-2026-11-30.csv"
        rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
        assert rows[0][:2] == ["Begun at", "Name"]
        assert "Mona Adel" in {row[1] for row in rows}

    async def test_of_the_journal_open_as_a_workbook(self, studio: Studio) -> None:
        tarek = studio.phone("tarek")
        await tarek.says("/reports")
        await tarek.taps("📤 Exports")
        await tarek.taps("📚 Journal · Excel")
        await tarek.reads("✅ Journal, November 2026")
        sheet = load_workbook(BytesIO(received_files(studio)[-1].content)).worksheets[0]
        assert [cell.value for cell in sheet[1]][:6] == ["When", "Cause", "Account", "Of whom", "Debit", "Credit"]
        assert sheet["E2"].number_format == "#,##0.00"
        assert sum(row[4].value or 0 for row in sheet.iter_rows(min_row=2)) == sum(
            row[5].value or 0 for row in sheet.iter_rows(min_row=2)
        )

    async def test_the_same_button_twice_is_one_order(self, studio: Studio) -> None:
        tarek = studio.phone("tarek")
        await tarek.says("/reports")
        await tarek.taps("📤 Exports")
        key = await tarek.key("👥 People · CSV")
        await tarek.presses(key)
        await tarek.presses(key)
        await tarek.reads("✅ People, November 2026")
        await tarek.taps("🎟️ Bookings · CSV")
        await tarek.reads("✅ Bookings, November 2026: 1 row")
        assert len(received_files(studio)) == 2
        await studio.adds_up()

    async def test_are_for_admins_alone(self, studio: Studio) -> None:
        chosen = Chosen(None, NOVEMBER)
        for who in ("hana", "mona", "jack"):
            person = studio.phone(who)
            await person.starts()
            for data in (OpenExports(chosen), ExportNow(new_id(), ExportKind.PEOPLE, FileFormat.CSV, chosen)):
                await person.forges(encode(data))
                assert "Exports" not in (await person.screen()).text
        assert received_files(studio) == []
