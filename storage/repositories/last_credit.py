"""Finds the last credit that a student has left of a class, where they are to hear of it."""

from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import PaymentMethod
from domain.notifications.model import MutableNotification
from domain.notifications.quiet import QuietHours
from domain.packages.model import StudentPackageStatus
from domain.packages.ports import LastCredit
from domain.waitlist.model import WaitingMessage
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions, student_packages
from storage.tables.messages import notifications
from storage.tables.money import enrollments
from storage.tables.organization import centers, muted_notifications

_other = student_packages.alias("other")


def _last_credit(student_id: Any, student_package_id: Any, *quiet: Any) -> LastCredit:
    from_minutes, until_minutes, timezone = quiet
    return LastCredit(student_id, student_package_id, QuietHours(from_minutes, until_minutes, ZoneInfo(timezone)))


def _no_other_credit() -> sa.ColumnElement[bool]:
    return ~(
        sa.select(_other.c.id)
        .where(
            _other.c.student_id == student_packages.c.student_id,
            _other.c.class_id == student_packages.c.class_id,
            _other.c.status == constant(StudentPackageStatus.ACTIVE),
            _other.c.id != student_packages.c.id,
        )
        .exists()
    )


LAST_CREDIT = Query(
    sa.select(
        student_packages.c.student_id,
        student_packages.c.id,
        centers.c.quiet_from_minutes,
        centers.c.quiet_until_minutes,
        centers.c.timezone,
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(
            student_packages,
            (student_packages.c.student_id == enrollments.c.student_id)
            & (student_packages.c.class_id == sessions.c.class_id)
            & (student_packages.c.status == constant(StudentPackageStatus.ACTIVE)),
        )
        .join(centers, centers.c.id == enrollments.c.center_id)
        .outerjoin(
            muted_notifications,
            (muted_notifications.c.person_id == enrollments.c.student_id)
            & (muted_notifications.c.kind == constant(MutableNotification.CREDITS)),
        )
        .outerjoin(
            notifications,
            (notifications.c.person_id == enrollments.c.student_id)
            & (notifications.c.kind == constant(WaitingMessage.CREDITS_LOW))
            & (notifications.c.subject_id == student_packages.c.id),
        )
    )
    .where(
        enrollments.c.id == outside("enrollment_id"),
        enrollments.c.center_id == outside("center_id"),
        enrollments.c.method == constant(PaymentMethod.PACKAGE),
        enrollments.c.status != constant(EnrollmentStatus.CANCELLED),
        student_packages.c.credits_left == sa.literal_column("1"),
        _no_other_credit(),
        muted_notifications.c.person_id.is_(None),
        notifications.c.id.is_(None),
    ),
    _last_credit,
)
