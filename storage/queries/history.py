"""A student's past bookings for screens: filtered, sorted, searched and paged.

No index could serve every combination of filters, sorts and words, so a page is found among a bounded number of the
student's bookings (LOOKED_THROUGH), which the index (student_id, created_at, id) hands over newest first without sorting:
the cost depends neither on the size of the table nor on what is filtered. By booking date the bounded part moves with the
pages and reaches everything; in the other orders it is the latest bookings.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.history import (
    LOOKED_THROUGH,
    BookedClass,
    HistoryChoice,
    HistoryCursor,
    HistoryLine,
    HistoryPage,
    HistorySort,
    Outcome,
)
from domain.folding import is_found
from domain.ids import CenterId, EnrollmentId, PersonId
from storage.database import Database, fetch_one
from storage.listed import TextList, is_listed
from storage.prepared import Query, outside
from storage.queries.outcomes import outcome_of
from storage.repositories.enrollments import constant, has_lapsed
from storage.tables.catalogue import classes, sessions
from storage.tables.money import enrollments
from storage.tables.organization import branches
from storage.tables.types import Instant

_CLASSES_SHOWN = 30
_RANKS = {Outcome.ATTENDED: 3, Outcome.OVER: 2, Outcome.MISSED: 1, Outcome.CANCELLED: 0}  # sorted downwards

_before_at, _before_id = outside("before_at", Instant()), outside("before_id", sa.Uuid())
_now, _limit = outside("now", Instant()), outside("limit", sa.Integer())
_outcome, _class, _keys = outside("outcome", sa.Text()), outside("class_id", sa.Uuid()), outside("keys", TextList())
_made = sa.tuple_(enrollments.c.created_at, enrollments.c.id)
_OWN = (
    (enrollments.c.student_id == outside("student_id"))
    & (enrollments.c.center_id == outside("center_id"))
    & (_made < sa.tuple_(_before_at, _before_id))
)
_NEWEST_FIRST = (enrollments.c.created_at.desc(), enrollments.c.id.desc())
_recent = (
    sa.select(
        enrollments.c.id,
        enrollments.c.session_id,
        enrollments.c.status,
        enrollments.c.attended_at,
        enrollments.c.marked_absent_at,
        enrollments.c.made_good,
        enrollments.c.created_at,
        enrollments.c.made_good,
    )
    .where(_OWN)
    .order_by(*_NEWEST_FIRST)
    .limit(outside("looked_through", sa.Integer()))
    .subquery("recent")
)
_LAST_LOOKED_AT = Query(
    sa.select(enrollments.c.created_at, enrollments.c.id)
    .where(_OWN)
    .order_by(*_NEWEST_FIRST)
    .limit(sa.literal_column("1"))
    .offset(outside("looked_through", sa.Integer()) - sa.literal_column("1")),
    lambda at, id_: HistoryCursor(0, at, id_),
)
_WITH_SESSION = _recent.join(sessions, sessions.c.id == _recent.c.session_id).join(
    classes, classes.c.id == sessions.c.class_id
)
_CLASSES = Query(
    sa.select(classes.c.id, classes.c.title)
    .distinct()
    .select_from(_WITH_SESSION)
    .order_by(classes.c.title, classes.c.id)
    .limit(sa.literal_column(str(_CLASSES_SHOWN))),
    BookedClass,
)
# A class with one of its teachers: what words are looked for in. Both databases write the key alike.
_key = sa.func.replace(sa.cast(sessions.c.class_id, sa.Text()), constant("-"), constant(""), type_=sa.Text()).concat(
    constant("|").concat(sessions.c.teacher)
)
_TAUGHT = Query(
    sa.select(_key, classes.c.title, classes.c.subject, sessions.c.teacher).distinct().select_from(_WITH_SESSION),
    lambda key, *texts: (key, " ".join(texts)),
)


def _lines(sort: HistorySort) -> Query[HistoryLine]:
    outcome = outcome_of(_recent.c, ends_at=sessions.c.ends_at, now=_now)
    rank = (
        sa.case(*((outcome == constant(each), sa.literal_column(str(rank))) for each, rank in _RANKS.items()))
        if sort is HistorySort.STATUS
        else sa.literal_column("0", sa.Integer())
    )
    at = _recent.c.created_at if sort is HistorySort.BOOKING_DATE else sessions.c.starts_at
    after: tuple[Any, ...] = (outside("after_at", Instant()), outside("after_id", sa.Uuid()))
    place: tuple[Any, ...] = (at, _recent.c.id)
    if sort is HistorySort.STATUS:
        place, after = (rank, *place), (outside("after_rank", sa.Integer()), *after)
    return Query(
        sa.select(
            _recent.c.id, outcome, classes.c.title, branches.c.name, sessions.c.starts_at, _recent.c.created_at, rank, at
        )
        .select_from(_WITH_SESSION.join(branches, branches.c.id == sessions.c.branch_id))
        .where(
            outcome.is_not(None),
            ~has_lapsed(_recent),
            sa.or_(_outcome.is_(None), outcome == _outcome),
            sa.or_(_class.is_(None), sessions.c.class_id == _class),
            sa.or_(_keys.is_(None), is_listed(_key, _keys)),
            sa.tuple_(*place) < sa.tuple_(*after),
        )
        .order_by(*(part.desc() for part in place))
        .limit(_limit),
        _line,
    )


def _line(
    id_: EnrollmentId,
    outcome: Outcome,
    title: str,
    branch: str,
    starts: datetime,
    created: datetime,
    rank: int,
    at: datetime,
) -> HistoryLine:
    return HistoryLine(id_, outcome, title, branch, starts, created, HistoryCursor(rank, at, id_))


PAST = {sort: _lines(sort) for sort in HistorySort}
_TOP = HistoryCursor(len(_RANKS), datetime(9999, 12, 31, tzinfo=UTC), EnrollmentId(UUID(int=2**128 - 1)))


class StoredHistoryViews:
    """See ``domain.enrollments.history.HistoryViews``. ``looked_through`` bounds the cost of a page."""

    __slots__ = ("_database", "_looked_through")

    def __init__(self, database: Database, *, looked_through: int = LOOKED_THROUGH) -> None:
        self._database = database
        self._looked_through = looked_through

    async def list_past(
        self,
        *,
        center_id: CenterId,
        student_id: PersonId,
        now: datetime,
        choice: HistoryChoice,
        words: str | None,
        limit: int,
        after: HistoryCursor | None = None,
    ) -> HistoryPage:
        """Return a page of bookings that lie behind."""
        start = after or _TOP
        moves = choice.sort is HistorySort.BOOKING_DATE
        place = self._among(center_id, student_id, before=start if moves else _TOP)
        keys = None if words is None else await self._keys_of(words, place)
        rank = {"after_rank": start.rank} if choice.sort is HistorySort.STATUS else {}
        lines = await self._database.fetch(
            PAST[choice.sort],
            **place,
            **rank,
            now=now,
            outcome=choice.outcome,
            class_id=choice.class_id,
            keys=keys,
            after_at=start.at,
            after_id=start.enrollment_id,
            limit=limit + 1,
        )
        if len(lines) > limit:
            return HistoryPage(tuple(lines[:limit]), lines[limit - 1].cursor, is_cut=False)
        cut = await fetch_one(self._database, _LAST_LOOKED_AT, **place)
        return HistoryPage(tuple(lines), cut if moves else None, is_cut=cut is not None and not moves)

    async def list_classes(self, *, center_id: CenterId, student_id: PersonId) -> list[BookedClass]:
        """Return the classes of the student's latest bookings, by title."""
        return await self._database.fetch(_CLASSES, **self._among(center_id, student_id, before=_TOP))

    async def _keys_of(self, words: str, place: Mapping[str, Any]) -> list[str]:
        """Look for the words where bookings say them once: in the few classes and teachers, not in every booking."""
        taught = await self._database.fetch(_TAUGHT, **place)
        return [key for key, text in taught if is_found(words, within=text)]

    def _among(self, center_id: CenterId, student_id: PersonId, *, before: HistoryCursor) -> dict[str, Any]:
        return {
            "center_id": center_id,
            "student_id": student_id,
            "before_at": before.at,
            "before_id": before.enrollment_id,
            "looked_through": self._looked_through,
        }
