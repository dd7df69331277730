"""Drawers for screens: what is in them, what moved, and a day's sessions beside their cash."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.finance.cashbox_views import CashCursor, CashLine, CountLine, DailySummary, DayTotals, Drawer, SeatReceipt
from domain.finance.model import CashDirection, CashKind, PaymentMethod
from domain.finance.reconciliation import SessionCash
from domain.ids import BranchId, CashCountId, CashTransactionId, CenterId, EnrollmentId
from domain.sessions.calendar import Span
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.door import cash_counts, cash_transactions
from storage.tables.money import cashboxes, enrollments
from storage.tables.organization import branches, centers, people
from storage.tables.types import Instant

_center, _branch = outside("center_id", sa.Uuid()), outside("branch_id", sa.Uuid())
_ZERO = sa.literal_column("0", sa.BigInteger())
_ONE = sa.literal_column("1", sa.BigInteger())


def _sum(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.coalesce(sa.func.sum(column), _ZERO), sa.BigInteger())


_last_counted = (
    sa.select(sa.func.max(cash_counts.c.counted_at)).where(cash_counts.c.cashbox_id == cashboxes.c.id).scalar_subquery()
)
_DRAWERS = (
    sa.select(
        branches.c.id,
        branches.c.name,
        cashboxes.c.balance_minor,
        centers.c.largest_amount_minor,
        sa.type_coerce(_last_counted, Instant()),
    )
    .select_from(
        branches.join(cashboxes, cashboxes.c.branch_id == branches.c.id).join(centers, centers.c.id == branches.c.center_id)
    )
    .where(branches.c.center_id == _center)
    .order_by(branches.c.name)
)
DRAWERS = Query(_DRAWERS.where(branches.c.archived_at.is_(None)), Drawer)
DRAWER = Query(_DRAWERS.where(branches.c.id == _branch), Drawer)

_owner, _doer, _reverse = people.alias("owner"), people.alias("doer"), cash_transactions.alias("reverse")
_MOVEMENTS = (
    sa.select(
        cash_transactions.c.id,
        cashboxes.c.branch_id,
        cash_transactions.c.occurred_at,
        cash_transactions.c.direction,
        cash_transactions.c.kind,
        cash_transactions.c.amount_minor,
        _owner.c.name,
        classes.c.title,
        _doer.c.name,
        cash_transactions.c.reason,
        _reverse.c.id,
    )
    .select_from(
        cash_transactions.join(cashboxes, cashboxes.c.id == cash_transactions.c.cashbox_id)
        .outerjoin(_owner, _owner.c.id == cash_transactions.c.person_id)
        .outerjoin(_doer, _doer.c.id == cash_transactions.c.actor_id)
        .outerjoin(enrollments, enrollments.c.id == cash_transactions.c.enrollment_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
        .outerjoin(_reverse, _reverse.c.reverses_id == cash_transactions.c.id)
    )
    .where(cash_transactions.c.center_id == _center)
)


def _line(*values: Any) -> CashLine:
    shown = (*values[:10], values[10] is not None)
    return CashLine(*shown)


MOVEMENTS = Query(
    _MOVEMENTS.where(
        cashboxes.c.branch_id == _branch,
        cash_transactions.c.occurred_at >= outside("since", Instant()),
        sa.tuple_(cash_transactions.c.occurred_at, cash_transactions.c.id)
        < sa.tuple_(outside("before_at", Instant()), outside("before_id", sa.Uuid())),
    )
    .order_by(cash_transactions.c.occurred_at.desc(), cash_transactions.c.id.desc())
    .limit(outside("limit", sa.Integer())),
    _line,
)
MOVEMENT = Query(_MOVEMENTS.where(cash_transactions.c.id == outside("transaction_id", sa.Uuid())), _line)

COUNT = Query(
    sa.select(cash_counts.c.id, cashboxes.c.branch_id, cash_counts.c.counted_minor, cash_counts.c.recorded_minor)
    .select_from(cash_counts.join(cashboxes, cashboxes.c.id == cash_counts.c.cashbox_id))
    .where(cash_counts.c.id == outside("count_id", sa.Uuid()), cash_counts.c.center_id == _center),
    CountLine,
)

_IS_IN = cash_transactions.c.direction == constant(CashDirection.IN)
_SIGNED = sa.case((_IS_IN, cash_transactions.c.amount_minor), else_=-cash_transactions.c.amount_minor)
_HAS_SEAT: sa.ColumnElement[bool] = sa.literal_column("enrollments.status NOT IN ('CANCELLED', 'HELD')")
_PAYS_CASH = (enrollments.c.method == constant(PaymentMethod.CASH)) & (
    enrollments.c.status != constant(EnrollmentStatus.CANCELLED)
)


def _of_session(value: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    """Return a sum over a session's enrollments."""
    return sa.select(_sum(value)).where(enrollments.c.session_id == sessions.c.id, *conditions).scalar_subquery()


