"""Planning sessions by taps and typed days and times: an extra one, moving one, bringing a cancelled one back."""

import secrets
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from markupsafe import Markup

from domain.errors import InvalidInputError, NotFoundError
from domain.ids import BranchId, ClassId, SessionId
from domain.permissions import Operation, require
from domain.sessions.calendar import local_day
from domain.sessions.calendar_feed import FINGERPRINT_BYTES
from domain.sessions.input import read_day, read_time
from domain.sessions.model import SessionStatus
from domain.sessions.planning import SessionChanges, extra_session_id
from domain.sessions.ports import ClassFacts, staff_of
from domain.sessions.team_views import TeamSessionCard
from domain.sessions.timetable import future_session_times
from handlers.buttons import sessions as buttons
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps
from handlers.team import session_plan_view as view
from handlers.team.flows import LAST_PAGE
from handlers.team.session_card import managed, session_screen

ASK_NEW_DAY: Final = "ask.session.new_day"
ASK_NEW_TIME: Final = "ask.session.new_time"
ASK_MOVE_DAY: Final = "ask.session.move_day"
ASK_MOVE_TIME: Final = "ask.session.move_time"
_PAGE = 8


async def choose_class(context: Context, data: buttons.NewSession) -> Reply:
    """Ask of which class."""
    require(context.actor, Operation.CREATE_SESSION)
    found = await context.services.team_sessions.list_classes(
        center_id=context.actor.center_id, limit=_PAGE + 1, offset=data.page * _PAGE
    )
    has_more = len(found) > _PAGE and data.page < LAST_PAGE
    page = view.choose_class(context.tr, classes=found[:_PAGE], page=data.page, has_more=has_more)
    return Reply(page)


async def choose_branch(context: Context, data: buttons.NewSessionBranch) -> Reply:
    """Ask at which branch; whoever has one is not asked."""
    require(context.actor, Operation.CREATE_SESSION)
    center_id = context.actor.center_id
    title = await context.services.team_sessions.find_class_title(center_id=center_id, class_id=data.class_id)
    if title is None:
        raise NotFoundError(what="class")
    branches = await context.services.team_sessions.list_branches(center_id=center_id, staff_id=staff_of(context.actor))
    if len(branches) == 1:
        return await choose_day(context, buttons.NewSessionDay(data.class_id, branches[0].id))
    options = [(each, buttons.NewSessionDay(data.class_id, each.id)) for each in branches]
    heading = view.new_heading(context.tr, view.NewPlan(title))
    return Reply(view.choose_branch(context.tr, heading=heading, options=options))


async def choose_day(context: Context, data: buttons.NewSessionDay) -> Reply:
    """Ask on which day, by taps or typed."""
    await _class(context, data.class_id, data.branch_id)
    await context.ask(
        step=ASK_NEW_DAY,
        data=_kept(class_id=data.class_id, branch_id=data.branch_id),
    )
    return Reply(await _new_day_screen(context, data.class_id, data.branch_id))


async def _new_day_screen(
    context: Context, class_id: ClassId, branch_id: BranchId, *, notice: Markup | None = None
) -> Screen:
    facts = await _class(context, class_id, branch_id)
    today = _today(context)
    return view.choose_day(
        context.tr,
        heading=view.new_heading(context.tr, await _plan(context, facts)),
        today=today,
        options=[(day, buttons.NewSessionTime(class_id, branch_id, day)) for day in view.days_from(today)],
        notice=notice,
    )


async def choose_time(context: Context, data: buttons.NewSessionTime) -> Reply:
    """Ask at what time, by taps or typed."""
    await _class(context, data.class_id, data.branch_id)
    kept = _kept(class_id=data.class_id, branch_id=data.branch_id, day=data.day)
    await context.ask(step=ASK_NEW_TIME, data=kept)
    return Reply(await _new_time_screen(context, data))


