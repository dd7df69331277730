"""Figures in words: the headline of a report, and the lines below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import assert_never

from markupsafe import Markup

from domain.finance.reconciliation import Match
from domain.reports.figures import (
    Absences,
    Amounts,
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
from handlers.i18n import Formatted, Translator
from handlers.student.calendar_words import weekday_name
from handlers.team.session_plan_view import clock_time


@dataclass(frozen=True, slots=True)
class Lines:
    """``head`` is always shown; of ``rest`` as much as there is room for; where that is empty, there is nothing to tell."""

    head: tuple[Markup | None, ...]
    rest: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes amounts and comparisons."""

    tr: Translator
    currency: str

    def money(self, amount_minor: int) -> Formatted:
        return self.tr.money(amount_minor, self.currency)

    def compared(self, now: int, before: int) -> Markup:
        """Return what an amount was in the period before."""
        changed = words.change(now, before)
        if not changed:
            return self.tr.text("(before: {amount})", amount=self.money(before))
        return self.tr.text("(before: {amount}, {change})", amount=self.money(before), change=changed)


def lines_of(tr: Translator, figures: Figures, *, currency: str, today: date) -> Lines:
    """Return a report in words."""
    writer = _Writer(tr, currency)
    match figures:
        case Revenue():
            return _revenue(writer, figures)
        case CashDays():
            return _cash(writer, figures, today)
        case Attendance():
            return _attendance(tr, figures)
        case Absences():
            return _absences(tr, figures)
        case Retention():
            return _retention(tr, figures)
        case Owed():
            return _owed(writer, figures)
        case Measures():
            return _measures(tr, figures)
        case _:
            assert_never(figures)


def _revenue(writer: _Writer, figures: Revenue) -> Lines:
    tr, total, before = writer.tr, figures.total, figures.before if figures.before != Amounts() else None
    earned, collected = writer.money(total.earned_minor), writer.money(total.collected_minor)
    head = (
        tr.text("📈 Earned: <b>{amount}</b>", amount=earned),
        writer.compared(total.earned_minor, before.earned_minor) if before else None,
        tr.text("💰 Collected: <b>{amount}</b>", amount=collected),
        writer.compared(total.collected_minor, before.collected_minor) if before else None,
    )
    rest = tuple(
        tr.text(
            "<b>{name}</b>: earned {earned}, collected {collected}",
            name=words.line_name(tr, line, figures.by),
            earned=writer.money(line.amounts.earned_minor),
            collected=writer.money(line.amounts.collected_minor),
        )
        for line in figures.lines
    )
    return Lines(head, rest)


def _cash(writer: _Writer, figures: CashDays, today: date) -> Lines:
    tr, total = writer.tr, figures.total
    matched = figures.count(Match.MATCHED)
    head = (
        tr.text(
            "💵 Expected {expected}, came in <b>{actual}</b>",
            expected=writer.money(total.expected_minor),
            actual=writer.money(total.actual_minor),
        ),
        tr.ntext("✅ {n} branch day matched", "✅ {n} branch days matched", matched),
        tr.ntext("🔺 {n} branch day over", "🔺 {n} branch days over", figures.count(Match.OVER))
        if figures.count(Match.OVER)
        else None,
        tr.ntext("🔻 {n} branch day under", "🔻 {n} branch days under", figures.count(Match.UNDER))
        if figures.count(Match.UNDER)
        else None,
    )
    told = [line for line in figures.lines if line.cash.match is not Match.MATCHED or line.cash.actual_minor]
    odd_first = sorted(told, key=lambda line: line.cash.match is Match.MATCHED)  # a day without cash has nothing to say
    rest = tuple(
        tr.text(
            "{day}, <b>{branch}</b>: {outcome}, {actual} of {expected}",
            day=words.full_day(tr, line.day, today=today),
            branch=line.branch_name,
            outcome=words.match_name(tr, line.cash.match),
            actual=writer.money(line.cash.actual_minor),
            expected=writer.money(line.cash.expected_minor),
        )
        for line in odd_first
    )
    return Lines(head, rest)


def _attendance(tr: Translator, figures: Attendance) -> Lines:
    total, before = figures.total, figures.before
    head = (
        tr.ntext("📅 {n} class held", "📅 {n} classes held", total.sessions),
        tr.ntext(
            "👥 {n} head on {seats} seats: <b>{share}</b>",
            "👥 {n} heads on {seats} seats: <b>{share}</b>",
            total.heads,
            seats=total.capacity,
            share=words.percent(total.share),
        ),
        tr.text("(before: {share})", share=words.percent(before.share)) if before is not None and before.sessions else None,
        *_times(tr, figures),
    )
    rest = tuple(
        tr.ntext(
            "<b>{title}</b>: {share}, {n} head on {seats} seats",
            "<b>{title}</b>: {share}, {n} heads on {seats} seats",
            seats.heads,
            title=title,
            share=words.percent(seats.share),
            seats=seats.capacity,
        )
        for title, seats in figures.classes
    )
    return Lines(head, rest)


