"""Loads who is to be told about something, and what the clock has to do."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.finance.model import EntryCause
from domain.ids import CenterId, DecisionId, SessionId
from domain.notifications.kinds import Audience
from domain.notifications.model import MutableNotification
from domain.notifications.ports import DueSession, NoticeSettings, OpenAlert, Reader, SessionStep
from domain.notifications.quiet import QuietHours
from domain.permissions import Role
from domain.sessions.model import SessionStatus
from storage.database import Database, fetch_one
from storage.minutes import minutes_before
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions, student_packages
from storage.tables.door import decisions
from storage.tables.gateway import gateway_effects, refunds
from storage.tables.messages import alerts
from storage.tables.money import enrollments, entries, payments, postings, wallets
from storage.tables.operations import audit_log
from storage.tables.organization import centers, muted_notifications, people, role_assignments

_subject = outside("subject_id", sa.Uuid())
_NEVER: sa.ColumnElement[Any] = sa.cast(sa.null(), sessions.c.starts_at.type)
_IS_LIVE: sa.ColumnElement[bool] = sa.literal_column("enrollments.status IN ('LOCKED', 'PAID')")
_SEATS = people.join(enrollments, enrollments.c.student_id == people.c.id).join(
    sessions, sessions.c.id == enrollments.c.session_id
)


def _can_be_told() -> sa.ColumnElement[bool]:
    """Whether a person of the center can be written to, and has not switched this kind off."""
    switch = outside("switch", muted_notifications.c.kind.type)
    is_muted = sa.exists().where(muted_notifications.c.person_id == people.c.id, muted_notifications.c.kind == switch)
    return sa.and_(
        people.c.center_id == outside("center_id"),
        people.c.telegram_id.is_not(None),
        people.c.joined_at.is_not(None),
        people.c.unreachable_at.is_(None),
        people.c.blocked_at.is_(None),
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
        ~is_muted,
    )


def _seats(condition: sa.ColumnElement[bool], at: sa.ColumnElement[Any] = _NEVER) -> Query[Reader]:
    """Return who holds or held a seat that fulfils a condition."""
    return Query(sa.select(people.c.id, at).select_from(_SEATS).where(_can_be_told(), condition), Reader)


def _first_actor(object_id: sa.ColumnElement[Any], *operations: str) -> sa.ScalarSelect[Any]:
    """Return who did something to an object first, by the audit log; NULL where the clock did."""
    earliest = sa.select(audit_log.c.actor_id).where(audit_log.c.object_id == object_id)
    if operations:
        earliest = earliest.where(sa.literal_column(f"operation IN ({', '.join(map(repr, operations))})"))
    return earliest.order_by(audit_log.c.id).limit(sa.literal_column("1")).scalar_subquery()


def _with_role(*roles: sa.ColumnElement[bool], condition: sa.ColumnElement[bool] | None = None) -> Query[Reader]:
    """Return who has a role of the team now, told apart by when the session ended or was last moved."""
    has_role = sa.exists().where(
        role_assignments.c.person_id == people.c.id, role_assignments.c.revoked_at.is_(None), sa.or_(*roles)
    )
    select = sa.select(people.c.id, _NEVER).select_from(people).where(_can_be_told(), has_role)
    return Query(select if condition is None else select.where(condition), Reader)


_IS_ADMIN = role_assignments.c.role == constant(Role.ADMIN)
_BRANCH_OF_SESSION = (
    sa.select(sessions.c.branch_id)
    .where(sessions.c.id == _subject, sessions.c.center_id == outside("center_id"))
    .scalar_subquery()
)
_IS_STAFF_THERE = sa.and_(
    role_assignments.c.role == constant(Role.STAFF), role_assignments.c.branch_id == _BRANCH_OF_SESSION
)
_IS_SESSION = enrollments.c.session_id == _subject
_IS_ENROLLMENT = enrollments.c.id == _subject
_HAS_CASES = sa.exists().where(
    enrollments.c.session_id == _subject, decisions.c.enrollment_id == enrollments.c.id, decisions.c.decided_at.is_(None)
)
_NOBODY_FINISHED = ~sa.exists().where(  # settling the seats is written down under this operation, too, without a person
    audit_log.c.object_id == _subject,
    audit_log.c.operation == sa.literal_column("'finish_session'"),
    audit_log.c.actor_id.is_not(None),
)

_paying = people.alias("paying")
_LAST_EFFECT = (
    sa.select(sa.func.max(gateway_effects.c.applied_at)).where(gateway_effects.c.payment_id == payments.c.id)
).scalar_subquery()
_LAST_REFUND = (sa.select(sa.func.max(refunds.c.ended_at)).where(refunds.c.payment_id == payments.c.id)).scalar_subquery()
_LATEST = sa.case((sa.or_(_LAST_EFFECT.is_(None), _LAST_REFUND > _LAST_EFFECT), _LAST_REFUND), else_=_LAST_EFFECT)


def _payer(at: sa.ColumnElement[Any] = _NEVER) -> Query[Reader]:
    """Return who paid, as they are known now."""
    return Query(
        sa.select(people.c.id, sa.type_coerce(at, payments.c.created_at.type))
        .select_from(
            payments.join(_paying, _paying.c.id == payments.c.payer_id).join(
                people, people.c.id == sa.func.coalesce(_paying.c.merged_into_id, _paying.c.id)
            )
        )
        .where(_can_be_told(), payments.c.id == _subject),
        Reader,
    )


READERS: Mapping[Audience, Query[Reader]] = MappingProxyType(
    {
        Audience.BOOKED_BY_ANOTHER: _seats(
            sa.and_(
                _IS_ENROLLMENT,
                _IS_LIVE,
                # A seat that was held, for an offer too, became a booking by its holder's own tap or payment.
                enrollments.c.reserved_for.is_(None),
                _first_actor(enrollments.c.id).is_distinct_from(enrollments.c.student_id),
            )
        ),
        Audience.CANCELLED_BY_CENTER: _seats(
            sa.and_(
                _IS_ENROLLMENT,
                enrollments.c.made_good.is_not(None),
                enrollments.c.cancelled_by.is_distinct_from(enrollments.c.student_id),
                sa.literal_column("sessions.status NOT IN ('CANCELED', 'MISSED')"),
            )
        ),
        Audience.PAYER: _payer(),
        Audience.PAYER_EACH_TIME: _payer(_LATEST),
        Audience.PACKAGE_OWNER: Query(
            sa.select(people.c.id, _NEVER)
            .select_from(student_packages.join(people, people.c.id == student_packages.c.student_id))
            .where(_can_be_told(), student_packages.c.id == _subject),
            Reader,
        ),
        Audience.WALLET_OWNERS: Query(
            sa.select(people.c.id, _NEVER)
            .distinct()
            .select_from(
                entries.join(postings, postings.c.entry_id == entries.c.id)
                .join(wallets, wallets.c.id == postings.c.account_id)
                .join(people, people.c.id == wallets.c.owner_id)
            )
            .where(
                _can_be_told(),
                entries.c.subject_id == _subject,
                entries.c.cause == constant(EntryCause.WALLET_TRANSFER),
            ),
            Reader,
        ),
        Audience.SEAT_HOLDER: _seats(_IS_ENROLLMENT),
        Audience.PARTICIPANTS: _seats(
            sa.and_(_IS_SESSION, _IS_LIVE, enrollments.c.created_at < sessions.c.moved_at), sessions.c.moved_at
        ),
        Audience.REMINDED: _seats(
            sa.and_(
                _IS_SESSION,
                _IS_LIVE,
                enrollments.c.created_at < outside("booked_until", enrollments.c.created_at.type),
            ),
            sessions.c.starts_at,
        ),
        Audience.CALLED_OFF: _seats(
            sa.and_(
                _IS_SESSION,
                sa.literal_column("sessions.status IN ('CANCELED', 'MISSED')"),
                sa.or_(
                    sa.literal_column("enrollments.status IN ('LOCKED', 'PAID', 'NO_SHOW')"),
                    sa.and_(
                        enrollments.c.made_good.is_not(None),
                        enrollments.c.cancelled_at >= sessions.c.canceled_at,
                        enrollments.c.cancelled_by.is_distinct_from(enrollments.c.student_id),
                    ),
                ),
            ),
            sessions.c.canceled_at,
        ),
        Audience.FORMER: _seats(
            sa.and_(
                _IS_SESSION,
                sa.literal_column("sessions.status = 'SCHEDULED'"),
                sa.literal_column("enrollments.status = 'CANCELLED'"),
                enrollments.c.made_good.is_not(None),
                enrollments.c.cancelled_by.is_distinct_from(enrollments.c.student_id),
            ),
            sessions.c.starts_at,
        ),
        Audience.STAFF: _with_role(_IS_STAFF_THERE),
        Audience.TEAM: _with_role(_IS_STAFF_THERE, _IS_ADMIN),
        Audience.CLOCK_FINISHED_STAFF: _with_role(_IS_STAFF_THERE, condition=_NOBODY_FINISHED),
        Audience.DECIDERS: _with_role(_IS_ADMIN, condition=_HAS_CASES),
        Audience.ADMINS: _with_role(_IS_ADMIN),
        Audience.THEMSELVES: Query(
            sa.select(people.c.id, _NEVER).select_from(people).where(_can_be_told(), people.c.id == _subject), Reader
        ),
    }
)


def _settings(
    zone: str, quiet_from: int, quiet_until: int, early: int, late: int, digest_at: int, made_for: date | None
) -> NoticeSettings:
    return NoticeSettings(QuietHours(quiet_from, quiet_until, ZoneInfo(zone)), early, late, digest_at, made_for)


_SETTINGS = Query(
    sa.select(
        centers.c.timezone,
        centers.c.quiet_from_minutes,
        centers.c.quiet_until_minutes,
        centers.c.early_reminder_minutes,
        centers.c.late_reminder_minutes,
        centers.c.digest_at_minutes,
        centers.c.digest_made_for,
    ).where(centers.c.id == outside("center_id")),
    _settings,
)


def _due(step: SessionStep, instant: sa.ColumnElement[Any] = sessions.c.starts_at) -> Query[DueSession]:
    """Return scheduled sessions whose step is still to be done, by the partial index that holds only them."""
    return Query(
        sa.select(sessions.c.id, sessions.c.starts_at)
        .select_from(sessions.join(classes, classes.c.id == sessions.c.class_id))
        .where(
            sessions.c.center_id == outside("center_id"),
            sessions.c.status == constant(SessionStatus.SCHEDULED),
            sessions.c[step.value].is_(None),
            instant > outside("after", sessions.c.starts_at.type),
            instant <= outside("until", sessions.c.starts_at.type),
        )
        .order_by(instant)
        .limit(outside("limit", sa.Integer())),
        DueSession,
    )


_closing = minutes_before(sessions.c.starts_at, classes.c.cancellation_window_minutes)
_WIDEST_WINDOW = Query(
    sa.select(sa.func.coalesce(sa.func.max(classes.c.cancellation_window_minutes), sa.literal_column("0"))).where(
        classes.c.center_id == outside("center_id")
    ),
    int,
)
DUE: Mapping[SessionStep, Query[DueSession]] = MappingProxyType(
    {
        SessionStep.EARLY_REMINDER: _due(SessionStep.EARLY_REMINDER),
        SessionStep.LATE_REMINDER: _due(SessionStep.LATE_REMINDER),
        SessionStep.START_WARNING: _due(SessionStep.START_WARNING),
        SessionStep.END_WARNING: _due(SessionStep.END_WARNING, sessions.c.ends_at),
    }
)
WINDOWS_CLOSED = Query(
    sa.select(sessions.c.id, sessions.c.starts_at)
    .select_from(sessions.join(classes, classes.c.id == sessions.c.class_id))
    .where(
        sessions.c.center_id == outside("center_id"),
        sessions.c.status == constant(SessionStatus.SCHEDULED),
        sessions.c.window_closed_at.is_(None),
        sessions.c.starts_at > outside("after", sessions.c.starts_at.type),
        sessions.c.starts_at <= outside("widest", sessions.c.starts_at.type),
        _closing <= outside("until", sessions.c.starts_at.type),
    )
    .order_by(sessions.c.starts_at)
    .limit(outside("limit", sa.Integer())),
    DueSession,
)
_STILL_DUE: Mapping[SessionStep, Query[SessionId]] = MappingProxyType(
    {
        step: Query(
            sa.select(sessions.c.id).where(
                sessions.c.id == outside("session_id"),
                sessions.c.center_id == outside("center_id"),
                sessions.c.starts_at == outside("starts_at"),
                sessions.c.status == constant(SessionStatus.SCHEDULED),
                sessions.c[step.value].is_(None),
            ),
            SessionId,
        )
        for step in SessionStep
    }
)
_OPEN_ALERT = Query(
    sa.select(alerts.c.kind, alerts.c.subject_id).where(
        alerts.c.id == outside("alert_id"), alerts.c.center_id == outside("center_id"), alerts.c.resolved_at.is_(None)
    ),
    OpenAlert,
)
_WAITING_DECISIONS = Query(
    sa.select(decisions.c.id)
    .where(
        decisions.c.center_id == outside("center_id"),
        decisions.c.decided_at.is_(None),
        decisions.c.reminded_at.is_(None),
        decisions.c.created_at <= outside("opened_until", decisions.c.created_at.type),
    )
    .order_by(decisions.c.created_at, decisions.c.id)
    .limit(outside("limit", sa.Integer())),
    DecisionId,
)


class StoredNotifications:
    """See ``domain.notifications.ports.NotificationRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_settings(self, *, center_id: CenterId) -> NoticeSettings | None:
        """Return what the center has chosen."""
        return await fetch_one(self._database, _SETTINGS, center_id=center_id)

    async def list_readers(
        self,
        audience: Audience,
        *,
        center_id: CenterId,
        subject_id: UUID,
        switch: MutableNotification | None,
        booked_until: datetime | None = None,
    ) -> list[Reader]:
        """Return whom a message reaches."""
        return await self._database.fetch(
            READERS[audience], center_id=center_id, subject_id=subject_id, switch=switch, booked_until=booked_until
        )

    async def list_due_sessions(
        self, step: SessionStep, *, center_id: CenterId, after: datetime, until: datetime, limit: int
    ) -> list[DueSession]:
        """Return sessions whose step is still to be done and whose instant lies after … until …, the earliest first."""
        if step is not SessionStep.WINDOW_CLOSED:
            return await self._database.fetch(DUE[step], center_id=center_id, after=after, until=until, limit=limit)
        minutes = await fetch_one(self._database, _WIDEST_WINDOW, center_id=center_id)
        widest = until + timedelta(minutes=minutes or 0)
        return await self._database.fetch(
            WINDOWS_CLOSED, center_id=center_id, after=after, until=until, widest=widest, limit=limit
        )

    async def is_due(self, step: SessionStep, *, center_id: CenterId, session_id: SessionId, starts_at: datetime) -> bool:
        """Whether a step of a scheduled session that begins then is still to be done."""
        found = await self._database.fetch(
            _STILL_DUE[step], center_id=center_id, session_id=session_id, starts_at=starts_at
        )
        return bool(found)

    async def list_waiting_decisions(self, *, center_id: CenterId, opened_until: datetime, limit: int) -> list[DecisionId]:
        """Return open cases that nobody has been reminded of."""
        return await self._database.fetch(_WAITING_DECISIONS, center_id=center_id, opened_until=opened_until, limit=limit)

    async def find_open_alert(self, *, center_id: CenterId, alert_id: UUID) -> OpenAlert | None:
        """Return an alert that nobody has seen to."""
        return await fetch_one(self._database, _OPEN_ALERT, center_id=center_id, alert_id=alert_id)
