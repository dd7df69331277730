"""How a place in a waitlist ends: whatever was held for it is let go, so that it never blocks a seat."""

from datetime import datetime

from domain.enrollments.reservations import lapse_writes
from domain.events import PlaceEnded
from domain.permissions import Actor, Operation
from domain.waitlist.model import Place, WaitlistStatus
from domain.writes.base import Write
from domain.writes.record import audit_row, event_row
from domain.writes.waitlist import EndPlace


def ending_writes(place: Place, becomes: WaitlistStatus, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that end a live place; a seat that is still held for it is given back."""
    held = place.held_seat if becomes is not WaitlistStatus.BOOKED else None
    return [
        *(lapse_writes(held, actor=actor, now=now) if held is not None else ()),
        EndPlace(place.id, place.status, becomes, now),
        event_row(PlaceEnded(place.id), actor=actor, now=now),
        audit_row(
            Operation.JOIN_WAITLIST,
            actor=actor,
            now=now,
            object_type="waitlist_entry",
            object_id=place.id,
            before={"status": place.status},
            after={"status": becomes},
        ),
    ]