_TAKEN = (
    sa.select(_sum(_SIGNED))
    .select_from(cash_transactions.join(enrollments, enrollments.c.id == cash_transactions.c.enrollment_id))
    .where(enrollments.c.session_id == sessions.c.id, _PAYS_CASH)
    .scalar_subquery()
)
SEAT = Query(
    sa.select(
        enrollments.c.id,
        enrollments.c.session_id,
        sessions.c.branch_id,
        people.c.name,
        sa.select(_sum(_SIGNED)).where(cash_transactions.c.enrollment_id == enrollments.c.id).scalar_subquery(),
        sessions.c.seats_taken,
        sessions.c.capacity,
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id).join(
            people, people.c.id == enrollments.c.student_id
        )
    )
    .where(enrollments.c.id == outside("enrollment_id", sa.Uuid()), enrollments.c.center_id == _center),
    SeatReceipt,
)


def session_cash(*more: Any) -> sa.Select[Any]:
    """Begin a day's sessions with their heads and cash; ``more`` columns follow those of a SessionCash."""
    return (
        sa.select(
            sessions.c.id,
            classes.c.title,
            sessions.c.starts_at,
            sessions.c.status,
            _of_session(_ONE, _HAS_SEAT),
            _of_session(_ONE, enrollments.c.attended_at.is_not(None), _HAS_SEAT),
            _of_session(_ONE, _PAYS_CASH),
            _of_session(enrollments.c.price_minor, _PAYS_CASH),
            _TAKEN,
            *more,
        )
        .select_from(sessions.join(classes, classes.c.id == sessions.c.class_id))
        .where(
            sessions.c.center_id == _center,
            sessions.c.starts_at >= outside("since", Instant()),
            sessions.c.starts_at < outside("until", Instant()),
        )
        .order_by(sessions.c.starts_at, sessions.c.id)
    )


DAY_SESSIONS = Query(session_cash().where(sessions.c.branch_id == _branch), SessionCash)

_IS_TOP_UP = cash_transactions.c.kind == constant(CashKind.TOP_UP)
_amount = cash_transactions.c.amount_minor
DAY_TOTALS = Query(
    sa.select(
        _sum(sa.case((_IS_IN, _amount), else_=_ZERO)),
        _sum(sa.case((_IS_IN, _ZERO), else_=_amount)),
        _sum(sa.case((_IS_TOP_UP, _amount), else_=_ZERO)),
    )
    .select_from(cash_transactions.join(cashboxes, cashboxes.c.id == cash_transactions.c.cashbox_id))
    .where(
        cash_transactions.c.center_id == _center,
        cashboxes.c.branch_id == _branch,
        cash_transactions.c.occurred_at >= outside("since", Instant()),
        cash_transactions.c.occurred_at < outside("until", Instant()),
    ),
    DayTotals,
)
_BEFORE_EVERY_ID = UUID(int=0)


class StoredCashboxViews:
    """See ``domain.finance.cashbox_views.CashboxViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_drawers(self, *, center_id: CenterId) -> list[Drawer]:
        """Return every branch's drawer, by the branch's name."""
        return await self._database.fetch(DRAWERS, center_id=center_id)

    async def find_drawer(self, *, center_id: CenterId, branch_id: BranchId) -> Drawer | None:
        """Return a branch's drawer."""
        return await fetch_one(self._database, DRAWER, center_id=center_id, branch_id=branch_id)

    async def list_movements(
        self, *, center_id: CenterId, branch_id: BranchId, span: Span, limit: int, after: CashCursor | None = None
    ) -> list[CashLine]:
        """Return what moved in a drawer in a time, the latest first."""
        before: tuple[datetime, UUID] = (
            (span.until, _BEFORE_EVERY_ID) if after is None else (after.occurred_at, after.transaction_id)
        )
        return await self._database.fetch(
            MOVEMENTS,
            center_id=center_id,
            branch_id=branch_id,
            since=span.since,
            before_at=before[0],
            before_id=before[1],
            limit=limit,
        )

    async def find_movement(self, *, center_id: CenterId, transaction_id: CashTransactionId) -> CashLine | None:
        """Return one movement."""
        return await fetch_one(self._database, MOVEMENT, center_id=center_id, transaction_id=transaction_id)

    async def find_count(self, *, center_id: CenterId, count_id: CashCountId) -> CountLine | None:
        """Return one count."""
        return await fetch_one(self._database, COUNT, center_id=center_id, count_id=count_id)

    async def find_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SeatReceipt | None:
        """Return what was taken for a seat at the desk."""
        return await fetch_one(self._database, SEAT, center_id=center_id, enrollment_id=enrollment_id)

    async def find_day(self, *, center_id: CenterId, branch_id: BranchId, day: date, span: Span) -> DailySummary:
        """Return a branch's day."""
        where = {"center_id": center_id, "branch_id": branch_id, "since": span.since, "until": span.until}
        totals = await fetch_one(self._database, DAY_TOTALS, **where)
        found = await self._database.fetch(DAY_SESSIONS, **where)
        return DailySummary(day, tuple(found), totals or DayTotals(0, 0, 0))
