"""A student's bookings for screens."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.ports import CancellationFacts
from domain.enrollments.views import BookingCard, BookingCursor, BookingLine
from domain.ids import CenterId, EnrollmentId, PersonId
from domain.permissions import Operation
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import CANCELLATION_FACTS, constant, has_lapsed
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.money import enrollments
from storage.tables.operations import audit_log
from storage.tables.organization import branches, centers

_LINES = sa.select(
    enrollments.c.id,
    enrollments.c.status,
    classes.c.title,
    sessions.c.starts_at,
    branches.c.name,
    enrollments.c.created_at,
).select_from(
    enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
    .join(classes, classes.c.id == sessions.c.class_id)
    .join(branches, branches.c.id == sessions.c.branch_id)
)
_IS_OWN = (enrollments.c.student_id == outside("student_id")) & (enrollments.c.center_id == outside("center_id"))
_after_at, _after_id = outside("after_at", sessions.c.starts_at.type), outside("after_id", sa.Uuid())
_limit = outside("limit", sa.Integer())

UPCOMING = Query(
    _LINES.where(
        _IS_OWN,
        sa.literal_column("enrollments.status IN ('LOCKED', 'PAID', 'HELD')"),
        sa.literal_column("sessions.status NOT IN ('CANCELED', 'MISSED')"),  # being made good
        sessions.c.ends_at > outside("now", sessions.c.ends_at.type),
        sa.tuple_(sessions.c.starts_at, enrollments.c.id) > sa.tuple_(_after_at, _after_id),
    )
    .order_by(sessions.c.starts_at, enrollments.c.id)
    .limit(_limit),
    BookingLine,
)


_IS_OWN_CANCELLATION = 22  # the place of the column


def _card(*values: Any) -> BookingCard:
    fields = list(values)
    fields[_IS_OWN_CANCELLATION] = bool(fields[_IS_OWN_CANCELLATION])  # SQLite has numbers for truth
    return BookingCard(*fields)


CARD = Query(
    sa.select(
        enrollments.c.id,
        enrollments.c.session_id,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.price_minor,
        centers.c.currency,
        enrollments.c.free_cancel_until,
        enrollments.c.attended_at,
        enrollments.c.made_good,
        enrollments.c.made_good_minor,
        classes.c.title,
        classes.c.level,
        sessions.c.teacher,
        branches.c.name,
        branches.c.address,
        sessions.c.starts_at,
        sessions.c.ends_at,
        sessions.c.status,
        class_packages.c.name,
        student_packages.c.credits_left,
        enrollments.c.created_at,
        sessions.c.moved_at,
        sa.case(
            (enrollments.c.cancelled_by == enrollments.c.student_id, sa.literal_column("1")),
            else_=sa.literal_column("0"),
        ),
        sessions.c.cancel_reason,
        sa.select(audit_log.c.reason)
        .where(
            audit_log.c.object_id == enrollments.c.id,
            audit_log.c.operation == constant(Operation.OVERRIDE_CANCELLATION),
        )
        .limit(sa.literal_column("1"))
        .scalar_subquery(),
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
        .join(centers, centers.c.id == enrollments.c.center_id)
        .outerjoin(student_packages, student_packages.c.id == enrollments.c.student_package_id)
        .outerjoin(class_packages, class_packages.c.id == student_packages.c.class_package_id)
    )
    .where(_IS_OWN, enrollments.c.id == outside("enrollment_id"), ~has_lapsed(enrollments)),
    _card,
)

_BEFORE_ALL = BookingCursor(datetime(1, 1, 1, tzinfo=UTC), EnrollmentId(UUID(int=0)))


class StoredBookingViews:
    """See ``domain.enrollments.views.BookingViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_upcoming(
        self, *, center_id: CenterId, student_id: PersonId, now: datetime, limit: int, after: BookingCursor | None = None
    ) -> list[BookingLine]:
        """Return live bookings of sessions that have not ended, soonest first."""
        start = after or _BEFORE_ALL
        return await self._database.fetch(
            UPCOMING,
            center_id=center_id,
            student_id=student_id,
            now=now,
            after_at=start.at,
            after_id=start.enrollment_id,
            limit=limit,
        )

    async def find_card(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> BookingCard | None:
        """Return all about one booking of the student's."""
        return await fetch_one(
            self._database, CARD, center_id=center_id, student_id=student_id, enrollment_id=enrollment_id
        )

    async def find_cancellation_facts(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> CancellationFacts | None:
        """Return what a cancellation would rest on."""
        return await fetch_one(
            self._database,
            CANCELLATION_FACTS,
            center_id=center_id,
            student_id=student_id,
            enrollment_id=enrollment_id,
        )
