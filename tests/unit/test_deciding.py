import pytest

from domain.enrollments.booking import BookSession
from domain.enrollments.model import Enrollment
from domain.errors import BusyError, NotFoundError, NotPermittedError, SessionFullError
from domain.ids import EnrollmentId, new_id
from domain.permissions import Actor, Role
from domain.writes.base import ConflictError, DatabaseAwayError, GuardFailedError, UnknownOutcomeError
from domain.writes.seats import GiveSeatBack
from storage.unit_of_work import unit_of_work_factory
from tests.factories import FixedClock
from tests.unit.facts import SESSION, STUDENT, booking_facts, session, shown
from tests.unit.fake_database import FakeDatabase

SEAT = EnrollmentId(new_id())
GUARD = GuardFailedError(GiveSeatBack(SESSION.id))


async def book(database: FakeDatabase, *, actor: Actor = STUDENT) -> Enrollment:
    use_case = BookSession(unit_of_work_factory(database), FixedClock())
    return await use_case(actor=actor, session_id=SESSION.id, enrollment_id=SEAT, confirmed=shown(booking_facts()))


class TestBookSession:
    async def test_commits_once(self) -> None:
        database = FakeDatabase(booking_facts())
        assert (await book(database)).id == SEAT
        assert len(database.applied) == 1

    async def test_decides_anew_when_somebody_else_was_first(self) -> None:
        database = FakeDatabase(booking_facts(), failures=[GUARD] * 9)
        assert (await book(database)).id == SEAT

    async def test_says_that_it_is_busy_when_somebody_else_is_first_all_the_time(self) -> None:
        database = FakeDatabase(booking_facts(), failures=[GUARD] * 10)
        with pytest.raises(BusyError):
            await book(database)
        assert database.applied == []

    @pytest.mark.parametrize("passing", [ConflictError, UnknownOutcomeError])
    async def test_gets_over_two_conflicts_and_not_over_three(self, passing: type[Exception]) -> None:
        assert (await book(FakeDatabase(booking_facts(), failures=[passing()] * 2))).id == SEAT
        with pytest.raises(passing):
            await book(FakeDatabase(booking_facts(), failures=[passing()] * 3))

    async def test_finds_its_own_seat_after_an_unknown_outcome(self) -> None:
        made = await book(FakeDatabase(booking_facts()))
        database = FakeDatabase(booking_facts(), failures=[UnknownOutcomeError()])
        database.after_failure = [booking_facts(same_id=made)]
        assert await book(database) == made
        assert database.applied == []

    async def test_does_not_hide_that_the_database_is_away(self) -> None:
        with pytest.raises(DatabaseAwayError):
            await book(FakeDatabase(booking_facts(), failures=[DatabaseAwayError()]))

    async def test_keeps_nothing_of_a_refusal(self) -> None:
        database = FakeDatabase(booking_facts(session=session(seats_taken=12)))
        with pytest.raises(SessionFullError):
            await book(database)
        assert database.applied == []

    async def test_of_a_session_that_is_not_there(self) -> None:
        with pytest.raises(NotFoundError):
            await book(FakeDatabase())

    @pytest.mark.parametrize(
        "actor",
        [
            Actor(STUDENT.center_id, STUDENT.person_id, Role.STAFF),
            Actor(STUDENT.center_id, STUDENT.person_id, Role.ADMIN),
            Actor(STUDENT.center_id, STUDENT.person_id, None),
            Actor(STUDENT.center_id, STUDENT.person_id, Role.STUDENT, is_blocked=True),
        ],
    )
    async def test_is_for_students_only(self, actor: Actor) -> None:
        database = FakeDatabase(booking_facts())
        with pytest.raises(NotPermittedError):
            await book(database, actor=actor)
        assert database.applied == []


class TestUnitOfWork:
    async def test_left_without_commit_sends_nothing(self) -> None:
        database = FakeDatabase()
        async with unit_of_work_factory(database)() as work:
            work.add(GiveSeatBack(SESSION.id))
        assert database.applied == []

    async def test_with_nothing_to_write_sends_nothing(self) -> None:
        database = FakeDatabase()
        async with unit_of_work_factory(database)() as work:
            await work.commit()
        assert database.applied == []

    async def test_sends_each_write_once(self) -> None:
        database = FakeDatabase()
        async with unit_of_work_factory(database)() as work:
            work.add(GiveSeatBack(SESSION.id))
            await work.commit()
            await work.commit()
        assert database.applied == [[GiveSeatBack(SESSION.id)]]
