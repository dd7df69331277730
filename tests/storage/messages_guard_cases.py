"""For every kind of guarded write on messages, alerts and events: one that finds its row, and those that must find none."""

from dataclasses import replace
from uuid import UUID

from domain.ids import new_id
from domain.notifications.model import AlertKind
from domain.writes.base import Write
from domain.writes.messages import ParkEvent, RaiseAlert
from domain.writes.record import AddEvent
from tests.cast import Cast

NOBODY = UUID(int=7)


async def messages_cases(cast: Cast) -> list[tuple[Write, dict[str, Write]]]:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    world, now = cast.world, cast.world.clock.now()
    pending, parked = [AddEvent(new_id(), world.center_id, "test.happened", new_id(), None, now) for _ in range(2)]
    await world.database.apply([pending, parked, ParkEvent(parked.id, "no", now)])
    park = ParkEvent(pending.id, "no", now)
    alert = RaiseAlert(new_id(), world.center_id, AlertKind.EVENT_PARKED, pending.id, {}, now)
    return [
        (park, {"parked": replace(park, event_id=parked.id), "not there": replace(park, event_id=NOBODY)}),
        (alert, {}),
    ]
