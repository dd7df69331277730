"""What taps on reports do: open one, turn its days, send it as a picture or a file."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from babel.numbers import get_currency_precision

from domain.errors import OutOfDateError
from domain.permissions import Operation, require, scope_of
from domain.reports.exporting import FileFormat
from domain.reports.figures import Figures, Report
from domain.reports.period import EARLIEST_DAY, Named, named_period
from domain.reports.reading import Asked
from domain.sessions.calendar import Month, local_day
from handlers.admin import report_charts, report_tables, reports_view
from handlers.buttons.reports import (
    ChoosePeriod,
    OpenExports,
    OpenReport,
    OpenReports,
    PickFirstDay,
    PickLastDay,
    SendReportChart,
    SendReportFile,
)
from handlers.callback_data import NameWeekday, encode
from handlers.callback_reports import Chosen
from handlers.context import Context
from handlers.files.csv_file import csv_bytes
from handlers.files.xlsx_file import xlsx_bytes
from handlers.screens import Answer, Button, Document, Reply, Screen
from handlers.student.calendar import name_weekday
from handlers.student.calendar_words import first_weekday
from handlers.tap import Taps, without_data

_FILE_NAMES: Final = {
    Report.METHOD: "revenue-by-method",
    Report.CLASS: "revenue-by-class",
    Report.BRANCH: "revenue-by-branch",
    Report.TEACHER: "revenue-by-teacher",
    Report.CASH: "cash-reconciliation",
    Report.ATTENDANCE: "attendance",
    Report.ABSENCES: "no-shows",
    Report.RETENTION: "stopped-coming",
    Report.OWED: "owed-to-students",
    Report.MEASURES: "measures",
}


async def open_reports(context: Context) -> Reply:
    """Show the list of reports, of the present month."""
    require(context.actor, Operation.VIEW_REPORTS)
    today = local_day(context.services.clock.now(), context.tr.zone)
    period = named_period(Named.THIS_MONTH, today=today, first_weekday=first_weekday(context.tr.zone))
    return Reply(_menu(context, Chosen(None, period)))


async def open_report(context: Context, data: OpenReport) -> Reply:
    """Show a report, or the list of them."""
    require(context.actor, Operation.VIEW_REPORTS)
    if data.chosen.report is None:
        return Reply(_menu(context, data.chosen))
    return Reply(reports_view.report(context.tr, frame_of(context, data.chosen), await _read(context, data.chosen)))


async def send_chart(context: Context, data: SendReportChart) -> Reply:
    """Send a report as a picture."""
    figures = await _read(context, data.chosen)
    frame, tr = frame_of(context, data.chosen), context.tr
    title = reports_view.chart_title(tr, frame)
    digits = get_currency_precision(frame.currency)
    # Drawing takes a tenth of a second of CPU: in a thread, so that nobody's tap waits for it.
    png = await asyncio.to_thread(report_charts.chart, tr, figures, title=title, digits=digits)
    if png is None:
        return Reply(answer=Answer(tr.plain("There is nothing to draw in this period.")))
    return Reply(messages=(reports_view.picture(tr, frame, figures, png=png),))


async def send_file(context: Context, data: SendReportFile) -> Reply:
    """Send a report as a file."""
    figures = await _read(context, data.chosen)
    frame = frame_of(context, data.chosen)
    content = await asyncio.to_thread(_writer(context, figures, data.file_format, frame.currency))
    document = Document(file_name(data.chosen, data.file_format), content, reports_view.file_caption(context.tr, frame))
    return Reply(messages=(document,))


def _writer(context: Context, figures: Figures, file_format: FileFormat, currency: str) -> Callable[[], bytes]:
    tr, digits = context.tr, get_currency_precision(currency)
    tables = report_tables.tables_of(tr, figures)
    if file_format is FileFormat.CSV:
        return lambda: csv_bytes(tables, digits=digits, zone=tr.zone)
    return lambda: xlsx_bytes(tables, digits=digits, zone=tr.zone, is_right_to_left=tr.is_right_to_left)


def file_name(chosen: Chosen, file_format: FileFormat) -> str:
    """Return what a report's file is called: what, and of which days."""
    if chosen.report is None:
        raise OutOfDateError
    days = "" if chosen.report is Report.OWED else f"-{chosen.period.first}-{chosen.period.last}"
    return f"{_FILE_NAMES[chosen.report]}{days}.{file_format.value.lower()}"


async def choose_period(context: Context, data: ChoosePeriod) -> Reply:
    """Ask which days a report is to be of."""
    require(context.actor, Operation.VIEW_REPORTS)
    return Reply(reports_view.periods(context.tr, frame_of(context, data.chosen)))


async def pick_first_day(context: Context, data: PickFirstDay) -> Reply:
    """Ask with which day a period begins."""
    require(context.actor, Operation.VIEW_REPORTS)
    frame = frame_of(context, data.chosen)
    month = _within(data.month or Month.of(data.chosen.period.first), frame)
    return Reply(reports_view.pick_day(context.tr, frame, month, first=None))


async def pick_last_day(context: Context, data: PickLastDay) -> Reply:
    """Ask with which day it ends."""
    require(context.actor, Operation.VIEW_REPORTS)
    frame = frame_of(context, data.chosen)
    first = min(max(data.first, EARLIEST_DAY), frame.today)
    month = max(_within(data.month or Month.of(first), frame), Month.of(first))
    return Reply(reports_view.pick_day(context.tr, frame, month, first=first))


def frame_of(context: Context, chosen: Chosen) -> reports_view.Frame:
    """Return what every screen of a report knows."""
    center = context.member.center
    return reports_view.Frame(
        chosen, center.name, center.currency, local_day(context.services.clock.now(), context.tr.zone)
    )


def _menu(context: Context, chosen: Chosen) -> Screen:
    may_export = scope_of(context.actor, Operation.EXPORT_DATA) is not None
    exports = Button(context.tr.plain("📤 Exports"), encode(OpenExports(chosen))) if may_export else None
    return reports_view.menu(context.tr, frame_of(context, replace(chosen, page=0)), exports=exports)


def _within(month: Month, frame: reports_view.Frame) -> Month:
    return min(max(month, Month.of(EARLIEST_DAY)), Month.of(frame.today))


async def _read(context: Context, chosen: Chosen) -> Figures:
    if chosen.report is None:
        raise OutOfDateError
    asked = Asked(chosen.period, context.tr.zone, first_weekday(context.tr.zone), chosen.least)
    return await context.services.read_report(actor=context.actor, report=chosen.report, asked=asked)


TAPS: Taps = {
    OpenReports: without_data(open_reports),
    OpenReport: open_report,
    SendReportChart: send_chart,
    SendReportFile: send_file,
    ChoosePeriod: choose_period,
    PickFirstDay: pick_first_day,
    PickLastDay: pick_last_day,
    NameWeekday: name_weekday,
}
