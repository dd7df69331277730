"""Broadcasts as somebody's tap leaves them, and what happens to them without a tap."""

from typing import Any
from uuid import UUID

from domain.broadcasts.model import BroadcastAudience, NewBroadcast, Target
from domain.broadcasts.sending import SendBroadcast
from domain.broadcasts.writing import WriteBroadcast
from domain.ids import BroadcastId, PersonId, new_id
from domain.writes.broadcasts import AddBroadcast
from storage.broadcast_queue import StoredBroadcastQueue
from storage.unit_of_work import unit_of_work_factory
from tests.builders.notices import rows_of
from tests.factories import Person, World


def to_everybody(world: World) -> Target:
    """Return the target that is the whole center."""
    return Target(BroadcastAudience.CENTER, world.center_id)


def broadcast_row(world: World, author: Person, **changed: Any) -> AddBroadcast:
    """Return a broadcast to everybody, of which nothing matters but what is given."""
    given: dict[str, Any] = {
        "id": BroadcastId(new_id()),
        "center_id": world.center_id,
        "author_id": author.id,
        "audience": BroadcastAudience.CENTER,
        "subject_id": world.center_id,
        "text": "Hello everybody",
        "reached": 3,
        "unreachable": 0,
        "muted": 0,
        "created_at": world.clock.now(),
        "screen_person_id": None,
        "screen_message_id": None,
        **changed,
    }
    return AddBroadcast(**given)


async def send(world: World, author: Person, target: Target, *, text: str = "Hello", is_again: bool = False) -> BroadcastId:
    """Press the button of a preview drawn now."""
    new = NewBroadcast(BroadcastId(new_id()), target, text)
    await SendBroadcast(unit_of_work_factory(world.database), world.clock)(
        actor=author.actor, broadcast=new, is_again=is_again
    )
    return new.id


def writer(world: World, *, piece: int = 500) -> WriteBroadcast:
    """Return what writes the messages down, as another process would."""
    return WriteBroadcast(unit_of_work_factory(world.database), world.clock, StoredBroadcastQueue(world.database), piece)


async def told(world: World) -> list[PersonId]:
    """Return for whom there is a message of a broadcast."""
    return [row.person_id for row in await rows_of(world) if row.kind.startswith("BROADCAST_")]


def session_target(session_id: UUID) -> Target:
    """Return the target that is a session's people."""
    return Target(BroadcastAudience.SESSION, session_id)
