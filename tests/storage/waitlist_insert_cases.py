"""For every inserting write of reservations and waitlists: a row, and rows that are there already, by the shared key."""

from dataclasses import replace

from domain.enrollments.model import ReservedFor
from domain.ids import EnrollmentId, new_id
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import Write
from domain.writes.reservations import AddReservation
from tests.cast import Cast

Case = tuple[Write, dict[str, Write]]


def reservation(cast: Cast) -> list[Case]:
    """Return the case of a held seat."""
    now = cast.world.clock.now()
    held = AddReservation(
        id=EnrollmentId(new_id()),
        center_id=cast.world.center_id,
        session_id=cast.session.id,
        student_id=cast.poor.id,
        price_minor=8_000,
        policy=AbsenteePolicy.STRICT,
        no_show_fee_percent=0,
        free_cancel_until=now,
        reserved_for=ReservedFor.OFFER,
        held_until=now,
        created_at=now,
    )
    return [(held, {"id": held, "a seat in the session": replace(held, id=EnrollmentId(new_id()))})]
