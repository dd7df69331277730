"""What taps and answers do to holidays: parse, one use case or view, one screen."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import HolidayExistsError, InvalidInputError, NotFoundError
from domain.ids import BranchId, HolidayId, new_id
from domain.permissions import Operation, Scope, require, scope_of
from domain.sessions.input import read_day
from domain.sessions.ports import staff_of
from domain.sessions.timetable_views import HolidayLine
from handlers.buttons import timetable as buttons
from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.student.calendar_words import day_name
from handlers.tap import Taps
from handlers.team import holidays_view, timetable_view
from handlers.team.session_plan_view import days_from
from handlers.team.timetable import lines_of, today_of

ASK_DAY: Final = "ask.holiday.day"
ASK_NAME: Final = "ask.holiday.name"
_MOST = 40


async def open_holidays(context: Context, _data: buttons.OpenHolidays) -> Reply:
    """Show the holidays that are to come."""
    return Reply(await _list_screen(context))


async def _list_screen(context: Context, *, notice: Markup | None = None) -> Screen:
    return holidays_view.holiday_list(context.tr, holidays=await _holidays(context), notice=notice)


async def _holidays(context: Context) -> list[HolidayLine]:
    require(context.actor, Operation.MANAGE_TIMETABLE)
    return await context.services.timetable.list_holidays(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor), today=today_of(context), limit=_MOST
    )


def _is_for_all(context: Context) -> bool:
    """Whether the actor may close the whole center for a day."""
    return scope_of(context.actor, Operation.MANAGE_TIMETABLE) is Scope.CENTER


async def choose_branch(context: Context, _data: buttons.NewHolidayBranch) -> Reply:
    """Ask where it is; whoever has one branch is not asked."""
    require(context.actor, Operation.MANAGE_TIMETABLE)
    tr = context.tr
    branches = await context.services.team_sessions.list_branches(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor)
    )
    if len(branches) == 1 and not _is_for_all(context):
        return await choose_day(context, buttons.NewHolidayDay(branches[0].id))
    options: list[tuple[str, CallbackData]] = [
        (tr.plain("📍 {branch}", branch=each.name), buttons.NewHolidayDay(each.id)) for each in branches
    ]
    if _is_for_all(context):
        options.insert(0, (tr.plain("All branches"), buttons.NewHolidayDay(None)))
    heading = tr.lines(tr.text("<b>➕ New holiday</b>"))
    return Reply(timetable_view.choose(tr, heading=heading, question=tr.text("At which branch?"), options=options))


async def choose_day(context: Context, data: buttons.NewHolidayDay) -> Reply:
    """Ask on which day, by taps or typed."""
    screen = await _day_screen(context, data.branch_id)
    await context.ask(step=ASK_DAY, data=_kept(data.branch_id))
    return Reply(screen)


async def _day_screen(context: Context, branch_id: BranchId | None, *, notice: Markup | None = None) -> Screen:
    tr = context.tr
    return timetable_view.choose_day(
        tr,
        heading=await _heading(context, branch_id),
        question=tr.text("On which day? Tap one, or type it, for example: 25/12"),
        options=[(str(day_name(tr, day)), buttons.NewHolidayName(branch_id, day)) for day in days_from(today_of(context))],
        notice=notice,
        back=buttons.OpenHolidays(),
    )


async def choose_name(context: Context, data: buttons.NewHolidayName) -> Reply:
    """Ask what it is called: the answer declares it."""
    heading = await _heading(context, data.branch_id, day=data.day)
    await context.ask(
        step=ASK_NAME,
        data=_kept(data.branch_id, day=data.day, holiday_id=HolidayId(new_id())),
    )
    return Reply(holidays_view.ask_name(context.tr, heading=heading))


async def take_day(context: Context, text: str) -> Reply:
    """Take a typed day."""
    branch_id = _branch(context)
    try:
        day = read_day(text, today=today_of(context))
    except InvalidInputError as error:
        return Reply(await _day_screen(context, branch_id, notice=sentence(context.tr, error)))
    await context.services.take_answer(
        member=context.member,
        step=ASK_DAY,
        message_id=context.message_id,
        next_step=ASK_NAME,
        data=_kept(branch_id, day=day, holiday_id=HolidayId(new_id())),
    )
    return Reply(holidays_view.ask_name(context.tr, heading=await _heading(context, branch_id, day=day)))


async def take_name(context: Context, text: str) -> Reply:
    """Declare the holiday, and name the classes that stay."""
    data, branch_id, day = context.member.dialog.data, _branch(context), _day(context)
    try:
        kept = await context.services.declare_holiday(
            actor=context.actor,
            center=context.member.center,
            holiday_id=HolidayId(UUID(str(data["holiday_id"]))),
            branch_id=branch_id,
            day=day,
            name=text,
        )
    except InvalidInputError as error:
        heading = await _heading(context, branch_id, day=day)
        return Reply(holidays_view.ask_name(context.tr, heading=heading, notice=sentence(context.tr, error)))
    except HolidayExistsError as error:
        await context.services.stop_asking(member=context.member)
        return Reply(await _list_screen(context, notice=sentence(context.tr, error)))
    await context.services.take_answer(
        member=context.member, step=ASK_NAME, message_id=context.message_id, next_step=None, data=data
    )
    said = context.tr.text("✅ {day} is a holiday.", day=day_name(context.tr, day))
    return Reply(
        timetable_view.kept_sessions(
            context.tr,
            said=said,
            sessions=await lines_of(context, kept),
            now=context.services.clock.now(),
            back=buttons.OpenHolidays(),
        )
    )


async def show_day(context: Context) -> Reply:
    """Show the question for the day."""
    return Reply(await _day_screen(context, _branch(context)))


async def show_name(context: Context) -> Reply:
    """Show the question for the name, or, answered, the holidays."""
    if context.member.dialog.step != ASK_NAME:
        return Reply(await _list_screen(context))
    heading = await _heading(context, _branch(context), day=_day(context))
    return Reply(holidays_view.ask_name(context.tr, heading=heading))


async def ask_remove(context: Context, data: buttons.AskRemoveHoliday) -> Reply:
    """Ask whether it is to be an ordinary day again."""
    found = [each for each in await _holidays(context) if each.holiday_id == data.holiday_id]
    if not found:
        raise NotFoundError(what="holiday")
    may_remove = found[0].branch_id is not None or _is_for_all(context)
    return Reply(holidays_view.ask_remove(context.tr, found[0], may_remove=may_remove))


async def confirm_remove(context: Context, data: buttons.ConfirmRemoveHoliday) -> Reply:
    """Make it an ordinary day again."""
    await context.services.undeclare_holiday(actor=context.actor, holiday_id=data.holiday_id)
    return Reply(await _list_screen(context), answer=Answer(context.tr.plain("An ordinary day again ✅")))


async def _heading(context: Context, branch_id: BranchId | None, *, day: date | None = None) -> Markup:
    require(context.actor, Operation.MANAGE_TIMETABLE, branch_id=branch_id)
    if branch_id is None and not _is_for_all(context):
        raise NotFoundError(what="branch")
    tr, name = context.tr, None
    if branch_id is not None:
        name = await context.services.team_sessions.find_branch_name(center_id=context.actor.center_id, branch_id=branch_id)
        if name is None:
            raise NotFoundError(what="branch")
    return tr.lines(
        tr.text("<b>➕ New holiday</b>"),
        tr.text("📍 {branch}", branch=holidays_view.place(tr, name)),
        tr.text("🗓️ {day}", day=day_name(tr, day)) if day is not None else None,
    )


def _kept(branch_id: BranchId | None, *, day: date | None = None, holiday_id: HolidayId | None = None) -> dict[str, Any]:
    return {
        "branch_id": branch_id.hex if branch_id is not None else None,
        "day": day.isoformat() if day is not None else None,
        "holiday_id": holiday_id.hex if holiday_id is not None else None,
    }


def _branch(context: Context) -> BranchId | None:
    kept = context.member.dialog.data["branch_id"]
    return BranchId(UUID(str(kept))) if kept is not None else None


def _day(context: Context) -> date:
    return date.fromisoformat(str(context.member.dialog.data["day"]))


TAPS: Taps = {
    buttons.OpenHolidays: open_holidays,
    buttons.NewHolidayBranch: choose_branch,
    buttons.NewHolidayDay: choose_day,
    buttons.NewHolidayName: choose_name,
    buttons.AskRemoveHoliday: ask_remove,
    buttons.ConfirmRemoveHoliday: confirm_remove,
}

QUESTIONS = {ASK_DAY: Question(take_day, show_day), ASK_NAME: Question(take_name, show_name)}
