"""The messages of broadcasts, many at once: dropped where one was stopped; and who follows which broadcast."""

import sqlalchemy as sa

from domain.ids import BroadcastId, CenterId, NotificationId
from domain.notifications.model import NotificationStatus
from storage.database import Database
from storage.database_time import database_later, database_now
from storage.listed import is_claimed
from storage.notifications import IN_THE_AIR
from storage.prepared import Query, outside
from storage.repositories.broadcasts import IS_A_BROADCASTS
from storage.repositories.enrollments import constant
from storage.tables.messages import broadcasts, notifications

_PENDING = (
    sa.select(notifications.c.id)
    .where(
        IS_A_BROADCASTS,
        notifications.c.subject_id == outside("broadcast_id"),
        notifications.c.center_id == outside("center_id"),
        notifications.c.status == constant(NotificationStatus.PENDING),
        sa.or_(notifications.c.last_error.is_(None), notifications.c.last_error != constant(IN_THE_AIR)),
    )
    .limit(outside("limit", sa.Integer()))
    .with_for_update(skip_locked=True)
    .cte("rest")
)
_DROP = Query(
    notifications.update()
    .where(
        is_claimed(notifications.c.id, sa.select(_PENDING.c.id).scalar_subquery()),
        notifications.c.status == constant(NotificationStatus.PENDING),
    )
    .values(status=constant(NotificationStatus.STALE))
    .returning(notifications.c.id),
    NotificationId,
)
_CLAIM = Query(
    broadcasts.update()
    .where(
        broadcasts.c.center_id == outside("center_id"),
        broadcasts.c.ended_at.is_(None),
        sa.or_(broadcasts.c.followed_until.is_(None), broadcasts.c.followed_until <= database_now()),
    )
    .values(followed_until=database_later(outside("seconds", sa.Double())))
    .returning(broadcasts.c.id),
    BroadcastId,
)
_RELEASE = Query(
    broadcasts.update()
    .where(broadcasts.c.id == outside("broadcast_id"), broadcasts.c.ended_at.is_(None))
    .values(followed_until=database_later(outside("seconds", sa.Double())))
    .returning(broadcasts.c.id),
    BroadcastId,
)


class StoredBroadcastQueue:
    """See ``domain.broadcasts.ports.BroadcastQueue``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def drop_pending(self, *, center_id: CenterId, broadcast_id: BroadcastId, limit: int) -> int:
        """Drop messages that nobody is sending at this moment."""
        return len(await self._database.claim(_DROP, center_id=center_id, broadcast_id=broadcast_id, limit=limit))

    async def claim_under_way(self, *, center_id: CenterId, lease_seconds: float) -> list[BroadcastId]:
        """Return broadcasts that have not ended and that nobody follows."""
        return await self._database.claim(_CLAIM, center_id=center_id, seconds=lease_seconds)

    async def release(self, *, broadcast_id: BroadcastId, pause_seconds: float) -> None:
        """Let whoever looks after the pause follow it."""
        await self._database.claim(_RELEASE, broadcast_id=broadcast_id, seconds=pause_seconds)
