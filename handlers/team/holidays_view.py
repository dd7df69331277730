"""Holidays: the list, a new one, and making one an ordinary day again."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.sessions.timetable_views import HolidayLine
from handlers.buttons import timetable as buttons
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style
from handlers.student.calendar_words import day_name
from handlers.student.home_view import home_row


def holiday_list(tr: Translator, *, holidays: Sequence[HolidayLine], notice: Markup | None = None) -> Screen:
    """Return the holidays that are to come."""
    explained = (
        tr.text("On these days no classes are made. Tap one to make it an ordinary day again.")
        if holidays
        else tr.text("No holidays are coming.")
    )
    return Screen(
        tr.lines(notice, tr.text("<b>🏖️ Holidays</b>"), explained),
        (
            *((Button(_label(tr, each), encode(buttons.AskRemoveHoliday(each.holiday_id))),) for each in holidays),
            (Button(tr.plain("➕ New holiday"), encode(buttons.NewHolidayBranch())),),
            (Button(tr.plain("◀️ Timetable"), encode(buttons.OpenTimetable(0))), *home_row(tr)),
        ),
    )


def ask_name(tr: Translator, *, heading: Markup, notice: Markup | None = None) -> Screen:
    """Ask what a holiday is called; the answer declares it."""
    return Screen(
        tr.lines(
            notice,
            heading,
            "",
            tr.text("What is it called? Please type it, for example: Eid"),
            tr.text("Classes of that day that nobody is in are deleted. The others are named, to be cancelled one by one."),
        ),
        ((Button(tr.plain("◀️ Back"), encode(buttons.OpenHolidays())),),),
    )


def ask_remove(tr: Translator, holiday: HolidayLine, *, may_remove: bool) -> Screen:
    """Show a holiday, and ask whether it is to be an ordinary day again."""
    rows: list[tuple[Button, ...]] = []
    if may_remove:
        remove = buttons.ConfirmRemoveHoliday(holiday.holiday_id)
        rows.append((Button(tr.plain("Make it an ordinary day"), encode(remove), Style.DANGER),))
    rows.append((Button(tr.plain("◀️ Back"), encode(buttons.OpenHolidays())),))
    return Screen(
        tr.lines(
            tr.text("🏖️ <b>{name}</b>", name=holiday.name),
            tr.text("🗓️ {day}", day=day_name(tr, holiday.local_date)),
            tr.text("📍 {branch}", branch=place(tr, holiday.branch_name)),
            "" if may_remove else None,
            tr.text("The timetable's classes of that day are then made again.") if may_remove else None,
        ),
        tuple(rows),
    )


def place(tr: Translator, branch_name: str | None) -> str:
    """Return where a holiday is."""
    return tr.plain("All branches") if branch_name is None else branch_name


def _label(tr: Translator, holiday: HolidayLine) -> str:
    branch = tr.plain("{branch}", branch=place(tr, holiday.branch_name))
    return tr.label(day_name(tr, holiday.local_date), tr.plain("{name}", name=holiday.name), branch)