async def _new_time_screen(context: Context, data: buttons.NewSessionTime, *, notice: Markup | None = None) -> Screen:
    facts = await _class(context, data.class_id, data.branch_id)
    return view.choose_time(
        context.tr,
        heading=view.new_heading(context.tr, await _plan(context, facts, day=data.day)),
        options=[(at, buttons.NewSessionConfirm(data.class_id, data.branch_id, data.day, at)) for at in view.times_with()],
        notice=notice,
    )


async def confirm_new(context: Context, data: buttons.NewSessionConfirm) -> Reply:
    """Show all of it once more."""
    facts = await _class(context, data.class_id, data.branch_id)
    times = future_session_times(
        data.day,
        data.at,
        duration_minutes=facts.duration_minutes,
        zone=context.tr.zone,
        now=context.services.clock.now(),
    )
    plan = await _plan(context, facts)
    plan = view.NewPlan(plan.class_title, plan.branch_name, data.day, times)
    mark = secrets.token_bytes(FINGERPRINT_BYTES)
    create = buttons.CreateSession(mark, data.class_id, data.branch_id, data.day, data.at)
    return Reply(view.confirm_new(context.tr, plan, data=create, teacher=facts.teacher, capacity=facts.capacity))


async def create(context: Context, data: buttons.CreateSession) -> Reply:
    """Add it; pressed again, show the one that is there."""
    session_id = extra_session_id(data.mark, data.class_id, data.branch_id, data.day, data.at)
    await context.services.create_extra_session(
        actor=context.actor,
        session_id=session_id,
        class_id=data.class_id,
        branch_id=data.branch_id,
        day=data.day,
        at=data.at,
    )
    return Reply(await session_screen(context, session_id), answer=Answer(context.tr.plain("The class is added ✅")))


async def take_new_day(context: Context, text: str) -> Reply:
    """Take a typed day."""
    class_id, branch_id = _chosen(context)
    try:
        day = read_day(text, today=_today(context))
    except InvalidInputError as error:
        notice = sentence(context.tr, error)
        return Reply(await _new_day_screen(context, class_id, branch_id, notice=notice))
    await _go_on(context, ASK_NEW_DAY, ASK_NEW_TIME, _kept(class_id=class_id, branch_id=branch_id, day=day))
    return Reply(await _new_time_screen(context, buttons.NewSessionTime(class_id, branch_id, day)))


async def take_new_time(context: Context, text: str) -> Reply:
    """Take a typed time."""
    (class_id, branch_id), day = _chosen(context), _chosen_day(context)
    try:
        at = read_time(text)
        reply = await confirm_new(context, buttons.NewSessionConfirm(class_id, branch_id, day, at))
    except InvalidInputError as error:
        data = buttons.NewSessionTime(class_id, branch_id, day)
        return Reply(await _new_time_screen(context, data, notice=sentence(context.tr, error)))
    kept = _kept(class_id=class_id, branch_id=branch_id, day=day) | {"at": at.isoformat()}
    await _go_on(context, ASK_NEW_TIME, None, kept)
    return reply


async def show_new_day(context: Context) -> Reply:
    """Show the question for the day."""
    return Reply(await _new_day_screen(context, *_chosen(context)))


async def show_new_time(context: Context) -> Reply:
    """Show the question for the time, or, answered, what comes of it."""
    (class_id, branch_id), day = _chosen(context), _chosen_day(context)
    at = context.member.dialog.data.get("at")
    if at is not None:
        confirm = buttons.NewSessionConfirm(class_id, branch_id, day, time.fromisoformat(str(at)))
        return await confirm_new(context, confirm)
    return Reply(await _new_time_screen(context, buttons.NewSessionTime(class_id, branch_id, day)))


async def open_move(context: Context, data: buttons.OpenMove) -> Reply:
    """Ask on which day a session is to be, by taps or typed."""
    card = await _movable(context, data.session_id)
    await context.ask(step=ASK_MOVE_DAY, data={"session_id": data.session_id.hex})
    return Reply(_move_day_screen(context, card))


def _move_day_screen(context: Context, card: TeamSessionCard, *, notice: Markup | None = None) -> Screen:
    today = _today(context)
    days = sorted({*view.days_from(today), *([card.local_date] if card.local_date >= today else [])})
    options = [(day, buttons.PickMoveDay(card.session_id, day)) for day in days]
    heading = view.move_heading(context.tr, card)
    return view.choose_day(context.tr, heading=heading, today=today, options=options, notice=notice)


