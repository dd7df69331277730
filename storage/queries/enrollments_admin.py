"""Anybody's enrollments for admins."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.admin_views import EnrollmentCard, EnrollmentLine
from domain.ids import CenterId, EnrollmentId, PersonId
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.door import decisions
from storage.tables.money import enrollments
from storage.tables.organization import branches, people

_center, _enrollment = outside("center_id", sa.Uuid()), outside("enrollment_id", sa.Uuid())
_canceller = people.alias("canceller")
_IS_NO_LAPSED_RESERVATION = sa.or_(enrollments.c.cancelled_at.is_(None), enrollments.c.made_good.is_not(None))


def _card(*values: Any) -> EnrollmentCard:
    shown = (*values[:3], values[3] is None and values[4] is None, *values[5:])
    return EnrollmentCard(*shown)


CARD = Query(
    sa.select(
        enrollments.c.id,
        enrollments.c.student_id,
        people.c.name,
        people.c.erased_at,
        people.c.merged_into_id,
        enrollments.c.session_id,
        classes.c.title,
        branches.c.name,
        sessions.c.status,
        sessions.c.starts_at,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.price_minor,
        enrollments.c.policy,
        enrollments.c.no_show_fee_percent,
        enrollments.c.free_cancel_until,
        class_packages.c.name,
        enrollments.c.credit_value_minor,
        enrollments.c.held_until,
        enrollments.c.attended_at,
        enrollments.c.marked_absent_at,
        enrollments.c.created_at,
        enrollments.c.cancelled_at,
        _canceller.c.name,
        enrollments.c.made_good,
        enrollments.c.made_good_minor,
        decisions.c.id,
    )
    .select_from(
        enrollments.join(people, people.c.id == enrollments.c.student_id)
        .join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
        .outerjoin(student_packages, student_packages.c.id == enrollments.c.student_package_id)
        .outerjoin(class_packages, class_packages.c.id == student_packages.c.class_package_id)
        .outerjoin(_canceller, _canceller.c.id == enrollments.c.cancelled_by)
        .outerjoin(decisions, (decisions.c.enrollment_id == enrollments.c.id) & decisions.c.decided_at.is_(None))
    )
    .where(enrollments.c.id == _enrollment, enrollments.c.center_id == _center, _IS_NO_LAPSED_RESERVATION),
    _card,
)
PLACE = Query(
    sa.select(enrollments.c.created_at, enrollments.c.id).where(
        enrollments.c.id == _enrollment, enrollments.c.center_id == _center
    ),
    lambda at, id_: (at, id_),
)
OF_PERSON = Query(
    sa.select(enrollments.c.id, classes.c.title, sessions.c.starts_at, enrollments.c.status, enrollments.c.attended_at)
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id).join(
            classes, classes.c.id == sessions.c.class_id
        )
    )
    .where(
        enrollments.c.student_id == outside("person_id", sa.Uuid()),
        enrollments.c.center_id == _center,
        _IS_NO_LAPSED_RESERVATION,
        sa.tuple_(enrollments.c.created_at, enrollments.c.id)
        < sa.tuple_(outside("after_at", enrollments.c.created_at.type), outside("after_id", sa.Uuid())),
    )
    .order_by(enrollments.c.created_at.desc(), enrollments.c.id.desc())
    .limit(outside("limit", sa.Integer())),
    EnrollmentLine,
)
_TOP = (datetime(9000, 1, 1, tzinfo=UTC), UUID(int=0))


class StoredEnrollmentAdminViews:
    """See ``domain.enrollments.admin_views.EnrollmentAdminViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_card(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> EnrollmentCard | None:
        """Return one enrollment."""
        return await fetch_one(self._database, CARD, center_id=center_id, enrollment_id=enrollment_id)

    async def list_of_person(
        self, *, center_id: CenterId, person_id: PersonId, limit: int, after: EnrollmentId | None = None
    ) -> list[EnrollmentLine]:
        """Return a person's enrollments, the latest booked first; after one that is gone, from the top."""
        after_at, after_id = await self._place(center_id, after)
        return await self._database.fetch(
            OF_PERSON, center_id=center_id, person_id=person_id, limit=limit, after_at=after_at, after_id=after_id
        )

    async def _place(self, center_id: CenterId, after: EnrollmentId | None) -> tuple[datetime, UUID]:
        if after is None:
            return _TOP
        found = await fetch_one(self._database, PLACE, center_id=center_id, enrollment_id=after)
        return found or _TOP
