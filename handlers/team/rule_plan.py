"""A new rule by taps: of which class, where, on which weekdays, at what time, from when; the last two may be typed."""

import secrets
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError
from domain.ids import BranchId, ClassId
from domain.permissions import Operation, require
from domain.sessions.calendar_feed import FINGERPRINT_BYTES
from domain.sessions.input import read_day, read_time
from domain.sessions.ports import staff_of
from domain.sessions.rules import NewRule, new_rule_id
from handlers.buttons import timetable as buttons
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.student.calendar_words import day_name, week
from handlers.tap import Taps
from handlers.team import timetable_view as view
from handlers.team.flows import LAST_PAGE
from handlers.team.session_plan_view import clock_time, days_from, times_with
from handlers.team.timetable import rule_screen, today_of

ASK_TIME: Final = "ask.timetable.time"
ASK_START: Final = "ask.timetable.start"
_PAGE = 8
_WEEK = 7


async def choose_class(context: Context, data: buttons.NewRuleClass) -> Reply:
    """Ask of which class."""
    require(context.actor, Operation.MANAGE_TIMETABLE)
    tr = context.tr
    found = await context.services.team_sessions.list_classes(
        center_id=context.actor.center_id, limit=_PAGE + 1, offset=data.page * _PAGE
    )
    options = [(tr.plain("{title}", title=each.name), buttons.NewRuleBranch(each.id)) for each in found[:_PAGE]]
    more = [(tr.plain("More ▶️"), buttons.NewRuleClass(data.page + 1))]
    has_more = len(found) > _PAGE and data.page < LAST_PAGE
    question = tr.text("Which class?") if options else tr.text("There are no classes yet.")
    screen = view.choose(
        tr,
        heading=tr.lines(tr.text("<b>➕ New rule</b>")),
        question=question,
        options=[*options, *(more if has_more else [])],
    )
    return Reply(screen)


async def choose_branch(context: Context, data: buttons.NewRuleBranch) -> Reply:
    """Ask at which branch; whoever has one is not asked."""
    require(context.actor, Operation.MANAGE_TIMETABLE)
    tr, views, center_id = context.tr, context.services.team_sessions, context.actor.center_id
    title = await views.find_class_title(center_id=center_id, class_id=data.class_id)
    if title is None:
        raise NotFoundError(what="class")
    branches = await views.list_branches(center_id=center_id, staff_id=staff_of(context.actor))
    if len(branches) == 1:
        return await choose_weekdays(context, buttons.NewRuleDays(data.class_id, branches[0].id, 0))
    options = [
        (tr.plain("📍 {branch}", branch=each.name), buttons.NewRuleDays(data.class_id, each.id, 0)) for each in branches
    ]
    heading = view.plan_heading(tr, view.RulePlan(title))
    return Reply(view.choose(tr, heading=heading, question=tr.text("At which branch?"), options=options))


async def choose_weekdays(context: Context, data: buttons.NewRuleDays) -> Reply:
    """Ask on which weekdays: each tap adds one or takes it away."""
    plan = await _plan(context, data.class_id, data.branch_id, weekdays=data.weekdays)
    options = [
        (weekday, buttons.NewRuleDays(data.class_id, data.branch_id, data.weekdays ^ (1 << weekday)))
        for weekday in week(context.tr.zone)
    ]
    go_on = buttons.NewRuleTime(data.class_id, data.branch_id, data.weekdays)
    return Reply(view.choose_weekdays(context.tr, plan, options=options, go_on=go_on))


async def choose_time(context: Context, data: buttons.NewRuleTime) -> Reply:
    """Ask at what time, by taps or typed."""
    screen = await _time_screen(context, data)
    kept = _kept(data.class_id, data.branch_id, data.weekdays)
    await context.ask(step=ASK_TIME, data=kept)
    return Reply(screen)


async def _time_screen(context: Context, data: buttons.NewRuleTime, *, notice: Markup | None = None) -> Screen:
    plan = await _plan(context, data.class_id, data.branch_id, weekdays=data.weekdays)
    return view.choose_day(
        context.tr,
        heading=view.plan_heading(context.tr, plan),
        question=context.tr.text("At what time? Tap one, or type it, for example: 18:30"),
        options=[
            (clock_time(at), buttons.NewRuleStart(data.class_id, data.branch_id, data.weekdays, at)) for at in times_with()
        ],
        notice=notice,
    )


async def choose_start(context: Context, data: buttons.NewRuleStart) -> Reply:
    """Ask from which day on, by taps or typed."""
    screen = await _start_screen(context, data)
    kept = _kept(data.class_id, data.branch_id, data.weekdays) | {"at": data.at.isoformat()}
    await context.ask(step=ASK_START, data=kept)
    return Reply(screen)


async def _start_screen(context: Context, data: buttons.NewRuleStart, *, notice: Markup | None = None) -> Screen:
    plan = await _plan(context, data.class_id, data.branch_id, weekdays=data.weekdays, at=data.at)
    tr = context.tr
    return view.choose_day(
        tr,
        heading=view.plan_heading(tr, plan),
        question=tr.text("From which day on? Tap one, or type it, for example: 25/12"),
        options=[(str(day_name(tr, day)), _confirm_button(data, day)) for day in days_from(today_of(context))],
        notice=notice,
    )


