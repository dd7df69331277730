"""The outbox: recorded events claimed by one conditional UPDATE, so that any number of relays share them.

PostgreSQL skips what another relay is just claiming; SQLite has one writer at a time. Claimed events are due again when
their lease runs out: whoever was killed in between leaves them to the others.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from domain.clock import Clock
from domain.events import AlertRaised
from domain.ids import CenterId, new_id
from domain.notifications.model import AlertKind
from domain.outbox import RecordedEvent
from domain.permissions import system_actor
from domain.writes.messages import ParkEvent, RaiseAlert
from domain.writes.record import event_row
from storage.database import Database
from storage.database_time import database_later, database_now
from storage.listed import IdList, is_claimed, is_listed
from storage.prepared import Query, outside
from storage.tables.operations import outbox

_LONGEST_ERROR: Final = 500


def _due(condition: sa.ColumnElement[bool], *order: sa.ColumnElement[object], name: str) -> sa.CTE:
    """Return the first pending events of a kind, locked: in the order of the index, or a backlog would be sorted."""
    return (
        sa.select(outbox.c.id)
        .where(
            outbox.c.center_id == outside("center_id"),
            outbox.c.delivered_at.is_(None),
            outbox.c.parked_at.is_(None),
            condition,
        )
        .order_by(*order)
        .limit(outside("limit", sa.Integer()))
        .with_for_update(skip_locked=True)
        .cte(name)
    )


_FRESH = _due(outbox.c.due_at.is_(None), outbox.c.id, name="fresh")
_AGAIN = _due(outbox.c.due_at <= database_now(), outbox.c.due_at, outbox.c.id, name="again")
_CLAIM = Query(
    outbox.update()
    .where(is_claimed(outbox.c.id, sa.union_all(sa.select(_FRESH.c.id), sa.select(_AGAIN.c.id)).scalar_subquery()))
    .values(due_at=database_later(outside("seconds", sa.Double())), attempts=outbox.c.attempts + sa.literal_column("1"))
    .returning(outbox.c.id, outbox.c.center_id, outbox.c.kind, outbox.c.subject_id, outbox.c.attempts),
    RecordedEvent,
)
_DELIVERED = Query(
    outbox.update()
    .where(is_listed(outbox.c.id, outside("ids", IdList())), outbox.c.delivered_at.is_(None))
    .values(delivered_at=database_now())
    .returning(outbox.c.id),
    lambda id_: id_,
)
_PUT_OFF = Query(
    outbox.update()
    .where(outbox.c.id == outside("id"), outbox.c.delivered_at.is_(None), outbox.c.parked_at.is_(None))
    .values(due_at=database_later(outside("seconds", sa.Double())), last_error=outside("error"))
    .returning(outbox.c.id),
    lambda id_: id_,
)


class StoredOutbox:
    """See ``domain.outbox.Outbox``."""

    def __init__(self, database: Database, *, center_id: CenterId, clock: Clock) -> None:
        self._database = database
        self._center_id = center_id
        self._clock = clock

    async def claim(self, *, limit: int, lease_seconds: float) -> list[RecordedEvent]:
        """Take at most ``limit`` new events and as many that come again."""
        claimed = await self._database.claim(_CLAIM, center_id=self._center_id, limit=limit, seconds=lease_seconds)
        return sorted(claimed, key=lambda event: event.id)  # ids are made in the order of time

    async def mark_delivered(self, event_ids: Sequence[UUID]) -> None:
        """Note that nothing is left to be done for the events, all in one statement."""
        await self._database.claim(_DELIVERED, ids=list(event_ids))

    async def put_off(self, event_id: UUID, *, seconds: float, error: str) -> None:
        """Let an event that failed come again after a while."""
        await self._database.claim(_PUT_OFF, id=event_id, seconds=seconds, error=error[:_LONGEST_ERROR])

    async def park(self, event: RecordedEvent, *, error: str) -> None:
        """Give an event up, and raise an alert with it."""
        now, error = self._clock.now(), error[:_LONGEST_ERROR]
        data = {"event": event.kind, "about": str(event.subject_id), "error": error}
        alert = RaiseAlert(new_id(), event.center_id, AlertKind.EVENT_PARKED, event.id, data, now)
        told = event_row(AlertRaised(alert.id), actor=system_actor(event.center_id), now=now)
        await self._database.apply([ParkEvent(event.id, error, now), alert, told])
