"""A branch's day: sessions, heads and cash side by side, and whether they agree."""

from datetime import date, datetime, timedelta

from markupsafe import Markup

from domain.finance.cashbox_views import DailySummary, Drawer
from domain.finance.reconciliation import Match, Reconciliation, SessionCash
from domain.sessions.model import SessionStatus
from handlers.buttons.cash import OpenCashbox, OpenDaySummary
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row

SESSIONS_A_PAGE = 10


def day_summary(
    tr: Translator,
    summary: DailySummary,
    shown: Drawer,
    *,
    page: int,
    begins_at: datetime,
    today: date,
    currency: str,
    now: datetime,
) -> Screen:
    """Return a page of a day's sessions; ``begins_at`` is the day's first instant."""
    first = page * SESSIONS_A_PAGE
    on_page = summary.sessions[first : first + SESSIONS_A_PAGE]
    has_more = len(summary.sessions) > first + SESSIONS_A_PAGE
    return Screen(
        tr.lines(
            tr.text("📊 <b>{day}</b>, {branch}", day=tr.past_day(begins_at, now=now), branch=shown.branch_name),
            *(line for session in on_page for line in _session(tr, session, currency=currency)),
            None if summary.sessions else tr.text("There were no classes."),
            "",
            tr.text("<b>Cash for the finished classes</b>"),
            *_reconciled(tr, summary.reconciliation, currency=currency),
            "",
            tr.text(
                "Drawer that day: {into} in, {out} out. Top-ups: {top_ups}",
                into=tr.money(summary.totals.in_minor, currency),
                out=tr.money(summary.totals.out_minor, currency),
                top_ups=tr.money(summary.totals.top_ups_minor, currency),
            ),
        ),
        (
            _pages(tr, summary, shown, page=page, has_more=has_more),
            _days(tr, summary.day, shown, today=today),
            (Button(tr.plain("◀️ Cashbox"), encode(OpenCashbox(shown.branch_id, None))), *home_row(tr)),
        ),
    )


def match_text(tr: Translator, found: Reconciliation, *, currency: str) -> Markup:
    """Say whether the two sides agree."""
    amount = tr.money(abs(found.discrepancy_minor), currency)
    match found.match:
        case Match.MATCHED:
            return tr.text("✅ It matches.")
        case Match.OVER:
            return tr.text("⚠️ {amount} over", amount=amount)
        case Match.UNDER:
            return tr.text("⚠️ {amount} under", amount=amount)


def _reconciled(tr: Translator, found: Reconciliation, *, currency: str) -> tuple[Markup, ...]:
    return (
        tr.text(
            "Expected {expected}, taken {taken}",
            expected=tr.money(found.expected_minor, currency),
            taken=tr.money(found.actual_minor, currency),
        ),
        match_text(tr, found, currency=currency),
    )


def _session(tr: Translator, session: SessionCash, *, currency: str) -> tuple[Markup | str, ...]:
    heads = tr.ntext("{n} booked", "{n} booked", session.heads)
    came = tr.ntext("{n} came", "{n} came", session.attended)
    return (
        "",
        tr.text(
            "<b>{time} {title}</b> ({status})",
            time=tr.time(session.starts_at),
            title=session.class_title,
            status=_status(tr, session.status),
        ),
        tr.text("{heads}, {came}", heads=heads, came=came),
        tr.ntext(
            "Cash: {n} seat, expected {expected}, taken {taken}",
            "Cash: {n} seats, expected {expected}, taken {taken}",
            session.cash_heads,
            expected=tr.money(session.expected_minor, currency),
            taken=tr.money(session.taken_minor, currency),
        ),
    )


def _status(tr: Translator, status: SessionStatus) -> Markup:
    match status:
        case SessionStatus.FINISHED:
            return tr.text("finished")
        case SessionStatus.CANCELED:
            return tr.text("cancelled")
        case SessionStatus.MISSED:
            return tr.text("did not take place")
        case _:
            return tr.text("not finished yet")


def _pages(tr: Translator, summary: DailySummary, shown: Drawer, *, page: int, has_more: bool) -> tuple[Button, ...]:
    turning = []
    if page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(OpenDaySummary(shown.branch_id, summary.day, 0))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(OpenDaySummary(shown.branch_id, summary.day, page + 1))))
    return tuple(turning)


def _days(tr: Translator, day: date, shown: Drawer, *, today: date) -> tuple[Button, ...]:
    before = OpenDaySummary(shown.branch_id, day - timedelta(days=1), 0)
    after = OpenDaySummary(shown.branch_id, day + timedelta(days=1), 0)
    return (
        Button(tr.plain("◀️ Day before"), encode(before)),
        *((Button(tr.plain("Day after ▶️"), encode(after)),) if day < today else ()),
    )
