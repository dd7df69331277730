"""What messages say, read just before they go out; and the alerts of the admins."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.ids import CenterId, EnrollmentId, PersonId, SessionId
from domain.notifications.views import AlertLine, SeatNotice, SessionNotice
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.catalogue import classes, sessions
from storage.tables.door import decisions
from storage.tables.messages import alerts
from storage.tables.money import enrollments, payments
from storage.tables.operations import audit_log
from storage.tables.organization import branches, people

_SESSION = (
    sessions.c.id,
    classes.c.title,
    branches.c.name,
    sessions.c.teacher,
    sessions.c.starts_at,
    sessions.c.ends_at,
    sessions.c.status,
    sessions.c.cancel_reason,
    sessions.c.moved_at,
    sessions.c.canceled_at,
    sessions.c.seats_taken,
    sessions.c.seats_at_end,
    sessions.c.capacity,
)
_TAUGHT = sessions.join(classes, classes.c.id == sessions.c.class_id).join(branches, branches.c.id == sessions.c.branch_id)
_REASON = (
    sa.select(audit_log.c.reason)
    .where(audit_log.c.object_id == enrollments.c.id, audit_log.c.reason.is_not(None))
    .order_by(audit_log.c.id.desc())
    .limit(sa.literal_column("1"))
    .scalar_subquery()
)
_last_payment = payments.alias("last_payment")
_LAST_PAYMENT_ID = (
    sa.select(payments.c.id)
    .where(payments.c.enrollment_id == enrollments.c.id, sa.literal_column("method <> 'GATEWAY'"))
    .order_by(payments.c.created_at.desc(), payments.c.id.desc())
    .limit(sa.literal_column("1"))
    .scalar_subquery()
)
_SEATS = (
    sa.select(
        enrollments.c.id,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.free_cancel_until,
        enrollments.c.made_good,
        enrollments.c.made_good_minor,
        _last_payment.c.status,
        _last_payment.c.amount_minor,
        _REASON,
        *_SESSION,
    )
    .select_from(
        _TAUGHT.join(enrollments, enrollments.c.session_id == sessions.c.id).outerjoin(
            _last_payment, _last_payment.c.id == _LAST_PAYMENT_ID
        )
    )
    .where(enrollments.c.center_id == outside("center_id"), enrollments.c.student_id == outside("person_id"))
)


def _seat(*values: Any) -> SeatNotice:
    own, session = values[: -len(_SESSION)], SessionNotice(*values[-len(_SESSION) :])
    return SeatNotice(*(*own, session))


SEAT = Query(_SEATS.where(enrollments.c.id == outside("enrollment_id")), _seat)
SEAT_IN = Query(
    _SEATS.where(enrollments.c.session_id == outside("session_id"))
    .order_by(enrollments.c.created_at.desc(), enrollments.c.id.desc())
    .limit(sa.literal_column("1")),
    _seat,
)
SESSION = Query(
    sa.select(*_SESSION)
    .select_from(_TAUGHT)
    .where(sessions.c.center_id == outside("center_id"), sessions.c.id == outside("session_id")),
    SessionNotice,
)
COMING = Query(
    sa.select(people.c.name)
    .select_from(enrollments.join(people, people.c.id == enrollments.c.student_id))
    .where(
        enrollments.c.center_id == outside("center_id"),
        enrollments.c.session_id == outside("session_id"),
        sa.literal_column("enrollments.status IN ('LOCKED', 'PAID')"),
    )
    .order_by(people.c.name_folded, people.c.id)
    .limit(outside("limit", sa.Integer())),
    str,
)
_one_session = outside("session_id", sa.Uuid())
CASES = Query(
    sa.select(sa.func.count())
    .select_from(decisions.join(enrollments, enrollments.c.id == decisions.c.enrollment_id))
    .where(
        decisions.c.center_id == outside("center_id"),
        decisions.c.decided_at.is_(None),
        decisions.c.created_at <= outside("until", decisions.c.created_at.type),
        sa.or_(sa.cast(_one_session, sa.Uuid()).is_(None), enrollments.c.session_id == _one_session),
    ),
    int,
)
_ALERTS = sa.select(alerts.c.id, alerts.c.kind, alerts.c.subject_id, alerts.c.data, alerts.c.created_at).where(
    alerts.c.center_id == outside("center_id"), alerts.c.resolved_at.is_(None)
)
ALERTS = Query(_ALERTS.order_by(alerts.c.created_at, alerts.c.id).limit(outside("limit", sa.Integer())), AlertLine)
ALERT = Query(_ALERTS.where(alerts.c.id == outside("alert_id")), AlertLine)


class StoredNoticeViews:
    """See ``domain.notifications.views.NoticeViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_seat(
        self, *, center_id: CenterId, person_id: PersonId, enrollment_id: EnrollmentId
    ) -> SeatNotice | None:
        """Return a seat of the person's."""
        return await fetch_one(self._database, SEAT, center_id=center_id, person_id=person_id, enrollment_id=enrollment_id)

    async def find_seat_in(self, *, center_id: CenterId, person_id: PersonId, session_id: SessionId) -> SeatNotice | None:
        """Return the person's last seat in a session."""
        return await fetch_one(self._database, SEAT_IN, center_id=center_id, person_id=person_id, session_id=session_id)

    async def find_session(self, *, center_id: CenterId, session_id: SessionId) -> SessionNotice | None:
        """Return a session."""
        return await fetch_one(self._database, SESSION, center_id=center_id, session_id=session_id)

    async def list_coming(self, *, center_id: CenterId, session_id: SessionId, limit: int) -> list[str]:
        """Return the names of who has a live seat in a session, in their order."""
        return await self._database.fetch(COMING, center_id=center_id, session_id=session_id, limit=limit)

    async def count_cases(self, *, center_id: CenterId, session_id: SessionId | None, until: datetime) -> int:
        """Return how many cases are to be decided that were opened until then."""
        return (await self._database.fetch(CASES, center_id=center_id, session_id=session_id, until=until))[0]

    async def list_alerts(self, *, center_id: CenterId, limit: int) -> list[AlertLine]:
        """Return what admins should look at, the oldest first."""
        return await self._database.fetch(ALERTS, center_id=center_id, limit=limit)

    async def find_alert(self, *, center_id: CenterId, alert_id: UUID) -> AlertLine | None:
        """Return something that admins should still look at."""
        return await fetch_one(self._database, ALERT, center_id=center_id, alert_id=alert_id)
