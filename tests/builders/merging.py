"""Claims and merges, as the contact button and an admin make them."""

from domain.people.claiming import PhoneKept
from domain.people.merging import Brought, MergePeople
from domain.people.model import Member
from domain.people.profile import ASK_NEW_PHONE, AskMember, ChangePhone
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, World


async def member_of(world: World, person: Person) -> Member:
    """Read a person as the bot knows them."""
    async with unit_of_work_factory(world.database)() as work:
        found = await work.people.find_member(center_id=world.center_id, telegram_id=person.telegram_id or 0)
    assert found is not None
    return found


async def claim(world: World, person: Person, phone: str, *, message_id: int = 5) -> PhoneKept:
    """Let a member share their phone in the profile."""
    units = unit_of_work_factory(world.database)
    member = await AskMember(units, world.clock)(member=await member_of(world, person), question=ASK_NEW_PHONE, shown_on=1)
    return await ChangePhone(units, world.clock, "EG")(
        member=member, phone=phone, contact_telegram_id=member.telegram_id, message_id=message_id
    )


async def merge(world: World, admin: Person, stays: Person, goes: Person) -> Brought:
    """Let an admin make two people one."""
    return await MergePeople(unit_of_work_factory(world.database), world.clock)(
        actor=admin.actor, stays_id=stays.id, goes_id=goes.id
    )
