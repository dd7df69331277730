"""A seat that is held for an offer and being paid for online: both end together, whichever way."""

from datetime import datetime

from domain.enrollments.model import ReservedFor
from domain.finance.gateway_buying import unpaid_writes
from domain.permissions import Actor
from domain.ports import UnitOfWork
from domain.waitlist.model import Place
from domain.writes.base import Write


async def writes_without_payment(work: UnitOfWork, place: Place, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that end the payment which a place's seat is held for; none where it is held for none.

    What is paid all the same comes late, and goes to the wallet.
    """
    held = place.held_seat
    if held is None or held.reserved_for is not ReservedFor.PAYMENT:
        return []
    order = await work.gateway.find_unpaid_order(center_id=actor.center_id, enrollment_id=held.enrollment_id)
    return unpaid_writes(order, actor=actor, now=now) if order is not None else []
