"""A center with a large crowd: a few who tap and have money, very many who only read, and an admin who writes to them."""

from dataclasses import dataclass
from datetime import timedelta

from bench.center import House, new_student, open_house, session, telegram_id
from bench.scale import Scale
from domain.clock import SystemClock
from domain.ids import PersonId, SessionId, new_id
from domain.people.model import IDLE
from domain.permissions import Actor, Role
from domain.writes.base import Write
from domain.writes.people import AddDialog, AddPerson, AddRole, FinishJoining
from storage.database import Database

_PRICE_MINOR = 500
_TRANSACTION_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is there: the first ``Scale.tappers`` places tap, those after them read, the admin is nobody's phone."""

    admin: Actor
    session_id: SessionId


async def fill_crowd(database: Database, scale: Scale) -> Crowd:
    """Fill an empty database."""
    now = SystemClock().now()
    house, writes = open_house(now, price_minor=_PRICE_MINOR)
    held = session(house, now + timedelta(days=2), now=now, capacity=scale.tappers)
    await database.apply([*writes, held])
    tappers = [new_student(house, 2 * place, now=now)[1] for place in range(scale.tappers)]  # without packages
    await _apply(database, [_at(place, joining) for place, joining in enumerate(tappers)])
    readers = range(scale.tappers, scale.broadcast_people)
    await _apply(database, [_member(house, telegram_id(place), Role.STUDENT)[1] for place in readers])
    admin, joining = _member(house, telegram_id(scale.broadcast_people), Role.ADMIN)
    await _apply(database, [joining])
    return Crowd(admin, held.id)


def _at(place: int, joining: list[Write]) -> list[Write]:
    """Give a student the phone of a place."""
    return [
        AddPerson(each.id, each.center_id, telegram_id(place), each.name, each.language, each.created_at)
        if isinstance(each, AddPerson)
        else each
        for each in joining
    ]


def _member(house: House, phone: int, role: Role) -> tuple[Actor, list[Write]]:
    now, actor = SystemClock().now(), Actor(house.center_id, PersonId(new_id()), role)
    return actor, [
        AddPerson(actor.person_id, house.center_id, phone, f"Member {phone}", "en", now),
        AddDialog(actor.person_id, house.center_id, IDLE, {}, 1, None, now),
        FinishJoining(house.center_id, actor.person_id, now, role),
        AddRole(new_id(), house.center_id, actor.person_id, role, None, None, now),
    ]


async def _apply(database: Database, people: list[list[Write]]) -> None:
    for first in range(0, len(people), _TRANSACTION_PEOPLE):
        writes = [write for each in people[first : first + _TRANSACTION_PEOPLE] for write in each]
        await database.apply(sorted(writes, key=lambda write: write.rank))
