"""Forgetting what is done with: delivered events, sent messages and exports, after a while, a bounded number at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from domain.clock import Clock
from domain.ids import CenterId
from storage.database import Database
from storage.prepared import Query, outside
from storage.tables.messages import notifications
from storage.tables.operations import outbox
from storage.tables.reports import exports

KEPT: Final = timedelta(days=30)
_AT_ONCE: Final = 1000


def _forget(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> Query[Any]:
    oldest = (
        sa.select(table.c.id)
        .where(table.c.center_id == outside("center_id"), *conditions)
        .order_by(table.c.id)
        .limit(sa.literal_column(str(_AT_ONCE)))
        .cte("oldest")
    )
    return Query(table.delete().where(table.c.id.in_(sa.select(oldest.c.id))).returning(table.c.id), lambda id_: id_)


_EVENTS = _forget(
    outbox, outbox.c.delivered_at.is_not(None), outbox.c.occurred_at < outside("before", outbox.c.occurred_at.type)
)
_MESSAGES = _forget(
    notifications,
    sa.literal_column("status <> 'PENDING'"),
    notifications.c.created_at < outside("before", notifications.c.created_at.type),
)

_EXPORTS = _forget(
    exports,
    sa.literal_column("status <> 'WAITING'"),
    exports.c.created_at < outside("before", exports.c.created_at.type),
)


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
