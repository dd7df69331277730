"""What happens when a seat is free and people wait: it is offered to the first in line, and held while they decide.

While the cancellation window is open, one is asked at a time; after it has closed everybody who waits is told once, and
the first tap wins. In quiet hours nothing happens at all: nobody is asked in their sleep, and no seat is held that an
early bird could have. An offer takes its seat by the same guard as a booking.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.enrollments.model import Reservation, ReservedFor
from domain.enrollments.reservations import held_until, may_be_held, reservation_writes
from domain.events import SeatOffered
from domain.ids import CenterId, EnrollmentId, SessionId, new_id
from domain.notifications.model import Priority
from domain.permissions import Actor, Operation, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.model import Place, WaitingMessage, WaitlistStatus
from domain.waitlist.ports import OfferFacts
from domain.waitlist.telling import message
from domain.writes.base import Write
from domain.writes.record import audit_row, event_row
from domain.writes.waitlist import OfferPlace

_AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class OfferFreedSeats:
    """Offer a session's free seats to those who wait for it, as many as there are of both; run twice, it does no more.

    For the clock and for subscribers of whatever frees a seat or raises a capacity. Raises BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """Make all offers that can be made now, each in a transaction of its own."""

        async def decide(work: UnitOfWork) -> bool:
            facts = await work.waitlist.find_offer_facts(center_id=center_id, session_id=session_id)
            if facts is None:
                return False
            now, actor = self.clock.now(), system_actor(center_id)
            if may_announce(facts, now=now):
                await self._announce(work, facts, actor=actor, now=now)
                return False
            if facts.first is None or not may_offer(facts, now=now):
                return False
            work.add(*offer_writes(facts, facts.first, actor=actor, now=now))
            await work.commit()
            return True

        while await decide_and_commit(self.new_unit_of_work, decide):
            pass  # as often as there are seats

    async def of_enrollment(self, center_id: CenterId, enrollment_id: EnrollmentId) -> None:
        """Do it for the session of an enrollment that was given back."""
        async with self.new_unit_of_work() as work:
            session_id = await work.waitlist.find_session_of(center_id=center_id, enrollment_id=enrollment_id)
        if session_id is not None:
            await self(center_id, session_id)

    async def everywhere(self, center_id: CenterId) -> None:
        """Do it for every session that has free seats and people who wait: after quiet hours, or a fault."""
        async with self.new_unit_of_work() as work:
            session_ids = await work.waitlist.list_waited_for(center_id=center_id, now=self.clock.now())
        for session_id in session_ids:
            await self(center_id, session_id)

    async def _announce(self, work: UnitOfWork, facts: OfferFacts, *, actor: Actor, now: datetime) -> None:
        people = await work.waitlist.list_unaware(center_id=actor.center_id, session_id=facts.session.id)
        work.add(
            *(
                message(
                    WaitingMessage.FREE_SEATS,
                    center_id=actor.center_id,
                    person_id=person_id,
                    subject_id=facts.session.id,
                    now=now,
                    priority=Priority.MONEY,
                )
                for person_id in people
            )
        )
        await work.commit()


def may_offer(facts: OfferFacts, *, now: datetime) -> bool:
    """Whether a seat can be held for somebody now: whole offers fit between quiet hours, or nobody is asked."""
    if not may_be_held(facts.session, now=now):
        return False
    expires_at = held_until(facts.session, minutes=facts.offer_minutes, now=now)
    return not (facts.quiet.are_at(now) or facts.quiet.are_at(expires_at - _AN_INSTANT))


def may_announce(facts: OfferFacts, *, now: datetime) -> bool:
    """Whether everybody who waits is to be told now that there are seats: it is too late to ask one after the other."""
    session = facts.session
    is_late = session.is_open(now) and now >= session.free_cancel_until
    return is_late and session.seats_left > 0 and not facts.quiet.are_at(now)


def offer_writes(facts: OfferFacts, place: Place, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that hold a seat for somebody who waits, and ask them."""
    expires_at = held_until(facts.session, minutes=facts.offer_minutes, now=now)
    held = Reservation(EnrollmentId(new_id()), facts.session.id, place.student_id, expires_at, ReservedFor.OFFER)
    return [
        *reservation_writes(facts.session, held, actor=actor, now=now),
        OfferPlace(place.id, held.enrollment_id, now, expires_at),
        event_row(SeatOffered(place.id), actor=actor, now=now),
        message(
            WaitingMessage.OFFER,
            center_id=actor.center_id,
            person_id=place.student_id,
            subject_id=place.id,
            now=now,
            priority=Priority.MONEY,
        ),
        audit_row(
            Operation.JOIN_WAITLIST,
            actor=actor,
            now=now,
            object_type="waitlist_entry",
            object_id=place.id,
            before={"status": place.status},
            after={"status": WaitlistStatus.OFFERED, "enrollment_id": held.enrollment_id, "until": expires_at},
        ),
    ]
