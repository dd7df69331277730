"""Builds standing bookings for tests: rules with their sessions, and people who ask for all of them."""

from datetime import date, time, timedelta
from uuid import UUID

from domain.ids import SessionId, StandingBookingId, TimetableRuleId, new_id
from domain.sessions.model import SessionStatus
from domain.sessions.timetable import session_times
from domain.waitlist.standing import BookStanding, SetStandingBooking, ShownPrice, StopStandingBooking
from domain.writes.catalogue import AddSession, AddTimetableRule
from storage.repositories.sessions import StoredSessions
from storage.unit_of_work import unit_of_work_factory
from tests.factories import ZONE, Person, Scheduled, Taught, World

FIRST_DAY = date(2026, 11, 24)  # a Tuesday, the day after the opening day
AT = time(18)


async def add_rule(world: World, taught: Taught, *, ends_on: date | None = None) -> UUID:
    """Let a class take place every Tuesday at six; where it ends, the clock plans no more than that."""
    rule = AddTimetableRule(
        new_id(),
        world.center_id,
        taught.id,
        world.branch.id,
        "FREQ=WEEKLY;BYDAY=TU",
        AT,
        FIRST_DAY,
        ends_on,
        world.clock.now(),
    )
    await world.database.apply([rule])
    return rule.id


async def add_occurrence(world: World, taught: Taught, rule_id: UUID, *, week: int = 0, capacity: int = 12) -> Scheduled:
    """Add the session of one week of a rule, counted from the first."""
    times = session_times(FIRST_DAY + timedelta(weeks=week), AT, duration_minutes=taught.duration_minutes, zone=ZONE)
    session_id = SessionId(new_id())
    await world.database.apply(
        [
            AddSession(
                id=session_id,
                center_id=world.center_id,
                branch_id=world.branch.id,
                class_id=taught.id,
                rule_id=rule_id,
                original_local_date=times.local_date,
                local_date=times.local_date,
                local_time=times.local_time,
                starts_at=times.starts_at,
                ends_at=times.ends_at,
                teacher="Salma Nabil",
                capacity=capacity,
                seats_taken=0,
                status=SessionStatus.SCHEDULED,
                created_at=world.clock.now(),
            )
        ]
    )
    return Scheduled(session_id, taught, world.branch, times.starts_at, capacity)


async def add_rule_session(world: World, taught: Taught, *, capacity: int = 12) -> Scheduled:
    """Add a rule with the session of its first week."""
    return await add_occurrence(world, taught, await add_rule(world, taught), capacity=capacity)


async def rule_of(world: World, session: Scheduled) -> TimetableRuleId:
    """Return the rule that a session was made by."""
    facts = await StoredSessions(world.database).find_session(
        center_id=world.center_id, session_id=session.id, staff_id=None
    )
    assert facts is not None
    assert facts.rule_id is not None
    return facts.rule_id


async def ask_for_all(
    world: World, student: Person, session: Scheduled, *, standing_booking_id: StandingBookingId | None = None
) -> StandingBookingId:
    """Let a student ask for all sessions of a rule at the price that they see; nothing is booked by that alone."""
    ask = SetStandingBooking(unit_of_work_factory(world.database), world.clock)
    return await ask(
        actor=student.actor,
        standing_booking_id=standing_booking_id or StandingBookingId(new_id()),
        session_id=session.id,
        shown=ShownPrice(session.taught.price_minor),
    )


async def stop(world: World, student: Person, standing_booking_id: StandingBookingId) -> None:
    """Let a student stop it."""
    stopping = StopStandingBooking(unit_of_work_factory(world.database), world.clock)
    await stopping(actor=student.actor, standing_booking_id=standing_booking_id)


def book_standing(world: World) -> BookStanding:
    """Return what books sessions for those who asked for all of them."""
    return BookStanding(unit_of_work_factory(world.database), world.clock)
