"""Races at the desk: two receptionists, a student's tap and a walk-in, a count and cash, a claim and a walk-in."""

from domain.enrollments.booking import BookSession
from domain.finance.cash_seats import RegisterCashSeat
from domain.finance.cash_wallets import CashTopUp
from domain.finance.cashbox import CountCashbox, TakeToBank
from domain.ids import CashCountId, EnrollmentId, new_id
from domain.people.merging import MergePeople
from domain.ports import UnitOfWorkFactory
from storage.audit import audit
from storage.database import Database
from tests.builders.cash import add_guest, at_the_door, new_transaction_id
from tests.builders.drawer import drawer_minor
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.concurrency.rows import count_seats
from tests.factories import Person, Scheduled, new_enrollment_id

RECEPTIONISTS = 8


def register(units: UnitOfWorkFactory, contest: Contest) -> RegisterCashSeat:
    return RegisterCashSeat(units, contest.world.clock)


async def press(
    contest: Contest, line: StartingLine, database: Database, staff: Person, session: Scheduled, visitor: Person
) -> object:
    """Let a receptionist confirm a walk-in."""
    return await register(line.units(database), contest)(
        actor=staff.actor,
        session_id=session.id,
        visitor=visitor.id,
        enrollment_id=new_enrollment_id(),
        amount_minor=8_000,
    )


class TestOneVisitor:
    async def test_of_many_receptionists_pays_once(self, contest: Contest) -> None:
        world = contest.world
        session = await at_the_door(world, await world.add_class())
        visitor, staff = await world.add_student(), await world.add_staff()
        results = await contest.everybody(
            RECEPTIONISTS,
            lambda number, line: press(contest, line, contest.database_of(number), staff, session, visitor),
        )
        assert outcomes(results) == {"Enrollment": 1, "VisitorEnrolledError": RECEPTIONISTS - 1}
        assert await drawer_minor(world) == 8_000
        assert await audit(world.database) == []


class TestLastSeat:
    async def test_goes_to_a_tap_or_to_a_walk_in(self, contest: Contest) -> None:
        world = contest.world
        session = await at_the_door(world, await world.add_class(), capacity=1)
        staff, students = await world.add_staff(), await world.add_students(RECEPTIONISTS, money_minor=8_000)
        terms = await contest.terms(students, [session] * RECEPTIONISTS)

        async def one(number: int, line: StartingLine) -> object:
            database, student = contest.database_of(number), students[number]
            if number % 2:
                return await press(contest, line, database, staff, session, student)
            return await BookSession(line.units(database), world.clock)(
                actor=student.actor,
                session_id=session.id,
                enrollment_id=EnrollmentId(new_id()),
                confirmed=terms[number],
            )

        results = await contest.everybody(RECEPTIONISTS, one)
        assert outcomes(results) == {"Enrollment": 1, "SessionFullError": RECEPTIONISTS - 1}
        assert await count_seats(world.database, session.id) == 1
        assert await audit(world.database) == []


class TestCount:
    async def test_never_forgets_cash_that_comes_in(self, contest: Contest) -> None:
        world = contest.world
        student, staff = await world.add_student(money_minor=10_000), await world.add_staff()

        async def one(number: int, line: StartingLine) -> object:
            units = line.units(contest.database_of(number))
            if number:
                return await CashTopUp(units, world.clock)(
                    actor=staff.actor,
                    branch_id=world.branch.id,
                    person_id=student.id,
                    transaction_id=new_transaction_id(),
                    amount_minor=100,
                )
            return await CountCashbox(units, world.clock)(
                actor=staff.actor,
                branch_id=world.branch.id,
                count_id=CashCountId(new_id()),
                counted_minor=9_000,
                recorded_minor=10_000,
            )

        results = await contest.everybody(4, one)
        left = 9_300 if outcomes(results)["CashCount"] else 10_300
        assert await drawer_minor(world) == left
        assert await audit(world.database) == []


class TestDrawer:
    async def test_is_emptied_once(self, contest: Contest) -> None:
        world = contest.world
        await world.add_student(money_minor=10_000)
        admin = await world.add_admin()
        results = await contest.everybody(
            4,
            lambda number, line: TakeToBank(line.units(contest.database_of(number)), world.clock)(
                actor=admin.actor,
                branch_id=world.branch.id,
                transaction_id=new_transaction_id(),
                amount_minor=10_000,
            ),
        )
        assert outcomes(results) == {"CashTransaction": 1, "CashboxTooLowError": 3}
        assert await audit(world.database) == []


class TestMerge:
    async def test_at_once_with_a_walk_in_leaves_nobody_behind(self, contest: Contest) -> None:
        world = contest.world
        session = await at_the_door(world, await world.add_class())
        student, guest = await world.add_student(), await add_guest(world)
        staff, admin = await world.add_staff(), await world.add_admin()

        async def one(number: int, line: StartingLine) -> object:
            database = contest.database_of(number)
            if number:
                return await press(contest, line, database, staff, session, guest)
            merge = MergePeople(line.units(database), world.clock)
            return await merge(actor=admin.actor, stays_id=student.id, goes_id=guest.id)

        results = await contest.everybody(2, one)
        assert outcomes(results)["Brought"] == 1
        left = await world.database.execute(
            f"UPDATE enrollments SET created_at = created_at WHERE student_id = '{guest.id.hex}'"
        )
        assert left == 0
        assert await audit(world.database) == []
