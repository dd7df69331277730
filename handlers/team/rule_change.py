"""Changing a rule of the timetable by taps: what is to be different, from which day on; all but the days may be typed."""

from dataclasses import replace
from datetime import date
from typing import Final

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError, OutOfDateError
from domain.ids import TimetableRuleId, new_id
from domain.organization.fields import Field
from domain.permissions import Operation, require
from domain.sessions.input import NAME_LENGTH, clean_label, read_day, read_seats, read_time
from domain.sessions.rules import weekdays_of
from domain.sessions.timetable_views import RuleLine
from handlers.buttons import timetable as buttons
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps, without_data
from handlers.team import rule_change_view as view
from handlers.team import timetable_view
from handlers.team.rule_draft import START, STEP, RuleDraft, bits_of, draft_of
from handlers.team.session_plan_view import days_from, times_with
from handlers.team.timetable import find_rule, lines_of, rule_screen, today_of

_MOST_TEACHERS: Final = 8


async def open_change(context: Context, data: buttons.OpenRuleChange) -> Reply:
    """Begin a change, or go on with the one that is open."""
    rule = await find_rule(context, data.rule_id)
    if rule.archived_at is not None:
        raise NotFoundError(what="timetable rule")
    draft = draft_of(context.member.dialog)
    if draft is None or draft.rule_id != data.rule_id:
        draft = RuleDraft(data.rule_id, new_id())
    return await _keep(context, draft.asked_for(None))


async def show_change(context: Context) -> Reply:
    """Show what is chosen so far."""
    return await _keep(context, _open(context).asked_for(None))


async def ask_field(context: Context, data: buttons.AskRuleField) -> Reply:
    """Ask for one thing."""
    return await _keep(context, _open(context).asked_for(data.field))


async def ask_start(context: Context) -> Reply:
    """Ask from which day on."""
    return await _keep(context, _open(context).asked_for(START))


async def pick_days(context: Context, data: buttons.PickRuleDays) -> Reply:
    """Take weekdays; more may be tapped."""
    return await _keep(context, replace(_open(context), weekdays=data.weekdays))


async def pick_time(context: Context, data: buttons.PickRuleTime) -> Reply:
    """Take a time."""
    return await _keep(context, replace(_open(context), at=data.at, asking=None))


async def pick_seats(context: Context, data: buttons.PickRuleSeats) -> Reply:
    """Take a number of seats."""
    return await _keep(context, replace(_open(context), capacity=read_seats(str(data.capacity)), asking=None))


async def pick_teacher(context: Context, data: buttons.PickRuleTeacher) -> Reply:
    """Take the teacher of a class."""
    lines = await context.services.organization.list_classes(center_id=context.actor.center_id)
    found = next((each for each in lines if each.class_id == data.class_id), None)
    if found is None:
        raise NotFoundError(what="class")
    return await _keep(context, replace(_open(context), teacher=found.teacher, asking=None))


async def pick_start(context: Context, data: buttons.PickRuleStart) -> Reply:
    """Take a first day."""
    return await _keep(context, replace(_open(context), starts_on=data.day, asking=None))


async def confirm(context: Context, data: buttons.ConfirmRuleChange) -> Reply:
    """Let the rule be what was chosen, and name what stays; pressed again, show what the first press made."""
    draft, new_rule_id = draft_of(context.member.dialog), TimetableRuleId(data.change_id)
    if draft is None or draft.change_id != data.change_id:
        return Reply(await rule_screen(context, new_rule_id))
    rule = await find_rule(context, data.rule_id)
    try:
        kept = await context.services.change_rule(
            actor=context.actor,
            rule_id=data.rule_id,
            new_rule_id=new_rule_id,
            changes=_different(rule, draft).changes,
            starts_on=draft.starts_on or max(today_of(context), rule.starts_on),
        )
    except InvalidInputError as error:
        return Reply(await _drawn(context, draft.asked_for(None), notice=sentence(context.tr, error)))
    context = with_member(context, await context.services.stop_asking(member=context.member))
    answer = Answer(context.tr.plain("The rule is changed ✅"))
    if not kept:
        return Reply(await rule_screen(context, new_rule_id), answer=answer)
    becomes = await find_rule(context, new_rule_id)
    screen = timetable_view.kept_sessions(
        context.tr,
        said=context.tr.lines(context.tr.text("✅ The rule is changed."), *timetable_view.rule_lines(context.tr, becomes)),
        sessions=await lines_of(context, kept),
        now=context.services.clock.now(),
        back=buttons.OpenRule(new_rule_id),
    )
    return Reply(screen, answer=answer)


