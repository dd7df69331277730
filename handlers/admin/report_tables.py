"""Figures as tables: what goes into a report's file, and what its text is written from."""

from collections.abc import Sequence
from typing import assert_never

from domain.reports.figures import (
    Absences,
    Attendance,
    CashDays,
    Figures,
    Measures,
    Owed,
    Retention,
    Revenue,
    Seats,
)
from handlers.admin import report_words as words
from handlers.files.table import Cell, Column, ColumnKind, Heading, Table
from handlers.i18n import Translator
from handlers.student.calendar_words import weekday_name


def tables_of(tr: Translator, figures: Figures) -> tuple[Table, ...]:
    """Return a report's tables, the most important first."""
    match figures:
        case Revenue():
            return (_revenue(tr, figures),)
        case CashDays():
            return (_cash(tr, figures),)
        case Attendance():
            return (_classes(tr, figures), _times(tr, figures))
        case Absences():
            return (_absences(tr, figures),)
        case Retention():
            return (_retention(tr, figures),)
        case Owed():
            return (_owed(tr, figures), _credits(tr, figures))
        case Measures():
            return (_measures(tr, figures),)
        case _:
            assert_never(figures)


def _heading(name: str, *columns: tuple[str, ColumnKind]) -> Heading:
    return Heading(name, tuple(Column(title, kind) for title, kind in columns))


def _total(tr: Translator, rows: Sequence[object], *cells: Cell) -> tuple[Cell, ...] | None:
    """Return the last row of a table that has more than one."""
    return (tr.plain("Total"), *cells) if len(rows) > 1 else None


def _revenue(tr: Translator, figures: Revenue) -> Table:
    heading = _heading(
        tr.plain("Revenue"),
        (tr.plain("What"), ColumnKind.TEXT),
        (tr.plain("Earned"), ColumnKind.MONEY),
        (tr.plain("Collected"), ColumnKind.MONEY),
    )
    rows = [
        (words.line_name(tr, line, figures.by), line.amounts.earned_minor, line.amounts.collected_minor)
        for line in figures.lines
    ]
    return Table(heading, rows, _total(tr, rows, figures.total.earned_minor, figures.total.collected_minor))


def _cash(tr: Translator, figures: CashDays) -> Table:
    heading = _heading(
        tr.plain("Cash reconciliation"),
        (tr.plain("Branch"), ColumnKind.TEXT),
        (tr.plain("Day"), ColumnKind.DAY),
        (tr.plain("Expected"), ColumnKind.MONEY),
        (tr.plain("Came in"), ColumnKind.MONEY),
        (tr.plain("Difference"), ColumnKind.MONEY),
        (tr.plain("Outcome"), ColumnKind.TEXT),
    )
    rows = [
        (
            line.branch_name,
            line.day,
            line.cash.expected_minor,
            line.cash.actual_minor,
            line.cash.discrepancy_minor,
            words.match_name(tr, line.cash.match),
        )
        for line in figures.lines
    ]
    total = figures.total
    totals = (None, total.expected_minor, total.actual_minor, total.discrepancy_minor, words.match_name(tr, total.match))
    return Table(heading, rows, _total(tr, rows, *totals))


def _seat_columns(tr: Translator) -> tuple[tuple[str, ColumnKind], ...]:
    return (
        (tr.plain("Classes held"), ColumnKind.COUNT),
        (tr.plain("Seats"), ColumnKind.COUNT),
        (tr.plain("Heads"), ColumnKind.COUNT),
        (tr.plain("Utilisation"), ColumnKind.SHARE),
    )


def _seat_cells(seats: Seats) -> tuple[Cell, ...]:
    return (seats.sessions, seats.capacity, seats.heads, seats.share)


def _classes(tr: Translator, figures: Attendance) -> Table:
    heading = _heading(tr.plain("Attendance"), (tr.plain("Class"), ColumnKind.TEXT), *_seat_columns(tr))
    rows = [(title, *_seat_cells(seats)) for title, seats in figures.classes]
    return Table(heading, rows, _total(tr, rows, *_seat_cells(figures.total)))


