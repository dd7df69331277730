from storage.audit import audit
from tests.concurrency.naive import enrollment
from tests.concurrency.race import Contest, outcomes
from tests.concurrency.rows import count_seats, seats_taken

TAPS = 100
PEOPLE, CHAIRS = 1_000, 30


class TestLastSeat:
    async def test_goes_to_one_of_a_hundred(self, contest: Contest) -> None:
        world = contest.world
        session = await world.add_session(await world.add_class(), capacity=2)
        await world.book(await world.add_student(money_minor=8_000), session)
        students = await world.add_students(TAPS, money_minor=8_000)
        results = await contest.book(students, [session] * TAPS)
        assert outcomes(results) == {"Enrollment": 1, "SessionFullError": TAPS - 1}
        assert await seats_taken(world.database, session.id) == 2
        assert await count_seats(world.database, session.id) == 2
        assert await audit(world.database) == []

    async def test_is_oversold_without_the_guard(self, contest: Contest) -> None:
        world = contest.world
        session = await world.add_session(await world.add_class(), capacity=1)
        students = await world.add_students(TAPS)
        await contest.book_naively(
            students,
            [session] * TAPS,
            may_book=lambda facts: facts.session.seats_left > 0,
            writes=lambda student, facts: [enrollment(world.center_id, student, facts)],
        )
        assert await count_seats(world.database, session.id) > 1
        assert "session_oversold" in {each.code for each in await audit(world.database)}


class TestThousandPeople:
    async def test_on_thirty_seats_are_thirty(self, contest: Contest) -> None:
        world = contest.world
        session = await world.add_session(await world.add_class(), capacity=CHAIRS)
        students = await world.add_students(PEOPLE, money_minor=8_000)
        results = await contest.book(students, [session] * PEOPLE)
        assert outcomes(results) == {"Enrollment": CHAIRS, "SessionFullError": PEOPLE - CHAIRS}
        assert await count_seats(world.database, session.id) == CHAIRS
        assert await audit(world.database) == []
