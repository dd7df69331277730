"""From a message's row to what is sent: read anew, so that what has lost its sense meanwhile is not sent at all."""

from uuid import UUID

from domain.ids import SessionId, StandingBookingId, StudentPackageId, WaitlistEntryId
from domain.notifications.model import MutableNotification
from domain.notifications.ports import Outgoing
from domain.waitlist.model import WaitingMessage, WaitlistStatus
from domain.waitlist.news import PlaceNews
from handlers.notices import Composers, Notice, NoticeContext
from handlers.student import waiting_news_view as view


async def _place(context: NoticeContext, message: Outgoing) -> PlaceNews | None:
    return await context.services.waiting_news.find_place(
        center_id=context.center.id, person_id=message.person_id, entry_id=WaitlistEntryId(message.subject_id)
    )


async def _offer(context: NoticeContext, message: Outgoing) -> Notice | None:
    news = await _place(context, message)
    return (
        view.offer_message(context.tr, news, now=context.now) if news is not None and news.is_offered(context.now) else None
    )


async def _lapsed(context: NoticeContext, message: Outgoing) -> Notice | None:
    news = await _place(context, message)
    if news is None or news.status is not WaitlistStatus.LAPSED or not news.session.is_open(context.now):
        return None
    return view.lapsed_message(context.tr, news)


async def _closed(context: NoticeContext, message: Outgoing) -> Notice | None:
    news = await _place(context, message)
    return view.closed_message(context.tr, news) if news is not None and news.status is WaitlistStatus.CLOSED else None


async def _free_seats(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await context.services.waiting_news.find_free_seats(
        center_id=context.center.id, person_id=message.person_id, session_id=SessionId(message.subject_id)
    )
    if session is None or not session.is_open(context.now) or session.seats_left == 0:
        return None
    return view.free_seats_message(context.tr, session) if MutableNotification.WAITLIST not in message.muted else None


async def _standing(context: NoticeContext, message: Outgoing) -> Notice | None:
    news = await context.services.waiting_news.find_standing(
        center_id=context.center.id,
        person_id=message.person_id,
        session_id=SessionId(message.subject_id),
        standing_booking_id=StandingBookingId(UUID(message.occurrence)),
    )
    return view.standing_message(context.tr, news) if news is not None and news.session.is_open(context.now) else None


async def _last_credit(context: NoticeContext, message: Outgoing) -> Notice | None:
    news = await context.services.waiting_news.find_credits(
        center_id=context.center.id,
        person_id=message.person_id,
        student_package_id=StudentPackageId(message.subject_id),
    )
    if news is None or news.credits_left != 1 or MutableNotification.CREDITS in message.muted:
        return None
    return view.last_credit_message(context.tr, news)


COMPOSERS: Composers = {
    WaitingMessage.OFFER.value: _offer,
    WaitingMessage.OFFER_LAPSED.value: _lapsed,
    WaitingMessage.CLOSED.value: _closed,
    WaitingMessage.FREE_SEATS.value: _free_seats,
    WaitingMessage.STANDING.value: _standing,
    WaitingMessage.CREDITS_LOW.value: _last_credit,
}
