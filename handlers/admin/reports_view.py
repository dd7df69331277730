"""Screens of reports: the list of them, each of them, and which days they are of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from domain.reports.exporting import FileFormat
from domain.reports.figures import REVENUE_REPORTS, Figures, Report, Retention
from domain.reports.period import EARLIEST_DAY, Named, ReportPeriod, named_period
from domain.sessions.calendar import Month
from handlers.admin import report_words as words
from handlers.admin.report_lines import Lines, lines_of
from handlers.buttons.members import OpenPerson
from handlers.buttons.reports import (
    ChoosePeriod,
    OpenReport,
    PickFirstDay,
    PickLastDay,
    SendReportChart,
    SendReportFile,
)
from handlers.callback_codec import CallbackData
from handlers.callback_data import NameWeekday, encode
from handlers.callback_reports import Chosen
from handlers.i18n import Translator
from handlers.screens import Button, Photo, Rows, Screen
from handlers.student.calendar_words import first_weekday, month_name, short_month_name, week, weekday_letters
from handlers.student.home_view import home_row

MONEY_REPORTS = {*REVENUE_REPORTS, Report.CASH, Report.OWED}
PEOPLE_A_PAGE = 8
_LAST_PAGE = 255  # what a button can carry
_MOST_LINES = 20
_LONGEST_CAPTION = 1000
_DAYS_A_WEEK = 7
_TIMES = (1, 2, 3, 5, 8)
_NOTHING = "·"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every screen of a report knows besides its figures."""

    chosen: Chosen
    center_name: str
    currency: str
    today: date


def menu(tr: Translator, frame: Frame, *, exports: Button | None) -> Screen:
    """Return the list of reports."""
    buttons = [
        Button(words.report_name(tr, report), encode(OpenReport(replace(frame.chosen, report=report, page=0))))
        for report in Report
    ]
    return Screen(
        tr.lines(
            tr.text("<b>Reports</b> · {center}", center=frame.center_name),
            tr.text("📅 {period}", period=words.period_name(tr, frame.chosen.period, today=frame.today)),
            "",
            tr.text("What would you like to see?"),
        ),
        (
            turning_row(tr, frame),
            *(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)),
            *(((exports,),) if exports is not None else ()),
            home_row(tr),
        ),
    )


def report(tr: Translator, frame: Frame, figures: Figures) -> Screen:
    """Return a report in words, with the ways to its picture, its files, and other days."""
    lines = lines_of(tr, figures, currency=frame.currency, today=frame.today)
    shown = lines.rest[:_MOST_LINES]
    left = len(lines.rest) - len(shown)
    has_picture = bool(lines.rest) or (isinstance(figures, Retention) and figures.came_before > 0)
    return Screen(
        tr.lines(
            *_title(tr, frame),
            "",
            *lines.head,
            "" if lines.head and shown else None,
            *shown,
            tr.ntext("… and {n} more: in the files", "… and {n} more: in the files", left) if left else None,
            *(() if has_picture or isinstance(figures, Retention) else ("", tr.text("There is nothing in this period."))),
        ),
        (
            *(() if frame.chosen.report is Report.OWED else (turning_row(tr, frame),)),
            *(_people(tr, frame, figures) if isinstance(figures, Retention) else ()),
            *((_ways(tr, frame),) if has_picture else ()),
            (
                Button(tr.plain("◀️ Reports"), encode(OpenReport(Chosen(None, frame.chosen.period)))),
                *home_row(tr),
            ),
        ),
    )


def picture(tr: Translator, frame: Frame, figures: Figures, *, png: bytes) -> Photo:
    """Return a report's chart, with as much of its text as a caption holds."""
    lines = lines_of(tr, figures, currency=frame.currency, today=frame.today)
    caption = _fitting(tr, frame, lines)
    return Photo(png, caption)


def chart_title(tr: Translator, frame: Frame) -> str:
    """Return what stands above a chart; pictures have no emoji, and amounts need their currency."""
    chosen = frame.chosen
    name = words.report_name(tr, chosen.report).partition(" ")[2] if chosen.report is not None else ""
    if chosen.report in MONEY_REPORTS:
        name = tr.plain("{name}, {currency}", name=name, currency=tr.currency(frame.currency))
    if chosen.report is Report.OWED:
        return name
    return f"{name}\n{words.days_of(tr, chosen.period, today=frame.today)}"


def file_caption(tr: Translator, frame: Frame) -> Markup:
    """Return what stands below a report's file."""
    return tr.lines(*_title(tr, frame))


def periods(tr: Translator, frame: Frame) -> Screen:
    """Ask which days the report is to be of."""
    weekday = first_weekday(tr.zone)
    options = [(each, named_period(each, today=frame.today, first_weekday=weekday)) for each in Named]
    buttons = [
        Button(
            tr.label(f"✔️ {words.named_name(tr, named)}") if period == frame.chosen.period else words.named_name(tr, named),
            encode(OpenReport(replace(frame.chosen, period=period, page=0))),
        )
        for named, period in options
    ]
    own = Button(tr.plain("📆 From … to …"), encode(PickFirstDay(frame.chosen, None)))
    return Screen(
        tr.lines(*_title(tr, frame), "", tr.text("Of which days?")),
        (
            *(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)),
            (own,),
            (Button(tr.plain("◀️ Back"), encode(OpenReport(frame.chosen))), *home_row(tr)),
        ),
    )


