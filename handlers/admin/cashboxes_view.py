"""Drawers side by side, and what was counted in one."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.finance.cashbox_views import Drawer
from domain.finance.cashboxes_admin import CountRecord, DrawerLine
from handlers.buttons.cash import OpenCashbox
from handlers.buttons.finance import ListCounts, OpenCount
from handlers.callback_data import encode
from handlers.desk.day_view import match_text
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row


def side_by_side(tr: Translator, lines: Sequence[DrawerLine], *, currency: str, now: datetime) -> Screen:
    """Return every drawer: what is in it, its last count, and how its day compares."""
    total = tr.money(sum(each.balance_minor for each in lines), currency)
    return Screen(
        tr.lines(
            tr.text("🏦 <b>Cashboxes</b>"),
            tr.text("In all of them: <b>{amount}</b>", amount=total) if lines else tr.text("There is no cashbox here."),
            *(line for each in lines for line in _drawer(tr, each, currency=currency, now=now)),
            "",
            tr.text("Tap one to see what moved today.") if lines else None,
        ),
        (
            *(
                (
                    Button(
                        tr.label(tr.plain("{branch}", branch=each.branch_name), tr.money(each.balance_minor, currency)),
                        encode(OpenCashbox(each.branch_id, None)),
                    ),
                )
                for each in lines
            ),
            home_row(tr),
        ),
    )


def _drawer(tr: Translator, line: DrawerLine, *, currency: str, now: datetime) -> tuple[Markup | str, ...]:
    return (
        "",
        tr.text("<b>{branch}</b>: {amount}", branch=line.branch_name, amount=tr.money(line.balance_minor, currency)),
        _last_count(tr, line, currency=currency, now=now),
        tr.text("Today: {match}", match=match_text(tr, line.day, currency=currency))
        if line.day is not None
        else tr.text("Today: no class is finished yet."),
    )


def _last_count(tr: Translator, line: DrawerLine, *, currency: str, now: datetime) -> Markup:
    if line.last_counted_at is None:
        return tr.text("Nobody has counted it yet.")
    return tr.text(
        "Last counted {moment}: {difference}",
        moment=tr.past_moment(line.last_counted_at, now=now),
        difference=difference_text(tr, line.last_difference_minor or 0, currency=currency),
    )


def difference_text(tr: Translator, difference_minor: int, *, currency: str) -> Markup:
    """Say how a count compared with what was recorded."""
    amount = tr.money(abs(difference_minor), currency)
    if difference_minor == 0:
        return tr.text("✅ it was right")
    return tr.text("⚠️ {amount} over", amount=amount) if difference_minor > 0 else tr.text("⚠️ {amount} under", amount=amount)


def counts(
    tr: Translator,
    drawer: Drawer,
    found: Sequence[CountRecord],
    *,
    has_more: bool,
    is_first_page: bool,
    currency: str,
    now: datetime,
) -> Screen:
    """Return a page of the counts of a drawer."""
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListCounts(drawer.branch_id, None))))
    if has_more:
        turning.append(Button(tr.plain("Older ▶️"), encode(ListCounts(drawer.branch_id, found[-1].count_id))))
    return Screen(
        tr.lines(
            tr.text("🧮 <b>Counts of cashbox {branch}</b>", branch=drawer.branch_name),
            tr.text("The latest first. Tap a count to see it.") if found else tr.text("Nobody has counted it yet."),
        ),
        (
            *(
                (
                    Button(
                        tr.label(
                            difference_text(tr, each.difference_minor, currency=currency).striptags(),
                            tr.past_moment(each.counted_at, now=now),
                            tr.plain("{name}", name=each.counted_by),
                        ),
                        encode(OpenCount(each.count_id)),
                    ),
                )
                for each in found
            ),
            *((tuple(turning),) if turning else ()),
            (Button(tr.plain("◀️ Cashbox"), encode(OpenCashbox(drawer.branch_id, None))), *home_row(tr)),
        ),
    )


def count(tr: Translator, found: CountRecord, *, currency: str, now: datetime) -> Screen:
    """Return one count: what was there, what should have been, by whom, note by note where it was counted so."""
    notes = sorted(((int(worth), number) for worth, number in (found.denominations or {}).items()), reverse=True)
    return Screen(
        tr.lines(
            tr.text("🧮 <b>Count of cashbox {branch}</b>", branch=found.branch_name),
            tr.text("{moment}", moment=tr.past_moment(found.counted_at, now=now)),
            tr.text("By: {name}", name=found.counted_by),
            tr.text("Counted: <b>{amount}</b>", amount=tr.money(found.counted_minor, currency)),
            tr.text("Recorded: {amount}", amount=tr.money(found.recorded_minor, currency)),
            difference_text(tr, found.difference_minor, currency=currency),
            "" if notes else None,
            *(
                tr.text("{number} × {worth}", number=number, worth=tr.money(worth, currency))
                for worth, number in notes
                if number
            ),
        ),
        ((Button(tr.plain("◀️ Back"), encode(ListCounts(found.branch_id, None))), *home_row(tr)),),
    )
