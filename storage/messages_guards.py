"""The conditional statements of writes on notifications, alerts and parked events."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.dml import Delete, Insert, Update

from domain.writes import messages
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.messages import alerts
from storage.tables.operations import outbox

Statement = Insert | Update | Delete


def _raise_alert() -> Statement:
    names = ("id", "center_id", "kind", "subject_id", "data", "created_at")
    # PostgreSQL's own construct, which SQLite writes in the same words.
    insert = postgresql.insert(alerts).values({name: outside(name, alerts.c[name].type) for name in names})
    return insert.on_conflict_do_update(
        index_elements=["center_id", "kind", "subject_id"],
        set_={
            "data": insert.excluded.data,
            "created_at": insert.excluded.created_at,
            "resolved_at": sa.null(),
            "resolved_by": sa.null(),
        },
    )


def _park_event() -> Statement:
    return (
        outbox.update()
        .where(outbox.c.id == outside("event_id"), outbox.c.delivered_at.is_(None), outbox.c.parked_at.is_(None))
        .values(parked_at=outside("parked_at"), last_error=outside("error"))
    )


MESSAGES_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    messages.RaiseAlert: _raise_alert,
    messages.ParkEvent: _park_event,
}