async def pick_move_day(context: Context, data: buttons.PickMoveDay) -> Reply:
    """Ask at what time."""
    card = await _movable(context, data.session_id)
    kept = {"session_id": data.session_id.hex, "day": data.day.isoformat()}
    await context.ask(step=ASK_MOVE_TIME, data=kept)
    return Reply(_move_time_screen(context, card, data.day))


def _move_time_screen(context: Context, card: TeamSessionCard, day: date, *, notice: Markup | None = None) -> Screen:
    usual = card.starts_at.astimezone(context.tr.zone).time()
    options = [(at, buttons.PickMoveTime(card.session_id, day, at)) for at in view.times_with(usual)]
    heading = context.tr.lines(view.move_heading(context.tr, card), view.to_day(context.tr, day))
    return view.choose_time(context.tr, heading=heading, options=options, notice=notice)


async def pick_move_time(context: Context, data: buttons.PickMoveTime) -> Reply:
    """Say what moving does, and ask."""
    card = await _movable(context, data.session_id)
    times = future_session_times(
        data.day,
        data.at,
        duration_minutes=int((card.ends_at - card.starts_at).total_seconds() // 60),
        zone=context.tr.zone,
        now=context.services.clock.now(),
    )
    is_rescheduling = card.status is SessionStatus.CANCELED
    confirm = buttons.ConfirmMove(data.session_id, data.day, data.at, is_rescheduling=is_rescheduling)
    return Reply(view.confirm_move(context.tr, card, times, data=confirm))


async def confirm_move(context: Context, data: buttons.ConfirmMove) -> Reply:
    """Move the session, or bring it back; pressed again, show the first outcome."""
    if data.is_rescheduling:
        await context.services.reschedule_session(actor=context.actor, session_id=data.session_id, day=data.day, at=data.at)
        said = context.tr.plain("The class is scheduled again ✅")
    else:
        changes = SessionChanges(day=data.day, at=data.at)
        await context.services.edit_session(actor=context.actor, session_id=data.session_id, changes=changes)
        said = context.tr.plain("The class is moved ✅")
    return Reply(await session_screen(context, data.session_id), answer=Answer(said))


async def take_move_day(context: Context, text: str) -> Reply:
    """Take a typed day."""
    card = await _movable(context, _moved_session(context))
    try:
        day = read_day(text, today=_today(context))
    except InvalidInputError as error:
        return Reply(_move_day_screen(context, card, notice=sentence(context.tr, error)))
    kept = {"session_id": card.session_id.hex, "day": day.isoformat()}
    await _go_on(context, ASK_MOVE_DAY, ASK_MOVE_TIME, kept)
    return Reply(_move_time_screen(context, card, day))


async def take_move_time(context: Context, text: str) -> Reply:
    """Take a typed time."""
    card, day = await _movable(context, _moved_session(context)), _chosen_day(context)
    try:
        at = read_time(text)
        reply = await pick_move_time(context, buttons.PickMoveTime(card.session_id, day, at))
    except InvalidInputError as error:
        return Reply(_move_time_screen(context, card, day, notice=sentence(context.tr, error)))
    kept = {"session_id": card.session_id.hex, "day": day.isoformat(), "at": at.isoformat()}
    await _go_on(context, ASK_MOVE_TIME, None, kept)
    return reply


async def show_move_day(context: Context) -> Reply:
    """Show the question for the day."""
    return Reply(_move_day_screen(context, await _movable(context, _moved_session(context))))


async def show_move_time(context: Context) -> Reply:
    """Show the question for the time, or, answered, what comes of it."""
    card, day = await _movable(context, _moved_session(context)), _chosen_day(context)
    at = context.member.dialog.data.get("at")
    if at is not None:
        return await pick_move_time(context, buttons.PickMoveTime(card.session_id, day, time.fromisoformat(str(at))))
    return Reply(_move_time_screen(context, card, day))


async def open_move_branch(context: Context, data: buttons.OpenMoveBranch) -> Reply:
    """Ask at which branch a session is to be."""
    card = await managed(context, data.session_id, Operation.EDIT_SESSION)
    branches = await context.services.team_sessions.list_branches(
        center_id=context.actor.center_id, staff_id=staff_of(context.actor)
    )
    options = [(each, buttons.PickMoveBranch(data.session_id, each.id)) for each in branches]
    return Reply(view.choose_branch(context.tr, heading=view.move_heading(context.tr, card), options=options))


async def pick_move_branch(context: Context, data: buttons.PickMoveBranch) -> Reply:
    """Hold the session at another branch."""
    changes = SessionChanges(branch_id=data.branch_id)
    await context.services.edit_session(actor=context.actor, session_id=data.session_id, changes=changes)
    said = context.tr.plain("The class is moved ✅")
    return Reply(await session_screen(context, data.session_id), answer=Answer(said))


async def _movable(context: Context, session_id: SessionId) -> TeamSessionCard:
    """Return a session to be moved or brought back: each wants its own permission."""
    card = await managed(context, session_id, Operation.EDIT_SESSION)
    if card.status is SessionStatus.CANCELED:
        require(context.actor, Operation.RESCHEDULE_SESSION, branch_id=card.branch_id)
    return card


async def _class(context: Context, class_id: ClassId, branch_id: BranchId) -> ClassFacts:
    require(context.actor, Operation.CREATE_SESSION, branch_id=branch_id)
    facts = await context.services.team_sessions.find_class(
        center_id=context.actor.center_id, class_id=class_id, branch_id=branch_id, staff_id=staff_of(context.actor)
    )
    if facts is None:
        raise NotFoundError(what="class")
    return facts


async def _plan(context: Context, facts: ClassFacts, *, day: date | None = None) -> view.NewPlan:
    name = await context.services.team_sessions.find_branch_name(
        center_id=context.actor.center_id, branch_id=facts.branch_id
    )
    return view.NewPlan(facts.title, name, day)


async def _go_on(context: Context, step: str, next_step: str | None, data: dict[str, Any]) -> None:
    await context.services.take_answer(
        member=context.member, step=step, message_id=context.message_id, next_step=next_step, data=data
    )


def _today(context: Context) -> date:
    return local_day(context.services.clock.now(), context.tr.zone)


def _kept(*, class_id: ClassId, branch_id: BranchId, day: date | None = None) -> dict[str, Any]:
    kept = {"class_id": class_id.hex, "branch_id": branch_id.hex}
    return kept if day is None else kept | {"day": day.isoformat()}


def _chosen(context: Context) -> tuple[ClassId, BranchId]:
    data = context.member.dialog.data
    return ClassId(UUID(str(data["class_id"]))), BranchId(UUID(str(data["branch_id"])))


def _chosen_day(context: Context) -> date:
    return date.fromisoformat(str(context.member.dialog.data["day"]))


def _moved_session(context: Context) -> SessionId:
    return SessionId(UUID(str(context.member.dialog.data["session_id"])))


TAPS: Taps = {
    buttons.NewSession: choose_class,
    buttons.NewSessionBranch: choose_branch,
    buttons.NewSessionDay: choose_day,
    buttons.NewSessionTime: choose_time,
    buttons.NewSessionConfirm: confirm_new,
    buttons.CreateSession: create,
    buttons.OpenMove: open_move,
    buttons.PickMoveDay: pick_move_day,
    buttons.PickMoveTime: pick_move_time,
    buttons.ConfirmMove: confirm_move,
    buttons.OpenMoveBranch: open_move_branch,
    buttons.PickMoveBranch: pick_move_branch,
}

QUESTIONS = {
    ASK_NEW_DAY: Question(take_new_day, show_new_day),
    ASK_NEW_TIME: Question(take_new_time, show_new_time),
    ASK_MOVE_DAY: Question(take_move_day, show_move_day),
    ASK_MOVE_TIME: Question(take_move_time, show_move_time),
}