def pick_day(tr: Translator, frame: Frame, month: Month, *, first: date | None) -> Screen:
    """Return a month whose days begin a period (``first`` is None), or end the one that begins with ``first``."""
    chosen = frame.chosen

    def turned(to: Month) -> CallbackData:
        return PickFirstDay(chosen, to) if first is None else PickLastDay(chosen, to, first)

    def tapped(day: date) -> CallbackData | None:
        if not max(first or EARLIEST_DAY, EARLIEST_DAY) <= day <= frame.today:
            return None
        if first is None:
            return PickLastDay(chosen, Month.of(day), day)
        return OpenReport(replace(chosen, period=ReportPeriod(first, day), page=0))

    earliest = Month.of(first or EARLIEST_DAY)
    question = (
        tr.text("From which day?")
        if first is None
        else tr.text("From {day}, until which day?", day=words.full_day(tr, first, today=frame.today))
    )
    turning = (
        Button(_earlier(tr) if month > earliest else _NOTHING, encode(turned(max(month.later(-1), earliest)))),
        Button(short_month_name(tr, month), encode(turned(Month.of(frame.today)))),
        Button(
            _later(tr) if month < Month.of(frame.today) else _NOTHING,
            encode(turned(min(month.later(), Month.of(frame.today)))),
        ),
    )
    return Screen(
        tr.lines(*_title(tr, frame), "", tr.text("📆 {month}", month=month_name(tr, month)), question),
        (
            turning,
            *_grid(tr, month, tapped),
            (Button(tr.plain("◀️ Back"), encode(ChoosePeriod(chosen))), *home_row(tr)),
        ),
    )


def _grid(tr: Translator, month: Month, tapped: Callable[[date], CallbackData | None]) -> Rows:
    weekdays = week(tr.zone)
    header = tuple(Button(weekday_letters(tr, weekday), encode(NameWeekday(weekday))) for weekday in weekdays)
    rows: list[tuple[Button, ...]] = [header]
    for days in month.weeks(first_weekday=weekdays[0]):
        cells = []
        for weekday, day in zip(weekdays, days, strict=True):
            data = tapped(day) if day is not None else None
            label = str(day.day) if day is not None and data is not None else _NOTHING
            cells.append(Button(label, encode(data if data is not None else NameWeekday(weekday))))
        rows.append(tuple(cells))
    return tuple(rows)


def _title(tr: Translator, frame: Frame) -> tuple[Markup, ...]:
    chosen = frame.chosen
    name = words.report_name(tr, chosen.report) if chosen.report is not None else tr.plain("Reports")
    title = tr.text("<b>{name}</b> · {center}", name=name, center=frame.center_name)
    if chosen.report is Report.OWED:
        return (title,)
    return (title, tr.text("📅 {period}", period=words.period_name(tr, chosen.period, today=frame.today)))


def turning_row(tr: Translator, frame: Frame, leading: Callable[[Chosen], CallbackData] = OpenReport) -> tuple[Button, ...]:
    """Return the row that turns to the period before and after, and to the choice of another."""
    chosen, weekday = frame.chosen, first_weekday(tr.zone)
    earlier, later = (chosen.period.stepped(step, first_weekday=weekday) for step in (-1, 1))
    can_later = later is not None and later.first <= frame.today
    same = encode(ChoosePeriod(chosen))

    def step(label: str, period: ReportPeriod | None, *, is_there: bool) -> Button:
        if period is None or not is_there:
            return Button(_NOTHING, same)
        return Button(label, encode(leading(replace(chosen, period=period, page=0))))

    middle = Button(tr.label(f"📅 {words.short_period_name(tr, chosen.period, today=frame.today)}"), same)
    return (step(_earlier(tr), earlier, is_there=True), middle, step(_later(tr), later, is_there=can_later))


def _ways(tr: Translator, frame: Frame) -> tuple[Button, ...]:
    chosen = frame.chosen
    return (
        Button(tr.plain("📊 Chart"), encode(SendReportChart(chosen))),
        Button(tr.plain("📗 Excel"), encode(SendReportFile(chosen, FileFormat.XLSX))),
        Button(tr.plain("📄 CSV"), encode(SendReportFile(chosen, FileFormat.CSV))),
    )


def _people(tr: Translator, frame: Frame, figures: Retention) -> Rows:
    """Return how often one has to have come, and who is missed: each leads to their card."""
    chosen = frame.chosen
    times = tuple(
        Button(
            tr.label(f"✔️ {least}×" if least == figures.least else f"{least}×"),
            encode(OpenReport(replace(chosen, least=least, page=0))),
        )
        for least in _TIMES
    )
    begin = chosen.page * PEOPLE_A_PAGE
    page = figures.gone[begin : begin + PEOPLE_A_PAGE]
    people = tuple(
        (
            Button(
                tr.label(tr.plain("{name}", name=gone.name), f"{gone.times}×", tr.day(gone.last_at)),
                encode(OpenPerson(gone.person_id)),
            ),
        )
        for gone in page
    )
    turning = []
    if chosen.page:
        turning.append(Button(tr.plain("◀️ Back"), encode(OpenReport(replace(chosen, page=chosen.page - 1)))))
    if len(figures.gone) > begin + PEOPLE_A_PAGE and chosen.page < _LAST_PAGE:
        turning.append(Button(tr.plain("More ▶️"), encode(OpenReport(replace(chosen, page=chosen.page + 1)))))
    return (times, *people, *((tuple(turning),) if turning else ()))


def _fitting(tr: Translator, frame: Frame, lines: Lines) -> Markup:
    """Return as many lines as fit below a picture."""
    head: Sequence[Markup | str | None] = (*_title(tr, frame), "", *lines.head)
    shown = list(lines.rest)
    while True:
        caption = tr.lines(*head, *([""] if shown and lines.head else []), *shown)
        if not shown or len(caption) <= _LONGEST_CAPTION:
            return caption
        shown.pop()


def _earlier(tr: Translator) -> str:
    return "▶️" if tr.is_right_to_left else "◀️"


def _later(tr: Translator) -> str:
    return "◀️" if tr.is_right_to_left else "▶️"
