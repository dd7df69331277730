"""Figures as pictures: a few bars that say on a phone what the table says in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from domain.reports.figures import Absences, Attendance, CashDays, Figures, Measures, Owed, Retention, Revenue
from handlers.admin import report_words as words
from handlers.charts import horizontal_bars
from handlers.i18n import Translator

MOST_BARS: Final = 10


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn: a row for each label, a bar in it for each series. Shares are written as percents."""

    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[float]]]
    are_shares: bool = False


def chart(tr: Translator, figures: Figures, *, title: str, digits: int) -> bytes | None:
    """Return a report's picture, or None where there is nothing to draw. ``digits`` are the currency's decimals."""
    bars = _bars(tr, figures, 10**digits)
    if not bars.labels:
        return None
    return horizontal_bars(
        title=title,
        labels=bars.labels[:MOST_BARS],
        series=[(name, values[:MOST_BARS]) for name, values in bars.series],
        written=words.percent if bars.are_shares else _written,
        is_right_to_left=tr.is_right_to_left,
    )


def _written(value: float) -> str:
    return f"{value:,.0f}"


def _bars(tr: Translator, figures: Figures, whole: int) -> Bars:
    match figures:
        case Revenue():
            labels = [words.line_name(tr, line, figures.by) for line in figures.lines]
            earned = [line.amounts.earned_minor / whole for line in figures.lines]
            collected = [line.amounts.collected_minor / whole for line in figures.lines]
            return Bars(labels, ((tr.plain("Earned"), earned), (tr.plain("Collected"), collected)))
        case CashDays():
            return _cash(tr, figures, whole)
        case Attendance():
            shares = [seats.share or 0 for _, seats in figures.classes]
            return Bars([title for title, _ in figures.classes], ((tr.plain("Utilisation"), shares),), are_shares=True)
        case Absences():
            missed = [each.no_show_share or 0 for _, each in figures.classes]
            late = [each.late_share or 0 for _, each in figures.classes]
            series = ((tr.plain("No-show rate"), missed), (tr.plain("Late cancel rate"), late))
            return Bars([title for title, _ in figures.classes], series, are_shares=True)
        case Retention():
            if not figures.came_before:
                return Bars((), ())
            values = [float(figures.came_again), float(len(figures.gone))]
            return Bars((tr.plain("Came again"), tr.plain("Stopped coming")), ((tr.plain("People"), values),))
        case Owed():
            return _owed(tr, figures, whole)
        case Measures():
            return _measures(tr, figures)
        case _:
            assert_never(figures)


def _cash(tr: Translator, figures: CashDays, whole: int) -> Bars:
    branches: dict[str, tuple[int, int]] = {}
    for line in figures.lines:
        expected, actual = branches.get(line.branch_name, (0, 0))
        branches[line.branch_name] = (expected + line.cash.expected_minor, actual + line.cash.actual_minor)
    return Bars(
        tuple(branches),
        (
            (tr.plain("Expected"), [expected / whole for expected, _ in branches.values()]),
            (tr.plain("Came in"), [actual / whole for _, actual in branches.values()]),
        ),
    )


def _owed(tr: Translator, figures: Owed, whole: int) -> Bars:
    parts = (
        (tr.plain("In wallets, free"), figures.wallets_minor - figures.locked_minor),
        (tr.plain("Locked for bookings"), figures.locked_minor),
        (tr.plain("Refunds on their way"), figures.refunds_minor),
        *((tr.plain("Credits: {title}", title=each.class_title), each.value_minor) for each in figures.credits),
    )
    shown = [(label, minor / whole) for label, minor in parts if minor]
    return Bars([label for label, _ in shown], ((tr.plain("Owed"), [value for _, value in shown]),))


def _measures(tr: Translator, figures: Measures) -> Bars:
    shown = [measured for measured, each in figures.now.items() if each.share is not None]
    now = (tr.plain("This period"), [figures.now[each].share or 0 for each in shown])
    before = figures.before
    series = [now]
    if before is not None and any(before[each].share is not None for each in shown):
        series.append((tr.plain("The period before"), [before[each].share or 0 for each in shown]))
    return Bars([words.measure_name(tr, each) for each in shown], series, are_shares=True)