def _times(tr: Translator, figures: Attendance) -> Iterator[Markup]:
    """Tell the fullest and the emptiest time of the week, where there are two to compare."""
    ranked = sorted(figures.times, key=lambda each: (each[1].share or 0, each[0]))
    if len(ranked) > 1 and ranked[0][1].share != ranked[-1][1].share:
        yield tr.text("🔥 Fullest: {when}, {share}", **_time(tr, *ranked[-1]))
        yield tr.text("🧊 Emptiest: {when}, {share}", **_time(tr, *ranked[0]))


def _time(tr: Translator, when: tuple[int, time], seats: Seats) -> dict[str, str]:
    weekday, at = when
    return {"when": f"{weekday_name(tr, weekday)} {clock_time(at)}", "share": words.percent(seats.share)}


def _absences(tr: Translator, figures: Absences) -> Lines:
    total, before = figures.total, figures.before
    head = (
        tr.text(
            "🚫 Did not come: {part} of {whole}, <b>{share}</b>",
            part=total.no_shows,
            whole=total.came + total.no_shows,
            share=words.percent(total.no_show_share),
        ),
        tr.text("💳 of them paid: {part}, {share}", part=total.charged, share=words.percent(total.protection)),
        tr.text(
            "⏰ Cancelled late: {part} of {whole} bookings, <b>{share}</b>",
            part=total.late,
            whole=total.booked,
            share=words.percent(total.late_share),
        ),
        tr.text(
            "(before: {missed} did not come, {late} cancelled late)",
            missed=words.percent(before.no_show_share),
            late=words.percent(before.late_share),
        )
        if before is not None and before.booked
        else None,
    )
    rest = tuple(
        tr.text(
            "<b>{title}</b>: {part} of {whole} did not come, {share}; {late} cancelled late",
            title=title,
            part=each.no_shows,
            whole=each.came + each.no_shows,
            share=words.percent(each.no_show_share),
            late=each.late,
        )
        for title, each in figures.classes
    )
    return Lines(head, rest)


def _retention(tr: Translator, figures: Retention) -> Lines:
    head = (
        tr.ntext(
            "{n} person came at least {least}× in the period before.",
            "{n} people came at least {least}× in the period before.",
            figures.came_before,
            least=figures.least,
        ),
        tr.ntext(
            "✅ {n} of them came again: <b>{share}</b>",
            "✅ {n} of them came again: <b>{share}</b>",
            figures.came_again,
            share=words.percent(figures.share),
        )
        if figures.came_before
        else None,
        tr.ntext("👋 {n} of them did not", "👋 {n} of them did not", len(figures.gone)) if figures.gone else None,
    )
    return Lines(head, ())


def _owed(writer: _Writer, figures: Owed) -> Lines:
    tr = writer.tr
    head = (
        tr.text("🧾 Owed to students now: <b>{amount}</b>", amount=writer.money(figures.to_students_minor)),
        tr.text("👛 in wallets: {amount}", amount=writer.money(figures.wallets_minor)),
        tr.text("of it locked for bookings: {amount}", amount=writer.money(figures.locked_minor)),
        tr.text("📦 credits not used yet: {amount}", amount=writer.money(figures.credits_minor)),
        tr.text("↩️ refunds on their way: {amount}", amount=writer.money(figures.refunds_minor))
        if figures.refunds_minor
        else None,
        tr.text("(Wallets of the center and the team: {amount})", amount=writer.money(figures.others_minor))
        if figures.others_minor
        else None,
    )
    rest = tuple(
        tr.ntext(
            "<b>{title}</b>: {n} credit, {amount}",
            "<b>{title}</b>: {n} credits, {amount}",
            each.credits,
            title=each.class_title,
            amount=writer.money(each.value_minor),
        )
        for each in figures.credits
    )
    return Lines(head, rest)


def _measures(tr: Translator, figures: Measures) -> Lines:
    rest = []
    for measured, each in figures.now.items():
        before = figures.before[measured] if figures.before is not None else None
        values = {
            "name": words.measure_name(tr, measured),
            "share": words.percent(each.share),
            "part": each.part,
            "whole": each.whole,
        }
        rest.append(
            tr.text("<b>{name}: {share}</b> ({part} of {whole})", **values)
            if before is None or before.share is None
            else tr.text(
                "<b>{name}: {share}</b> ({part} of {whole}; before: {before})", before=words.percent(before.share), **values
            )
        )
        rest.append(tr.text("<i>{meaning}</i>", meaning=words.measure_meaning(tr, measured)))
    return Lines((), tuple(rest))
