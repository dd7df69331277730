"""What takes bookings into other calendars: a file of one, the feed of all."""

from domain.errors import NotFoundError, OutOfDateError
from domain.permissions import Operation, require
from domain.sessions.calendar_feed import feed_address
from handlers.callback_data import OpenFeed, SendCalendarFile
from handlers.callback_lists import FeedStep
from handlers.context import Context
from handlers.screens import Answer, Reply
from handlers.student import calendar_export_view as view
from handlers.tap import Taps


async def send_file(context: Context, data: SendCalendarFile) -> Reply:
    """Send a booking as a file. Raises OutOfDateError for one that was cancelled since the button was drawn."""
    require(context.actor, Operation.VIEW_ENROLLMENTS)
    entry = await context.services.calendar.find_entry(
        center_id=context.actor.center_id, student_id=context.actor.person_id, enrollment_id=data.enrollment_id
    )
    if entry is None:
        raise NotFoundError(what="enrollment")
    if entry.is_off:
        raise OutOfDateError
    return Reply(messages=(view.calendar_document(context.tr, entry),))


async def open_feed(context: Context, data: OpenFeed) -> Reply:
    """Show one's calendar feed, ask about renewing its address, or renew it."""
    require(context.actor, Operation.MANAGE_OWN_DATA)
    public_url, services = context.services.public_url, context.services
    if public_url is None:
        raise NotFoundError(what="calendar_feed")
    if data.step is FeedStep.ASK:
        return Reply(view.ask_renew_screen(context.tr, fingerprint=data.fingerprint))
    if data.step is FeedStep.RENEW:
        secret = await services.renew_calendar_feed(actor=context.actor, fingerprint=data.fingerprint)
        answer = Answer(context.tr.plain("The address is new ✅"))
    else:
        secret, answer = await services.open_calendar_feed(actor=context.actor), Answer()
    screen = view.feed_screen(context.tr, address=feed_address(public_url, secret), secret=secret)
    return Reply(screen, answer=answer)


TAPS: Taps = {SendCalendarFile: send_file, OpenFeed: open_feed}
