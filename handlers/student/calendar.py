"""What taps in the calendar do: turn months, narrow it, open a day, open a session."""

from collections.abc import Sequence
from dataclasses import replace

from domain.permissions import Operation, require
from domain.sessions.calendar import CalendarFilter, Month, local_day, span_of_day, span_of_month
from domain.sessions.calendar_views import BranchChoice, CalendarFrame, ClassChoice
from domain.sessions.model import BookableSession
from handlers.callback_data import NameWeekday, OpenCalendarChoice, OpenCalendarSession, OpenDay, OpenMonth, encode
from handlers.callback_lists import CalendarSide
from handlers.context import Context
from handlers.screens import Answer, Button, Reply, Screen
from handlers.student import flows as student
from handlers.student.calendar_day_view import DayPage, day_screen
from handlers.student.calendar_view import MonthPage, choice_screen, month_screen
from handlers.student.calendar_words import day_name, first_weekday, month_name, weekday_name
from handlers.tap import Taps

_PAGE = 8
_LAST_PAGE = 255  # what a button can carry
_DAYS_A_WEEK = 7


async def open_calendar(context: Context) -> Reply:
    """Show the present month, of all classes."""
    return await open_month(context, OpenMonth(None, CalendarFilter()))


async def open_month(context: Context, data: OpenMonth) -> Reply:
    """Show a month, if there is anything to book as far as that; else the nearest, and say so."""
    require(context.actor, Operation.VIEW_SESSIONS)
    frame, chosen = await _frame(context, data.chosen)
    first, last = _reach(context, frame)
    wanted = data.month if data.month is not None else first
    month = min(max(wanted, first), last)
    answer = Answer()
    if wanted > last:
        answer = Answer(context.tr.plain("No classes are planned after {month} yet.", month=month_name(context.tr, last)))
    elif wanted < first:
        answer = Answer(context.tr.plain("That month is over."))
    return Reply(await _month_screen(context, month, frame, chosen), answer=answer)


async def open_day(context: Context, data: OpenDay) -> Reply:
    """Show a day's sessions; for a day without any, say so above its month."""
    require(context.actor, Operation.VIEW_SESSIONS)
    frame, chosen = await _frame(context, data.chosen)
    now, span = context.services.clock.now(), span_of_day(data.day, context.tr.zone)
    sessions = await context.services.calendar.list_day(
        center_id=context.actor.center_id,
        reader_id=context.actor.person_id,
        span=span,
        chosen=chosen,
        now=now,
        limit=_PAGE + 1,
        offset=data.page * _PAGE,
    )
    if not sessions:
        is_over = span.until <= now
        notice = context.tr.plain("That day is over.") if is_over else context.tr.plain("No classes that day.")
        month = await open_month(context, OpenMonth(Month.of(data.day), chosen))
        return replace(month, answer=Answer(notice))
    page = DayPage(
        day=data.day,
        sessions=sessions[:_PAGE],
        chosen=chosen,
        class_title=frame.class_title,
        branch_name=frame.branch_name,
        page=data.page,
        has_more=len(sessions) > _PAGE and data.page < _LAST_PAGE,
    )
    return Reply(day_screen(context.tr, page))


async def open_choice(context: Context, data: OpenCalendarChoice) -> Reply:
    """Show what the calendar can be narrowed to."""
    require(context.actor, Operation.VIEW_SESSIONS)
    center_id, views = context.actor.center_id, context.services.calendar
    limit, offset = _PAGE + 1, data.page * _PAGE
    if data.side is CalendarSide.CLASS:
        now = context.services.clock.now()
        choices = await views.list_classes(center_id=center_id, now=now, limit=limit, offset=offset)
        return Reply(_choices(context, data, choices))
    return Reply(_choices(context, data, await views.list_branches(center_id=center_id, limit=limit, offset=offset)))


async def open_session(context: Context, data: OpenCalendarSession) -> Reply:
    """Show a session's card, with the way back to its day as it was narrowed there."""
    require(context.actor, Operation.BOOK_SESSION)

    def back(session: BookableSession) -> Button:
        day = local_day(session.starts_at, context.tr.zone)
        class_id, branch_id = session.class_id if data.by_class else None, session.branch_id if data.by_branch else None
        leading = OpenDay(day, CalendarFilter(class_id, branch_id), 0)
        return Button(context.tr.plain("🗓️ {day}", day=day_name(context.tr, day)), encode(leading))

    return Reply(await student.session_screen(context, data.session_id, back=back))


async def name_weekday(context: Context, data: NameWeekday) -> Reply:
    """Say which weekday a column is."""
    return Reply(answer=Answer(weekday_name(context.tr, data.weekday % _DAYS_A_WEEK)))


async def _frame(context: Context, chosen: CalendarFilter) -> tuple[CalendarFrame, CalendarFilter]:
    """Return what frames the calendar, and the filter without what does not exist (any more)."""
    frame = await context.services.calendar.find_frame(center_id=context.actor.center_id, chosen=chosen)
    return frame, CalendarFilter(
        chosen.class_id if frame.class_title is not None else None,
        chosen.branch_id if frame.branch_name is not None else None,
    )


def _reach(context: Context, frame: CalendarFrame) -> tuple[Month, Month]:
    """Return the present month, and the last one with a session in it."""
    zone, now = context.tr.zone, context.services.clock.now()
    last_starts_at = frame.last_starts_at if frame.last_starts_at is not None else now
    return Month.of(local_day(now, zone)), Month.of(local_day(max(now, last_starts_at), zone))


async def _month_screen(context: Context, month: Month, frame: CalendarFrame, chosen: CalendarFilter) -> Screen:
    zone, now = context.tr.zone, context.services.clock.now()
    days = await context.services.calendar.count_days(
        center_id=context.actor.center_id,
        reader_id=context.actor.person_id,
        span=span_of_month(month, zone),
        chosen=chosen,
        now=now,
    )
    first, last = _reach(context, frame)
    return month_screen(
        context.tr,
        MonthPage(
            month=month,
            days={day.day: day for day in days},
            today=local_day(now, zone),
            first_weekday=first_weekday(zone),
            chosen=chosen,
            class_title=frame.class_title,
            branch_name=frame.branch_name,
            has_branches=frame.branch_count > 1,
            has_earlier=month > first,
            has_later=month < last,
        ),
    )


def _choices(context: Context, data: OpenCalendarChoice, choices: Sequence[ClassChoice | BranchChoice]) -> Screen:
    return choice_screen(
        context.tr,
        side=data.side,
        month=data.month,
        chosen=data.chosen,
        choices=choices[:_PAGE],
        page=data.page,
        has_more=len(choices) > _PAGE and data.page < _LAST_PAGE,
    )


TAPS: Taps = {
    OpenMonth: open_month,
    OpenDay: open_day,
    OpenCalendarChoice: open_choice,
    OpenCalendarSession: open_session,
    NameWeekday: name_weekday,
}
