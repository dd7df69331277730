"""Loads what decisions on standing bookings need."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.ids import CenterId, PersonId, SessionId, StandingBookingId, TimetableRuleId
from domain.notifications.quiet import QuietHours
from domain.waitlist.standing_ports import AskingFacts, StandingRequest
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions, timetable_rules
from storage.tables.money import enrollments
from storage.tables.organization import centers, people
from storage.tables.types import Instant
from storage.tables.waitlist import standing_attempts, standing_bookings

_center, _session, _student = (outside(name, sa.Uuid()) for name in ("center_id", "session_id", "student_id"))
_standing = outside("standing_booking_id", sa.Uuid())

_mine = standing_bookings.alias("mine")
ASKING_FACTS = Query(
    sa.select(sessions.c.rule_id, timetable_rules.c.archived_at.is_(None), classes.c.price_minor, _mine.c.id)
    .select_from(
        sessions.join(classes, classes.c.id == sessions.c.class_id)
        .outerjoin(timetable_rules, timetable_rules.c.id == sessions.c.rule_id)
        .outerjoin(
            _mine,
            (_mine.c.rule_id == sessions.c.rule_id) & (_mine.c.student_id == _student) & _mine.c.stopped_at.is_(None),
        )
    )
    .where(sessions.c.id == _session, sessions.c.center_id == _center),
    lambda rule_id, is_on, price_minor, id_: AskingFacts(rule_id, bool(is_on), price_minor, id_),
)

_OWN = (standing_bookings.c.student_id == _student) & (standing_bookings.c.center_id == _center)
ON_RULE = Query(
    sa.select(standing_bookings.c.id)
    .where(
        standing_bookings.c.rule_id == outside("rule_id", sa.Uuid()),
        standing_bookings.c.center_id == _center,
        standing_bookings.c.stopped_at.is_(None),
    )
    .order_by(standing_bookings.c.id),
    StandingBookingId,
)
IS_ON = Query(
    sa.select(standing_bookings.c.stopped_at).where(_OWN, standing_bookings.c.id == _standing),
    lambda stopped_at: stopped_at is None,
)
ON = Query(
    sa.select(standing_bookings.c.id).where(_OWN, standing_bookings.c.stopped_at.is_(None)),
    StandingBookingId,
)


def _was_tried() -> sa.ColumnElement[bool]:
    return (
        sa.select(standing_attempts.c.session_id)
        .where(
            standing_attempts.c.standing_booking_id == standing_bookings.c.id,
            standing_attempts.c.session_id == sessions.c.id,
        )
        .exists()
    )


def _has_decided() -> sa.ColumnElement[bool]:
    """Match sessions that the student has a seat in, or has cancelled one of: what was only ever held is no decision."""
    return (
        sa.select(enrollments.c.id)
        .where(
            enrollments.c.session_id == sessions.c.id,
            enrollments.c.student_id == standing_bookings.c.student_id,
            (enrollments.c.status != constant(EnrollmentStatus.CANCELLED)) | enrollments.c.made_good.is_not(None),
        )
        .exists()
    )


_REQUESTS = (
    sa.select(
        standing_bookings.c.id,
        standing_bookings.c.student_id,
        sessions.c.id,
        standing_bookings.c.most_minor,
        centers.c.quiet_from_minutes,
        centers.c.quiet_until_minutes,
        centers.c.timezone,
    )
    .select_from(
        standing_bookings.join(sessions, sessions.c.rule_id == standing_bookings.c.rule_id)
        .join(people, people.c.id == standing_bookings.c.student_id)
        .join(centers, centers.c.id == standing_bookings.c.center_id)
    )
    .where(
        standing_bookings.c.center_id == _center,
        standing_bookings.c.stopped_at.is_(None),
        people.c.blocked_at.is_(None),
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
        sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN')"),
        ~_was_tried(),
        ~_has_decided(),
    )
    .order_by(sessions.c.starts_at, sessions.c.id, standing_bookings.c.created_at, standing_bookings.c.id)
)


def _request(id_: Any, student_id: Any, session_id: Any, most_minor: int, *quiet: Any) -> StandingRequest:
    from_minutes, until_minutes, timezone = quiet
    return StandingRequest(
        id_, student_id, session_id, most_minor, QuietHours(from_minutes, until_minutes, ZoneInfo(timezone))
    )


REQUESTS = Query(_REQUESTS.where(sessions.c.id == _session), _request)
DUE = Query(_REQUESTS.where(sessions.c.starts_at > outside("now", Instant())), _request)
IS_DUE = Query(_REQUESTS.where(sessions.c.id == _session, standing_bookings.c.id == _standing), _request)


class StoredStanding:
    """See ``domain.waitlist.standing_ports.StandingRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_asking_facts(
        self, *, center_id: CenterId, student_id: PersonId, session_id: SessionId
    ) -> AskingFacts | None:
        """Return what asking rests on, or None where there is no such session."""
        return await fetch_one(
            self._database, ASKING_FACTS, center_id=center_id, student_id=student_id, session_id=session_id
        )

    async def find_is_on(
        self, *, center_id: CenterId, student_id: PersonId, standing_booking_id: StandingBookingId
    ) -> bool | None:
        """Return whether a standing booking of the student's is on, or None where they have no such one."""
        return await fetch_one(
            self._database,
            IS_ON,
            center_id=center_id,
            student_id=student_id,
            standing_booking_id=standing_booking_id,
        )

    async def list_on_rule(self, *, center_id: CenterId, rule_id: TimetableRuleId) -> list[StandingBookingId]:
        """Return the standing bookings of a rule that are on."""
        return await self._database.fetch(ON_RULE, center_id=center_id, rule_id=rule_id)

    async def list_on(self, *, center_id: CenterId, student_id: PersonId) -> list[StandingBookingId]:
        """Return the student's standing bookings that are on."""
        return await self._database.fetch(ON, center_id=center_id, student_id=student_id)

    async def list_requests(self, *, center_id: CenterId, session_id: SessionId) -> list[StandingRequest]:
        """Return for whom a session is to be booked that was not tried for them."""
        return await self._database.fetch(REQUESTS, center_id=center_id, session_id=session_id)

    async def list_due(self, *, center_id: CenterId, now: datetime) -> list[StandingRequest]:
        """Return the same for all sessions ahead, the soonest first."""
        return await self._database.fetch(DUE, center_id=center_id, now=now)

    async def is_due(self, *, center_id: CenterId, standing_booking_id: StandingBookingId, session_id: SessionId) -> bool:
        """Whether a session is (still) to be booked for a standing booking."""
        found = await self._database.fetch(
            IS_DUE, center_id=center_id, standing_booking_id=standing_booking_id, session_id=session_id
        )
        return bool(found)
