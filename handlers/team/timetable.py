"""What taps and answers do to the timetable's rules: parse, one use case or view, one screen."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError, SessionInUseError
from domain.ids import SessionId, TimetableRuleId
from domain.permissions import Operation, require
from domain.sessions.calendar import local_day
from domain.sessions.input import read_day
from domain.sessions.ports import SessionFacts, staff_of
from domain.sessions.rules import weekdays_of
from domain.sessions.team_views import TeamSessionLine
from domain.sessions.timetable_views import RuleLine
from handlers.buttons import timetable as buttons
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.student.calendar_words import day_name
from handlers.tap import Taps
from handlers.team import timetable_view as view
from handlers.team.flows import LAST_PAGE
from handlers.team.session_card import session_screen
from handlers.team.session_plan_view import days_from

ASK_END: Final = "ask.timetable.end"
ASK_OUT: Final = "ask.timetable.out"
_PAGE = 8
_SESSIONS = 6
_KEPT = 20  # that many are named; whoever looks into the list of all classes finds the others


async def open_timetable(context: Context, data: buttons.OpenTimetable) -> Reply:
    """Show a page of the rules."""
    require(context.actor, Operation.MANAGE_TIMETABLE)
    rules = await context.services.timetable.list_rules(
        center_id=context.actor.center_id,
        staff_id=staff_of(context.actor),
        today=today_of(context),
        limit=_PAGE + 1,
        offset=data.page * _PAGE,
    )
    has_more = len(rules) > _PAGE and data.page < LAST_PAGE
    return Reply(view.timetable(context.tr, rules=rules[:_PAGE], page=data.page, has_more=has_more))


async def open_first_page(context: Context) -> Reply:
    """Show the timetable."""
    return await open_timetable(context, buttons.OpenTimetable(0))


async def open_rule(context: Context, data: buttons.OpenRule) -> Reply:
    """Show a rule."""
    return Reply(await rule_screen(context, data.rule_id))


async def rule_screen(context: Context, rule_id: TimetableRuleId, *, notice: Markup | None = None) -> Screen:
    """Draw a rule's card as it is now, under a notice where something is to be said first."""
    rule, now = await find_rule(context, rule_id), context.services.clock.now()
    sessions = await context.services.timetable.list_sessions(
        center_id=context.actor.center_id, rule_id=rule_id, now=now, limit=_SESSIONS
    )
    return view.rule_card(context.tr, rule, sessions=sessions, now=now, notice=notice)


async def ask_end(context: Context, data: buttons.AskEndRule) -> Reply:
    """Ask after which day it ends, by taps or typed."""
    rule = await find_rule(context, data.rule_id)
    await context.ask(step=ASK_END, data={"rule_id": data.rule_id.hex})
    return Reply(_end_screen(context, rule))


def _end_screen(context: Context, rule: RuleLine, *, notice: Markup | None = None) -> Screen:
    days = view.ends_of_weeks(max(today_of(context), rule.starts_on))
    return view.ask_end(context.tr, rule, options=days, notice=notice)


async def confirm_end(context: Context, data: buttons.ConfirmEndRule) -> Reply:
    """End it, and name the classes that stay."""
    kept = await context.services.end_timetable_rule(actor=context.actor, rule_id=data.rule_id, last_day=data.last_day)
    return Reply(await _ended(context, data.rule_id, kept), answer=Answer(context.tr.plain("The rule ends ✅")))


async def _ended(context: Context, rule_id: TimetableRuleId, kept: Iterable[SessionFacts]) -> Screen:
    rule = await find_rule(context, rule_id)
    said = context.tr.lines(context.tr.text("✅ The rule ends."), *view.rule_lines(context.tr, rule))
    lines = await lines_of(context, kept)
    return view.kept_sessions(
        context.tr, said=said, sessions=lines, now=context.services.clock.now(), back=buttons.OpenTimetable(0)
    )


async def take_end(context: Context, text: str) -> Reply:
    """End a rule after a typed day."""
    rule = await find_rule(context, _asked_rule(context))
    try:
        day = read_day(text, today=today_of(context))
        kept = await context.services.end_timetable_rule(actor=context.actor, rule_id=rule.rule_id, last_day=day)
    except InvalidInputError as error:
        return Reply(_end_screen(context, rule, notice=sentence(context.tr, error)))
    await _close(context, ASK_END, rule.rule_id)
    return Reply(await _ended(context, rule.rule_id, kept))


async def show_end(context: Context) -> Reply:
    """Show the question for the last day, or, answered, the rule."""
    if context.member.dialog.step != ASK_END:
        return Reply(await rule_screen(context, _asked_rule(context)))
    return Reply(_end_screen(context, await find_rule(context, _asked_rule(context))))


