"""An admin gives somebody's seat back, whatever the cancellation window says: parse, one use case or view, one screen."""

from typing import Final
from uuid import UUID

from markupsafe import Markup

from domain.enrollments.cancellation import what_comes_back
from domain.enrollments.override import check_overridable
from domain.errors import InvalidInputError, NotFoundError
from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId
from domain.permissions import Operation, require
from handlers.buttons.sessions import AskOverride, ListOverrides
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps
from handlers.team import override_view
from handlers.team.flows import LAST_PAGE
from handlers.team.session_card import managed, session_screen

ASK_OVERRIDE: Final = "ask.session.override"
_PAGE = 10


async def choose_seat(context: Context, data: ListOverrides) -> Reply:
    """Ask whose seat."""
    await managed(context, data.session_id, Operation.OVERRIDE_CANCELLATION)
    found = await context.services.team_sessions.list_seats(
        center_id=context.actor.center_id, session_id=data.session_id, limit=_PAGE + 1, offset=data.page * _PAGE
    )
    has_more = len(found) > _PAGE and data.page < LAST_PAGE
    return Reply(
        override_view.choose_seat(
            context.tr, session_id=data.session_id, seats=found[:_PAGE], page=data.page, has_more=has_more
        )
    )


async def ask_override(context: Context, data: AskOverride) -> Reply:
    """Say what comes back, and ask for the reason."""
    screen = await _screen(context, data.enrollment_id, returns_cash=data.returns_cash)
    kept = {"enrollment_id": data.enrollment_id.hex, "returns_cash": data.returns_cash}
    await context.ask(step=ASK_OVERRIDE, data=kept)
    return Reply(screen)


async def _screen(
    context: Context, enrollment_id: EnrollmentId, *, returns_cash: bool, notice: Markup | None = None
) -> Screen:
    require(context.actor, Operation.OVERRIDE_CANCELLATION)
    views, center_id = context.services.team_sessions, context.actor.center_id
    seat = await views.find_seat(center_id=center_id, enrollment_id=enrollment_id)
    facts = await views.find_seat_facts(center_id=center_id, enrollment_id=enrollment_id)
    if seat is None or facts is None:
        raise NotFoundError(what="enrollment")
    check_overridable(facts)
    return override_view.ask_override(
        context.tr,
        seat,
        what_comes_back(facts, with_cash=returns_cash),
        is_cash=facts.method is PaymentMethod.CASH and not facts.was_moved,
        returns_cash=returns_cash,
        currency=context.member.center.currency,
        notice=notice,
    )


async def take_reason(context: Context, text: str) -> Reply:
    """Cancel, for the reason that was typed."""
    enrollment_id, returns_cash = _asked(context)
    try:
        await context.services.override_cancellation(
            actor=context.actor, enrollment_id=enrollment_id, reason=text, returns_cash=returns_cash
        )
    except InvalidInputError as error:
        notice = sentence(context.tr, error)
        return Reply(await _screen(context, enrollment_id, returns_cash=returns_cash, notice=notice))
    await context.services.take_answer(
        member=context.member,
        step=ASK_OVERRIDE,
        message_id=context.message_id,
        next_step=None,
        data={"enrollment_id": enrollment_id.hex, "returns_cash": returns_cash},
    )
    return await _done(context, enrollment_id)


async def show(context: Context) -> Reply:
    """Show the question, or, answered, what came of it."""
    enrollment_id, returns_cash = _asked(context)
    if context.member.dialog.step != ASK_OVERRIDE:
        return await _done(context, enrollment_id)
    return Reply(await _screen(context, enrollment_id, returns_cash=returns_cash))


async def _done(context: Context, enrollment_id: EnrollmentId) -> Reply:
    seat = await context.services.team_sessions.find_seat(center_id=context.actor.center_id, enrollment_id=enrollment_id)
    if seat is None:
        raise NotFoundError(what="enrollment")
    notice = context.tr.text("✅ The booking of {name} is cancelled.", name=seat.name)
    return Reply(await session_screen(context, seat.session_id, notice=notice))


def _asked(context: Context) -> tuple[EnrollmentId, bool]:
    data = context.member.dialog.data
    return EnrollmentId(UUID(str(data["enrollment_id"]))), bool(data["returns_cash"])


TAPS: Taps = {ListOverrides: choose_seat, AskOverride: ask_override}

QUESTIONS = {ASK_OVERRIDE: Question(take_reason, show)}
