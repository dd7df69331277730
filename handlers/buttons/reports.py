"""Buttons of reports."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.reports.exporting import ExportKind, FileFormat
from domain.sessions.calendar import Month
from handlers.callback_codec import CallbackData
from handlers.callback_reports import Chosen


@dataclass(frozen=True, slots=True)
class OpenReports(CallbackData):
    """The list of reports, of the present month."""

    letter: ClassVar[str] = "%a"


@dataclass(frozen=True, slots=True)
class OpenReport(CallbackData):
    """A report, or the list of them."""

    letter: ClassVar[str] = "%b"
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class SendReportChart(CallbackData):
    """A report as a picture."""

    letter: ClassVar[str] = "%c"
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class SendReportFile(CallbackData):
    """A report as a file."""

    letter: ClassVar[str] = "%d"
    chosen: Chosen
    file_format: FileFormat


@dataclass(frozen=True, slots=True)
class ChoosePeriod(CallbackData):
    """Which days the report is to be of."""

    letter: ClassVar[str] = "%e"
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class PickFirstDay(CallbackData):
    """The month in which a period of one's own begins: its days are buttons."""

    letter: ClassVar[str] = "%f"
    chosen: Chosen
    month: Month | None


@dataclass(frozen=True, slots=True)
class PickLastDay(CallbackData):
    """The month in which a period of one's own ends, from the day that it begins with."""

    letter: ClassVar[str] = "%g"
    chosen: Chosen
    month: Month | None
    first: date


@dataclass(frozen=True, slots=True)
class OpenExports(CallbackData):
    """What can be exported of the days."""

    letter: ClassVar[str] = "%h"
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class ExportNow(CallbackData):
    """Order an export; the id makes a second press the same order."""

    letter: ClassVar[str] = "%i"
    export_id: UUID
    kind: ExportKind
    file_format: FileFormat
    chosen: Chosen
