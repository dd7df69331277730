"""Loads what decisions on waiting need."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, WaitlistEntryId
from domain.notifications.model import MutableNotification
from domain.notifications.quiet import QuietHours
from domain.waitlist.model import Place, WaitingMessage, WaitlistStatus
from domain.waitlist.ports import ClosingFacts, JoiningFacts, OfferFacts
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import SESSION_COLUMNS, bookable_session, constant
from storage.tables.catalogue import classes, sessions
from storage.tables.messages import notifications
from storage.tables.money import enrollments
from storage.tables.organization import centers, muted_notifications, people
from storage.tables.types import Instant
from storage.tables.waitlist import waitlist_entries

_WIDTH = len(SESSION_COLUMNS)
_center, _session, _student = (outside(name, sa.Uuid()) for name in ("center_id", "session_id", "student_id"))
_entry, _enrollment, _now = outside("entry_id", sa.Uuid()), outside("enrollment_id", sa.Uuid()), outside("now", Instant())
_IS_LIVE = "IN ('WAITING', 'OFFERED')"
_live: sa.ColumnElement[bool] = sa.literal_column(f"waitlist_entries.status {_IS_LIVE}")
_waiting = waitlist_entries.c.status == constant(WaitlistStatus.WAITING)
_IN_LINE = (waitlist_entries.c.joined_at, waitlist_entries.c.id)
_TERMS = sessions.join(classes, classes.c.id == sessions.c.class_id).join(centers, centers.c.id == sessions.c.center_id)
_QUIET = (centers.c.quiet_from_minutes, centers.c.quiet_until_minutes, centers.c.timezone)
_first: sa.ColumnElement[int] = sa.literal_column("1")


def _place_columns(entry: Any, seat: Any) -> tuple[Any, ...]:
    return (
        entry.c.id,
        entry.c.session_id,
        entry.c.student_id,
        entry.c.status,
        entry.c.joined_at,
        entry.c.enrollment_id,
        entry.c.offer_expires_at,
        seat.c.status,
        seat.c.reserved_for,
        sessions.c.moved_at,
    )


def _place(*values: Any) -> Place | None:
    return Place(*values) if values[0] is not None else None


def _quiet(from_minutes: int, until_minutes: int, timezone: str) -> QuietHours:
    return QuietHours(from_minutes, until_minutes, ZoneInfo(timezone))


_PLACES = (
    sa.select(*_place_columns(waitlist_entries, enrollments))
    .select_from(
        waitlist_entries.join(sessions, sessions.c.id == waitlist_entries.c.session_id).outerjoin(
            enrollments, enrollments.c.id == waitlist_entries.c.enrollment_id
        )
    )
    .where(waitlist_entries.c.center_id == _center)
)
PLACE = Query(_PLACES.where(waitlist_entries.c.id == _entry, waitlist_entries.c.student_id == _student), Place)
LIVE_PLACES_OF = Query(_PLACES.where(waitlist_entries.c.student_id == _student, _live).order_by(*_IN_LINE), Place)
LIVE_PLACES_IN = Query(_PLACES.where(waitlist_entries.c.session_id == _session, _live).order_by(*_IN_LINE), Place)
LAPSING = Query(
    _PLACES.where(
        waitlist_entries.c.status == constant(WaitlistStatus.OFFERED), waitlist_entries.c.offer_expires_at <= _now
    ).order_by(waitlist_entries.c.offer_expires_at, waitlist_entries.c.id),
    Place,
)

_seat = enrollments.alias("seat")
PLACE_BY_SEAT = Query(
    sa.select(*_place_columns(waitlist_entries, enrollments))
    .select_from(
        _seat.join(
            waitlist_entries,
            (waitlist_entries.c.session_id == _seat.c.session_id) & (waitlist_entries.c.student_id == _seat.c.student_id),
        )
        .join(sessions, sessions.c.id == waitlist_entries.c.session_id)
        .outerjoin(enrollments, enrollments.c.id == waitlist_entries.c.enrollment_id)
    )
    .where(
        _seat.c.id == _enrollment,
        _seat.c.center_id == _center,
        _seat.c.status != constant(EnrollmentStatus.CANCELLED),
        _live,
    ),
    Place,
)

_same, _mine, _own = waitlist_entries.alias("same"), waitlist_entries.alias("mine"), enrollments.alias("own")
_same_seat, _mine_seat = enrollments.alias("same_seat"), enrollments.alias("mine_seat")


def _joining_facts(*values: Any) -> JoiningFacts:
    same, mine = values[_WIDTH : _WIDTH + 10], values[_WIDTH + 10 : _WIDTH + 20]
    return JoiningFacts(bookable_session(*values[:_WIDTH]), _place(*same), _place(*mine), values[-1])


JOINING_FACTS = Query(
    sa.select(*SESSION_COLUMNS, *_place_columns(_same, _same_seat), *_place_columns(_mine, _mine_seat), _own.c.id)
    .select_from(
        _TERMS.outerjoin(_same, _same.c.id == _entry)
        .outerjoin(_same_seat, _same_seat.c.id == _same.c.enrollment_id)
        .outerjoin(
            _mine,
            (_mine.c.session_id == sessions.c.id)
            & (_mine.c.student_id == _student)
            & sa.literal_column(f"mine.status {_IS_LIVE}"),
        )
        .outerjoin(_mine_seat, _mine_seat.c.id == _mine.c.enrollment_id)
        .outerjoin(
            _own,
            (_own.c.session_id == sessions.c.id)
            & (_own.c.student_id == _student)
            & (_own.c.status != constant(EnrollmentStatus.CANCELLED)),
        )
    )
    .where(sessions.c.id == _session, sessions.c.center_id == _center),
    _joining_facts,
)


def _may_be_asked() -> sa.ColumnElement[bool]:
    """Match places whose people can be offered a seat: there, in reach, without one, and waiting for this very time."""
    has_a_seat = (
        sa.select(_own.c.id)
        .where(
            _own.c.session_id == waitlist_entries.c.session_id,
            _own.c.student_id == waitlist_entries.c.student_id,
            _own.c.status != constant(EnrollmentStatus.CANCELLED),
        )
        .exists()
    )
    return sa.and_(
        _waiting,
        people.c.blocked_at.is_(None),
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
        people.c.unreachable_at.is_(None),
        sa.or_(sessions.c.moved_at.is_(None), waitlist_entries.c.joined_at > sessions.c.moved_at),
        ~has_a_seat,
    )


_WAITERS = waitlist_entries.join(people, people.c.id == waitlist_entries.c.student_id)
_first_in_line = (
    sa.select(waitlist_entries.c.id)
    .select_from(_WAITERS)
    .where(waitlist_entries.c.session_id == sessions.c.id, _may_be_asked())
    .order_by(*_IN_LINE)
    .limit(_first)
    .correlate(sessions)
    .scalar_subquery()
)
_head, _head_seat = waitlist_entries.alias("head"), enrollments.alias("head_seat")


def _offer_facts(*values: Any) -> OfferFacts:
    minutes, quiet, place = values[_WIDTH], values[_WIDTH + 1 : _WIDTH + 4], values[_WIDTH + 4 :]
    return OfferFacts(bookable_session(*values[:_WIDTH]), minutes, _quiet(*quiet), _place(*place))


OFFER_FACTS = Query(
    sa.select(*SESSION_COLUMNS, centers.c.offer_minutes, *_QUIET, *_place_columns(_head, _head_seat))
    .select_from(
        _TERMS.outerjoin(_head, _head.c.id == _first_in_line).outerjoin(
            _head_seat, _head_seat.c.id == _head.c.enrollment_id
        )
    )
    .where(sessions.c.id == _session, sessions.c.center_id == _center),
    _offer_facts,
)

UNAWARE = Query(
    sa.select(waitlist_entries.c.student_id)
    .select_from(
        _WAITERS.join(sessions, sessions.c.id == waitlist_entries.c.session_id)
        .outerjoin(
            muted_notifications,
            (muted_notifications.c.person_id == people.c.id)
            & (muted_notifications.c.kind == constant(MutableNotification.WAITLIST)),
        )
        .outerjoin(
            notifications,
            (notifications.c.person_id == people.c.id)
            & (notifications.c.subject_id == sessions.c.id)
            & (notifications.c.kind == constant(WaitingMessage.FREE_SEATS)),
        )
    )
    .where(
        waitlist_entries.c.session_id == _session,
        waitlist_entries.c.center_id == _center,
        _may_be_asked(),
        muted_notifications.c.person_id.is_(None),
        notifications.c.id.is_(None),
    )
    .order_by(*_IN_LINE),
    PersonId,
)

_CLOSING = Query(
    sa.select(*SESSION_COLUMNS, *_QUIET)
    .select_from(_TERMS)
    .where(sessions.c.id == _session, sessions.c.center_id == _center),
    lambda *values: (bookable_session(*values[:_WIDTH]), _quiet(*values[_WIDTH:])),
)
_SESSION_OF = Query(
    sa.select(enrollments.c.session_id).where(enrollments.c.id == _enrollment, enrollments.c.center_id == _center),
    SessionId,
)
_IS_OPEN: sa.ColumnElement[bool] = sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN')")


def _sessions_with(place: sa.ColumnElement[bool], *conditions: sa.ColumnElement[bool]) -> Query[SessionId]:
    """Return sessions of the center that have such places; each is looked at once, however many wait for it."""
    with_places = sa.select(waitlist_entries.c.session_id).where(place).distinct().cte("with_places")
    return Query(
        sa.select(sessions.c.id)
        .select_from(with_places.join(sessions, sessions.c.id == with_places.c.session_id))
        .where(sessions.c.center_id == _center, *conditions),
        SessionId,
    )


WAITED_FOR = _sessions_with(_waiting, _IS_OPEN, sessions.c.starts_at > _now, sessions.c.seats_taken < sessions.c.capacity)
OUTLIVED = _sessions_with(
    _live,
    sa.or_(
        ~_IS_OPEN,
        sessions.c.starts_at <= _now,
        sa.and_(
            sessions.c.moved_at.is_not(None),
            sa.exists().where(
                waitlist_entries.c.session_id == sessions.c.id, _live, waitlist_entries.c.joined_at <= sessions.c.moved_at
            ),
        ),
    ),
)


class StoredWaitlist:
    """See ``domain.waitlist.ports.WaitlistRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_joining_facts(
        self, *, center_id: CenterId, session_id: SessionId, student_id: PersonId, entry_id: WaitlistEntryId
    ) -> JoiningFacts | None:
        """Return what joining rests on, or None where there is no such session."""
        return await fetch_one(
            self._database,
            JOINING_FACTS,
            center_id=center_id,
            session_id=session_id,
            student_id=student_id,
            entry_id=entry_id,
        )

    async def find_place(self, *, center_id: CenterId, student_id: PersonId, entry_id: WaitlistEntryId) -> Place | None:
        """Return a place of the student's, or None where they have no such place."""
        return await fetch_one(self._database, PLACE, center_id=center_id, student_id=student_id, entry_id=entry_id)

    async def find_place_by_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> Place | None:
        """Return the live place, in the session of an enrollment, of whoever's enrollment it is."""
        return await fetch_one(self._database, PLACE_BY_SEAT, center_id=center_id, enrollment_id=enrollment_id)

    async def list_live_places(self, *, center_id: CenterId, student_id: PersonId) -> list[Place]:
        """Return all live places of a student."""
        return await self._database.fetch(LIVE_PLACES_OF, center_id=center_id, student_id=student_id)

    async def find_offer_facts(self, *, center_id: CenterId, session_id: SessionId) -> OfferFacts | None:
        """Return what an offer rests on, or None where there is no such session."""
        return await fetch_one(self._database, OFFER_FACTS, center_id=center_id, session_id=session_id)

    async def list_unaware(self, *, center_id: CenterId, session_id: SessionId) -> list[PersonId]:
        """Return who waits for the session, wants to hear of free seats, can be reached, and has not been told of any."""
        return await self._database.fetch(UNAWARE, center_id=center_id, session_id=session_id)

    async def find_closing_facts(self, *, center_id: CenterId, session_id: SessionId) -> ClosingFacts | None:
        """Return the session with its live places, or None where there is no such session."""
        found = await fetch_one(self._database, _CLOSING, center_id=center_id, session_id=session_id)
        if found is None:
            return None
        places = await self._database.fetch(LIVE_PLACES_IN, center_id=center_id, session_id=session_id)
        return ClosingFacts(*found, tuple(places))

    async def find_session_of(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SessionId | None:
        """Return the session of an enrollment."""
        return await fetch_one(self._database, _SESSION_OF, center_id=center_id, enrollment_id=enrollment_id)

    async def list_lapsing(self, *, center_id: CenterId, now: datetime) -> list[Place]:
        """Return the places whose offers are over."""
        return await self._database.fetch(LAPSING, center_id=center_id, now=now)

    async def list_waited_for(self, *, center_id: CenterId, now: datetime) -> list[SessionId]:
        """Return open sessions that have free seats and people who wait."""
        return await self._database.fetch(WAITED_FOR, center_id=center_id, now=now)

    async def list_outlived(self, *, center_id: CenterId, now: datetime) -> list[SessionId]:
        """Return sessions that people still wait for, though they have begun, ended, or were moved or cancelled."""
        return await self._database.fetch(OUTLIVED, center_id=center_id, now=now)