async def take_text(context: Context, text: str) -> Reply:
    """Take what was typed for what is asked for; where nothing is, or it does not fit, ask again."""
    draft = draft_of(context.member.dialog)
    if draft is None or draft.asking in {None, Field.WEEKDAYS}:
        return await show(context)
    try:
        filled = _typed(draft, text, today=today_of(context))
    except InvalidInputError as error:
        return Reply(await _drawn(context, draft, notice=sentence(context.tr, error)))
    member = await context.services.take_answer(
        member=context.member, step=STEP, message_id=context.message_id, next_step=STEP, data=filled.data
    )
    return await show(with_member(context, member))


async def show(context: Context) -> Reply:
    """Draw what is asked now."""
    return Reply(await _drawn(context, _open(context)))


def _typed(draft: RuleDraft, text: str, *, today: date) -> RuleDraft:
    filled = draft.asked_for(None)
    match draft.asking:
        case Field.RULE_TIME:
            return replace(filled, at=read_time(text))
        case Field.CAPACITY:
            return replace(filled, capacity=read_seats(text))
        case Field.TEACHER:
            return replace(filled, teacher=clean_label(text, field="teacher", longest=NAME_LENGTH))
        case _:
            return replace(filled, starts_on=read_day(text, today=today))


def _open(context: Context) -> RuleDraft:
    require(context.actor, Operation.MANAGE_TIMETABLE)
    draft = draft_of(context.member.dialog)
    if draft is None:
        raise OutOfDateError
    return draft


async def _keep(context: Context, draft: RuleDraft) -> Reply:
    rule = await find_rule(context, draft.rule_id)
    if draft.asking is None:
        draft = _different(rule, draft)
    member = await context.ask(step=STEP, data=draft.data)
    return Reply(await _drawn(with_member(context, member), draft))


def _different(rule: RuleLine, draft: RuleDraft) -> RuleDraft:
    """Return the draft without what is so already, or is no day at all."""
    same_days = draft.weekdays in {0, bits_of(weekdays_of(rule.recurrence))}
    return replace(
        draft,
        weekdays=None if same_days else draft.weekdays,
        at=None if draft.at == rule.local_time else draft.at,
        teacher=None if draft.teacher == rule.teacher else draft.teacher,
        capacity=None if draft.capacity == rule.capacity else draft.capacity,
    )


async def _drawn(context: Context, draft: RuleDraft, *, notice: Markup | None = None) -> Screen:
    tr, rule, today = context.tr, await find_rule(context, draft.rule_id), today_of(context)
    match draft.asking:
        case Field.WEEKDAYS:
            return view.ask_days(tr, rule, draft, notice=notice)
        case Field.RULE_TIME:
            return view.ask_time(tr, rule, options=times_with(rule.local_time), notice=notice)
        case Field.CAPACITY:
            return view.ask_seats(tr, rule, notice=notice)
        case Field.TEACHER:
            lines = await context.services.organization.list_classes(center_id=context.actor.center_id)
            known = {line.teacher: line.class_id for line in reversed(lines)}
            offered = [(id_, teacher) for teacher, id_ in known.items()][:_MOST_TEACHERS]
            return view.ask_teacher(tr, rule, known=offered, notice=notice)
        case asking if asking == START:
            return view.ask_start(tr, rule, options=days_from(max(today, rule.starts_on)), notice=notice)
        case _:
            return view.menu(tr, rule, draft, today=today, notice=notice)


TAPS: Taps = {
    buttons.OpenRuleChange: open_change,
    buttons.ShowRuleChange: without_data(show_change),
    buttons.AskRuleField: ask_field,
    buttons.AskRuleStart: without_data(ask_start),
    buttons.PickRuleDays: pick_days,
    buttons.PickRuleTime: pick_time,
    buttons.PickRuleSeats: pick_seats,
    buttons.PickRuleTeacher: pick_teacher,
    buttons.PickRuleStart: pick_start,
    buttons.ConfirmRuleChange: confirm,
}
QUESTIONS = {STEP: Question(take_text, show, frozenset(TAPS))}
