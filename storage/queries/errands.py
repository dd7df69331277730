"""How far errands have come, for screens."""

from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.errand_ports import ErrandKind, ErrandProgress
from domain.ids import CenterId
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.door import decisions
from storage.tables.errands import errands
from storage.tables.organization import people


def _count(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    of_errand = (decisions.c.center_id == errands.c.center_id, decisions.c.created_at <= errands.c.until)
    return sa.select(sa.func.count()).select_from(decisions).where(*of_errand, *conditions).scalar_subquery()


# Counted from the cases themselves: whatever was killed on the way, what is said is so.
PROGRESS = Query(
    sa.select(
        errands.c.id,
        errands.c.outcome,
        errands.c.total,
        _count(
            decisions.c.decided_by == errands.c.person_id,
            decisions.c.outcome == errands.c.outcome,
            decisions.c.decided_at >= errands.c.created_at,
        ),
        _count(decisions.c.decided_at.is_(None)),
        sa.case((errands.c.ended_at.is_not(None), sa.literal_column("1")), else_=sa.literal_column("0")),
        errands.c.message_id,
        people.c.telegram_id,
        people.c.language,
    )
    .select_from(errands.join(people, people.c.id == errands.c.person_id))
    .where(
        errands.c.id == outside("errand_id"),
        errands.c.center_id == outside("center_id"),
        errands.c.kind == constant(ErrandKind.DECIDE_ALL),
    ),
    lambda id_, outcome, total, done, left, ended, *watcher: ErrandProgress(
        id_, outcome, total, done, left, bool(ended), *watcher
    ),
)


class StoredErrandViews:
    """See ``domain.enrollments.errand_ports.ErrandViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_progress(self, *, center_id: CenterId, errand_id: UUID) -> ErrandProgress | None:
        """Return how far an errand that decides cases has come."""
        return await fetch_one(self._database, PROGRESS, center_id=center_id, errand_id=errand_id)
