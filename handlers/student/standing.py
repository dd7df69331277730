"""What a student's taps on standing bookings do: ask for every session of a rule, look at them, stop."""

from datetime import datetime

from markupsafe import Markup

from domain.errors import NotFoundError
from domain.ids import SessionId, StandingBookingId, new_id
from domain.permissions import Operation, require
from domain.sessions.model import BookableSession
from domain.waitlist.standing_ports import StandingQuestion
from handlers.buttons.waitlist import AskStanding, ConfirmStanding, ListStanding, StopStanding
from handlers.context import Context
from handlers.screens import Answer, Button, Reply, Screen
from handlers.student import standing_view
from handlers.tap import Taps, without_data

_OUTCOMES_SHOWN = 12


async def asking_row(context: Context, session: BookableSession, *, now: datetime) -> tuple[Button, ...]:
    """Return the row of a session's card that leads to the question, where its class takes place again and again."""
    if not session.is_open(now):
        return ()
    question = await _question(context, session.id)
    return () if question is None else (standing_view.asking_button(context.tr, question),)


async def ask(context: Context, data: AskStanding) -> Reply:
    """Say what asking for all sessions means, and ask."""
    return Reply(await question_screen(context, data.session_id))


async def question_screen(context: Context, session_id: SessionId, *, notice: Markup | None = None) -> Screen:
    """Draw the question as it is now, under a notice where something is to be said first."""
    require(context.actor, Operation.SET_STANDING_BOOKING)
    question = await _question(context, session_id)
    if question is None:
        raise NotFoundError(what="session")
    return standing_view.question(
        context.tr,
        question,
        standing_booking_id=StandingBookingId(new_id()),
        currency=context.member.center.currency,
        notice=notice,
    )


async def confirm(context: Context, data: ConfirmStanding) -> Reply:
    """Set the standing booking, book what is planned already, and show what came of it; pressed again, show it again."""
    actor = context.actor
    standing_booking_id = await context.services.set_standing_booking(
        actor=actor, standing_booking_id=data.standing_booking_id, session_id=data.session_id, shown=data.shown
    )
    await context.services.book_standing.of_student(actor=actor, standing_booking_id=standing_booking_id)
    lines = await context.services.standing.list_on(center_id=actor.center_id, student_id=actor.person_id)
    outcomes = await context.services.standing.list_outcomes(
        center_id=actor.center_id,
        student_id=actor.person_id,
        standing_booking_id=standing_booking_id,
        now=context.services.clock.now(),
        limit=_OUTCOMES_SHOWN,
    )
    line = next((each for each in lines if each.standing_booking_id == standing_booking_id), None)
    return Reply(standing_view.outcomes(context.tr, line, outcomes))


async def list_standing(context: Context) -> Reply:
    """Show the student's standing bookings."""
    return Reply(await _list_screen(context))


async def stop(context: Context, data: StopStanding) -> Reply:
    """Stop a standing booking."""
    await context.services.stop_standing_booking(actor=context.actor, standing_booking_id=data.standing_booking_id)
    return Reply(await _list_screen(context), answer=Answer(context.tr.plain("Stopped. What is booked stays booked.")))


async def _list_screen(context: Context) -> Screen:
    require(context.actor, Operation.SET_STANDING_BOOKING)
    lines = await context.services.standing.list_on(center_id=context.actor.center_id, student_id=context.actor.person_id)
    return standing_view.standing_bookings(context.tr, lines, currency=context.member.center.currency)


async def _question(context: Context, session_id: SessionId) -> StandingQuestion | None:
    return await context.services.standing.find_question(
        center_id=context.actor.center_id,
        student_id=context.actor.person_id,
        session_id=session_id,
        now=context.services.clock.now(),
    )


TAPS: Taps = {
    AskStanding: ask,
    ConfirmStanding: confirm,
    ListStanding: without_data(list_standing),
    StopStanding: stop,
}