async def confirm_rule(context: Context, data: buttons.NewRuleConfirm) -> Reply:
    """Show all of it once more."""
    plan = await _plan(context, data.class_id, data.branch_id, weekdays=data.weekdays, at=data.at, starts_on=data.starts_on)
    mark = secrets.token_bytes(FINGERPRINT_BYTES)
    create = buttons.CreateRule(mark, data.class_id, data.branch_id, data.weekdays, data.at, data.starts_on)
    return Reply(view.confirm_rule(context.tr, plan, data=create))


async def create_rule(context: Context, data: buttons.CreateRule) -> Reply:
    """Add it, with its first classes; pressed again, show the one that is there."""
    weekdays = frozenset(_weekdays(data.weekdays))
    rule_id = new_rule_id(data.mark, data.class_id, data.branch_id, weekdays, data.at)
    rule = NewRule(rule_id, data.class_id, data.branch_id, weekdays, data.at, data.starts_on)
    await context.services.add_rule(actor=context.actor, rule=rule)
    return Reply(await rule_screen(context, rule_id), answer=Answer(context.tr.plain("The rule is added ✅")))


async def take_time(context: Context, text: str) -> Reply:
    """Take a typed time."""
    class_id, branch_id, weekdays = _chosen(context)
    try:
        at = read_time(text)
    except InvalidInputError as error:
        data = buttons.NewRuleTime(class_id, branch_id, weekdays)
        return Reply(await _time_screen(context, data, notice=sentence(context.tr, error)))
    await _go_on(context, ASK_TIME, ASK_START, _kept(class_id, branch_id, weekdays) | {"at": at.isoformat()})
    return Reply(await _start_screen(context, buttons.NewRuleStart(class_id, branch_id, weekdays, at)))


async def take_start(context: Context, text: str) -> Reply:
    """Take a typed first day."""
    start = buttons.NewRuleStart(*_chosen(context), _chosen_time(context))
    try:
        day = read_day(text, today=today_of(context))
    except InvalidInputError as error:
        return Reply(await _start_screen(context, start, notice=sentence(context.tr, error)))
    reply = await confirm_rule(context, _confirm_button(start, day))
    kept = _kept(start.class_id, start.branch_id, start.weekdays)
    await _go_on(context, ASK_START, None, kept | {"at": start.at.isoformat(), "starts_on": day.isoformat()})
    return reply


async def show_time(context: Context) -> Reply:
    """Show the question for the time."""
    return Reply(await _time_screen(context, buttons.NewRuleTime(*_chosen(context))))


async def show_start(context: Context) -> Reply:
    """Show the question for the first day, or, answered, what comes of it."""
    start = buttons.NewRuleStart(*_chosen(context), _chosen_time(context))
    starts_on = context.member.dialog.data.get("starts_on")
    if starts_on is not None:
        return await confirm_rule(context, _confirm_button(start, date.fromisoformat(str(starts_on))))
    return Reply(await _start_screen(context, start))


def _confirm_button(start: buttons.NewRuleStart, day: date) -> buttons.NewRuleConfirm:
    return buttons.NewRuleConfirm(start.class_id, start.branch_id, start.weekdays, start.at, day)


async def _plan(
    context: Context,
    class_id: ClassId,
    branch_id: BranchId,
    *,
    weekdays: int,
    at: time | None = None,
    starts_on: date | None = None,
) -> view.RulePlan:
    require(context.actor, Operation.MANAGE_TIMETABLE, branch_id=branch_id)
    views, center_id = context.services.team_sessions, context.actor.center_id
    facts = await views.find_class(
        center_id=center_id, class_id=class_id, branch_id=branch_id, staff_id=staff_of(context.actor)
    )
    if facts is None:
        raise NotFoundError(what="class")
    name = await views.find_branch_name(center_id=center_id, branch_id=branch_id)
    return view.RulePlan(facts.title, name, _weekdays(weekdays), at, starts_on)


def _weekdays(bits: int) -> tuple[int, ...]:
    return tuple(weekday for weekday in range(_WEEK) if bits & (1 << weekday))


def _kept(class_id: ClassId, branch_id: BranchId, weekdays: int) -> dict[str, Any]:
    return {"class_id": class_id.hex, "branch_id": branch_id.hex, "weekdays": weekdays}


def _chosen(context: Context) -> tuple[ClassId, BranchId, int]:
    data = context.member.dialog.data
    return ClassId(UUID(str(data["class_id"]))), BranchId(UUID(str(data["branch_id"]))), int(data["weekdays"])


def _chosen_time(context: Context) -> time:
    return time.fromisoformat(str(context.member.dialog.data["at"]))


async def _go_on(context: Context, step: str, next_step: str | None, data: dict[str, Any]) -> None:
    await context.services.take_answer(
        member=context.member, step=step, message_id=context.message_id, next_step=next_step, data=data
    )


TAPS: Taps = {
    buttons.NewRuleClass: choose_class,
    buttons.NewRuleBranch: choose_branch,
    buttons.NewRuleDays: choose_weekdays,
    buttons.NewRuleTime: choose_time,
    buttons.NewRuleStart: choose_start,
    buttons.NewRuleConfirm: confirm_rule,
    buttons.CreateRule: create_rule,
}

QUESTIONS = {ASK_TIME: Question(take_time, show_time), ASK_START: Question(take_start, show_start)}
