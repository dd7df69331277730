"""Sessions for the team's screens."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.ports import CancellationFacts
from domain.finance.model import PaymentMethod
from domain.ids import BranchId, CenterId, ClassId, EnrollmentId, PersonId, SessionId
from domain.packages.model import StudentPackageStatus
from domain.sessions.calendar import Span
from domain.sessions.calendar_views import BranchChoice, ClassChoice
from domain.sessions.ports import ClassFacts
from domain.sessions.team_views import SeatLine, Stakes, TeamListChoice, TeamSessionCard, TeamSessionLine
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.reach import within_reach
from storage.repositories.enrollments import SEAT_FACTS, constant
from storage.repositories.sessions import CLASS
from storage.tables.catalogue import classes, sessions, student_packages
from storage.tables.money import enrollments, payments
from storage.tables.organization import branches, centers, people
from storage.tables.waitlist import standing_attempts, waitlist_entries

_ZERO: sa.ColumnElement[int] = sa.literal_column("0")
_ONE: sa.ColumnElement[int] = sa.literal_column("1")
_limit, _offset = outside("limit", sa.Integer()), outside("offset", sa.Integer())
_WITH_NAMES = sessions.join(classes, classes.c.id == sessions.c.class_id).join(
    branches, branches.c.id == sessions.c.branch_id
)

SESSION_LINES = (
    sa.select(
        sessions.c.id,
        classes.c.title,
        branches.c.name,
        sessions.c.starts_at,
        sessions.c.ends_at,
        sessions.c.status,
        sessions.c.seats_taken,
        sessions.c.capacity,
    )
    .select_from(_WITH_NAMES)
    .where(sessions.c.center_id == outside("center_id"))
)
"""The center's sessions as lines of a list."""

_LINES = SESSION_LINES.where(
    sessions.c.starts_at >= outside("since", sessions.c.starts_at.type),
    sessions.c.starts_at < outside("until", sessions.c.starts_at.type),
    within_reach(sessions.c.branch_id),
)
_SOONEST, _LATEST = (sessions.c.starts_at, sessions.c.id), (sessions.c.starts_at.desc(), sessions.c.id.desc())
SPAN = Query(_LINES.order_by(*_SOONEST).limit(_limit), TeamSessionLine)

_status = outside("status", sessions.c.status.type)
_class, _branch = outside("class_id", sa.Uuid()), outside("branch_id", sa.Uuid())
_CHOSEN = _LINES.where(
    sa.or_(sa.cast(_status, sa.Text).is_(None), sessions.c.status == _status),
    sa.or_(_class.is_(None), sessions.c.class_id == _class),
    sa.or_(_branch.is_(None), sessions.c.branch_id == _branch),
)
CHOSEN = {
    False: Query(_CHOSEN.order_by(*_SOONEST).limit(_limit).offset(_offset), TeamSessionLine),
    True: Query(_CHOSEN.order_by(*_LATEST).limit(_limit).offset(_offset), TeamSessionLine),
}


def _count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c.session_id == sessions.c.id, *conditions)
        .scalar_subquery()
    )


CARD = Query(
    sa.select(
        sessions.c.id,
        sessions.c.class_id,
        sessions.c.branch_id,
        sessions.c.rule_id,
        classes.c.title,
        classes.c.level,
        sessions.c.teacher,
        branches.c.name,
        branches.c.address,
        sessions.c.status,
        sessions.c.local_date,
        sessions.c.starts_at,
        sessions.c.ends_at,
        sessions.c.capacity,
        sessions.c.seats_taken,
        sessions.c.cancel_reason,
        sessions.c.seats_at_end,
        sessions.c.settled_at,
        centers.c.check_in_opens_minutes,
        _count(enrollments, enrollments.c.attended_at.is_not(None)),
        _count(enrollments, sa.literal_column("enrollments.status = 'HELD'")),
        _count(waitlist_entries, sa.literal_column("waitlist_entries.status IN ('WAITING', 'OFFERED')")),
        _count(enrollments),
        _count(waitlist_entries) + _count(standing_attempts),
    )
    .select_from(_WITH_NAMES.join(centers, centers.c.id == sessions.c.center_id))
    .where(sessions.c.id == outside("session_id"), sessions.c.center_id == outside("center_id")),
    TeamSessionCard,
)


def _sum(value: sa.ColumnElement[int], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    summed = sa.func.sum(sa.case((sa.and_(*conditions), value), else_=_ZERO))
    return sa.cast(sa.func.coalesce(summed, _ZERO), sa.BigInteger)


_is_seat: sa.ColumnElement[bool] = sa.literal_column("enrollments.status <> 'HELD'")
_is_credit = enrollments.c.method.is_not_distinct_from(constant(PaymentMethod.PACKAGE))
_is_refunded = student_packages.c.status.is_not_distinct_from(constant(StudentPackageStatus.REFUNDED))
_paid: sa.ColumnElement[int] = sa.func.coalesce(payments.c.amount_minor, _ZERO)
STAKES = Query(
    sa.select(
        _sum(_ONE, _is_seat),
        _sum(_ONE, ~_is_seat),
        _sum(_ONE, _is_credit, ~_is_refunded),
        _sum(_paid, sa.or_(~_is_credit, _is_refunded)),
        _sum(_paid, enrollments.c.method.is_not_distinct_from(constant(PaymentMethod.CASH))),
    )
    .select_from(
        enrollments.outerjoin(student_packages, student_packages.c.id == enrollments.c.student_package_id).outerjoin(
            payments,
            (payments.c.enrollment_id == enrollments.c.id)
            & sa.literal_column("payments.status IN ('PENDING', 'COMPLETED') AND payments.method <> 'GATEWAY'"),
        )
    )
    .where(
        enrollments.c.session_id == outside("session_id"),
        enrollments.c.center_id == outside("center_id"),
        sa.literal_column("enrollments.status <> 'CANCELLED'"),
    ),
    Stakes,
)

_SEATS = (
    sa.select(enrollments.c.id, sessions.c.id, people.c.name, classes.c.title, sessions.c.starts_at)
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
        .join(people, people.c.id == enrollments.c.student_id)
    )
    .where(enrollments.c.center_id == outside("center_id"))
)
SEATS = Query(
    _SEATS.where(
        enrollments.c.session_id == outside("session_id"),
        sa.literal_column("enrollments.status IN ('LOCKED', 'PAID')"),
        enrollments.c.attended_at.is_(None),
    )
    .order_by(people.c.name, enrollments.c.id)
    .limit(_limit)
    .offset(_offset),
    SeatLine,
)
SEAT = Query(_SEATS.where(enrollments.c.id == outside("enrollment_id")), SeatLine)

