"""Screens of exports: what can be had, how far it is, and how it ended."""

from datetime import date

from domain.ids import new_id
from domain.reports.exporting import ExportKind, FileFormat
from domain.reports.period import ReportPeriod
from handlers.admin import report_words as words
from handlers.admin.export_headings import export_name
from handlers.admin.reports_view import Frame, turning_row
from handlers.buttons.reports import ExportNow, OpenExports, OpenReport
from handlers.callback_data import encode
from handlers.callback_reports import Chosen
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen
from handlers.student.home_view import home_row

_SIGNS = {
    ExportKind.PEOPLE: "👥",
    ExportKind.ENROLLMENTS: "🎟️",
    ExportKind.PAYMENTS: "💳",
    ExportKind.JOURNAL: "📚",
}


def exports(tr: Translator, frame: Frame) -> Screen:
    """Return what can be exported of a period; every button orders once."""
    return Screen(
        tr.lines(
            tr.text("<b>Exports</b> · {center}", center=frame.center_name),
            tr.text("📅 {period}", period=words.period_name(tr, frame.chosen.period, today=frame.today)),
            "",
            tr.text("All rows, as a file that comes here."),
            tr.text("People: everybody known by the end of these days."),
            tr.text("The others: what was booked, begun to be paid, or moved in these days."),
        ),
        (
            turning_row(tr, frame, OpenExports),
            *_kinds(tr, frame.chosen),
            (Button(tr.plain("◀️ Reports"), encode(OpenReport(frame.chosen))), *home_row(tr)),
        ),
    )


def _kinds(tr: Translator, chosen: Chosen) -> Rows:
    def button(kind: ExportKind, file_format: FileFormat) -> Button:
        form = tr.plain("Excel") if file_format is FileFormat.XLSX else tr.plain("CSV")
        label = tr.label(f"{_SIGNS[kind]} {export_name(tr, kind)}", form)
        return Button(label, encode(ExportNow(new_id(), kind, file_format, chosen)))

    return tuple(tuple(button(kind, each) for each in (FileFormat.XLSX, FileFormat.CSV)) for kind in ExportKind)


def progress(tr: Translator, kind: ExportKind, period: ReportPeriod, *, rows: int, today: date) -> Screen:
    """Return how far it is."""
    days = words.days_of(tr, period, today=today)
    return Screen(
        tr.lines(
            tr.text("⏳ {what}, {days}: the file is being written.", what=export_name(tr, kind), days=days),
            tr.ntext("{n} row so far", "{n} rows so far", rows) if rows else None,
        )
    )


def ended(tr: Translator, kind: ExportKind, period: ReportPeriod, *, rows: int, is_whole: bool, today: date) -> Screen:
    """Return how it ended."""
    what, days = export_name(tr, kind), words.days_of(tr, period, today=today)
    said = (
        tr.ntext("✅ {what}, {days}: {n} row", "✅ {what}, {days}: {n} rows", rows, what=what, days=days)
        if is_whole
        else tr.text("⚠️ {what}, {days}: the file could not be written. Try it later.", what=what, days=days)
    )
    return Screen(tr.lines(said))
