"""What happens when a student takes the seat that is held for them: an ordinary booking, of a seat counted already."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.booking import BookingPlan
from domain.enrollments.model import Enrollment
from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.reservations import plan_conversion
from domain.errors import NotFoundError, ReservationLapsedError
from domain.ids import CenterId, EnrollmentId, WaitlistEntryId
from domain.permissions import Actor, Operation, require, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.ending import ending_writes
from domain.waitlist.model import Place, WaitlistStatus
from domain.waitlist.paying import writes_without_payment


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Book the seat that is held for the actor, paid as every booking is.

    Accepted twice, the first booking is returned. Raises NotFoundError, ReservationLapsedError (too late, passed, or the
    session was moved), SessionNotOpenError, InsufficientFundsError, TermsChangedError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, entry_id: WaitlistEntryId, confirmed: ConfirmedTerms) -> Enrollment:
        """Accept."""
        require(actor, Operation.JOIN_WAITLIST)
        require(actor, Operation.BOOK_SESSION)

        async def decide(work: UnitOfWork) -> Enrollment:
            place = await work.waitlist.find_place(center_id=actor.center_id, student_id=actor.person_id, entry_id=entry_id)
            if place is None:
                raise NotFoundError(what="waitlist entry")
            if place.enrollment_id is None or (place.is_live and place.is_for_another_time):
                raise ReservationLapsedError(session_id=place.session_id)
            plan = await self._plan(work, place, place.enrollment_id, actor=actor, confirmed=confirmed)
            if plan.writes:
                work.add(*plan.writes)
                now = self.clock.now()
                work.add(*ending_writes(place, WaitlistStatus.BOOKED, actor=actor, now=now))
                work.add(*await writes_without_payment(work, place, actor=actor, now=now))
            await work.commit()
            return plan.enrollment

        return await decide_and_commit(self.new_unit_of_work, decide)

    async def _plan(
        self, work: UnitOfWork, place: Place, enrollment_id: EnrollmentId, *, actor: Actor, confirmed: ConfirmedTerms
    ) -> BookingPlan:
        facts = await work.enrollments.find_booking_facts(
            center_id=actor.center_id,
            session_id=place.session_id,
            student_id=actor.person_id,
            enrollment_id=enrollment_id,
        )
        if facts is None:
            raise NotFoundError(what="session")
        now = self.clock.now()
        return plan_conversion(facts, actor=actor, enrollment_id=enrollment_id, confirmed=confirmed, now=now)


@dataclass(frozen=True, slots=True)
class SettlePlace:
    """End the waiting of whoever got a seat in another way: by their own tap, a payment or at the door.

    A subscriber of ``enrollment.booked``; run twice, it does no more. Raises BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, enrollment_id: EnrollmentId) -> None:
        """Look for the place of the enrollment's student, and end it."""

        async def decide(work: UnitOfWork) -> None:
            place = await work.waitlist.find_place_by_seat(center_id=center_id, enrollment_id=enrollment_id)
            if place is not None and place.held_seat is None:
                actor = system_actor(center_id)
                work.add(*ending_writes(place, WaitlistStatus.BOOKED, actor=actor, now=self.clock.now()))
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