CLASSES = Query(
    sa.select(classes.c.id, classes.c.title)
    .where(classes.c.center_id == outside("center_id"), classes.c.archived_at.is_(None))
    .order_by(classes.c.title, classes.c.id)
    .limit(_limit)
    .offset(_offset),
    ClassChoice,
)
BRANCHES = Query(
    sa.select(branches.c.id, branches.c.name)
    .where(branches.c.center_id == outside("center_id"), branches.c.archived_at.is_(None), within_reach(branches.c.id))
    .order_by(branches.c.name),
    BranchChoice,
)
CLASS_TITLE = Query(
    sa.select(classes.c.title).where(classes.c.id == outside("class_id"), classes.c.center_id == outside("center_id")),
    str,
)
BRANCH_NAME = Query(
    sa.select(branches.c.name).where(branches.c.id == outside("branch_id"), branches.c.center_id == outside("center_id")),
    str,
)


class StoredTeamSessionViews:
    """See ``domain.sessions.team_views.TeamSessionViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_span(
        self, *, center_id: CenterId, staff_id: PersonId | None, span: Span, limit: int
    ) -> list[TeamSessionLine]:
        """Return the sessions that start within a span, soonest first."""
        return await self._database.fetch(
            SPAN, center_id=center_id, staff_id=staff_id, since=span.since, until=span.until, limit=limit
        )

    async def list_sessions(
        self,
        *,
        center_id: CenterId,
        staff_id: PersonId | None,
        choice: TeamListChoice,
        span: Span,
        limit: int,
        offset: int = 0,
    ) -> list[TeamSessionLine]:
        """Return a page of the sessions that were chosen, of those that start within a span."""
        return await self._database.fetch(
            CHOSEN[choice.goes_back],
            center_id=center_id,
            staff_id=staff_id,
            status=choice.status,
            class_id=choice.class_id,
            branch_id=choice.branch_id,
            since=span.since,
            until=span.until,
            limit=limit,
            offset=offset,
        )

    async def find_card(self, *, center_id: CenterId, session_id: SessionId) -> TeamSessionCard | None:
        """Return all about one session of the center."""
        return await fetch_one(self._database, CARD, center_id=center_id, session_id=session_id)

    async def find_stakes(self, *, center_id: CenterId, session_id: SessionId) -> Stakes:
        """Return what cancelling a session would give back now."""
        (stakes,) = await self._database.fetch(STAKES, center_id=center_id, session_id=session_id)
        return stakes

    async def list_seats(
        self, *, center_id: CenterId, session_id: SessionId, limit: int, offset: int = 0
    ) -> list[SeatLine]:
        """Return the live seats of a session that nobody has been marked attended in, by name."""
        return await self._database.fetch(SEATS, center_id=center_id, session_id=session_id, limit=limit, offset=offset)

    async def find_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SeatLine | None:
        """Return one seat."""
        return await fetch_one(self._database, SEAT, center_id=center_id, enrollment_id=enrollment_id)

    async def find_seat_facts(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> CancellationFacts | None:
        """Return what cancelling a seat rests on, whoever's it is."""
        return await fetch_one(self._database, SEAT_FACTS, center_id=center_id, enrollment_id=enrollment_id)

    async def list_classes(self, *, center_id: CenterId, limit: int, offset: int = 0) -> list[ClassChoice]:
        """Return the classes that are taught, by title."""
        return await self._database.fetch(CLASSES, center_id=center_id, limit=limit, offset=offset)

    async def list_branches(self, *, center_id: CenterId, staff_id: PersonId | None) -> list[BranchChoice]:
        """Return the open branches, by name."""
        return await self._database.fetch(BRANCHES, center_id=center_id, staff_id=staff_id)

    async def find_class(
        self, *, center_id: CenterId, class_id: ClassId, branch_id: BranchId, staff_id: PersonId | None
    ) -> ClassFacts | None:
        """Return a class as a new session of it at a branch would be made."""
        return await fetch_one(
            self._database,
            CLASS,
            center_id=center_id,
            class_id=class_id,
            branch_id=branch_id,
            session_id=None,
            staff_id=staff_id,
        )

    async def find_class_title(self, *, center_id: CenterId, class_id: ClassId) -> str | None:
        """Return what a class is called."""
        return await fetch_one(self._database, CLASS_TITLE, center_id=center_id, class_id=class_id)

    async def find_branch_name(self, *, center_id: CenterId, branch_id: BranchId) -> str | None:
        """Return what a branch is called."""
        return await fetch_one(self._database, BRANCH_NAME, center_id=center_id, branch_id=branch_id)
