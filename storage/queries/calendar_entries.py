"""Bookings as calendar applications keep them, and whose feed a secret address is."""

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.permissions import Operation
from domain.sessions.calendar_views import CalendarEntry, FeedOwner
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.money import enrollments
from storage.tables.operations import audit_log
from storage.tables.organization import branches, people

MOST_ENTRIES = 500  # of one feed: nobody has that many classes within reach, and an answer stays bounded
_CHANGES = (Operation.EDIT_SESSION, Operation.RESCHEDULE_SESSION, Operation.CANCEL_SESSION)

_since = outside("since", sessions.c.starts_at.type)
_IS_OWN = (enrollments.c.student_id == outside("student_id")) & (enrollments.c.center_id == outside("center_id"))

# Every change of a session leaves an audit row, so counting them tells applications which of two versions is newer.
_change_count = (
    sa.select(sa.func.count())
    .select_from(audit_log)
    .where(
        audit_log.c.object_id == sessions.c.id,
        sa.or_(*(audit_log.c.operation == constant(operation) for operation in _CHANGES)),
    )
    .scalar_subquery()
)

_ENTRIES = sa.select(
    enrollments.c.id,
    enrollments.c.status,
    sessions.c.status,
    classes.c.title,
    classes.c.level,
    sessions.c.teacher,
    branches.c.name,
    branches.c.address,
    sessions.c.starts_at,
    sessions.c.ends_at,
    enrollments.c.created_at,
    enrollments.c.cancelled_at,
    _change_count,
).select_from(
    enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
    .join(classes, classes.c.id == sessions.c.class_id)
    .join(branches, branches.c.id == sessions.c.branch_id)
)

ENTRY = Query(_ENTRIES.where(_IS_OWN, enrollments.c.id == outside("enrollment_id")), CalendarEntry)

# The latest first, so that the bound would cut off the past.
ENTRIES = Query(
    _ENTRIES.where(
        _IS_OWN,
        sa.or_(
            sa.and_(sa.literal_column("enrollments.status IN ('LOCKED', 'PAID')"), sessions.c.starts_at >= _since),
            sa.and_(
                enrollments.c.status == constant(EnrollmentStatus.CANCELLED),
                enrollments.c.cancelled_at >= _since,
                enrollments.c.made_good.is_not(None),  # not a reservation that has lapsed
            ),
        ),
    )
    .order_by(sessions.c.starts_at.desc(), enrollments.c.id)
    .limit(outside("limit", sa.Integer())),
    CalendarEntry,
)

FEED_OWNER = Query(
    sa.select(people.c.id, people.c.language).where(
        people.c.calendar_secret == outside("secret"),
        people.c.center_id == outside("center_id"),
        people.c.blocked_at.is_(None),
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
    ),
    FeedOwner,
)
