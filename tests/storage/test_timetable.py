import asyncio
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from domain.errors import HolidayExistsError, InvalidInputError, NotFoundError, NotPermittedError, SessionInUseError
from domain.ids import BranchId, HolidayId, SessionId, TimetableRuleId, new_id
from domain.organization.model import Center
from domain.sessions.generating import GenerateSessions
from domain.sessions.holidays import DeclareHoliday, UndeclareHoliday
from domain.sessions.planning import RemoveSession
from domain.sessions.ports import SessionFacts
from domain.sessions.rules import AddRule, EndTimetableRule, LeaveDayOut, NewRule, weekdays_of, weekly
from storage.audit import audit
from storage.database import Database
from storage.prepared import Query
from storage.tables.catalogue import sessions
from storage.unit_of_work import unit_of_work_factory
from tests.builders.sessions import cancel_session
from tests.cast import Cast
from tests.conversations.ledger import kept
from tests.factories import ZONE, Scheduled, World
from tests.storage.conftest import opened
from tests.storage.session_guard_cases import add_rule

MONDAY = date(2026, 11, 23)  # the opening day
SIX = time(18)


async def generate(world: World, *, database: Database | None = None) -> int:
    units = unit_of_work_factory(database or world.database)
    return await GenerateSessions(units, world.clock)(world.center_id)


async def made_of(world: World, rule_id: TimetableRuleId) -> list[tuple[SessionId, date, datetime]]:
    query = Query(
        sa.select(sessions.c.id, sessions.c.rule_id, sessions.c.local_date, sessions.c.starts_at).order_by(
            sessions.c.starts_at
        ),
        lambda *values: values,
    )
    return [(row[0], row[2], row[3]) for row in await world.database.fetch(query) if row[1] == rule_id]


async def days_of(world: World, rule_id: TimetableRuleId) -> list[date]:
    return [day for _, day, _ in await made_of(world, rule_id)]


def as_scheduled(cast: Cast, session_id: SessionId, starts_at: datetime) -> Scheduled:
    return Scheduled(session_id, cast.taught, cast.world.branch, starts_at, 12)


def new_rule(cast: Cast, **changes: object) -> NewRule:
    values: dict[str, object] = {
        "rule_id": TimetableRuleId(new_id()),
        "class_id": cast.taught.id,
        "branch_id": cast.world.branch.id,
        "weekdays": frozenset({0, 2}),
        "at": SIX,
        "starts_on": MONDAY,
    }
    return NewRule(**(values | changes))  # type: ignore[arg-type]


async def add(cast: Cast, rule: NewRule, *, as_admin: bool = False) -> int:
    actor = (cast.admin if as_admin else cast.staff).actor
    return await AddRule(unit_of_work_factory(cast.world.database), cast.world.clock)(actor=actor, rule=rule)


async def end(cast: Cast, rule_id: TimetableRuleId, *, last_day: date | None = None) -> tuple[SessionFacts, ...]:
    use_case = EndTimetableRule(unit_of_work_factory(cast.world.database), cast.world.clock)
    return await use_case(actor=cast.staff.actor, rule_id=rule_id, last_day=last_day)


class TestRecurrence:
    def test_is_written_and_read_by_weekdays(self) -> None:
        assert weekly({2, 0}) == "FREQ=WEEKLY;BYDAY=MO,WE"
        assert weekdays_of("FREQ=WEEKLY;BYDAY=MO,WE") == (0, 2)
        assert weekdays_of("FREQ=DAILY") == ()


