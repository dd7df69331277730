"""The calendar for screens: a month's days counted, a day's sessions, and what they can be narrowed to."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.ids import CenterId, EnrollmentId, PersonId
from domain.sessions.calendar import CalendarFilter, Span
from domain.sessions.calendar_views import (
    BranchChoice,
    CalendarDay,
    CalendarEntry,
    CalendarFrame,
    ClassChoice,
    FeedOwner,
)
from domain.sessions.views import SessionLine
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.queries.calendar_entries import ENTRIES, ENTRY, FEED_OWNER, MOST_ENTRIES
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.money import enrollments
from storage.tables.organization import branches, centers

T = TypeVar("T")

_mine = enrollments.alias("mine")
_IS_MINE = (
    (_mine.c.session_id == sessions.c.id)
    & (_mine.c.student_id == outside("reader_id", sa.Uuid()))
    & (_mine.c.status != constant(EnrollmentStatus.CANCELLED))
    & (_mine.c.status != constant(EnrollmentStatus.NO_SHOW))
)
_IS_OPEN = sa.and_(
    sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN')"),
    sessions.c.starts_at > outside("now", sessions.c.starts_at.type),
)
_ZERO: sa.ColumnElement[int] = sa.literal_column("0")
_ONE: sa.ColumnElement[int] = sa.literal_column("1")
_limit, _offset = outside("limit", sa.Integer()), outside("offset", sa.Integer())


def _counted(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((sa.and_(*conditions), _ONE), else_=_ZERO))


def _of_calendar(select: sa.Select[Any]) -> sa.Select[Any]:
    """Let a select see a span's sessions that can be booked, full ones too, and the reader's own."""
    return select.where(
        sessions.c.center_id == outside("center_id"),
        sessions.c.starts_at >= outside("since", sessions.c.starts_at.type),
        sessions.c.starts_at < outside("until", sessions.c.starts_at.type),
        sa.or_(
            _IS_OPEN, sa.and_(_mine.c.id.is_not(None), sa.literal_column("sessions.status NOT IN ('CANCELED', 'MISSED')"))
        ),
    )


_DAYS = _of_calendar(
    sa.select(
        sessions.c.local_date,
        _counted(_IS_OPEN),
        _counted(_IS_OPEN, sessions.c.seats_taken < sessions.c.capacity),
        _counted(_mine.c.id.is_not(None)),
    ).select_from(sessions.outerjoin(_mine, _IS_MINE))
)
_DAYS = _DAYS.group_by(sessions.c.local_date).order_by(sessions.c.local_date)

_SESSIONS = _of_calendar(
    sa.select(
        sessions.c.id,
        classes.c.title,
        sessions.c.starts_at,
        sessions.c.ends_at,
        branches.c.name,
        sessions.c.capacity - sessions.c.seats_taken,
        _mine.c.id,
        _mine.c.status,
    ).select_from(
        sessions.join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
        .outerjoin(_mine, _IS_MINE)
    )
)
_SESSIONS = _SESSIONS.order_by(sessions.c.starts_at, sessions.c.id).limit(_limit).offset(_offset)

_OF_CLASS = sessions.c.class_id == outside("class_id")
_OF_BRANCH = sessions.c.branch_id == outside("branch_id")


def _by_filter(select: sa.Select[Any], row: Callable[..., T]) -> Mapping[tuple[bool, bool], Query[T]]:
    """Return a query for each kind of filter: a statement without what is not asked for finds its index."""
    return {
        (by_class, by_branch): Query(
            select.where(*((_OF_CLASS,) if by_class else ()), *((_OF_BRANCH,) if by_branch else ())), row
        )
        for by_class in (False, True)
        for by_branch in (False, True)
    }


DAYS = _by_filter(_DAYS, CalendarDay)
DAY = _by_filter(_SESSIONS, SessionLine)

FRAME = Query(
    sa.select(
        sa.select(sessions.c.starts_at)
        .where(sessions.c.center_id == outside("center_id"))
        .order_by(sessions.c.starts_at.desc())
        .limit(sa.literal_column("1"))
        .scalar_subquery(),
        sa.select(sa.func.count())
        .select_from(branches)
        .where(branches.c.center_id == outside("center_id"), branches.c.archived_at.is_(None))
        .scalar_subquery(),
        sa.select(classes.c.title)
        .where(classes.c.id == outside("class_id"), classes.c.center_id == outside("center_id"))
        .scalar_subquery(),
        sa.select(branches.c.name)
        .where(branches.c.id == outside("branch_id"), branches.c.center_id == outside("center_id"))
        .scalar_subquery(),
    )
    .select_from(centers)
    .where(centers.c.id == outside("center_id")),
    CalendarFrame,
)

CLASSES = Query(
    sa.select(classes.c.id, classes.c.title)
    .where(
        classes.c.center_id == outside("center_id"),
        classes.c.archived_at.is_(None),
        sa.exists().where(sessions.c.class_id == classes.c.id, _IS_OPEN),
    )
    .order_by(classes.c.title, classes.c.id)
    .limit(_limit)
    .offset(_offset),
    ClassChoice,
)

BRANCHES = Query(
    sa.select(branches.c.id, branches.c.name)
    .where(branches.c.center_id == outside("center_id"), branches.c.archived_at.is_(None))
    .order_by(branches.c.name)
    .limit(_limit)
    .offset(_offset),
    BranchChoice,
)


class StoredCalendarViews:
    """See ``domain.sessions.calendar_views.CalendarViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_days(
        self, *, center_id: CenterId, reader_id: PersonId, span: Span, chosen: CalendarFilter, now: datetime
    ) -> list[CalendarDay]:
        """Return the days of the span on which there is anything, in order."""
        return await self._database.fetch(
            DAYS[_kind(chosen)],
            center_id=center_id,
            reader_id=reader_id,
            since=span.since,
            until=span.until,
            now=now,
            class_id=chosen.class_id,
            branch_id=chosen.branch_id,
        )

    async def find_frame(self, *, center_id: CenterId, chosen: CalendarFilter) -> CalendarFrame:
        """Return how far the center's sessions reach, and the names of the filter."""
        found = await fetch_one(
            self._database, FRAME, center_id=center_id, class_id=chosen.class_id, branch_id=chosen.branch_id
        )
        return found if found is not None else CalendarFrame(None, 0, None, None)

    async def list_day(
        self,
        *,
        center_id: CenterId,
        reader_id: PersonId,
        span: Span,
        chosen: CalendarFilter,
        now: datetime,
        limit: int,
        offset: int = 0,
    ) -> list[SessionLine]:
        """Return the sessions of a span that can be booked, full ones too, and the reader's own, in order."""
        return await self._database.fetch(
            DAY[_kind(chosen)],
            center_id=center_id,
            reader_id=reader_id,
            since=span.since,
            until=span.until,
            now=now,
            class_id=chosen.class_id,
            branch_id=chosen.branch_id,
            limit=limit,
            offset=offset,
        )

    async def list_classes(self, *, center_id: CenterId, now: datetime, limit: int, offset: int = 0) -> list[ClassChoice]:
        """Return the classes with sessions to come, by title."""
        return await self._database.fetch(CLASSES, center_id=center_id, now=now, limit=limit, offset=offset)

    async def list_branches(self, *, center_id: CenterId, limit: int, offset: int = 0) -> list[BranchChoice]:
        """Return the branches, by name."""
        return await self._database.fetch(BRANCHES, center_id=center_id, limit=limit, offset=offset)

    async def find_entry(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> CalendarEntry | None:
        """Return one booking of the student's, whatever became of it."""
        return await fetch_one(
            self._database, ENTRY, center_id=center_id, student_id=student_id, enrollment_id=enrollment_id
        )

    async def find_feed_owner(self, *, center_id: CenterId, secret: str) -> FeedOwner | None:
        """Return whose feed it is; nobody's where they were blocked, erased or merged."""
        return await fetch_one(self._database, FEED_OWNER, center_id=center_id, secret=secret)

    async def list_entries(self, *, center_id: CenterId, student_id: PersonId, since: datetime) -> list[CalendarEntry]:
        """Return live bookings of sessions since an instant, and those cancelled since then, the latest start first."""
        return await self._database.fetch(
            ENTRIES, center_id=center_id, student_id=student_id, since=since, limit=MOST_ENTRIES
        )


def _kind(chosen: CalendarFilter) -> tuple[bool, bool]:
    return chosen.class_id is not None, chosen.branch_id is not None
