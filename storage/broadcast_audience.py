"""Whom a broadcast is for, in SQL: the people of a session, a class, a branch or the center; who of them can be told."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from domain.broadcasts.model import BroadcastAudience
from domain.notifications.model import MutableNotification
from domain.packages.model import StudentPackageStatus
from domain.permissions import Role
from storage.prepared import outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions, student_packages
from storage.tables.money import enrollments
from storage.tables.organization import muted_notifications, people, role_assignments
from storage.tables.types import Instant

_center, _subject = outside("center_id", sa.Uuid()), outside("subject_id", sa.Uuid())
_HAS_OR_HAD: sa.ColumnElement[bool] = sa.literal_column("enrollments.status IN ('LOCKED', 'PAID', 'NO_SHOW')")
_IS_RECENT = sessions.c.starts_at >= outside("since", Instant())


def _with_seats(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Match who has a seat, or had it to the end, in a session that fulfils the conditions."""
    seats = (
        sa.select(enrollments.c.student_id)
        .select_from(sessions.join(enrollments, enrollments.c.session_id == sessions.c.id))
        .where(sessions.c.center_id == _center, _HAS_OR_HAD, *conditions)
    )
    return people.c.id.in_(seats)


def _with_credits() -> sa.ColumnElement[bool]:
    owners = sa.select(student_packages.c.student_id).where(
        student_packages.c.center_id == _center,
        student_packages.c.class_id == _subject,
        student_packages.c.status == constant(StudentPackageStatus.ACTIVE),
    )
    return people.c.id.in_(owners)


def _is_student() -> sa.ColumnElement[bool]:
    """Match who uses the chat as a student, and guests."""
    return sa.or_(
        people.c.telegram_id.is_(None),
        sa.exists().where(
            role_assignments.c.person_id == people.c.id,
            role_assignments.c.role == constant(Role.STUDENT),
            role_assignments.c.revoked_at.is_(None),
        ),
    )


BELONGS: Mapping[BroadcastAudience, sa.ColumnElement[bool]] = MappingProxyType(
    {
        BroadcastAudience.SESSION: _with_seats(sessions.c.id == _subject),
        BroadcastAudience.CLASS: sa.or_(_with_seats(sessions.c.class_id == _subject, _IS_RECENT), _with_credits()),
        BroadcastAudience.BRANCH: _with_seats(sessions.c.branch_id == _subject, _IS_RECENT),
        BroadcastAudience.CENTER: sa.and_(people.c.center_id == _subject, _is_student()),
    }
)
"""Who belongs to an audience."""

IS_SOMEBODY = sa.and_(
    people.c.center_id == _center,
    people.c.erased_at.is_(None),
    people.c.merged_into_id.is_(None),
    people.c.blocked_at.is_(None),
)
"""Whoever the center still counts among its people."""

CAN_BE_TOLD = sa.and_(people.c.telegram_id.is_not(None), people.c.joined_at.is_not(None), people.c.unreachable_at.is_(None))


def has_muted(audience: BroadcastAudience) -> sa.ColumnElement[Any]:
    """Match who does not want the audience's messages; those to the people of a session always come."""
    if audience is BroadcastAudience.SESSION:
        return sa.false()
    return sa.exists().where(
        muted_notifications.c.person_id == people.c.id,
        muted_notifications.c.kind == constant(MutableNotification.BROADCASTS),
    )
