"""From a row to what its reader is told: by its kind, as things are now, in their language.

A flow with kinds of its own adds its composers to ``COMPOSERS``, as flows add their taps.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.ids import EnrollmentId, SessionId
from domain.notifications.kinds import MANNERS, NotificationKind, is_still_for
from domain.notifications.ports import Outgoing
from domain.notifications.views import SeatNotice, SessionNotice
from domain.organization.model import Center
from domain.sessions.model import OPEN_FOR_BOOKING, SessionStatus
from handlers import broadcast_news, digest
from handlers import notifications_view as view
from handlers.context import Services
from handlers.i18n import LANGUAGES, Translator
from handlers.notices import Compose, Composers, Notice, NoticeContext
from handlers.student import pay_news, waiting_news

_MOST_NAMES = 20
_CALLED_OFF = (SessionStatus.CANCELED, SessionStatus.MISSED)


@dataclass(frozen=True, slots=True)
class ComposeNotice:
    """Writes the messages of one center."""

    center: Center
    services: Services
    clock: Clock

    async def __call__(self, message: Outgoing) -> Notice | None:
        """Return the message, None where it has lost its sense or its reader has switched it off. Raises KeyError."""
        manner = MANNERS.get(NotificationKind(message.kind)) if message.kind in _OWN_KINDS else None
        if manner is not None and manner.switch in message.muted:
            return None
        if message.kind in _OWN_KINDS and not is_still_for(NotificationKind(message.kind), message.roles):
            return None
        center = await self.services.organization.find_served(center_id=self.center.id) or self.center  # edited since?
        language = message.language if message.language in LANGUAGES else center.default_language
        tr = Translator(language, ZoneInfo(center.timezone))
        return await COMPOSERS[message.kind](NoticeContext(center, tr, self.services, self.clock.now()), message)


async def _seat(context: NoticeContext, message: Outgoing) -> SeatNotice | None:
    return await context.services.notices.find_seat(
        center_id=context.center.id, person_id=message.person_id, enrollment_id=EnrollmentId(message.subject_id)
    )


async def _seat_in(context: NoticeContext, message: Outgoing) -> SeatNotice | None:
    return await context.services.notices.find_seat_in(
        center_id=context.center.id, person_id=message.person_id, session_id=SessionId(message.subject_id)
    )


async def _session(context: NoticeContext, message: Outgoing) -> SessionNotice | None:
    return await context.services.notices.find_session(
        center_id=context.center.id, session_id=SessionId(message.subject_id)
    )


async def _booked(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat(context, message)
    if seat is None or not seat.is_live or seat.session.status in _CALLED_OFF:
        return None
    return view.booked(context.tr, seat, currency=context.center.currency)


async def _cancelled(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat(context, message)
    if seat is None or seat.made_good is None:
        return None
    return view.cancelled(context.tr, seat, currency=context.center.currency)


async def _missed(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat(context, message)
    return None if seat is None else view.missed(context.tr, seat, currency=context.center.currency)


async def _decided(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat(context, message)
    return None if seat is None else view.decided(context.tr, seat, currency=context.center.currency)


async def _called_off(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat_in(context, message)
    if seat is None or seat.session.status not in _CALLED_OFF or seat.session.canceled_at is None:
        return None
    if seat.session.canceled_at.isoformat() != message.occurrence:
        return None  # it took place after all, and was cancelled again: that is another message
    return view.called_off(context.tr, seat, currency=context.center.currency)


async def _moved(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat_in(context, message)
    if seat is None or not seat.is_live or seat.session.status not in OPEN_FOR_BOOKING or seat.session.moved_at is None:
        return None
    if seat.session.moved_at.isoformat() != message.occurrence or seat.session.ends_at <= context.now:
        return None  # moved again: the newer message says where it is now
    return view.moved(context.tr, seat)


async def _back(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat_in(context, message)
    if seat is None or seat.is_live or seat.session.status not in OPEN_FOR_BOOKING:
        return None
    if seat.session.starts_at.isoformat() != message.occurrence or seat.session.starts_at <= context.now:
        return None
    return view.back(context.tr, seat.session)


async def _reminder(context: NoticeContext, message: Outgoing) -> Notice | None:
    seat = await _seat_in(context, message)
    if seat is None or not seat.is_live or seat.session.status not in OPEN_FOR_BOOKING:
        return None
    if seat.session.starts_at.isoformat() != message.occurrence or seat.session.starts_at <= context.now:
        return None
    return view.reminder(context.tr, seat, now=context.now)


async def _merged(context: NoticeContext, _message: Outgoing) -> Notice | None:
    return view.merged(context.tr, center_name=context.center.name)


async def _who_comes(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await _session(context, message)
    if session is None or session.status is not SessionStatus.SCHEDULED or session.starts_at <= context.now:
        return None
    names = await context.services.notices.list_coming(
        center_id=context.center.id, session_id=session.session_id, limit=_MOST_NAMES
    )
    return view.who_comes(context.tr, session, names=names, now=context.now)


async def _not_opened(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await _session(context, message)
    if session is None or session.status is not SessionStatus.SCHEDULED or session.ends_at <= context.now:
        return None
    return view.not_opened(context.tr, session)


async def _never_opened(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await _session(context, message)
    if session is None or session.status is not SessionStatus.SCHEDULED or session.ends_at > context.now:
        return None
    return view.never_opened(context.tr, session)


async def _team_missed(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await _session(context, message)
    if session is None or session.status is not SessionStatus.MISSED:
        return None
    return view.team_missed(context.tr, session)


async def _team_finished(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await _session(context, message)
    if session is None or session.status is not SessionStatus.FINISHED:
        return None
    return view.team_finished(context.tr, session)


async def _cases_open(context: NoticeContext, message: Outgoing) -> Notice | None:
    session = await _session(context, message)
    if session is None:
        return None
    count = await context.services.notices.count_cases(
        center_id=context.center.id, session_id=session.session_id, until=context.now
    )
    return view.cases_open(context.tr, session, count=count) if count else None


async def _cases_wait(context: NoticeContext, message: Outgoing) -> Notice | None:
    count = await context.services.notices.count_cases(
        center_id=context.center.id, session_id=None, until=message.created_at
    )
    return view.cases_wait(context.tr, count=count) if count else None


async def _alert(context: NoticeContext, message: Outgoing) -> Notice | None:
    alert = await context.services.notices.find_alert(center_id=context.center.id, alert_id=message.subject_id)
    return view.alert(context.tr, alert) if alert is not None else None


_OWN: dict[NotificationKind, Compose] = {
    NotificationKind.SEAT_BOOKED: _booked,
    NotificationKind.SEAT_CANCELLED: _cancelled,
    NotificationKind.SEAT_MISSED: _missed,
    NotificationKind.SEAT_DECIDED: _decided,
    NotificationKind.SESSION_OFF: _called_off,
    NotificationKind.SESSION_MOVED: _moved,
    NotificationKind.SESSION_BACK: _back,
    NotificationKind.REMINDER_EARLY: _reminder,
    NotificationKind.REMINDER_LATE: _reminder,
    NotificationKind.PEOPLE_MERGED: _merged,
    NotificationKind.TEAM_WHO_COMES: _who_comes,
    NotificationKind.TEAM_NOT_OPENED: _not_opened,
    NotificationKind.TEAM_NEVER_OPENED: _never_opened,
    NotificationKind.TEAM_MISSED: _team_missed,
    NotificationKind.TEAM_FINISHED: _team_finished,
    NotificationKind.DECISIONS_OPEN: _cases_open,
    NotificationKind.DECISIONS_WAIT: _cases_wait,
    NotificationKind.ALERT: _alert,
}
_OWN_KINDS = frozenset(kind.value for kind in NotificationKind)
COMPOSERS: Composers = {
    **{kind.value: compose for kind, compose in _OWN.items()},
    **digest.COMPOSERS,
    **waiting_news.COMPOSERS,
    **pay_news.COMPOSERS,
    **broadcast_news.COMPOSERS,
}