def _times(tr: Translator, figures: Attendance) -> Table:
    heading = _heading(
        tr.plain("Weekdays and times"),
        (tr.plain("Weekday"), ColumnKind.TEXT),
        (tr.plain("Time"), ColumnKind.TEXT),
        *_seat_columns(tr),
    )
    rows = [(weekday_name(tr, weekday), f"{at:%H:%M}", *_seat_cells(seats)) for (weekday, at), seats in figures.times]
    return Table(heading, rows)


def _absences(tr: Translator, figures: Absences) -> Table:
    heading = _heading(
        tr.plain("No-shows"),
        (tr.plain("Class"), ColumnKind.TEXT),
        (tr.plain("Booked"), ColumnKind.COUNT),
        (tr.plain("Came"), ColumnKind.COUNT),
        (tr.plain("Did not come"), ColumnKind.COUNT),
        (tr.plain("of them paid"), ColumnKind.COUNT),
        (tr.plain("No-show rate"), ColumnKind.SHARE),
        (tr.plain("Cancelled"), ColumnKind.COUNT),
        (tr.plain("of them late"), ColumnKind.COUNT),
        (tr.plain("Late cancel rate"), ColumnKind.SHARE),
    )
    all_lines = [*figures.classes, (tr.plain("Total"), figures.total)]
    rows = [
        (
            title,
            each.booked,
            each.came,
            each.no_shows,
            each.charged,
            each.no_show_share,
            each.cancelled,
            each.late,
            each.late_share,
        )
        for title, each in all_lines
    ]
    return Table(heading, rows[:-1], rows[-1] if len(figures.classes) > 1 else None)


def _retention(tr: Translator, figures: Retention) -> Table:
    heading = _heading(
        tr.plain("Stopped coming"),
        (tr.plain("Name"), ColumnKind.TEXT),
        (tr.plain("Times before"), ColumnKind.COUNT),
        (tr.plain("Last time"), ColumnKind.MOMENT),
    )
    return Table(heading, [(gone.name, gone.times, gone.last_at) for gone in figures.gone])


def _owed(tr: Translator, figures: Owed) -> Table:
    heading = _heading(tr.plain("Owed"), (tr.plain("What"), ColumnKind.TEXT), (tr.plain("Amount"), ColumnKind.MONEY))
    rows = [
        (tr.plain("In wallets, free"), figures.wallets_minor - figures.locked_minor),
        (tr.plain("In wallets, locked for bookings"), figures.locked_minor),
        (tr.plain("Credits not used yet"), figures.credits_minor),
        (tr.plain("Refunds on their way"), figures.refunds_minor),
    ]
    return Table(heading, rows, (tr.plain("Owed to students"), figures.to_students_minor))


def _credits(tr: Translator, figures: Owed) -> Table:
    heading = _heading(
        tr.plain("Credits"),
        (tr.plain("Class"), ColumnKind.TEXT),
        (tr.plain("Credits"), ColumnKind.COUNT),
        (tr.plain("Worth"), ColumnKind.MONEY),
    )
    rows = [(each.class_title, each.credits, each.value_minor) for each in figures.credits]
    return Table(heading, rows, _total(tr, rows, sum(each.credits for each in figures.credits), figures.credits_minor))


def _measures(tr: Translator, figures: Measures) -> Table:
    heading = _heading(
        tr.plain("Measures"),
        (tr.plain("Measure"), ColumnKind.TEXT),
        (tr.plain("Share"), ColumnKind.SHARE),
        (tr.plain("Part"), ColumnKind.COUNT),
        (tr.plain("Whole"), ColumnKind.COUNT),
        (tr.plain("The period before"), ColumnKind.SHARE),
        (tr.plain("What of what"), ColumnKind.TEXT),
    )
    rows = [
        (
            words.measure_name(tr, measured),
            each.share,
            each.part,
            each.whole,
            figures.before[measured].share if figures.before is not None else None,
            words.measure_meaning(tr, measured),
        )
        for measured, each in figures.now.items()
    ]
    return Table(heading, rows)
