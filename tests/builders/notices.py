"""Reads what people are to be told, and writes what was told of in their stead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.ids import NotificationId, PersonId, new_id
from domain.notifications.kinds import NotificationKind
from domain.notifications.model import Priority
from domain.writes.messages import TellOnce
from storage.prepared import Query
from storage.tables.messages import notifications
from tests.factories import World


@dataclass(frozen=True, slots=True)
class Row:
    """A message as it is kept."""

    person_id: PersonId
    kind: str
    occurrence: str
    status: str
    attempts: int
    send_after: datetime
    message_id: int | None
    last_error: str | None


_ROWS = Query(
    sa.select(
        notifications.c.person_id,
        notifications.c.kind,
        notifications.c.occurrence,
        notifications.c.status,
        notifications.c.attempts,
        notifications.c.send_after,
        notifications.c.message_id,
        notifications.c.last_error,
    ).order_by(notifications.c.created_at, notifications.c.id),
    Row,
)


async def rows_of(world: World) -> list[Row]:
    """Return all messages, the oldest first."""
    return await world.database.fetch(_ROWS)


def message_to(world: World, person_id: PersonId, **changed: Any) -> TellOnce:
    """Return a message to somebody, of which nothing matters but what is given."""
    given: dict[str, Any] = {
        "id": NotificationId(new_id()),
        "center_id": world.center_id,
        "person_id": person_id,
        "kind": NotificationKind.PEOPLE_MERGED,
        "subject_id": new_id(),
        "occurrence": "",
        "data": {},
        "priority": Priority.NORMAL,
        "created_at": world.clock.now(),
        "send_after": world.clock.now(),
        **changed,
    }
    return TellOnce(**given)
