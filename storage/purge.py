"""Forgetting what is done with: delivered events, sent messages and exports, after a while, a bounded number at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from domain.clock import Clock
from domain.ids import CenterId
from storage.database import Database
from storage.listed import is_claimed
from storage.prepared import Query, outside
from storage.tables.messages import notifications
from storage.tables.operations import outbox
from storage.tables.reports import exports

KEPT: Final = timedelta(days=30)
_AT_ONCE: Final = 1000


def _forget(table: sa.Table, instant: sa.Column[Any], is_done: sa.ColumnElement[bool]) -> Query[Any]:
    """Delete the oldest rows that are done, by the partial index that holds only those."""
    oldest = (
        sa.select(table.c.id)
        .where(table.c.center_id == outside("center_id"), is_done, instant < outside("before", instant.type))
        .order_by(instant)
        .limit(sa.literal_column(str(_AT_ONCE)))
        .cte("oldest")
    )
    return Query(
        table.delete().where(is_claimed(table.c.id, sa.select(oldest.c.id).scalar_subquery())).returning(table.c.id),
        lambda id_: id_,
    )


_EVENTS = _forget(outbox, outbox.c.occurred_at, outbox.c.delivered_at.is_not(None))
_MESSAGES = _forget(notifications, notifications.c.created_at, sa.literal_column("status <> 'PENDING'"))
_EXPORTS = _forget(exports, exports.c.created_at, sa.literal_column("status <> 'WAITING'"))


@dataclass(frozen=True, slots=True)
class Purge:
    """Delete delivered events, ended messages and exports of a center that are older than a month."""

    database: Database
    clock: Clock

    async def __call__(self, center_id: CenterId) -> int:
        """Return how many rows are gone."""
        before, gone = self.clock.now() - KEPT, 0
        for query in (_EVENTS, _MESSAGES, _EXPORTS):
            gone += len(await self.database.claim(query, center_id=center_id, before=before))
        return gone
