"""Builds reservations for tests."""

from datetime import timedelta

from domain.enrollments.model import Reservation, ReservedFor
from domain.enrollments.reservations import reservation_writes
from domain.ids import PersonId
from domain.permissions import system_actor
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, Scheduled, World, new_enrollment_id


async def hold_a_seat(
    world: World,
    student: Person,
    session: Scheduled,
    *,
    reserved_for: ReservedFor = ReservedFor.PAYMENT,
    held_for: timedelta = timedelta(minutes=15),
) -> Reservation:
    """Hold a seat of a session for a student."""
    now, enrollment_id = world.clock.now(), new_enrollment_id()
    async with unit_of_work_factory(world.database)() as work:
        facts = await work.enrollments.find_booking_facts(
            center_id=world.center_id, session_id=session.id, student_id=student.id, enrollment_id=enrollment_id
        )
        assert facts is not None
        reservation = Reservation(enrollment_id, session.id, PersonId(student.id), now + held_for, reserved_for)
        actor = system_actor(world.center_id)
        work.add(*reservation_writes(facts.session, reservation, actor=actor, now=now))
        await work.commit()
    return reservation
