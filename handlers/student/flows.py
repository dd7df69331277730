"""What a student's taps do: parse, one use case or view, one screen."""

from collections.abc import Callable

from markupsafe import Markup

from domain.enrollments.cancellation import check_cancellable, what_comes_back
from domain.enrollments.model import EnrollmentStatus
from domain.enrollments.views import BookingCard
from domain.errors import NotFoundError
from domain.ids import EnrollmentId, SessionId, new_id
from domain.permissions import Operation, require
from domain.sessions.model import BookableSession
from domain.waitlist.views import PlaceView
from handlers.callback_data import (
    AskCancel,
    ConfirmBooking,
    ConfirmCancel,
    ListBookings,
    ListSessions,
    OpenBooking,
    OpenSession,
)
from handlers.context import Context
from handlers.screens import Answer, Button, Reply, Screen
from handlers.student import booking_view, home_view, pay, session_view, standing, waitlist_view
from handlers.student.booking_view import Waiting
from handlers.tap import Taps

_HOME_SESSIONS = 6
_PAGE = 8


async def home(context: Context) -> Screen:
    """Show the next sessions of the student's classes; of all classes, while they have none."""
    require(context.actor, Operation.VIEW_SESSIONS)
    center, person_id, now = context.member.center, context.actor.person_id, context.services.clock.now()
    sessions = await context.services.sessions.list_upcoming(
        center_id=center.id, reader_id=person_id, now=now, limit=_HOME_SESSIONS, only_classes_of_reader=True
    )
    if not sessions:
        sessions = await context.services.sessions.list_upcoming(
            center_id=center.id, reader_id=person_id, now=now, limit=_HOME_SESSIONS
        )
    booked = await context.services.bookings.list_upcoming(center_id=center.id, student_id=person_id, now=now, limit=1)
    return home_view.home(
        context.tr,
        center_name=center.name,
        name=context.member.name,
        sessions=sessions,
        next_booking=booked[0] if booked else None,
        now=now,
    )


async def list_sessions(context: Context, data: ListSessions) -> Reply:
    """Show a page of all sessions."""
    require(context.actor, Operation.VIEW_SESSIONS)
    now = context.services.clock.now()
    sessions = await context.services.sessions.list_upcoming(
        center_id=context.actor.center_id,
        reader_id=context.actor.person_id,
        now=now,
        limit=_PAGE + 1,
        after=data.after,
    )
    page = home_view.session_list(
        context.tr,
        sessions=sessions[:_PAGE],
        has_more=len(sessions) > _PAGE,
        is_first_page=data.after is None,
        now=now,
    )
    return Reply(page)


async def open_session(context: Context, data: OpenSession) -> Reply:
    """Show a session's card, which confirms the booking."""
    require(context.actor, Operation.BOOK_SESSION)
    return Reply(await session_screen(context, data.session_id))


async def session_screen(
    context: Context,
    session_id: SessionId,
    *,
    notice: Markup | None = None,
    back: Callable[[BookableSession], Button] | None = None,
) -> Screen:
    """Draw a session's card as it is now, or the seat in it that is held for the student.

    It stands under a notice where something is to be said first; ``back`` makes the way back, if it is not the usual one.
    """
    card = await context.services.sessions.find_card(
        center_id=context.actor.center_id, reader_id=context.actor.person_id, session_id=session_id
    )
    if card is None:
        raise NotFoundError(what="session")
    tr, now, place = context.tr, context.services.clock.now(), await place_in(context, session_id)
    paying = await pay.held_screen(context, card.my_enrollment_id if card.is_held else None, notice=notice)
    if paying is not None:
        return paying
    if place is not None and place.is_offered(now):
        rows = pay.offer_rows(context, card)
        return waitlist_view.offer(tr, card, place, now=now, notice=notice, paying_rows=rows)
    return session_view.session_card(
        tr,
        card,
        enrollment_id=EnrollmentId(new_id()),
        now=now,
        notice=notice,
        back=back(card.session) if back is not None else None,
        waiting=waitlist_view.waiting_lines(tr, card, place, now=now),
        extra_rows=(
            *pay.seat_rows(context, card),
            waitlist_view.waiting_button(tr, card, place, now=now),
            await standing.asking_row(context, card.session, now=now),
        ),
    )


async def place_in(context: Context, session_id: SessionId) -> PlaceView | None:
    """Return the student's live place in a session's waitlist."""
    return await context.services.waitlist.find_place_in(
        center_id=context.actor.center_id, student_id=context.actor.person_id, session_id=session_id
    )


