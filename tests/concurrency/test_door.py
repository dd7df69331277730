"""Two at one door, and a door that is closed under their fingers: whatever the order, the money is right."""

from datetime import timedelta

import pytest

from domain.enrollments.attendance import CorrectAttendance, MarkAttendance
from domain.enrollments.decisions import Decide
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionOutcome
from domain.enrollments.settling import SettleSession
from domain.sessions.model import AbsenteePolicy, SessionStatus
from storage.audit import audit
from tests.builders.door import cases, finish, open_check_in, purse, seat, set_status
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.factories import Person, Scheduled

PRICE, MONEY, TAPS = 8_000, 30_000, 50


async def at_the_door(contest: Contest, policy: AbsenteePolicy) -> tuple[Scheduled, Person, list[Person]]:
    world = contest.world
    session = await world.add_session(await world.add_class(policy=policy), starts_in=timedelta(hours=1))
    student = await world.add_student(money_minor=MONEY)
    staff = [await world.add_staff(name) for name in ("Hana", "Dina")]
    return session, student, staff


class TestMarking:
    @pytest.mark.parametrize("policy", list(AbsenteePolicy))
    async def test_one_head_fifty_times_takes_the_price_once(self, contest: Contest, policy: AbsenteePolicy) -> None:
        world = contest.world
        session, student, staff = await at_the_door(contest, policy)
        booking = await world.book(student, session)
        await open_check_in(world, session)

        async def tap(number: int, line: StartingLine) -> object:
            mark = MarkAttendance(line.units(contest.database_of(number)), world.clock)
            return await mark(actor=staff[number % 2].actor, enrollment_id=booking.id, mark=Mark.ATTENDED)

        results = await contest.everybody(TAPS, tap)
        assert outcomes(results) == {"UUID": TAPS}
        assert await seat(world.database, booking.id) == "PAID attended"
        assert await purse(world.database, student) == (MONEY - PRICE, 0)
        assert await audit(world.database) == []

    async def test_while_the_session_is_finished_is_either_kept_or_refused(self, contest: Contest) -> None:
        world = contest.world
        session, student, (hana, dina) = await at_the_door(contest, AbsenteePolicy.FLEXIBLE)
        booking = await world.book(student, session)
        await open_check_in(world, session)

        async def one(number: int, line: StartingLine) -> object:
            units = line.units(contest.database_of(number))
            if number == 0:
                mark = MarkAttendance(units, world.clock)
                return await mark(actor=hana.actor, enrollment_id=booking.id, mark=Mark.ATTENDED)
            await line.wait()  # until the tap has read an open door, and is about to be kept
            await set_status(world, session, SessionStatus.FINISHED)
            return None

        (marked, _) = await contest.everybody(2, one)
        await finish(world, session, by=dina)
        is_kept = await seat(world.database, booking.id) == "PAID attended"
        assert is_kept == (outcomes([marked]) == {"UUID": 1})
        assert await purse(world.database, student) == ((MONEY - PRICE, 0) if is_kept else (MONEY, 0))
        assert await audit(world.database) == []


class TestSettling:
    async def test_twice_at_once_settles_once(self, contest: Contest) -> None:
        world = contest.world
        session, student, _ = await at_the_door(contest, AbsenteePolicy.MANUAL)
        booking = await world.book(student, session)
        await open_check_in(world, session)
        await set_status(world, session, SessionStatus.FINISHED)

        async def settle(number: int, line: StartingLine) -> None:
            await SettleSession(line.units(contest.database_of(number)), world.clock)(world.center_id, session.id)

        await contest.everybody(6, settle)
        assert len(await cases(world.database, booking.id)) == 1
        assert await audit(world.database) == []


class TestDeciding:
    async def test_by_many_admins_has_one_outcome_that_all_read(self, contest: Contest) -> None:
        world = contest.world
        session, student, (hana, _) = await at_the_door(contest, AbsenteePolicy.MANUAL)
        tarek = await world.add_admin()
        booking = await world.book(student, session)
        await open_check_in(world, session)
        await finish(world, session, by=hana)
        ((decision_id, *_),) = await cases(world.database, booking.id)

        async def tap(number: int, line: StartingLine) -> DecisionOutcome:
            decide = Decide(line.units(contest.database_of(number)), world.clock)
            wanted = DecisionOutcome.CHARGED if number % 2 else DecisionOutcome.RELEASED
            return await decide(actor=tarek.actor, decision_id=decision_id, outcome=wanted)

        results = set(await contest.everybody(20, tap))
        assert len(results) == 1
        left = MONEY - PRICE if results == {DecisionOutcome.CHARGED} else MONEY
        assert await purse(world.database, student) == (left, 0)
        assert await audit(world.database) == []

    async def test_while_attendance_is_corrected_takes_the_price_once(self, contest: Contest) -> None:
        world = contest.world
        session, student, (hana, _) = await at_the_door(contest, AbsenteePolicy.MANUAL)
        tarek = await world.add_admin()
        booking = await world.book(student, session)
        await open_check_in(world, session)
        await finish(world, session, by=hana)
        ((decision_id, *_),) = await cases(world.database, booking.id)

        async def one(number: int, line: StartingLine) -> object:
            units = line.units(contest.database_of(number))
            if number % 2:
                correct = CorrectAttendance(units, world.clock)
                return await correct(actor=hana.actor, enrollment_id=booking.id, has_attended=True)
            decide = Decide(units, world.clock)
            return await decide(actor=tarek.actor, decision_id=decision_id, outcome=DecisionOutcome.RELEASED)

        await contest.everybody(2, one)
        assert await seat(world.database, booking.id) == "PAID attended"
        assert await purse(world.database, student) == (MONEY - PRICE, 0)
        assert await audit(world.database) == []
