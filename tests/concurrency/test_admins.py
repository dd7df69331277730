"""Two admins who take each other's role at the same instant: one of them stays."""

import asyncio

from domain.errors import LastAdminError, NotPermittedError
from domain.people.administering import TakeRoleAway
from storage.database import Database
from storage.repositories.team import StoredTeam
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, World

ROUNDS = 10


async def role_of(world: World, person: Person) -> object:
    admins = await StoredTeam(world.database).list_admins(center_id=world.center_id)
    return next(each.role_id for each in admins if each.person_id == person.id)


async def take(world: World, database: Database, actor: Person, other: Person, role_id: object) -> bool:
    """Return whether it was taken; a refusal is no fault."""
    use_case = TakeRoleAway(unit_of_work_factory(database), world.clock)
    try:
        await use_case(actor=actor.actor, person_id=other.id, role_id=role_id)  # type: ignore[arg-type]
    except (LastAdminError, NotPermittedError):
        return False
    return True


async def test_leave_one_of_two(databases: list[Database]) -> None:
    world = await World.open(databases[0])
    for _ in range(ROUNDS):
        first, second = await world.add_admin("Tarek Mansour"), await world.add_admin("Laila Fahmy")
        roles = await role_of(world, first), await role_of(world, second)
        taken = await asyncio.gather(
            take(world, databases[1], first, second, roles[1]), take(world, databases[2], second, first, roles[0])
        )
        left = await StoredTeam(databases[0]).list_admins(center_id=world.center_id)
        assert sorted(taken) == [False, True]
        assert len([each for each in left if each.person_id in {first.id, second.id}]) == 1
