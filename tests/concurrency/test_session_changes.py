"""What the team does to a session while people book it, and while another of the team does the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domain.enrollments.booking import BookSession
from domain.sessions.calling_off import CancelSession
from domain.sessions.planning import RemoveSession
from domain.sessions.running import OpenCheckIn
from storage.audit import audit
from tests.builders.sessions import find_session, make_good, session_of
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.concurrency.rows import count_seats, seats_taken
from tests.conversations.ledger import kept
from tests.factories import Person, Scheduled, new_enrollment_id

PEOPLE = 10


async def book_while(
    contest: Contest, session: Scheduled, change: Callable[..., Any], staff: Person, **inputs: object
) -> list[object]:
    """Let ten people book at the instant at which one of the team changes the session."""
    students = await contest.world.add_students(PEOPLE, money_minor=8_000)
    terms = await contest.terms(students, [session] * PEOPLE)

    async def run(number: int, line: StartingLine) -> object:
        units = line.units(contest.database_of(number))
        if number == PEOPLE:
            return await change(units, contest.world.clock)(actor=staff.actor, session_id=session.id, **inputs)
        return await BookSession(units, contest.world.clock)(
            actor=students[number].actor,
            session_id=session.id,
            enrollment_id=new_enrollment_id(),
            confirmed=terms[number],
        )

    return list(await contest.everybody(PEOPLE + 1, run))


class TestDeleting:
    async def test_while_people_book_either_refuses_them_all_or_is_refused(self, contest: Contest) -> None:
        world = contest.world
        session, staff = await world.add_session(await world.add_class()), await world.add_staff()
        results = outcomes(await book_while(contest, session, RemoveSession, staff))
        if await find_session(world, session) is None:
            assert results == {"NotFoundError": PEOPLE, "NoneType": 1}
        else:
            assert results == {"Enrollment": PEOPLE, "SessionInUseError": 1}
        assert await audit(world.database) == []


class TestCancelling:
    async def test_while_people_book_leaves_nobody_out_of_pocket(self, contest: Contest) -> None:
        world = contest.world
        session, staff = await world.add_session(await world.add_class()), await world.add_staff()
        inputs = {"shown_starts_at": session.starts_at, "reason": "Ill"}
        results = outcomes(await book_while(contest, session, CancelSession, staff, **inputs))
        assert set(results) <= {"Enrollment", "SessionNotOpenError", "NoneType"}
        assert await count_seats(world.database, session.id) == await seats_taken(world.database, session.id)
        await make_good(world, session)
        assert await seats_taken(world.database, session.id) == 0
        assert (await kept(world.database)).locked_minor == 0
        assert await audit(world.database) == []


class TestCheckIn:
    async def test_tapped_by_many_is_opened_once(self, contest: Contest) -> None:
        world = contest.world
        session, staff = await world.add_session(await world.add_class()), await world.add_staff()
        world.clock.set(session.starts_at - timedelta(minutes=5))
        before = (await kept(world.database)).events

        async def tap(number: int, line: StartingLine) -> None:
            units = line.units(contest.database_of(number))
            await OpenCheckIn(units, world.clock)(actor=staff.actor, session_id=session.id)

        assert outcomes(await contest.everybody(PEOPLE, tap)) == {"NoneType": PEOPLE}
        assert (await kept(world.database)).events == before + 1
        assert (await session_of(world, session)).status == "CHECKING_IN"