class TestGenerating:
    async def test_reaches_the_horizon_and_makes_nothing_twice(self, cast: Cast) -> None:
        world, rule_id = cast.world, await add_rule(cast.world, cast.taught.id)
        assert await generate(world) == 5
        assert await days_of(world, rule_id) == [MONDAY + timedelta(weeks=week) for week in range(5)]
        before = await kept(world.database)
        assert await generate(world) == 0
        assert await kept(world.database) == before
        world.clock.advance(timedelta(days=7))
        assert await generate(world) == 1
        assert await audit(world.database) == []

    async def test_by_two_at_once_makes_each_once(self, cast: Cast, database_url: str) -> None:
        world, rule_id = cast.world, await add_rule(cast.world, cast.taught.id, recurrence="FREQ=DAILY")
        async with opened(database_url) as other:
            made = await asyncio.gather(generate(world), generate(world, database=other), generate(world))
        assert sum(made) == 29
        days = await days_of(world, rule_id)
        assert days == [MONDAY + timedelta(days=number) for number in range(29)]

    @pytest.mark.parametrize(
        ("now", "hours"),
        [
            (datetime(2027, 4, 19, 8, tzinfo=UTC), {16, 15}),  # summer time begins on Friday, 30 April 2027
            (datetime(2027, 10, 18, 8, tzinfo=UTC), {15, 16}),  # and ends on Thursday, 28 October 2027, at midnight
        ],
    )
    async def test_leaves_six_in_the_evening_at_six_when_clocks_change(
        self, cast: Cast, now: datetime, hours: set[int]
    ) -> None:
        world, rule_id = cast.world, await add_rule(cast.world, cast.taught.id)
        world.clock.set(now)
        await generate(world)
        made = await made_of(world, rule_id)
        assert {starts_at.astimezone(ZONE).time() for _, _, starts_at in made} == {SIX}
        assert {starts_at.hour for _, _, starts_at in made} == hours
        assert [later[1] - earlier[1] for earlier, later in pairwise(made)] == [timedelta(7)] * 4

    async def test_makes_nothing_that_is_past(self, cast: Cast) -> None:
        world, rule_id = cast.world, await add_rule(cast.world, cast.taught.id)
        world.clock.set(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))  # six in Cairo, exactly
        await generate(world)
        assert (await days_of(world, rule_id))[0] == MONDAY + timedelta(weeks=1)

    async def test_does_not_bring_back_what_was_deleted_or_moved(self, cast: Cast) -> None:
        world, rule_id = cast.world, await add_rule(cast.world, cast.taught.id)
        await generate(world)
        first, second, *_ = await made_of(world, rule_id)
        await RemoveSession(unit_of_work_factory(world.database), world.clock)(actor=cast.staff.actor, session_id=first[0])
        await cancel_session(world, cast.staff, as_scheduled(cast, second[0], second[2]))
        assert await generate(world) == 0
        assert len(await made_of(world, rule_id)) == 4

    @pytest.mark.parametrize("table", ["classes", "branches", "timetable_rules"])
    async def test_stops_where_something_is_archived(self, cast: Cast, table: str) -> None:
        await add_rule(cast.world, cast.taught.id)
        await cast.world.database.execute(f"UPDATE {table} SET archived_at = created_at")
        assert await generate(cast.world) == 0

    async def test_is_of_one_center(self, cast: Cast) -> None:
        await add_rule(cast.world, cast.taught.id)
        assert await generate(cast.elsewhere) == 0


class TestAddingARule:
    async def test_makes_its_sessions_and_is_there_once(self, cast: Cast) -> None:
        rule = new_rule(cast, ends_on=MONDAY + timedelta(days=9))
        assert await add(cast, rule) == 4
        before = await kept(cast.world.database)
        assert await add(cast, rule) == 0
        assert await kept(cast.world.database) == before
        assert await generate(cast.world) == 0
        days = [day.day for day in await days_of(cast.world, rule.rule_id)]
        assert days == [23, 25, 30, 2]

    @pytest.mark.parametrize(
        "changes",
        [
            {"weekdays": frozenset()},
            {"starts_on": MONDAY - timedelta(days=1)},
            {"ends_on": MONDAY - timedelta(days=1)},
            {"starts_on": MONDAY + timedelta(days=400)},
        ],
    )
    async def test_refuses_what_makes_no_sense(self, cast: Cast, changes: dict[str, object]) -> None:
        with pytest.raises(InvalidInputError):
            await add(cast, new_rule(cast, **changes))

    async def test_is_for_ones_own_branch(self, cast: Cast) -> None:
        zamalek = await cast.world.add_branch("Zamalek")
        with pytest.raises(NotFoundError):
            await add(cast, new_rule(cast, branch_id=zamalek.id))
        assert await add(cast, new_rule(cast, branch_id=zamalek.id), as_admin=True) == 9


