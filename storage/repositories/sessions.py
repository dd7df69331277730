"""Loads what decisions on sessions need."""

from datetime import date, datetime

import sqlalchemy as sa

from domain.ids import BranchId, CenterId, ClassId, EnrollmentId, HolidayId, PersonId, SessionId, TimetableRuleId
from domain.sessions.calendar import Span
from domain.sessions.ports import ClassFacts, HolidayFacts, RuleFacts, SessionFacts, Unsettled
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.reach import within_reach
from storage.repositories.timetable import EXCEPTIONS, HOLIDAY, HOLIDAYS, MADE, RULE, RULES, TAKEN_DAYS
from storage.tables.catalogue import classes, sessions
from storage.tables.money import enrollments
from storage.tables.operations import outbox
from storage.tables.organization import branches, centers
from storage.tables.waitlist import standing_attempts, waitlist_entries


def _count(table: sa.Table) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(table.c.session_id == sessions.c.id).scalar_subquery()


_FACTS = (
    sa.select(
        sessions.c.id,
        sessions.c.branch_id,
        sessions.c.class_id,
        sessions.c.rule_id,
        sessions.c.original_local_date,
        sessions.c.status,
        sessions.c.local_date,
        sessions.c.local_time,
        sessions.c.starts_at,
        sessions.c.ends_at,
        sessions.c.teacher,
        sessions.c.capacity,
        sessions.c.seats_taken,
        sessions.c.canceled_at,
        sessions.c.settled_at,
        centers.c.check_in_opens_minutes,
        centers.c.timezone,
        _count(enrollments),
        _count(waitlist_entries) + _count(standing_attempts),
    )
    .select_from(sessions.join(centers, centers.c.id == sessions.c.center_id))
    .where(sessions.c.center_id == outside("center_id"))
)
_limit = outside("limit", sa.Integer())

SESSION = Query(_FACTS.where(sessions.c.id == outside("session_id"), within_reach(sessions.c.branch_id)), SessionFacts)

OVERDUE = Query(
    _FACTS.where(
        sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING')"),
        sessions.c.ends_at <= outside("ended_before", sessions.c.ends_at.type),
    )
    .order_by(sessions.c.ends_at, sessions.c.id)
    .limit(_limit),
    SessionFacts,
)

_is_under_way = (
    sa.select(outbox.c.id)
    .where(
        outbox.c.subject_id == sessions.c.id,
        outbox.c.delivered_at.is_(None),
        outbox.c.parked_at.is_(None),
        sa.literal_column("outbox.kind IN ('session.finished', 'session.canceled', 'session.missed')"),
    )
    .exists()
)
_after_end = outside("after_end", sessions.c.ends_at.type)
LEFT_UNSETTLED = Query(
    sa.select(sessions.c.ends_at, sessions.c.id, sessions.c.status)
    .where(
        sessions.c.center_id == outside("center_id"),
        sa.literal_column("sessions.status IN ('FINISHED', 'CANCELED', 'MISSED') AND sessions.settled_at IS NULL"),
        ~_is_under_way,
        sa.or_(
            _after_end.is_(None),
            sa.tuple_(sessions.c.ends_at, sessions.c.id) > sa.tuple_(_after_end, outside("after_id", sa.Uuid())),
        ),
    )
    .order_by(sessions.c.ends_at, sessions.c.id)
    .limit(_limit),
    Unsettled,
)

_IS_TO_COME = sa.and_(
    sa.literal_column("sessions.status = 'SCHEDULED'"),
    sessions.c.starts_at > outside("after", sessions.c.starts_at.type),
)

OF_RULE = Query(
    _FACTS.where(
        sessions.c.rule_id == outside("rule_id"), sessions.c.original_local_date >= outside("since"), _IS_TO_COME
    ).order_by(sessions.c.starts_at, sessions.c.id),
    SessionFacts,
)

_branch = outside("branch_id", sa.Uuid())
OF_DAY = Query(
    _FACTS.where(
        sessions.c.starts_at >= outside("since", sessions.c.starts_at.type),
        sessions.c.starts_at < outside("until", sessions.c.starts_at.type),
        sa.or_(_branch.is_(None), sessions.c.branch_id == _branch),
        _IS_TO_COME,
    ).order_by(sessions.c.starts_at, sessions.c.id),
    SessionFacts,
)

CLASS = Query(
    sa.select(
        classes.c.id,
        branches.c.id,
        classes.c.title,
        classes.c.teacher,
        classes.c.capacity,
        classes.c.duration_minutes,
        centers.c.timezone,
        centers.c.horizon_days,
        sa.select(sessions.c.id)
        .where(sessions.c.id == outside("session_id"), sessions.c.center_id == outside("center_id"))
        .scalar_subquery(),
    )
    .select_from(
        classes.join(branches, branches.c.center_id == classes.c.center_id).join(
            centers, centers.c.id == classes.c.center_id
        )
    )
    .where(
        classes.c.center_id == outside("center_id"),
        classes.c.id == outside("class_id"),
        branches.c.id == outside("branch_id"),
        classes.c.archived_at.is_(None),
        branches.c.archived_at.is_(None),
        within_reach(branches.c.id),
    ),
    ClassFacts,
)

