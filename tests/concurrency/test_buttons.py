import pytest

from domain.enrollments.cancellation import CancelEnrollment, Cancellation
from domain.enrollments.model import MadeGood
from domain.errors import NotFoundError
from storage.audit import audit
from tests.concurrency.naive import enrollment
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.concurrency.rows import count_seats, count_seats_of, seats_taken, wallet_state
from tests.factories import new_enrollment_id, sql_id
from tests.storage.corruption import corrupt

PRESSES = 20


class TestConfirmButton:
    @pytest.mark.parametrize("pays", ["credit", "wallet", "nothing"])
    async def test_pressed_twenty_times_at_once_acts_once(self, contest: Contest, pays: str) -> None:
        world = contest.world
        taught = await world.add_class(price_minor=0 if pays == "nothing" else 8_000)
        session, student = await world.add_session(taught), await world.add_student(money_minor=200_000)
        if pays == "credit":
            await world.add_package(student, taught)
        results = await contest.book(
            [student] * PRESSES, [session] * PRESSES, enrollment_ids=[new_enrollment_id()] * PRESSES
        )
        assert len(set(results)) == 1
        assert outcomes(results) == {"Enrollment": PRESSES}
        assert await seats_taken(world.database, session.id) == 1
        assert await audit(world.database) == []

    async def test_of_twenty_screens_books_one_seat(self, contest: Contest) -> None:
        world = contest.world
        session, student = await world.add_session(await world.add_class()), await world.add_student(money_minor=200_000)
        results = await contest.book([student] * PRESSES, [session] * PRESSES)
        assert outcomes(results) == {"Enrollment": 1, "AlreadyEnrolledError": PRESSES - 1}
        assert (await wallet_state(world.database, student.wallet_id)).locked_minor == 8_000
        assert await audit(world.database) == []

    async def test_books_many_seats_for_one_person_without_the_guards(self, contest: Contest, database_url: str) -> None:
        world = contest.world
        session, student = await world.add_session(await world.add_class(capacity=50)), await world.add_student()
        await corrupt(database_url, ["DROP INDEX uq_enrollments_one_seat_each"])
        await contest.book_naively(
            [student] * PRESSES,
            [session] * PRESSES,
            may_book=lambda facts: facts.live_id is None,
            writes=lambda person, facts: [enrollment(world.center_id, person, facts)],
        )
        assert await count_seats_of(world.database, student.id) > 1


class TestForgedButton:
    async def test_with_the_id_of_another_persons_press_gets_nothing(self, contest: Contest) -> None:
        world = contest.world
        session = await world.add_session(await world.add_class())
        students = await world.add_students(PRESSES, money_minor=8_000)
        results = await contest.book(students, [session] * PRESSES, enrollment_ids=[new_enrollment_id()] * PRESSES)
        assert outcomes(results) == {"Enrollment": 1, "NotFoundError": PRESSES - 1}
        assert await count_seats(world.database, session.id) == 1
        assert await audit(world.database) == []

    async def test_of_another_persons_booking_cancels_nothing(self, contest: Contest) -> None:
        world = contest.world
        session, owner = await world.add_session(await world.add_class()), await world.add_student(money_minor=8_000)
        forger = await world.add_student("Forger", money_minor=8_000)
        booking = await world.book(owner, session)
        with pytest.raises(NotFoundError):
            await world.cancel(forger, booking.id)
        with pytest.raises(NotFoundError):
            await world.book(forger, session, enrollment_id=booking.id)
        assert await seats_taken(world.database, session.id) == 1
        assert (await wallet_state(world.database, forger.wallet_id)).locked_minor == 0


class TestCancelButton:
    @pytest.mark.parametrize(("credits_total", "made_good"), [(1, MadeGood.CREDIT), (0, MadeGood.UNLOCKED)])
    async def test_pressed_twenty_times_at_once_gives_back_once(
        self, contest: Contest, credits_total: int, made_good: MadeGood
    ) -> None:
        world = contest.world
        taught = await world.add_class()
        session, student = await world.add_session(taught), await world.add_student(money_minor=8_000)
        if credits_total:
            await world.add_package(student, taught, credits_total=credits_total, price_minor=7_000)
        booking = await world.book(student, session)

        async def press(number: int, line: StartingLine) -> Cancellation:
            cancel = CancelEnrollment(line.units(contest.database_of(number)), world.clock)
            return await cancel(actor=student.actor, enrollment_id=booking.id)

        results = await contest.everybody(PRESSES, press)
        amount_minor = 8_000 if made_good is MadeGood.UNLOCKED else 0
        assert set(results) == {Cancellation(booking.id, made_good, amount_minor)}
        assert await seats_taken(world.database, session.id) == 0
        assert await audit(world.database) == []

    async def test_gives_back_twice_without_the_guards(self, contest: Contest) -> None:
        world = contest.world
        taught = await world.add_class()
        session, student = await world.add_session(taught), await world.add_student()
        package_id = await world.add_package(student, taught, credits_total=3, price_minor=9_000)
        await world.book(student, session)
        await world.book(student, await world.add_session(taught))
        give_back = "credits_left = credits_left + 1, value_left_minor = value_left_minor + 3000"
        await contest.book_naively(
            [student] * 2,
            [session] * 2,
            may_book=lambda facts: facts.live_id is not None,
            writes=lambda _person, _facts: [],
            afterwards=lambda _: f"UPDATE student_packages SET {give_back} WHERE id = '{sql_id(package_id)}'",
        )
        assert "package_credits" in {each.code for each in await audit(world.database)}
