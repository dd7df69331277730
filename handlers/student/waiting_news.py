"""From a message's row to what is sent: read anew, so that what has lost its sense meanwhile is not sent at all."""

from datetime import datetime
from uuid import UUID

from domain.ids import CenterId, PersonId, SessionId, StandingBookingId, StudentPackageId, WaitlistEntryId
from domain.waitlist.model import WaitingMessage, WaitlistStatus
from domain.waitlist.news import WaitingNewsViews
from handlers.i18n import Translator
from handlers.screens import Screen
from handlers.student import waiting_news_view as view


async def waiting_news(
    views: WaitingNewsViews,
    tr: Translator,
    *,
    kind: WaitingMessage,
    center_id: CenterId,
    person_id: PersonId,
    subject_id: UUID,
    occurrence: str,
    now: datetime,
) -> Screen | None:
    """Return what a person reads, or None where the message has lost its sense."""
    match kind:
        case WaitingMessage.OFFER | WaitingMessage.OFFER_LAPSED | WaitingMessage.CLOSED:
            return await _of_place(
                views, tr, kind, center_id=center_id, person_id=person_id, entry_id=WaitlistEntryId(subject_id), now=now
            )
        case WaitingMessage.FREE_SEATS:
            session = await views.find_free_seats(
                center_id=center_id, person_id=person_id, session_id=SessionId(subject_id)
            )
            is_true = session is not None and session.is_open(now) and session.seats_left > 0
            return view.free_seats_message(tr, session) if session is not None and is_true else None
        case WaitingMessage.STANDING:
            standing = await views.find_standing(
                center_id=center_id,
                person_id=person_id,
                session_id=SessionId(subject_id),
                standing_booking_id=StandingBookingId(UUID(occurrence)),
            )
            is_ahead = standing is not None and standing.session.is_open(now)
            return view.standing_message(tr, standing) if standing is not None and is_ahead else None
        case WaitingMessage.CREDITS_LOW:
            credit = await views.find_credits(
                center_id=center_id, person_id=person_id, student_package_id=StudentPackageId(subject_id)
            )
            return view.last_credit_message(tr, credit) if credit is not None and credit.credits_left == 1 else None


async def _of_place(
    views: WaitingNewsViews,
    tr: Translator,
    kind: WaitingMessage,
    *,
    center_id: CenterId,
    person_id: PersonId,
    entry_id: WaitlistEntryId,
    now: datetime,
) -> Screen | None:
    news = await views.find_place(center_id=center_id, person_id=person_id, entry_id=entry_id)
    if news is None:
        return None
    match kind:
        case WaitingMessage.OFFER if news.is_offered(now):
            return view.offer_message(tr, news, now=now)
        case WaitingMessage.OFFER_LAPSED if news.status is WaitlistStatus.LAPSED and news.session.is_open(now):
            return view.lapsed_message(tr, news)
        case WaitingMessage.CLOSED if news.status is WaitlistStatus.CLOSED:
            return view.closed_message(tr, news)
        case _:
            return None