SEATS = Query(
    sa.select(enrollments.c.id)
    .where(
        enrollments.c.session_id == outside("session_id"),
        enrollments.c.center_id == outside("center_id"),
        sa.literal_column("enrollments.status <> 'CANCELLED'"),
    )
    .order_by(enrollments.c.created_at, enrollments.c.id),
    EnrollmentId,
)


BRANCH = Query(
    sa.select(branches.c.id).where(branches.c.center_id == outside("center_id"), branches.c.id == outside("branch_id")),
    BranchId,
)


class StoredSessions:
    """See ``domain.sessions.ports.SessionRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_session(
        self, *, center_id: CenterId, session_id: SessionId, staff_id: PersonId | None
    ) -> SessionFacts | None:
        """Return a session; with ``staff_id`` only one of that person's branches."""
        return await fetch_one(self._database, SESSION, center_id=center_id, session_id=session_id, staff_id=staff_id)

    async def find_class(
        self,
        *,
        center_id: CenterId,
        class_id: ClassId,
        branch_id: BranchId,
        session_id: SessionId | None,
        staff_id: PersonId | None,
    ) -> ClassFacts | None:
        """Return a class that is taught and a branch that is open; None where one of them is not."""
        return await fetch_one(
            self._database,
            CLASS,
            center_id=center_id,
            class_id=class_id,
            branch_id=branch_id,
            session_id=session_id,
            staff_id=staff_id,
        )

    async def list_overdue(self, *, center_id: CenterId, ended_before: datetime, limit: int) -> list[SessionFacts]:
        """Return sessions that should be over and were never closed, the earliest end first."""
        return await self._database.fetch(OVERDUE, center_id=center_id, ended_before=ended_before, limit=limit)

    async def list_left_unsettled(self, *, center_id: CenterId, after: Unsettled | None, limit: int) -> list[Unsettled]:
        """Return unsettled sessions that no event is under way for any more, the earliest end first, after a given one."""
        return await self._database.fetch(
            LEFT_UNSETTLED,
            center_id=center_id,
            after_end=after.ends_at if after is not None else None,
            after_id=after.id if after is not None else None,
            limit=limit,
        )

    async def list_seats(self, *, center_id: CenterId, session_id: SessionId) -> list[EnrollmentId]:
        """Return the seats of a session that are not cancelled."""
        return await self._database.fetch(SEATS, center_id=center_id, session_id=session_id)

    async def list_rules(self, *, center_id: CenterId, today: date) -> list[RuleFacts]:
        """Return the rules that still make sessions."""
        return await self._database.fetch(RULES, center_id=center_id, today=today)

    async def find_rule(
        self, *, center_id: CenterId, rule_id: TimetableRuleId, staff_id: PersonId | None
    ) -> RuleFacts | None:
        """Return a rule, ended or not."""
        return await fetch_one(self._database, RULE, center_id=center_id, rule_id=rule_id, staff_id=staff_id)

    async def list_exceptions(self, *, rule_id: TimetableRuleId) -> list[date]:
        """Return the days that a rule leaves out."""
        return await self._database.fetch(EXCEPTIONS, rule_id=rule_id)

    async def list_made(self, *, rule_id: TimetableRuleId, since: date) -> list[date]:
        """Return the days for which a rule has made sessions already."""
        return await self._database.fetch(MADE, rule_id=rule_id, since=since)

    async def list_taken_days(self, *, center_id: CenterId, since: date) -> list[tuple[TimetableRuleId, date]]:
        """Return for which days rules have made sessions already, or which they leave out."""
        return await self._database.fetch(TAKEN_DAYS, center_id=center_id, since=since)

    async def list_holidays(self, *, center_id: CenterId, since: date) -> list[HolidayFacts]:
        """Return the center's holidays from a day on."""
        return await self._database.fetch(HOLIDAYS, center_id=center_id, since=since)

    async def has_branch(self, *, center_id: CenterId, branch_id: BranchId) -> bool:
        """Return whether a branch is the center's own."""
        return await fetch_one(self._database, BRANCH, center_id=center_id, branch_id=branch_id) is not None

    async def find_holiday(
        self, *, center_id: CenterId, holiday_id: HolidayId, staff_id: PersonId | None
    ) -> HolidayFacts | None:
        """Return a holiday."""
        return await fetch_one(self._database, HOLIDAY, center_id=center_id, holiday_id=holiday_id, staff_id=staff_id)

    async def list_of_rule(
        self, *, center_id: CenterId, rule_id: TimetableRuleId, after: datetime, since: date
    ) -> list[SessionFacts]:
        """Return the scheduled sessions of a rule that are to come."""
        return await self._database.fetch(OF_RULE, center_id=center_id, rule_id=rule_id, after=after, since=since)

    async def list_of_day(
        self, *, center_id: CenterId, branch_id: BranchId | None, span: Span, after: datetime
    ) -> list[SessionFacts]:
        """Return the scheduled sessions of a local day that are to come."""
        return await self._database.fetch(
            OF_DAY, center_id=center_id, branch_id=branch_id, since=span.since, until=span.until, after=after
        )
