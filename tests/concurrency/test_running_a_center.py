"""Those who run a center at the same instant: what one puts away or changes, another one is building upon."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy import make_url

from domain.clock import Clock
from domain.errors import LastAdminError, NotFoundError, NotPermittedError, RefusalError, SettingFrozenError
from domain.finance.top_up import cash_top_up
from domain.ids import SessionId, new_id
from domain.organization.branches import PutBranchAway
from domain.organization.fields import Field
from domain.organization.settings import EditSettings
from domain.people.administering import BlockPerson, TakeRoleAway
from domain.people.erasure import EraseSomebody
from domain.people.leaving import GivenUp
from domain.people.merging import MergePeople
from domain.permissions import Actor
from domain.ports import UnitOfWorkFactory
from domain.sessions.classes import PutClassAway
from domain.sessions.planning import CreateExtraSession
from domain.writes.base import Write
from domain.writes.seats import GiveSeatBack
from storage.database import Database, fetch_one
from storage.prepared import Query
from storage.repositories.organization import StoredOrganization
from storage.repositories.team import StoredTeam
from storage.unit_of_work import unit_of_work_factory
from tests.concurrency.race import Contest, StartingLine
from tests.factories import OPENING_DAY, Branch, Person, Scheduled, Taught, World
from tests.storage.conftest import opened

ROUNDS = 5
Press = Callable[[UnitOfWorkFactory, Clock], Awaitable[None]]


@pytest.fixture
async def contest(databases: list[Database]) -> Contest:
    """An empty center, and three ways into its database."""
    return Contest(await World.open(databases[0]), databases)


@dataclass(frozen=True, slots=True)
class Race:
    """Two admins at once: each first commit waits until both have decided."""

    contest: Contest
    admins: Sequence[Person]

    async def of_two(self, first: Press, second: Press) -> list[object]:
        """Run two presses at once, and return what each came to."""
        presses = (first, second)

        async def run(number: int, line: StartingLine) -> object:
            await presses[number](line.units(self.contest.database_of(number + 1)), self.contest.world.clock)
            return None

        return list(await self.contest.everybody(2, run))


async def admins(world: World) -> tuple[Person, Person]:
    return await world.add_admin("Tarek Mansour"), await world.add_admin("Laila Fahmy")


async def left(world: World, people: Sequence[Person]) -> list[object]:
    found = await StoredTeam(world.database).list_admins(center_id=world.center_id)
    return [each.person_id for each in found if each.person_id in {person.id for person in people}]


async def role_id(world: World, person: Person) -> UUID:
    found = await StoredTeam(world.database).list_admins(center_id=world.center_id)
    return next(each.role_id for each in found if each.person_id == person.id)


def putting_away(actor: Actor, *, branch: Branch | None = None, taught: Taught | None = None) -> Press:
    async def press(units: UnitOfWorkFactory, clock: Clock) -> None:
        if branch is not None:
            await PutBranchAway(units, clock)(actor=actor, branch_id=branch.id)
        if taught is not None:
            await PutClassAway(units, clock)(actor=actor, class_id=taught.id)

    return press


def planning(actor: Actor, taught: Taught, branch: Branch) -> Press:
    async def press(units: UnitOfWorkFactory, clock: Clock) -> None:
        day = (OPENING_DAY + timedelta(days=3)).date()
        plan = CreateExtraSession(units, clock)
        session_id = SessionId(new_id())
        await plan(actor=actor, session_id=session_id, class_id=taught.id, branch_id=branch.id, day=day, at=time(18, 0))

    return press


class TestWhatIsPutAway:
    @pytest.mark.parametrize("what", ["branch", "class"])
    async def test_is_not_built_upon_at_the_same_instant(self, contest: Contest, what: str) -> None:
        world = contest.world
        race = Race(contest, await admins(world))
        for number in range(ROUNDS):
            taught, branch = await world.add_class(f"Salsa {number}"), await world.add_branch(f"Dokki {number}")
            first, second = race.admins[0].actor, race.admins[1].actor
            away = putting_away(first, branch=branch) if what == "branch" else putting_away(first, taught=taught)
            outcomes = await race.of_two(away, planning(second, taught, branch))
            assert sum(isinstance(each, RefusalError) for each in outcomes) == 1, outcomes
            assert await orphans(world) == 0


async def orphans(world: World) -> int:
    count = "SELECT count(*) FROM sessions JOIN branches ON branches.id = branch_id JOIN classes ON classes.id = class_id "
    where = "WHERE branches.archived_at IS NOT NULL OR classes.archived_at IS NOT NULL"
    return await number_of(world, count + where)


async def number_of(world: World, sql: str) -> int:
    columns = sa.select(sa.literal_column(sql.removeprefix("SELECT ").partition(" FROM ")[0], sa.BigInteger()))
    query = Query(columns.select_from(sa.text(sql.partition(" FROM ")[2])), int)
    return await fetch_one(world.database, query) or 0


class TestTimeZone:
    async def test_is_not_changed_beside_a_class_that_is_put_into_the_calendar(self, contest: Contest) -> None:
        world = contest.world
        race = Race(contest, await admins(world))
        taught = await world.add_class()

        async def move(units: UnitOfWorkFactory, clock: Clock) -> None:
            edit = EditSettings(units, clock)
            await edit(actor=race.admins[0].actor, changes={Field.TIMEZONE: "Asia/Dubai"})

        await race.of_two(move, planning(race.admins[1].actor, taught, world.branch))
        record = await StoredOrganization(world.database).find_center(center_id=world.center_id, now=OPENING_DAY)
        assert record is not None
        expected = "16:00" if record.details.timezone == "Africa/Cairo" else "14:00"
        assert await number_of(world, f"SELECT count(*) FROM sessions WHERE starts_at {at_hour(world, expected)}") == 1


def at_hour(world: World, hour: str) -> str:
    day = (OPENING_DAY + timedelta(days=3)).date()
    if world.database.backend == "sqlite":
        return f"LIKE '{day}T{hour}%'"
    return f"= '{day}T{hour}:00Z'"


class TestCurrency:
    async def test_waits_for_money_that_is_being_written_down_and_is_frozen_by_it(self, postgres_url: str) -> None:
        async with opened(postgres_url) as database:
            world = await World.open(database)
            admin, student = await world.add_admin(), await world.add_student()
            session = await world.add_session(await world.add_class())
            await database.execute("UPDATE sessions SET seats_taken = 1")
            gate = await asyncpg.connect(make_url(postgres_url).set(drivername="postgresql").render_as_string(False))
            await gate.execute("BEGIN")
            await gate.execute("SELECT 1 FROM sessions FOR UPDATE")
            posting = asyncio.create_task(database.apply(writes_that_end_at(session, world, student)))
            await waiting(gate, 1)  # its postings are written, and its transaction is still open
            edit = EditSettings(unit_of_work_factory(database), world.clock)
            change = asyncio.create_task(edit(actor=admin.actor, changes={Field.CURRENCY: "USD"}))
            await waiting(gate, 2)
            await gate.execute("ROLLBACK")
            await posting
            with pytest.raises(SettingFrozenError):
                await change
            await gate.close()


def writes_that_end_at(session: Scheduled, world: World, student: Person) -> list[Write]:
    money = cash_top_up(
        student.owner,
        cashbox_id=world.branch.cashbox_id,
        amount_minor=100,
        actor=student.actor,
        now=world.clock.now(),
    )
    return sorted([*money, GiveSeatBack(session.id)], key=lambda write: write.rank)


async def waiting(connection: Any, how_many: int) -> None:
    """Wait until that many transactions of this database wait for a lock."""
    async with asyncio.timeout(10):
        while await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted") < how_many:
            pass


def taking(admin: Person, other: Person, role: UUID) -> Press:
    async def press(units: UnitOfWorkFactory, clock: Clock) -> None:
        await TakeRoleAway(units, clock)(actor=admin.actor, person_id=other.id, role_id=role)

    return press


def blocking(admin: Person, other: Person) -> Press:
    async def press(units: UnitOfWorkFactory, clock: Clock) -> None:
        await BlockPerson(units, clock)(actor=admin.actor, person_id=other.id, is_blocked=True)

    return press


class TestTheLastAdmin:
    async def test_stays_where_one_takes_the_role_and_the_other_one_blocks(self, contest: Contest) -> None:
        for _ in range(ROUNDS):
            first, second = await admins(contest.world)
            role = await role_id(contest.world, second)

            async def take(
                units: UnitOfWorkFactory,
                clock: Clock,
                *,
                actor: Actor = first.actor,
                other: Person = second,
                role: UUID = role,
            ) -> None:
                await TakeRoleAway(units, clock)(actor=actor, person_id=other.id, role_id=role)

            async def block(
                units: UnitOfWorkFactory, clock: Clock, *, actor: Actor = second.actor, other: Person = first
            ) -> None:
                await BlockPerson(units, clock)(actor=actor, person_id=other.id, is_blocked=True)

            await Race(contest, (first, second)).of_two(take, block)
            assert len(await left(contest.world, (first, second))) == 1

    async def test_stays_where_two_erase_each_other(self, contest: Contest) -> None:
        for _ in range(ROUNDS):
            pair = await admins(contest.world)

            def erasing(actor: Actor, other: Person) -> Press:
                async def press(units: UnitOfWorkFactory, clock: Clock) -> None:
                    erase = EraseSomebody(units, clock)
                    await erase(actor=actor, person_id=other.id, confirmed=GivenUp(0, 0), reason=None)

                return press

            await Race(contest, pair).of_two(erasing(pair[0].actor, pair[1]), erasing(pair[1].actor, pair[0]))
            assert len(await left(contest.world, pair)) == 1

    async def test_is_not_merged_away(self, contest: Contest) -> None:
        world = contest.world
        admin, student = await world.add_admin(), await world.add_student()
        merge = MergePeople(unit_of_work_factory(world.database), world.clock)
        with pytest.raises(LastAdminError):
            await merge(actor=admin.actor, stays_id=student.id, goes_id=admin.id)
        assert await left(world, [admin]) == [admin.id]

    async def test_who_was_blocked_a_moment_ago_takes_nothing_away(self, contest: Contest) -> None:
        world = contest.world
        first, second = await admins(world)
        role = await role_id(world, second)
        await world.block(first)
        take = TakeRoleAway(unit_of_work_factory(world.database), world.clock)
        with pytest.raises((NotPermittedError, NotFoundError)):
            await take(actor=replace(first.actor, is_blocked=False), person_id=second.id, role_id=role)