async def ask_out(context: Context, data: buttons.AskDayOut) -> Reply:
    """Ask which day it leaves out, by taps or typed."""
    rule = await find_rule(context, data.rule_id)
    await context.ask(step=ASK_OUT, data={"rule_id": data.rule_id.hex})
    return Reply(_out_screen(context, rule))


def _out_screen(context: Context, rule: RuleLine, *, notice: Markup | None = None) -> Screen:
    tr, weekdays = context.tr, weekdays_of(rule.recurrence)
    first = max(today_of(context), rule.starts_on)
    days = [day for day in days_from(first) if day.weekday() in weekdays]
    return view.choose_day(
        tr,
        heading=tr.lines(*view.rule_lines(tr, rule)),
        question=tr.text("Which day is to be left out? Tap one, or type it, for example: 25/12"),
        options=[(str(day_name(tr, day)), buttons.LeaveOut(rule.rule_id, day)) for day in days],
        notice=notice,
        back=buttons.OpenRule(rule.rule_id),
    )


async def leave_out(context: Context, data: buttons.LeaveOut) -> Reply:
    """Leave a day out; where somebody is in its class, show that, for it can only be cancelled."""
    return Reply(await _left_out(context, data.rule_id, data.day))


async def _left_out(context: Context, rule_id: TimetableRuleId, day: date) -> Screen:
    try:
        await context.services.leave_day_out(actor=context.actor, rule_id=rule_id, day=day)
    except SessionInUseError as error:
        return await session_screen(context, error.session_id, notice=sentence(context.tr, error))
    said = context.tr.text("✅ {day} is left out.", day=day_name(context.tr, day))
    return await rule_screen(context, rule_id, notice=said)


async def take_out(context: Context, text: str) -> Reply:
    """Leave a typed day out."""
    rule = await find_rule(context, _asked_rule(context))
    try:
        screen = await _left_out(context, rule.rule_id, read_day(text, today=today_of(context)))
    except InvalidInputError as error:
        return Reply(_out_screen(context, rule, notice=sentence(context.tr, error)))
    await _close(context, ASK_OUT, rule.rule_id)
    return Reply(screen)


async def show_out(context: Context) -> Reply:
    """Show the question for the day, or, answered, the rule."""
    if context.member.dialog.step != ASK_OUT:
        return Reply(await rule_screen(context, _asked_rule(context)))
    return Reply(_out_screen(context, await find_rule(context, _asked_rule(context))))


async def lines_of(context: Context, kept: Iterable[SessionFacts]) -> list[TeamSessionLine]:
    """Return the sessions that stay as lines of a list."""
    lines = []
    for session in list(kept)[:_KEPT]:
        line = await _line(context, session.id)
        if line is not None:
            lines.append(line)
    return lines


async def _line(context: Context, session_id: SessionId) -> TeamSessionLine | None:
    card = await context.services.team_sessions.find_card(center_id=context.actor.center_id, session_id=session_id)
    if card is None:
        return None
    return TeamSessionLine(
        card.session_id,
        card.class_title,
        card.branch_name,
        card.starts_at,
        card.ends_at,
        card.status,
        card.seats_taken,
        card.capacity,
    )


def today_of(context: Context) -> date:
    """Return the center's local day."""
    return local_day(context.services.clock.now(), context.tr.zone)


async def find_rule(context: Context, rule_id: TimetableRuleId) -> RuleLine:
    """Return a rule within reach. Raises NotFoundError."""
    require(context.actor, Operation.MANAGE_TIMETABLE)
    rule = await context.services.timetable.find_rule(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor), rule_id=rule_id
    )
    if rule is None:
        raise NotFoundError(what="timetable rule")
    return rule


def _asked_rule(context: Context) -> TimetableRuleId:
    return TimetableRuleId(UUID(str(context.member.dialog.data["rule_id"])))


async def _close(context: Context, step: str, rule_id: TimetableRuleId) -> None:
    await context.services.take_answer(
        member=context.member,
        step=step,
        message_id=context.message_id,
        next_step=None,
        data={"rule_id": rule_id.hex},
    )


TAPS: Taps = {
    buttons.OpenTimetable: open_timetable,
    buttons.OpenRule: open_rule,
    buttons.AskEndRule: ask_end,
    buttons.ConfirmEndRule: confirm_end,
    buttons.AskDayOut: ask_out,
    buttons.LeaveOut: leave_out,
}

QUESTIONS = {ASK_END: Question(take_end, show_end), ASK_OUT: Question(take_out, show_out)}
