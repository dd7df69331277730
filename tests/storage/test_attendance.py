"""The money of a seat follows its attendance, as the policy table says, on both databases."""

from datetime import timedelta

import pytest

from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionKind, Enrollment, EnrollmentStatus
from domain.enrollments.model import DecisionOutcome as Outcome
from domain.errors import AttendanceNotOpenError, CorrectionClosedError, NotFoundError, NotMarkableError, UncollectableError
from domain.sessions.model import AbsenteePolicy, SessionStatus
from storage.audit import audit
from tests.builders.door import (
    cases,
    correct,
    decide,
    finish,
    mark,
    mark_everyone,
    open_check_in,
    purse,
    seat,
    set_status,
    settle,
)
from tests.factories import Person, Scheduled, World

PRICE, MONEY = 8_002, 30_000
STRICT, FLEXIBLE, MANUAL = AbsenteePolicy.STRICT, AbsenteePolicy.FLEXIBLE, AbsenteePolicy.MANUAL


class Door:
    """One class with one booking of a student who has EGP 300, and Hana at the door."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.session: Scheduled
        self.student: Person
        self.hana: Person
        self.tarek: Person
        self.booking: Enrollment

    async def book(self, policy: AbsenteePolicy, *, fee_percent: int = 0, pays: str = "wallet") -> "Door":
        world = self.world
        price = 0 if pays == "nothing" else PRICE
        taught = await world.add_class(policy=policy, fee_percent=fee_percent, price_minor=price)
        self.session = await world.add_session(taught, starts_in=timedelta(hours=1))
        self.student = await world.add_student(money_minor=MONEY)
        self.hana, self.tarek = await world.add_staff(), await world.add_admin()
        if pays == "credit":
            await world.add_package(self.student, taught)
        self.booking = await world.book(self.student, self.session)
        return self

    async def opens(self) -> None:
        await open_check_in(self.world, self.session)

    async def marks(self, what: Mark = Mark.ATTENDED) -> None:
        await mark(self.world, self.hana, self.booking.id, what)

    async def finishes(self, *, by_clock: bool = False) -> None:
        await finish(self.world, self.session, by=None if by_clock else self.hana)

    async def corrects(self, *, has_attended: bool) -> None:
        await correct(self.world, self.hana, self.booking.id, has_attended=has_attended)

    async def decides(self, outcome: Outcome) -> Outcome:
        return await decide(self.world, self.tarek, self.booking.id, outcome)

    async def spends(self, leaving_minor: int) -> None:
        """Let the student spend what is free, but for an amount."""
        balance, locked = await purse(self.world.database, self.student)
        taught = await self.world.add_class(price_minor=balance - locked - leaving_minor)
        await self.world.book(self.student, await self.world.add_session(taught, starts_in=timedelta(days=9)))

    async def stands(self, expected: str, purse_is: tuple[int, int]) -> None:
        found = await seat(self.world.database, self.booking.id), await purse(self.world.database, self.student)
        assert found == (expected, purse_is)
        assert await audit(self.world.database) == []

    async def open_cases(self) -> list[tuple[DecisionKind, int]]:
        found = await cases(self.world.database, self.booking.id)
        return [(kind, amount) for _, kind, amount, outcome in found if outcome is None]


@pytest.fixture
def door(world: World) -> Door:
    return Door(world)


class TestCheckIn:
    async def test_captures_strict_seats_once(self, door: Door) -> None:
        await door.book(STRICT)
        await door.opens()
        await door.opens()
        await door.stands("PAID", (MONEY - PRICE, 0))

    @pytest.mark.parametrize("policy", [FLEXIBLE, MANUAL])
    async def test_takes_nothing_of_the_others(self, door: Door, policy: AbsenteePolicy) -> None:
        await door.book(policy)
        await door.opens()
        await door.stands("LOCKED", (MONEY, PRICE))


class TestMarks:
    @pytest.mark.parametrize("policy", [STRICT, FLEXIBLE, MANUAL])
    async def test_attended_captures_and_undone_locks_again(self, door: Door, policy: AbsenteePolicy) -> None:
        await door.book(policy)
        await door.opens()
        await door.marks()
        await door.stands("PAID attended", (MONEY - PRICE, 0))
        await door.marks(Mark.ABSENT)
        await door.marks(Mark.NONE)
        after = ("PAID", (MONEY - PRICE, 0)) if policy is STRICT else ("LOCKED", (MONEY, PRICE))
        await door.stands(*after)
        await door.marks()
        await door.marks()
        await door.stands("PAID attended", (MONEY - PRICE, 0))

    async def test_absent_moves_no_money(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        await door.marks(Mark.ABSENT)
        await door.stands("LOCKED absent", (MONEY, PRICE))

    @pytest.mark.parametrize("pays", ["credit", "nothing"])
    async def test_of_other_seats_only_deliver(self, door: Door, pays: str) -> None:
        await door.book(MANUAL, pays=pays)
        await door.opens()
        for what in (Mark.ATTENDED, Mark.NONE, Mark.ATTENDED, Mark.ABSENT):
            await door.marks(what)
            word = {Mark.ATTENDED: " attended", Mark.ABSENT: " absent", Mark.NONE: ""}[what]
            await door.stands(f"PAID{word}", (MONEY, 0))

    @pytest.mark.parametrize("status", [SessionStatus.SCHEDULED, SessionStatus.FINISHED, SessionStatus.CANCELED])
    async def test_are_refused_unless_the_door_is_open(self, door: Door, status: SessionStatus) -> None:
        await door.book(FLEXIBLE)
        await set_status(door.world, door.session, status)
        with pytest.raises(AttendanceNotOpenError):
            await door.marks()
        with pytest.raises(AttendanceNotOpenError):
            await mark_everyone(door.world, door.hana, door.session)

    async def test_are_refused_for_who_has_cancelled(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        door.world.clock.advance(timedelta(hours=-3))
        await door.world.cancel(door.student, door.booking.id)
        await door.opens()
        with pytest.raises(NotMarkableError):
            await door.marks()

    async def test_of_another_branch_are_not_found(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        foreign = await door.world.add_staff("Dina", branch=await door.world.add_branch("Zamalek"))
        for somebody in (foreign, await (await World.open(door.world.database, name="Delta")).add_admin()):
            with pytest.raises(NotFoundError):
                await mark(door.world, somebody, door.booking.id)
            with pytest.raises(NotFoundError):
                await mark_everyone(door.world, somebody, door.session)

    async def test_of_everyone_leave_the_marked_as_they_are(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        others = [await door.world.book(each, door.session) for each in await door.world.add_students(3, money_minor=PRICE)]
        await door.opens()
        await door.marks(Mark.ABSENT)
        assert await mark_everyone(door.world, door.hana, door.session) == len(others)
        assert await mark_everyone(door.world, door.hana, door.session) == 0
        assert {await seat(door.world.database, other.id) for other in others} == {"PAID attended"}
        await door.stands("LOCKED absent", (MONEY, PRICE))


class TestFinishing:
    @pytest.mark.parametrize(
        ("policy", "fee", "purse_is"),
        [
            (STRICT, 0, (MONEY - PRICE, 0)),
            (FLEXIBLE, 0, (MONEY, 0)),
            (FLEXIBLE, 33, (MONEY - 2_640, 0)),
            (FLEXIBLE, 100, (MONEY - PRICE, 0)),
            (MANUAL, 0, (MONEY, PRICE)),
        ],
    )
    async def test_settles_who_did_not_come_by_the_contract(
        self, door: Door, policy: AbsenteePolicy, fee: int, purse_is: tuple[int, int]
    ) -> None:
        await door.book(policy, fee_percent=fee)
        await door.opens()
        await door.finishes()
        await door.stands("NO_SHOW", purse_is)
        assert await door.open_cases() == ([(DecisionKind.NO_SHOW, PRICE)] if policy is MANUAL else [])
        await settle(door.world, door.session)
        await door.stands("NO_SHOW", purse_is)

    async def test_captures_strict_seats_that_check_in_could_not(self, door: Door) -> None:
        await door.book(STRICT)
        await set_status(door.world, door.session, SessionStatus.CONDUCTING)
        await door.finishes()
        await door.stands("NO_SHOW", (MONEY - PRICE, 0))

    @pytest.mark.parametrize("pays", ["credit", "nothing"])
    async def test_keeps_what_other_seats_brought(self, door: Door, pays: str) -> None:
        await door.book(MANUAL, pays=pays)
        await door.opens()
        await door.finishes()
        await door.stands("NO_SHOW", (MONEY, 0))
        assert await door.open_cases() == []

    @pytest.mark.parametrize("policy", [STRICT, FLEXIBLE, MANUAL])
    async def test_leaves_who_came_alone(self, door: Door, policy: AbsenteePolicy) -> None:
        await door.book(policy, fee_percent=50 if policy is FLEXIBLE else 0)
        await door.opens()
        await door.marks()
        await door.finishes()
        await door.stands("PAID attended", (MONEY - PRICE, 0))


class TestLeftAlone:
    @pytest.mark.parametrize(
        ("policy", "expected", "purse_is"),
        [
            (STRICT, "PAID", (MONEY - PRICE, 0)),
            (FLEXIBLE, "LOCKED", (MONEY, PRICE)),
            (MANUAL, "LOCKED", (MONEY, PRICE)),
        ],
    )
    async def test_asks_an_admin(
        self, door: Door, policy: AbsenteePolicy, expected: str, purse_is: tuple[int, int]
    ) -> None:
        await door.book(policy)
        await door.opens()
        await door.finishes(by_clock=True)
        await door.stands(expected, purse_is)
        assert await door.open_cases() == [(DecisionKind.NOBODY_MARKED, PRICE)]
        assert await door.decides(Outcome.CHARGED) is Outcome.CHARGED
        await door.stands("NO_SHOW", (MONEY - PRICE, 0))

    @pytest.mark.parametrize(("policy", "made_good"), [(STRICT, "RETURNED"), (FLEXIBLE, "UNLOCKED"), (MANUAL, "UNLOCKED")])
    async def test_released_is_made_good(self, door: Door, policy: AbsenteePolicy, made_good: str) -> None:
        await door.book(policy)
        await door.opens()
        await door.finishes(by_clock=True)
        await door.decides(Outcome.RELEASED)
        await door.stands(f"CANCELLED {made_good}", (MONEY, 0))

    @pytest.mark.parametrize(
        ("outcome", "expected"), [(Outcome.CHARGED, "NO_SHOW"), (Outcome.RELEASED, "CANCELLED CREDIT")]
    )
    async def test_keeps_or_returns_a_credit(self, door: Door, outcome: Outcome, expected: str) -> None:
        await door.book(STRICT, pays="credit")
        await door.opens()
        await door.finishes(by_clock=True)
        await door.stands("PAID", (MONEY, 0))
        await door.decides(outcome)
        await door.stands(expected, (MONEY, 0))

    async def test_is_not_for_who_was_marked_by_anybody(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        await door.marks(Mark.ABSENT)
        await door.finishes(by_clock=True)
        await door.stands("NO_SHOW absent", (MONEY, 0))

    async def test_corrected_is_as_if_it_had_been_marked(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        await door.finishes(by_clock=True)
        await door.corrects(has_attended=True)
        await door.stands("PAID attended", (MONEY - PRICE, 0))
        assert await door.open_cases() == []


class TestDecisions:
    @pytest.mark.parametrize(("outcome", "left"), [(Outcome.CHARGED, MONEY - PRICE), (Outcome.RELEASED, MONEY)])
    async def test_charge_or_release_once(self, door: Door, outcome: Outcome, left: int) -> None:
        await door.book(MANUAL)
        await door.opens()
        await door.finishes()
        assert await door.decides(outcome) is outcome
        await door.stands("NO_SHOW", (left, 0))
        other = Outcome.RELEASED if outcome is Outcome.CHARGED else Outcome.CHARGED
        assert await door.decides(other) is outcome
        await door.stands("NO_SHOW", (left, 0))


class TestCorrections:
    @pytest.mark.parametrize(("policy", "fee"), [(STRICT, 0), (FLEXIBLE, 0), (FLEXIBLE, 50), (FLEXIBLE, 100), (MANUAL, 0)])
    async def test_go_there_and_back(self, door: Door, policy: AbsenteePolicy, fee: int) -> None:
        await door.book(policy, fee_percent=fee)
        await door.opens()
        await door.finishes()
        missed = await purse(door.world.database, door.student)
        for _ in range(2):
            await door.corrects(has_attended=True)
            await door.corrects(has_attended=True)
            await door.stands("PAID attended", (MONEY - PRICE, 0))
            assert await door.open_cases() == []
            await door.corrects(has_attended=False)
            await door.stands("NO_SHOW absent", missed)
            assert await door.open_cases() == ([(DecisionKind.NO_SHOW, PRICE)] if policy is MANUAL else [])

    @pytest.mark.parametrize("pays", ["credit", "nothing"])
    async def test_of_other_seats_move_no_money(self, door: Door, pays: str) -> None:
        await door.book(FLEXIBLE, fee_percent=50, pays=pays)
        await door.opens()
        await door.finishes()
        await door.corrects(has_attended=True)
        await door.stands("PAID attended", (MONEY, 0))
        await door.corrects(has_attended=False)
        await door.stands("NO_SHOW absent", (MONEY, 0))

    @pytest.mark.parametrize("outcome", list(Outcome))
    async def test_respect_what_an_admin_decided(self, door: Door, outcome: Outcome) -> None:
        await door.book(MANUAL)
        await door.opens()
        await door.finishes()
        await door.decides(outcome)
        decided = await purse(door.world.database, door.student)
        await door.corrects(has_attended=True)
        await door.stands("PAID attended", (MONEY - PRICE, 0))
        await door.corrects(has_attended=False)
        await door.stands("NO_SHOW absent", decided)

    @pytest.mark.parametrize("fee", [0, 50])
    async def test_of_what_is_spent_become_a_case(self, door: Door, fee: int) -> None:
        await door.book(FLEXIBLE, fee_percent=fee)
        await door.opens()
        await door.finishes()
        await door.spends(leaving_minor=1_000)
        taken = PRICE * fee // 100
        locked = MONEY - taken - 1_000
        await door.corrects(has_attended=True)
        await door.stands("PAID attended", (MONEY - taken, locked))
        assert await door.open_cases() == [(DecisionKind.UNCOLLECTED, PRICE - taken)]
        with pytest.raises(UncollectableError):
            await door.decides(Outcome.CHARGED)
        await door.world.top_up(door.student, 20_000)
        await door.decides(Outcome.CHARGED)
        await door.stands("PAID attended", (MONEY + 20_000 - PRICE, locked))
        await door.corrects(has_attended=False)
        await door.stands("NO_SHOW absent", (MONEY + 20_000 - taken, locked))

    async def test_let_off_stay_so(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        await door.finishes()
        await door.spends(leaving_minor=1_000)
        await door.corrects(has_attended=True)
        await door.decides(Outcome.RELEASED)
        await door.stands("PAID attended", (MONEY, MONEY - 1_000))
        await door.corrects(has_attended=False)
        await door.world.top_up(door.student, 20_000)
        await door.corrects(has_attended=True)
        await door.stands("PAID attended", (MONEY + 20_000, MONEY - 1_000))

    async def test_undone_withdraw_the_case(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        await door.finishes()
        await door.spends(leaving_minor=1_000)
        await door.corrects(has_attended=True)
        await door.corrects(has_attended=False)
        await door.stands("NO_SHOW absent", (MONEY, MONEY - 1_000))
        assert await door.open_cases() == []

    async def test_end_a_day_after_the_session(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        await door.finishes()
        door.world.clock.advance(timedelta(hours=26))  # an hour to the start, one of class, and the day after
        await door.corrects(has_attended=True)
        door.world.clock.advance(timedelta(microseconds=1))
        with pytest.raises(CorrectionClosedError):
            await door.corrects(has_attended=False)
        await door.stands("PAID attended", (MONEY - PRICE, 0))

    async def test_are_not_for_an_open_door(self, door: Door) -> None:
        await door.book(FLEXIBLE)
        await door.opens()
        with pytest.raises(AttendanceNotOpenError):
            await door.corrects(has_attended=True)
        assert door.booking.status is EnrollmentStatus.LOCKED
