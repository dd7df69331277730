"""A hundred operations of every kind on one session at once: none fails but by a refusal, and the books are right."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import cycle, islice

import pytest
import sqlalchemy as sa

from bot.wiring import Wiring, wire
from domain.enrollments.marking import Mark
from domain.errors import BusyError, RefusalError
from domain.ids import EnrollmentId, PersonId, new_id
from domain.organization.model import Center
from domain.people.guests import NewGuest
from domain.sessions.model import AbsenteePolicy
from storage.audit import audit
from storage.prepared import Query, outside
from storage.tables.money import enrollments
from tests.concurrency.race import Contest, outcomes
from tests.concurrency.rows import count_seats, seats_taken
from tests.factories import Person, Scheduled

OPERATIONS, CHAIRS, DEADLINE_SECONDS = 100, 30, 60
_SOON = timedelta(minutes=45)
_LIVE = Query(
    sa.select(enrollments.c.id).where(
        enrollments.c.session_id == outside("session_id"),
        enrollments.c.student_id == outside("student_id"),
        enrollments.c.status != sa.literal_column("'CANCELLED'"),
    ),
    lambda id_: id_,
)


class Crowd:
    """Everybody who does something to one session at the same moment, each through a handle of their own."""

    def __init__(self, contest: Contest, session: Scheduled, students: list[Person], staff: Person) -> None:
        world = contest.world
        center = Center(world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
        self.session, self.students, self.staff, self.world = session, students, staff, world
        self.wirings = [
            wire(database, clock=world.clock, center=center, admin_ids=frozenset()) for database in contest.databases
        ]

    def wiring(self, number: int) -> Wiring:
        return self.wirings[number % len(self.wirings)]

    async def book(self, number: int) -> object:
        student = self.students[number]
        terms = await self.world.confirmed_terms(student, self.session)
        return await self.wiring(number).services.book_session(
            actor=student.actor, session_id=self.session.id, enrollment_id=EnrollmentId(new_id()), confirmed=terms
        )

    async def cancel(self, number: int) -> object:
        student = self.students[number]
        facts = await self.world.database.fetch(_LIVE, session_id=self.session.id, student_id=student.id)
        enrollment_id = EnrollmentId(facts[0]) if facts else EnrollmentId(new_id())
        return await self.wiring(number).services.cancel_enrollment(actor=student.actor, enrollment_id=enrollment_id)

    async def mark(self, number: int) -> object:
        facts = await self.world.database.fetch(_LIVE, session_id=self.session.id, student_id=self.students[number].id)
        enrollment_id = EnrollmentId(facts[0]) if facts else EnrollmentId(new_id())
        return await self.wiring(number).services.mark_attendance(
            actor=self.staff.actor, enrollment_id=enrollment_id, mark=Mark.ATTENDED
        )

    async def walk_in(self, number: int) -> object:
        return await self.wiring(number).services.register_cash_seat(
            actor=self.staff.actor,
            session_id=self.session.id,
            visitor=NewGuest(PersonId(new_id()), f"Guest {number}", None),
            enrollment_id=EnrollmentId(new_id()),
            amount_minor=self.session.taught.price_minor,
        )

    async def check_in(self, number: int) -> None:
        await self.wiring(number).services.open_check_in(actor=self.staff.actor, session_id=self.session.id)

    async def call_off(self, number: int) -> None:
        await self.wiring(number).services.cancel_session(
            actor=self.staff.actor, session_id=self.session.id, shown_starts_at=self.session.starts_at, reason="TEACHER"
        )

    async def deliver(self, number: int) -> None:
        """Let the subscribers that move money run, as a relay in another process does at the same time."""
        for kind in ("session.checked_in", "session.canceled"):
            await self.wiring(number).subscribers[kind][0](self.world.center_id, self.session.id)


@pytest.mark.parametrize("policy", [AbsenteePolicy.STRICT, AbsenteePolicy.FLEXIBLE])
async def test_of_every_kind_on_one_session_end_well(contest: Contest, policy: AbsenteePolicy) -> None:
    world = contest.world
    taught = await world.add_class(policy=policy, window_minutes=10)
    session = await world.add_session(taught, starts_in=_SOON, capacity=CHAIRS)
    students = await world.add_students(OPERATIONS, money_minor=20_000)
    for student in students[:10]:
        await world.add_package(student, taught, credits_total=2, price_minor=7_777)
    for student in students[:15]:
        await world.book(student, session)
    crowd = Crowd(contest, session, students, await world.add_staff())
    kinds: list[Callable[[int], Awaitable[object]]] = [
        crowd.book,
        crowd.walk_in,
        crowd.cancel,
        crowd.book,
        crowd.mark,
        crowd.check_in,
        crowd.deliver,
    ]
    doings = [*islice(cycle(kinds), OPERATIONS - 1), crowd.call_off]

    async def one(number: int) -> object:
        try:
            return await doings[number](number)
        except RefusalError as refusal:
            return refusal

    async with asyncio.timeout(DEADLINE_SECONDS):
        results = await asyncio.gather(*(one(number) for number in range(OPERATIONS)))
    assert outcomes(results)[BusyError.__name__] <= OPERATIONS // 10
    await crowd.deliver(0)
    assert await audit(world.database) == []
    assert await seats_taken(world.database, session.id) == await count_seats(world.database, session.id) == 0
