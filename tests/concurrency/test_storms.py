import asyncio
import random

import pytest

from domain.errors import AlreadyEnrolledError, InsufficientFundsError, SessionFullError, TermsChangedError
from domain.ids import EnrollmentId
from storage.audit import audit
from tests.concurrency.race import DEADLINE_SECONDS, Contest
from tests.concurrency.rows import count_seats, seats_taken, wallet_state
from tests.factories import Person, Scheduled

PEOPLE, STEPS = 16, 8
REFUSALS = (AlreadyEnrolledError, InsufficientFundsError, SessionFullError, TermsChangedError)


async def wander(contest: Contest, number: int, student: Person, sessions: list[Scheduled], chance: random.Random) -> None:
    """Book and cancel at random; what is booked at the end is cancelled."""
    world, mine = contest.world.on(contest.database_of(number)), set[EnrollmentId]()
    for _ in range(STEPS):
        if mine and chance.random() < 0.4:
            await world.cancel(student, mine.pop())
            continue
        try:
            mine.add((await world.book(student, chance.choice(sessions))).id)
        except REFUSALS:
            continue
    for enrollment_id in mine:
        await world.cancel(student, enrollment_id)


class TestStorm:
    @pytest.mark.parametrize("seed", [1, 2])
    async def test_of_bookings_and_cancellations_leaves_everything_as_it_was(self, contest: Contest, seed: int) -> None:
        world = contest.world
        taught = await world.add_class(capacity=4)
        sessions = [await world.add_session(taught) for _ in range(3)]
        students = await world.add_students(PEOPLE, money_minor=16_000)
        for student in students[::2]:
            await world.add_package(student, taught, credits_total=2, price_minor=10_001)
        async with asyncio.timeout(DEADLINE_SECONDS):
            await asyncio.gather(
                *(
                    wander(contest, number, student, sessions, random.Random(seed * PEOPLE + number))
                    for number, student in enumerate(students)
                )
            )
        assert [await count_seats(world.database, session.id) for session in sessions] == [0, 0, 0]
        assert [await seats_taken(world.database, session.id) for session in sessions] == [0, 0, 0]
        wallets = [await wallet_state(world.database, student.wallet_id) for student in students]
        assert {(each.balance_minor, each.locked_minor) for each in wallets} == {(16_000, 0)}
        assert await audit(world.database) == []

    async def test_of_people_with_everything_in_the_opposite_order_does_not_deadlock(self, contest: Contest) -> None:
        world = contest.world
        taught = await world.add_class(capacity=30)
        sessions = [await world.add_session(taught) for _ in range(4)]
        students = await world.add_students(8, money_minor=32_000)
        forwards = [(student, session) for student in students for session in sessions]
        results = await contest.book(
            [student for student, _ in forwards + forwards[::-1]], [session for _, session in forwards + forwards[::-1]]
        )
        assert sum(not isinstance(result, Exception) for result in results) == len(forwards)
        assert await audit(world.database) == []