class TestEndingARule:
    async def test_deletes_what_nobody_is_in_and_names_the_rest(self, cast: Cast) -> None:
        rule = new_rule(cast)
        await add(cast, rule)
        made = await made_of(cast.world, rule.rule_id)
        await cast.world.book(cast.member, as_scheduled(cast, made[3][0], made[3][2]))
        left = await end(cast, rule.rule_id, last_day=MONDAY + timedelta(days=2))
        assert [each.id for each in left] == [made[3][0]]
        assert await days_of(cast.world, rule.rule_id) == [made[0][1], made[1][1], made[3][1]]
        assert await end(cast, rule.rule_id, last_day=MONDAY + timedelta(days=2)) == left
        assert await generate(cast.world) == 0

    async def test_at_once_takes_all_of_the_future(self, cast: Cast) -> None:
        rule = new_rule(cast)
        await add(cast, rule)
        assert await end(cast, rule.rule_id) == ()
        assert await made_of(cast.world, rule.rule_id) == []
        assert await generate(cast.world) == 0

    async def test_leaves_a_day_out_if_nobody_is_in(self, cast: Cast) -> None:
        rule, world = new_rule(cast), cast.world
        await add(cast, rule)
        made = await made_of(world, rule.rule_id)
        await world.book(cast.member, as_scheduled(cast, made[1][0], made[1][2]))
        leave_out = LeaveDayOut(unit_of_work_factory(world.database), world.clock)
        for _ in range(2):
            await leave_out(actor=cast.staff.actor, rule_id=rule.rule_id, day=made[2][1])
        with pytest.raises(SessionInUseError):
            await leave_out(actor=cast.staff.actor, rule_id=rule.rule_id, day=made[1][1])
        assert await generate(world) == 0
        assert made[2][1] not in await days_of(world, rule.rule_id)


class TestHolidays:
    async def declare(
        self, cast: Cast, day: date, *, branch_id: BranchId | None = None, holiday_id: HolidayId | None = None
    ) -> tuple[SessionFacts, ...]:
        world = cast.world
        center = Center(world.center_id, "Nile Studio", "EGP", ZONE.key, "en")
        actor = (cast.admin if branch_id is None else cast.staff).actor
        return await DeclareHoliday(unit_of_work_factory(world.database), world.clock)(
            actor=actor,
            center=center,
            holiday_id=holiday_id or HolidayId(new_id()),
            branch_id=branch_id,
            day=day,
            name="Feast",
        )

    async def test_clear_the_day_of_what_nobody_is_in_and_name_the_rest(self, cast: Cast) -> None:
        rule, holiday_id = new_rule(cast, weekdays=frozenset({1})), HolidayId(new_id())
        await add(cast, rule)
        tuesday = MONDAY + timedelta(days=1)  # the owner has a seat in the cast's session of that day
        left = await self.declare(cast, tuesday, holiday_id=holiday_id)
        assert [each.id for each in left] == [cast.session.id]
        assert await self.declare(cast, tuesday, holiday_id=holiday_id) == left
        assert tuesday not in await days_of(cast.world, rule.rule_id)
        assert await generate(cast.world) == 0
        undeclare = UndeclareHoliday(unit_of_work_factory(cast.world.database), cast.world.clock)
        await undeclare(actor=cast.admin.actor, holiday_id=holiday_id)
        assert await generate(cast.world) == 1

    async def test_of_a_branch_leave_the_others_alone(self, cast: Cast) -> None:
        zamalek = await cast.world.add_branch("Zamalek")
        rule = new_rule(cast, branch_id=zamalek.id)
        await add(cast, rule, as_admin=True)
        await self.declare(cast, MONDAY, branch_id=cast.world.branch.id)
        assert MONDAY in await days_of(cast.world, rule.rule_id)
        with pytest.raises(HolidayExistsError):
            await self.declare(cast, MONDAY, branch_id=cast.world.branch.id)
        with pytest.raises(NotFoundError):
            await self.declare(cast, MONDAY, branch_id=zamalek.id)  # not hers

    async def test_for_all_are_the_owners_alone(self, cast: Cast) -> None:
        world = cast.world
        declare = DeclareHoliday(unit_of_work_factory(world.database), world.clock)
        center = Center(world.center_id, "Nile Studio", "EGP", ZONE.key, "en")
        for person, refusal in ((cast.staff, NotFoundError), (cast.owner, NotPermittedError)):
            with pytest.raises(refusal):
                await declare(
                    actor=person.actor,
                    center=center,
                    holiday_id=HolidayId(new_id()),
                    branch_id=None,
                    day=MONDAY,
                    name="Feast",
                )
