"""Drawers side by side, and the counts of one."""

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from domain.finance.cashboxes_admin import CountRecord, DrawerLine
from domain.finance.reconciliation import SessionCash, reconcile
from domain.ids import BranchId, CashCountId, CenterId
from domain.sessions.calendar import Span
from domain.sessions.model import SessionStatus
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.queries.cashbox import session_cash
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions
from storage.tables.door import cash_counts
from storage.tables.money import cashboxes
from storage.tables.organization import branches, people

_center, _count = outside("center_id", sa.Uuid()), outside("count_id", sa.Uuid())
_latest = cash_counts.alias("latest")
_LAST_COUNT = (
    sa.select(_latest.c.id)
    .where(_latest.c.cashbox_id == cashboxes.c.id)
    .order_by(_latest.c.counted_at.desc(), _latest.c.id.desc())
    .limit(sa.literal_column("1"))
    .scalar_subquery()
)
LINES = Query(
    sa.select(
        branches.c.id,
        branches.c.name,
        cashboxes.c.balance_minor,
        cash_counts.c.counted_at,
        cash_counts.c.counted_minor - cash_counts.c.recorded_minor,
    )
    .select_from(
        branches.join(cashboxes, cashboxes.c.branch_id == branches.c.id).outerjoin(
            cash_counts, cash_counts.c.id == _LAST_COUNT
        )
    )
    .where(branches.c.center_id == _center, branches.c.archived_at.is_(None))
    .order_by(branches.c.name, branches.c.id),
    lambda *values: values,
)
FINISHED = Query(
    session_cash(sessions.c.branch_id).where(sessions.c.status == constant(SessionStatus.FINISHED)),
    lambda *values: (BranchId(values[-1]), SessionCash(*values[:-1])),
)
_RECORDS = (
    sa.select(
        cash_counts.c.id,
        branches.c.id,
        branches.c.name,
        cash_counts.c.counted_at,
        people.c.name,
        cash_counts.c.counted_minor,
        cash_counts.c.recorded_minor,
        cash_counts.c.denominations,
    )
    .select_from(
        cash_counts.join(cashboxes, cashboxes.c.id == cash_counts.c.cashbox_id)
        .join(branches, branches.c.id == cashboxes.c.branch_id)
        .join(people, people.c.id == cash_counts.c.counted_by)
    )
    .where(cash_counts.c.center_id == _center)
)
COUNTS = Query(
    _RECORDS.where(
        cashboxes.c.branch_id == outside("branch_id", sa.Uuid()),
        sa.tuple_(cash_counts.c.counted_at, cash_counts.c.id)
        < sa.tuple_(outside("after_at", cash_counts.c.counted_at.type), outside("after_id", sa.Uuid())),
    )
    .order_by(cash_counts.c.counted_at.desc(), cash_counts.c.id.desc())
    .limit(outside("limit", sa.Integer())),
    CountRecord,
)
COUNT = Query(_RECORDS.where(cash_counts.c.id == _count), CountRecord)
_TOP = (datetime(9000, 1, 1, tzinfo=UTC), UUID(int=0))


class StoredCashboxAdminViews:
    """See ``domain.finance.cashboxes_admin.CashboxAdminViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_lines(self, *, center_id: CenterId, day: Span) -> list[DrawerLine]:
        """Return the drawer of every open branch."""
        by_branch: dict[BranchId, list[SessionCash]] = {}
        for branch_id, session in await self._database.fetch(
            FINISHED, center_id=center_id, since=day.since, until=day.until
        ):
            by_branch.setdefault(branch_id, []).append(session)
        rows = await self._database.fetch(LINES, center_id=center_id)
        days = {branch_id: reconcile(found) for branch_id, found in by_branch.items()}
        lines = [(*row, days.get(row[0])) for row in rows]
        return [DrawerLine(*line) for line in lines]

    async def list_counts(
        self, *, center_id: CenterId, branch_id: BranchId, limit: int, after: CashCountId | None = None
    ) -> list[CountRecord]:
        """Return the counts of a branch's drawer, the latest first; after one that is gone, from the top."""
        last = await self.find_count(center_id=center_id, count_id=after) if after is not None else None
        after_at, after_id = (last.counted_at, last.count_id) if last is not None else _TOP
        return await self._database.fetch(
            COUNTS, center_id=center_id, branch_id=branch_id, limit=limit, after_at=after_at, after_id=after_id
        )

    async def find_count(self, *, center_id: CenterId, count_id: CashCountId) -> CountRecord | None:
        """Return one count."""
        return await fetch_one(self._database, COUNT, center_id=center_id, count_id=count_id)
