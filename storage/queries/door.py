"""The door for screens: rosters, heads, open cases, and who looks at which roster."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from domain.enrollments.door_ports import Reach
from domain.enrollments.door_views import CaseLine, CaseTotals, DoorSession, Head, HeadCard, MoneyAtOnce, Watcher
from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import HoldStatus, PaymentMethod, PaymentStatus
from domain.ids import CenterId, DecisionId, EnrollmentId, PersonId, SessionId
from domain.permissions import Operation, Role
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.door import reach_parameters, within_reach
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.door import decisions, door_screens
from storage.tables.errands import errands
from storage.tables.money import enrollments, holds, payments
from storage.tables.operations import audit_log
from storage.tables.organization import branches, centers, people, role_assignments

_ZERO, _ONE = sa.literal_column("0", sa.BigInteger()), sa.literal_column("1", sa.BigInteger())
_limit, _offset = outside("limit", sa.Integer()), outside("offset", sa.Integer())
_HAS_SEAT: sa.ColumnElement[bool] = sa.literal_column("counted.status IN ('LOCKED', 'PAID', 'NO_SHOW')")
_counted = enrollments.alias("counted")


def _count(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.count())
        .select_from(_counted)
        .where(_counted.c.session_id == sessions.c.id, condition)
        .correlate(sessions)
        .scalar_subquery()
    )


_SESSION_COLUMNS = (
    sessions.c.id,
    sessions.c.branch_id,
    classes.c.title,
    branches.c.name,
    sessions.c.status,
    sessions.c.starts_at,
    sessions.c.ends_at,
    sessions.c.capacity,
    sessions.c.seats_taken,
    centers.c.currency,
    _count(_HAS_SEAT),
    _count(_HAS_SEAT & _counted.c.attended_at.is_not(None)),
    _count(_HAS_SEAT & _counted.c.marked_absent_at.is_not(None)),
    _count(_counted.c.status == constant(EnrollmentStatus.HELD)),
    sa.select(sa.func.count())
    .select_from(errands)
    .where(
        errands.c.center_id == sessions.c.center_id,
        errands.c.kind == constant(ErrandKind.MARK_EVERYONE),
        errands.c.subject_id == sessions.c.id,
        errands.c.ended_at.is_(None),
    )
    .scalar_subquery(),
)
_WIDTH = len(_SESSION_COLUMNS)
_OF_SESSION = (
    sessions.join(classes, classes.c.id == sessions.c.class_id)
    .join(branches, branches.c.id == sessions.c.branch_id)
    .join(centers, centers.c.id == sessions.c.center_id)
)
SESSION = Query(
    sa.select(*_SESSION_COLUMNS)
    .select_from(_OF_SESSION)
    .where(sessions.c.id == outside("session_id", sa.Uuid()), within_reach(sessions.c.center_id, sessions.c.branch_id)),
    DoorSession,
)

_paid = (
    sa.select(
        sa.cast(sa.func.coalesce(sa.func.sum(payments.c.amount_minor - payments.c.refunded_minor), _ZERO), sa.BigInteger())
    )
    .where(
        payments.c.enrollment_id == enrollments.c.id,
        payments.c.status == constant(PaymentStatus.COMPLETED),
        sa.literal_column("payments.method IN ('WALLET', 'CASH')"),
    )
    .correlate(enrollments)
    .scalar_subquery()
)
_open_kind = (
    sa.select(decisions.c.kind)
    .where(decisions.c.enrollment_id == enrollments.c.id, decisions.c.decided_at.is_(None))
    .correlate(enrollments)
    .scalar_subquery()
)
_HEAD_COLUMNS = (
    enrollments.c.id,
    people.c.name,
    enrollments.c.status,
    enrollments.c.method,
    enrollments.c.price_minor,
    enrollments.c.policy,
    enrollments.c.attended_at,
    enrollments.c.marked_absent_at,
    _paid,
    sa.type_coerce(_open_kind, decisions.c.kind.type),
)
_OF_HEAD = enrollments.join(people, people.c.id == enrollments.c.student_id)

HEADS = Query(
    sa.select(*_HEAD_COLUMNS)
    .select_from(_OF_HEAD.join(sessions, sessions.c.id == enrollments.c.session_id))
    .where(
        sessions.c.id == outside("session_id", sa.Uuid()),
        within_reach(sessions.c.center_id, sessions.c.branch_id),
        sa.literal_column("enrollments.status IN ('LOCKED', 'PAID', 'NO_SHOW')"),
    )
    .order_by(people.c.name_folded, enrollments.c.id)
    .limit(_limit)
    .offset(_offset),
    Head,
)

_marker = people.alias("marker")
_marked_by = (
    sa.select(_marker.c.name)
    .select_from(audit_log.join(_marker, _marker.c.id == audit_log.c.actor_id))
    .where(
        audit_log.c.object_id == enrollments.c.id,
        sa.or_(
            audit_log.c.operation == constant(Operation.MARK_ATTENDANCE),
            audit_log.c.operation == constant(Operation.CORRECT_ATTENDANCE),
        ),
    )
    .order_by(audit_log.c.id.desc())
    .limit(sa.literal_column("1"))
    .correlate(enrollments)
    .scalar_subquery()
)
HEAD = Query(
    sa.select(*_SESSION_COLUMNS, *_HEAD_COLUMNS, _marked_by)
    .select_from(
        enrollments.join(people, people.c.id == enrollments.c.student_id)
        .join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
        .join(centers, centers.c.id == sessions.c.center_id)
    )
    .where(
        enrollments.c.id == outside("enrollment_id", sa.Uuid()),
        within_reach(sessions.c.center_id, sessions.c.branch_id),
    ),
    lambda *values: HeadCard(Head(*values[_WIDTH:-1]), DoorSession(*values[:_WIDTH]), values[-1]),
)


def _sum(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.coalesce(sa.func.sum(column), _ZERO), sa.BigInteger())


MONEY_AT_ONCE = Query(
    sa.select(
        sa.func.count(holds.c.id),
        _sum(holds.c.amount_minor),
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id).join(
            holds, (holds.c.enrollment_id == enrollments.c.id) & (holds.c.status == constant(HoldStatus.OPEN))
        )
    )
    .where(
        sessions.c.id == outside("session_id", sa.Uuid()),
        within_reach(sessions.c.center_id, sessions.c.branch_id),
        sa.literal_column("enrollments.status = 'LOCKED'"),
        enrollments.c.attended_at.is_(None),
        enrollments.c.marked_absent_at.is_(None),
    ),
    MoneyAtOnce,
)

_OF_CASE = (
    decisions.join(enrollments, enrollments.c.id == decisions.c.enrollment_id)
    .join(people, people.c.id == enrollments.c.student_id)
    .join(sessions, sessions.c.id == enrollments.c.session_id)
    .join(classes, classes.c.id == sessions.c.class_id)
    .join(branches, branches.c.id == sessions.c.branch_id)
    .join(centers, centers.c.id == decisions.c.center_id)
)
_IS_OPEN_CASE = decisions.c.decided_at.is_(None) & within_reach(decisions.c.center_id, sessions.c.branch_id)
_CASES = (
    sa.select(
        decisions.c.id,
        decisions.c.kind,
        decisions.c.amount_minor,
        centers.c.currency,
        people.c.name,
        classes.c.title,
        branches.c.name,
        sessions.c.starts_at,
        enrollments.c.method,
    )
    .select_from(_OF_CASE)
    .where(_IS_OPEN_CASE)
)
CASES = Query(_CASES.order_by(decisions.c.created_at, decisions.c.id).limit(_limit).offset(_offset), CaseLine)
CASE = Query(_CASES.where(decisions.c.id == outside("decision_id", sa.Uuid())), CaseLine)

_IS_CREDIT = enrollments.c.method == constant(PaymentMethod.PACKAGE)


TOTALS = Query(
    sa.select(
        sa.func.count(decisions.c.id),
        _sum(sa.case((_IS_CREDIT, _ZERO), else_=decisions.c.amount_minor)),
        _sum(sa.case((_IS_CREDIT, _ONE), else_=_ZERO)),
        sa.select(centers.c.currency).where(centers.c.id == outside("center_id", sa.Uuid())).scalar_subquery(),
    )
    .select_from(
        decisions.join(enrollments, enrollments.c.id == decisions.c.enrollment_id).join(
            sessions, sessions.c.id == enrollments.c.session_id
        )
    )
    .where(_IS_OPEN_CASE),
    CaseTotals,
)

_ACTS_THERE = sa.exists().where(  # the role that they look through is still theirs, and of this branch
    role_assignments.c.person_id == people.c.id,
    role_assignments.c.role == people.c.acting_role,
    role_assignments.c.revoked_at.is_(None),
    sa.or_(
        role_assignments.c.role == constant(Role.ADMIN),
        (role_assignments.c.role == constant(Role.STAFF)) & (role_assignments.c.branch_id == sessions.c.branch_id),
    ),
)
WATCHERS = Query(
    sa.select(
        door_screens.c.person_id,
        people.c.telegram_id,
        people.c.language,
        door_screens.c.message_id,
        door_screens.c.page,
        people.c.acting_role,
    )
    .select_from(
        door_screens.join(people, people.c.id == door_screens.c.person_id).join(
            sessions, sessions.c.id == door_screens.c.session_id
        )
    )
    .where(
        door_screens.c.session_id == outside("session_id", sa.Uuid()),
        door_screens.c.center_id == outside("center_id", sa.Uuid()),
        people.c.telegram_id.is_not(None),
        people.c.blocked_at.is_(None),
        _ACTS_THERE,
    )
    .order_by(door_screens.c.person_id),
    lambda person_id, telegram_id, language, message_id, page, role: Watcher(
        person_id, telegram_id, language, message_id, page, is_everywhere=role is Role.ADMIN
    ),
)
_IS_WATCHED = door_screens.c.center_id == outside("center_id", sa.Uuid())
WATCHED = Query(sa.select(door_screens.c.session_id).where(_IS_WATCHED).distinct(), SessionId)
WATCHED_SESSION = Query(
    sa.select(door_screens.c.session_id)
    .select_from(enrollments.join(door_screens, door_screens.c.session_id == enrollments.c.session_id))
    .where(enrollments.c.id == outside("enrollment_id", sa.Uuid()), _IS_WATCHED)
    .limit(sa.literal_column("1")),
    SessionId,
)
DOOR_MESSAGE = Query(
    sa.select(door_screens.c.message_id).where(door_screens.c.person_id == outside("person_id", sa.Uuid())), int
)


class StoredDoorViews:
    """See ``domain.enrollments.door_views.DoorViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_session(self, *, reach: Reach, session_id: SessionId) -> DoorSession | None:
        """Return a session with its heads counted."""
        return await fetch_one(self._database, SESSION, session_id=session_id, **reach_parameters(reach))

    async def list_heads(self, *, reach: Reach, session_id: SessionId, limit: int, offset: int = 0) -> list[Head]:
        """Return the heads of a session by name: reservations and the cancelled left out."""
        return await self._database.fetch(
            HEADS, session_id=session_id, limit=limit, offset=offset, **reach_parameters(reach)
        )

    async def find_head(self, *, reach: Reach, enrollment_id: EnrollmentId) -> HeadCard | None:
        """Return one head of a session; a cancelled one, too, to say so."""
        return await fetch_one(self._database, HEAD, enrollment_id=enrollment_id, **reach_parameters(reach))

    async def find_money_at_once(self, *, reach: Reach, session_id: SessionId) -> MoneyAtOnce:
        """Return what marking everyone would take now."""
        return (await self._database.fetch(MONEY_AT_ONCE, session_id=session_id, **reach_parameters(reach)))[0]

    async def list_cases(self, *, reach: Reach, limit: int, offset: int) -> list[CaseLine]:
        """Return open cases, the oldest first."""
        return await self._database.fetch(CASES, limit=limit, offset=offset, **reach_parameters(reach))

    async def find_case(self, *, reach: Reach, decision_id: DecisionId) -> CaseLine | None:
        """Return an open case."""
        return await fetch_one(self._database, CASE, decision_id=decision_id, **reach_parameters(reach))

    async def count_cases(self, *, reach: Reach) -> CaseTotals:
        """Return how many cases are open, and their sums."""
        return (await self._database.fetch(TOTALS, **reach_parameters(reach)))[0]

    async def list_watchers(self, *, center_id: CenterId, session_id: SessionId) -> Sequence[Watcher]:
        """Return whose screens show the session's roster."""
        return await self._database.fetch(WATCHERS, center_id=center_id, session_id=session_id)

    async def list_watched(self, *, center_id: CenterId) -> Sequence[SessionId]:
        """Return the sessions whose rosters are on anybody's screen."""
        return await self._database.fetch(WATCHED, center_id=center_id)

    async def find_watched_session(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SessionId | None:
        """Return the session of an enrollment, if its roster is on anybody's screen."""
        return await fetch_one(self._database, WATCHED_SESSION, center_id=center_id, enrollment_id=enrollment_id)

    async def find_door_message(self, *, person_id: PersonId) -> int | None:
        """Return the message that shows somebody a roster, if one does."""
        return await fetch_one(self._database, DOOR_MESSAGE, person_id=person_id)
