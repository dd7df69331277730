"""What a student's taps on waiting do: join a line, leave it, take or pass on the seat that is held for them."""

from markupsafe import Markup

from domain.errors import NotFoundError
from domain.ids import WaitlistEntryId
from domain.permissions import Operation, require
from domain.waitlist.model import WaitlistStatus
from handlers.buttons.waitlist import ConfirmOffer, JoinLine, LeaveLine, OpenPlace, PassPlace
from handlers.context import Context
from handlers.screens import Answer, Reply, Screen
from handlers.student import flows as student
from handlers.student import waitlist_view
from handlers.tap import Taps


async def join(context: Context, data: JoinLine) -> Reply:
    """Join the line; pressed again, show where the student stands in it."""
    await context.services.join_waitlist(actor=context.actor, session_id=data.session_id, entry_id=data.entry_id)
    place = await student.place_in(context, data.session_id)
    answer = Answer(waitlist_view.where_in_line(context.tr, place.position)) if place is not None else Answer()
    return Reply(await student.session_screen(context, data.session_id), answer=answer)


async def leave(context: Context, data: LeaveLine) -> Reply:
    """Leave the line."""
    place = await context.services.leave_waitlist(actor=context.actor, entry_id=data.entry_id)
    answer = Answer(context.tr.plain("You wait no more")) if place.is_live else Answer()
    return Reply(await student.session_screen(context, place.session_id), answer=answer)


async def open_place(context: Context, data: OpenPlace) -> Reply:
    """Show the offer, or, where none is open any more, the class as it is now."""
    return Reply(await place_screen(context, data.entry_id))


async def confirm_offer(context: Context, data: ConfirmOffer) -> Reply:
    """Take the seat; pressed again, show the booking."""
    enrollment = await context.services.accept_offer(actor=context.actor, entry_id=data.entry_id, confirmed=data.confirmed)
    return Reply(await student.booking_screen(context, enrollment.id), answer=Answer(context.tr.plain("Booked ✅")))


async def pass_on(context: Context, data: PassPlace) -> Reply:
    """Pass the offer on."""
    place = await context.services.pass_offer(actor=context.actor, entry_id=data.entry_id)
    is_new = place.status is WaitlistStatus.OFFERED
    answer = Answer(context.tr.plain("The seat goes to the next in line")) if is_new else Answer()
    return Reply(await student.session_screen(context, place.session_id), answer=answer)


async def place_screen(context: Context, entry_id: WaitlistEntryId, *, notice: Markup | None = None) -> Screen:
    """Draw what a place means now, under a notice where something is to be said first."""
    require(context.actor, Operation.JOIN_WAITLIST)
    place = await context.services.waitlist.find_place(
        center_id=context.actor.center_id, student_id=context.actor.person_id, entry_id=entry_id
    )
    if place is None:
        raise NotFoundError(what="waitlist entry")
    if notice is None and not place.is_live:
        notice = waitlist_view.what_became(context.tr, place.status)
    return await student.session_screen(context, place.session_id, notice=notice)


TAPS: Taps = {
    JoinLine: join,
    LeaveLine: leave,
    OpenPlace: open_place,
    ConfirmOffer: confirm_offer,
    PassPlace: pass_on,
}