async def confirm_booking(context: Context, data: ConfirmBooking) -> Reply:
    """Book; pressed again, show what the first press did."""
    enrollment = await context.services.book_session(
        actor=context.actor, session_id=data.session_id, enrollment_id=data.enrollment_id, confirmed=data.confirmed
    )
    card = await _booking(context, enrollment.id)
    answer = Answer(context.tr.plain("Booked ✅")) if card.is_live else Answer()
    return Reply(await _card_screen(context, card), answer=answer)


async def list_bookings(context: Context, data: ListBookings) -> Reply:
    """Show a page of the student's upcoming bookings."""
    require(context.actor, Operation.CANCEL_ENROLLMENT)
    now = context.services.clock.now()
    lines = await context.services.bookings.list_upcoming(
        center_id=context.actor.center_id,
        student_id=context.actor.person_id,
        now=now,
        limit=_PAGE + 1,
        after=data.after,
    )
    waiting, is_first_page = Waiting(), data.after is None
    if is_first_page:
        waiting = await _waiting(context)
    page = booking_view.bookings(
        context.tr,
        lines=lines[:_PAGE],
        has_more=len(lines) > _PAGE,
        is_first_page=is_first_page,
        now=now,
        has_feed=context.services.public_url is not None,
        waiting=waiting,
    )
    return Reply(page)


async def _waiting(context: Context) -> Waiting:
    center_id, student_id, now = context.actor.center_id, context.actor.person_id, context.services.clock.now()
    places = await context.services.waitlist.list_places(center_id=center_id, student_id=student_id, now=now, limit=_PAGE)
    on = await context.services.standing.list_on(center_id=center_id, student_id=student_id)
    return Waiting(tuple(places), has_standing=bool(on))


async def open_booking(context: Context, data: OpenBooking) -> Reply:
    """Show a booking's card."""
    require(context.actor, Operation.CANCEL_ENROLLMENT)
    return Reply(await booking_screen(context, data.enrollment_id))


async def booking_screen(context: Context, enrollment_id: EnrollmentId, *, notice: Markup | None = None) -> Screen:
    """Draw a booking's card as it is now, under a notice where something is to be said first."""
    return await _card_screen(context, await _booking(context, enrollment_id), notice=notice)


async def _card_screen(context: Context, card: BookingCard, *, notice: Markup | None = None) -> Screen:
    if card.status is EnrollmentStatus.HELD:
        place = await place_in(context, card.session_id)
        if place is not None and place.is_offered(context.services.clock.now()):
            return await session_screen(context, card.session_id, notice=notice)
        paying = await pay.held_screen(context, card.enrollment_id, notice=notice)
        if paying is not None:
            return paying
    money = await context.services.money_trail.list_money(
        center_id=context.actor.center_id, student_id=context.actor.person_id, enrollment_id=card.enrollment_id
    )
    return booking_view.booking_card(context.tr, card, money=money, now=context.services.clock.now(), notice=notice)


async def ask_cancel(context: Context, data: AskCancel) -> Reply:
    """Say what cancelling gives back, and ask."""
    require(context.actor, Operation.CANCEL_ENROLLMENT)
    facts = await context.services.bookings.find_cancellation_facts(
        center_id=context.actor.center_id, student_id=context.actor.person_id, enrollment_id=data.enrollment_id
    )
    if facts is None:
        raise NotFoundError(what="enrollment")
    check_cancellable(facts, now=context.services.clock.now())
    card = await _booking(context, data.enrollment_id)
    return Reply(booking_view.ask_cancel(context.tr, card, what_comes_back(facts)))


async def confirm_cancel(context: Context, data: ConfirmCancel) -> Reply:
    """Cancel; pressed again, show what the first press did."""
    await context.services.cancel_enrollment(actor=context.actor, enrollment_id=data.enrollment_id)
    return Reply(
        await booking_screen(context, data.enrollment_id), answer=Answer(context.tr.plain("Your booking is cancelled"))
    )


async def _booking(context: Context, enrollment_id: EnrollmentId) -> BookingCard:
    card = await context.services.bookings.find_card(
        center_id=context.actor.center_id, student_id=context.actor.person_id, enrollment_id=enrollment_id
    )
    if card is None:
        raise NotFoundError(what="enrollment")
    return card


TAPS: Taps = {
    ListSessions: list_sessions,
    OpenSession: open_session,
    ConfirmBooking: confirm_booking,
    ListBookings: list_bookings,
    OpenBooking: open_booking,
    AskCancel: ask_cancel,
    ConfirmCancel: confirm_cancel,
}
