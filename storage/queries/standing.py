"""A student's standing bookings for screens."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.ids import CenterId, PersonId, SessionId, StandingBookingId
from domain.waitlist.standing_ports import StandingLine, StandingOutcome, StandingQuestion, StandingRule
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.catalogue import classes, sessions, timetable_rules
from storage.tables.organization import branches
from storage.tables.types import Instant
from storage.tables.waitlist import standing_attempts, standing_bookings

_center, _student, _now = outside("center_id", sa.Uuid()), outside("student_id", sa.Uuid()), outside("now", Instant())
_RULE = (
    classes.c.title,
    branches.c.name,
    timetable_rules.c.recurrence,
    timetable_rules.c.starts_on,
    timetable_rules.c.local_time,
)
_TAUGHT = timetable_rules.join(classes, classes.c.id == timetable_rules.c.class_id).join(
    branches, branches.c.id == timetable_rules.c.branch_id
)
_mine, _ahead = standing_bookings.alias("mine"), sessions.alias("ahead")


def _question(session_id: SessionId, *rest: Any) -> StandingQuestion:
    rule, (price_minor, standing_booking_id, ahead) = rest[:5], rest[5:]
    return StandingQuestion(session_id, StandingRule(*rule), price_minor, standing_booking_id, ahead)


QUESTION = Query(
    sa.select(
        sessions.c.id,
        *_RULE,
        classes.c.price_minor,
        _mine.c.id,
        sa.select(sa.func.count())
        .select_from(_ahead)
        .where(
            _ahead.c.rule_id == sessions.c.rule_id,
            sa.literal_column("ahead.status IN ('SCHEDULED', 'CHECKING_IN')"),
            _ahead.c.starts_at > _now,
        )
        .scalar_subquery(),
    )
    .select_from(
        sessions.join(_TAUGHT, timetable_rules.c.id == sessions.c.rule_id).outerjoin(
            _mine,
            (_mine.c.rule_id == sessions.c.rule_id) & (_mine.c.student_id == _student) & _mine.c.stopped_at.is_(None),
        )
    )
    .where(
        sessions.c.id == outside("session_id"), sessions.c.center_id == _center, timetable_rules.c.archived_at.is_(None)
    ),
    _question,
)

ON = Query(
    sa.select(standing_bookings.c.id, *_RULE, standing_bookings.c.most_minor)
    .select_from(standing_bookings.join(_TAUGHT, timetable_rules.c.id == standing_bookings.c.rule_id))
    .where(
        standing_bookings.c.student_id == _student,
        standing_bookings.c.center_id == _center,
        standing_bookings.c.stopped_at.is_(None),
    )
    .order_by(standing_bookings.c.created_at, standing_bookings.c.id),
    lambda id_, *rest: StandingLine(id_, StandingRule(*rest[:5]), rest[5]),
)

OUTCOMES = Query(
    sa.select(sessions.c.id, sessions.c.starts_at, standing_attempts.c.outcome, standing_attempts.c.enrollment_id)
    .select_from(
        standing_attempts.join(standing_bookings, standing_bookings.c.id == standing_attempts.c.standing_booking_id).join(
            sessions, sessions.c.id == standing_attempts.c.session_id
        )
    )
    .where(
        standing_attempts.c.standing_booking_id == outside("standing_booking_id"),
        standing_bookings.c.student_id == _student,
        standing_bookings.c.center_id == _center,
        sessions.c.starts_at > _now,
    )
    .order_by(sessions.c.starts_at, sessions.c.id)
    .limit(outside("limit", sa.Integer())),
    StandingOutcome,
)


class StoredStandingViews:
    """See ``domain.waitlist.standing_ports.StandingViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_question(
        self, *, center_id: CenterId, student_id: PersonId, session_id: SessionId, now: datetime
    ) -> StandingQuestion | None:
        """Return what asking would mean, or None for a session of no rule (any more)."""
        return await fetch_one(
            self._database, QUESTION, center_id=center_id, student_id=student_id, session_id=session_id, now=now
        )

    async def list_on(self, *, center_id: CenterId, student_id: PersonId) -> list[StandingLine]:
        """Return the student's standing bookings that are on, in the order in which they were asked for."""
        return await self._database.fetch(ON, center_id=center_id, student_id=student_id)

    async def list_outcomes(
        self,
        *,
        center_id: CenterId,
        student_id: PersonId,
        standing_booking_id: StandingBookingId,
        now: datetime,
        limit: int,
    ) -> list[StandingOutcome]:
        """Return what came of the sessions ahead that were tried, the soonest first."""
        return await self._database.fetch(
            OUTCOMES,
            center_id=center_id,
            student_id=student_id,
            standing_booking_id=standing_booking_id,
            now=now,
            limit=limit,
        )
