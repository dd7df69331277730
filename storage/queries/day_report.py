"""The figures of a period, from the journal and the sessions."""

from typing import Any

import sqlalchemy as sa

from domain.finance.day_report import Attendance, BranchCash, Period, Totals
from domain.finance.model import AccountKind
from domain.ids import CenterId
from storage.database import Database
from storage.prepared import Query, outside
from storage.queries.collected import is_collecting, with_reversed
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions
from storage.tables.door import cash_transactions
from storage.tables.money import accounts, enrollments, entries, payments, postings
from storage.tables.organization import branches
from storage.tables.types import Instant

_start, _end = outside("start", Instant()), outside("end", Instant())
_ZERO: sa.ColumnElement[Any] = sa.literal_column("0")
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


def _sum(value: sa.ColumnElement[Any], condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=_ZERO)), _ZERO), sa.BigInteger)


def _earned(kind: AccountKind) -> sa.ColumnElement[Any]:
    return _sum(-postings.c.amount_minor, accounts.c.kind == constant(kind))


TOTALS = Query(
    sa.select(
        _earned(AccountKind.EARNED_PACKAGE),
        _earned(AccountKind.EARNED_WALLET),
        _earned(AccountKind.EARNED_CASH),
        _sum(
            postings.c.amount_minor,
            sa.and_(accounts.c.kind == constant(AccountKind.CASHBOX), is_collecting()),
        ),
        _sum(postings.c.amount_minor, accounts.c.kind == constant(AccountKind.GATEWAY_CLEARING)),
    )
    .select_from(
        with_reversed(
            entries.join(postings, postings.c.entry_id == entries.c.id).join(
                accounts, accounts.c.id == postings.c.account_id
            )
        )
    )
    .where(entries.c.center_id == outside("center_id"), entries.c.occurred_at >= _start, entries.c.occurred_at < _end),
    Totals,
)
_OF_PERIOD = sa.and_(
    sessions.c.center_id == outside("center_id"), sessions.c.starts_at >= _start, sessions.c.starts_at < _end
)
_IS_NO_SHOW: sa.ColumnElement[bool] = sa.literal_column("enrollments.status = 'NO_SHOW'")
_IS_CHARGED = sa.or_(
    sa.literal_column("enrollments.method IN ('PACKAGE', 'CASH')"),
    sa.exists().where(
        payments.c.enrollment_id == enrollments.c.id,
        sa.literal_column("payments.status = 'COMPLETED' AND payments.amount_minor > 0"),
    ),
)
SESSIONS = Query(
    sa.select(sa.func.count(), _sum(_ONE, sa.literal_column("status IN ('CANCELED', 'MISSED')")))
    .select_from(sessions)
    .where(_OF_PERIOD),
    lambda count, called_off: (count, called_off),
)
HEADS = Query(
    sa.select(
        _sum(_ONE, enrollments.c.attended_at.is_not(None)),
        _sum(_ONE, _IS_NO_SHOW),
        _sum(_ONE, sa.and_(_IS_NO_SHOW, _IS_CHARGED)),
    )
    .select_from(sessions.join(enrollments, enrollments.c.session_id == sessions.c.id))
    .where(_OF_PERIOD, sa.literal_column("enrollments.status IN ('LOCKED', 'PAID', 'NO_SHOW')")),
    lambda *counts: counts,
)
_IS_CASH_SEAT: sa.ColumnElement[bool] = sa.literal_column(
    "enrollments.method = 'CASH' AND enrollments.status IN ('PAID', 'NO_SHOW')"
)
_CASH_OF_SEAT = (
    sa.select(
        sa.func.coalesce(
            sa.func.sum(
                sa.case(
                    (sa.literal_column("cash_transactions.direction = 'IN'"), cash_transactions.c.amount_minor),
                    else_=-cash_transactions.c.amount_minor,
                )
            ),
            _ZERO,
        )
    )
    .where(cash_transactions.c.enrollment_id == enrollments.c.id)
    .scalar_subquery()
)
CASH = Query(
    sa.select(branches.c.name, _sum(enrollments.c.price_minor, _IS_CASH_SEAT), _sum(_CASH_OF_SEAT, _IS_CASH_SEAT))
    .select_from(
        branches.join(sessions, sessions.c.branch_id == branches.c.id).join(
            enrollments, enrollments.c.session_id == sessions.c.id
        )
    )
    .where(_OF_PERIOD, sa.literal_column("sessions.status = 'FINISHED'"))
    .group_by(branches.c.id, branches.c.name)
    .order_by(branches.c.name),
    BranchCash,
)


class StoredDayReportViews:
    """See ``domain.finance.day_report.DayReportViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_totals(self, *, center_id: CenterId, period: Period) -> Totals:
        """Return what was earned and collected."""
        return (await self._database.fetch(TOTALS, center_id=center_id, start=period.start, end=period.end))[0]

    async def find_attendance(self, *, center_id: CenterId, period: Period) -> Attendance:
        """Return what became of the sessions that began in the period."""
        when = {"center_id": center_id, "start": period.start, "end": period.end}
        ((count, called_off),) = await self._database.fetch(SESSIONS, **when)
        ((heads, no_shows, charged),) = await self._database.fetch(HEADS, **when)
        return Attendance(count, called_off, heads, no_shows, charged)

    async def list_cash(self, *, center_id: CenterId, period: Period) -> list[BranchCash]:
        """Return the cash of each branch that had a finished session."""
        return await self._database.fetch(CASH, center_id=center_id, start=period.start, end=period.end)
