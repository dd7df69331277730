"""The calendar: a month as a grid of days, and what it can be narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from domain.sessions.calendar import CalendarFilter, Month
from domain.sessions.calendar_views import BranchChoice, CalendarDay, ClassChoice
from handlers.callback_data import ListSessions, NameWeekday, OpenCalendarChoice, OpenDay, OpenMonth, encode
from handlers.callback_lists import CalendarSide
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.calendar_words import day_name, month_name, short_month_name, weekday_letters
from handlers.student.home_view import home_row

_LEFT_TO_RIGHT_ISOLATE, _POP_ISOLATE, _WORD_JOINER = "\u2066", "\u2069", "\u2060"
_DAYS_A_WEEK = 7
_NOTHING = "·"


@dataclass(frozen=True, slots=True)
class MonthPage:
    """All that a month's screen shows. The names are the filter's, None where it does not narrow."""

    month: Month
    days: Mapping[date, CalendarDay]
    today: date
    first_weekday: int
    chosen: CalendarFilter
    class_title: str | None
    branch_name: str | None
    has_branches: bool
    has_earlier: bool
    has_later: bool


def month_screen(tr: Translator, page: MonthPage) -> Screen:
    """Return a month: weeks as rows, days as buttons, read in the direction of the language."""
    legend = tr.text("• free seats   ◦ full   ✓ my booking")
    has_any = any(day.open_count or day.own_count for day in page.days.values())
    return Screen(
        tr.lines(
            tr.text("<b>Calendar</b>: {month}", month=month_name(tr, page.month)),
            tr.text("Today is {day}.", day=day_name(tr, page.today)) if Month.of(page.today) == page.month else None,
            filter_line(tr, page.class_title, page.branch_name),
            "",
            legend if has_any else tr.text("There are no classes to book in this month."),
        ),
        (
            _turning(tr, page),
            *_grid(tr, page),
            _narrowing(tr, page),
            (Button(tr.plain("📅 All classes"), encode(ListSessions(None))), *home_row(tr)),
        ),
    )


def choice_screen(
    tr: Translator,
    *,
    side: CalendarSide,
    month: Month | None,
    chosen: CalendarFilter,
    choices: Sequence[ClassChoice | BranchChoice],
    page: int,
    has_more: bool,
) -> Screen:
    """Return the classes or the branches that the calendar can be narrowed to; each leads back to it."""
    is_class = side is CalendarSide.CLASS
    current = chosen.class_id if is_class else chosen.branch_id
    everything = tr.plain("All classes") if is_class else tr.plain("All branches")
    rows: list[tuple[Button, ...]] = []
    if page == 0:
        rows.append((_choice(tr, everything, month, _narrowed(chosen, side, None), is_current=current is None),))
    for each in choices:
        label = tr.plain("{title}", title=each.name)
        rows.append((_choice(tr, label, month, _narrowed(chosen, side, each), is_current=current == each.id),))
    turning = tuple(
        Button(label, encode(OpenCalendarChoice(month, chosen, side, target)))
        for label, target, exists in ((_earlier(tr), page - 1, page > 0), (_later(tr), page + 1, has_more))
        if exists
    )
    question = (
        tr.text("Which class should the calendar show?") if is_class else tr.text("Which branch should the calendar show?")
    )
    back = Button(tr.plain("🗓️ Calendar"), encode(OpenMonth(month, chosen)))
    return Screen(tr.lines(question), (*rows, *((turning,) if turning else ()), (back, *home_row(tr))))


def filter_line(tr: Translator, class_title: str | None, branch_name: str | None) -> Markup | None:
    """Say what a calendar is narrowed to, None where it is not."""
    match class_title, branch_name:
        case None, None:
            return None
        case str(title), None:
            return tr.text("🔎 Only {title}", title=title)
        case None, str(branch):
            return tr.text("🔎 Only at {branch}", branch=branch)
        case _:
            return tr.text("🔎 Only {title} at {branch}", title=class_title, branch=branch_name)


def _turning(tr: Translator, page: MonthPage) -> tuple[Button, ...]:
    earlier, later = (OpenMonth(page.month.later(step), page.chosen) for step in (-1, 1))
    return (
        Button(_earlier(tr) if page.has_earlier else _NOTHING, encode(earlier)),
        Button(short_month_name(tr, page.month), encode(OpenMonth(None, page.chosen))),
        Button(_later(tr) if page.has_later else _NOTHING, encode(later)),
    )


def _grid(tr: Translator, page: MonthPage) -> Rows:
    weekdays = [(page.first_weekday + place) % _DAYS_A_WEEK for place in range(_DAYS_A_WEEK)]
    header = tuple(Button(weekday_letters(tr, weekday), encode(NameWeekday(weekday))) for weekday in weekdays)
    weeks = page.month.weeks(first_weekday=page.first_weekday)
    return (
        header,
        *(
            tuple(
                Button(_NOTHING, encode(NameWeekday(weekday))) if day is None else _day(tr, page, day)
                for weekday, day in zip(weekdays, week, strict=True)
            )
            for week in weeks
        ),
    )


def _day(tr: Translator, page: MonthPage, day: date) -> Button:
    found, label, style = page.days.get(day), str(day.day), None
    if found is not None and found.own_count:
        label, style = f"{label}{_WORD_JOINER}✓", Style.SUCCESS
    elif found is not None and found.open_count:
        label = f"{label}•" if found.free_count else f"{label}◦"
    if tr.is_right_to_left:  # digits and signs alone have no direction: they would be set in that of the reader's phone
        label = f"{_LEFT_TO_RIGHT_ISOLATE}{label}{_POP_ISOLATE}"
    return Button(label, encode(OpenDay(day, page.chosen, 0)), Style.PRIMARY if day == page.today else style)


def _narrowing(tr: Translator, page: MonthPage) -> tuple[Button, ...]:
    title, branch = page.class_title, page.branch_name
    by_class = tr.plain("Class: all") if title is None else tr.plain("🔎 {title}", title=title)
    by_branch = tr.plain("Branch: all") if branch is None else tr.plain("🔎 {branch}", branch=branch)
    buttons = [Button(by_class, encode(OpenCalendarChoice(page.month, page.chosen, CalendarSide.CLASS, 0)))]
    if page.has_branches:
        buttons.append(Button(by_branch, encode(OpenCalendarChoice(page.month, page.chosen, CalendarSide.BRANCH, 0))))
    return tuple(buttons)


def _choice(tr: Translator, label: str, month: Month | None, chosen: CalendarFilter, *, is_current: bool) -> Button:
    return Button(tr.label(f"✔️ {label}" if is_current else label), encode(OpenMonth(month, chosen)))


def _narrowed(chosen: CalendarFilter, side: CalendarSide, choice: ClassChoice | BranchChoice | None) -> CalendarFilter:
    if side is CalendarSide.CLASS:
        return replace(chosen, class_id=choice.id if isinstance(choice, ClassChoice) else None)
    return replace(chosen, branch_id=choice.id if isinstance(choice, BranchChoice) else None)


def _earlier(tr: Translator) -> str:
    return "▶️" if tr.is_right_to_left else "◀️"


def _later(tr: Translator) -> str:
    return "◀️" if tr.is_right_to_left else "▶️"
