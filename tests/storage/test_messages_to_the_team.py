"""Messages of the team that wait while a role is taken away: they are nobody's business any more."""

import pytest

from domain.notifications.kinds import NotificationKind, is_still_for
from domain.notifications.model import Priority
from domain.people.administering import TakeRoleAway
from domain.permissions import Role
from storage.notifications import StoredOutgoingQueue
from storage.repositories.team import StoredTeam
from storage.unit_of_work import unit_of_work_factory
from tests.builders.notices import message_to
from tests.cast import Cast


async def roles_of_reader(cast: Cast) -> frozenset[Role]:
    queue = StoredOutgoingQueue(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
    message = message_to(cast.world, cast.staff.id, kind=NotificationKind.TEAM_FINISHED, priority=Priority.NORMAL)
    await cast.world.database.apply([message])
    (claimed,) = await queue.claim(priority=Priority.NORMAL, limit=5, lease_seconds=60.0)
    return claimed.roles


async def test_are_claimed_with_the_roles_that_their_reader_has_now(cast: Cast) -> None:
    assert await roles_of_reader(cast) == {Role.STAFF}


async def test_are_not_sent_to_who_lost_the_role(cast: Cast) -> None:
    found = await StoredTeam(cast.world.database).find_person(center_id=cast.world.center_id, person_id=cast.staff.id)
    assert found is not None
    take = TakeRoleAway(unit_of_work_factory(cast.world.database), cast.world.clock)
    await take(actor=cast.admin.actor, person_id=cast.staff.id, role_id=found.roles[0].id)
    assert not is_still_for(NotificationKind.TEAM_FINISHED, await roles_of_reader(cast))


@pytest.mark.parametrize(
    ("kind", "role", "is_sent"),
    [
        (NotificationKind.DIGEST, Role.STAFF, False),
        (NotificationKind.DIGEST, Role.ADMIN, True),
        (NotificationKind.TEAM_MISSED, Role.STAFF, True),
        (NotificationKind.TEAM_MISSED, Role.STUDENT, False),
        (NotificationKind.SEAT_BOOKED, Role.STUDENT, True),
        (NotificationKind.SEAT_BOOKED, Role.ADMIN, True),
    ],
)
def test_are_for_those_whose_business_they_are(kind: NotificationKind, role: Role, *, is_sent: bool) -> None:
    assert is_still_for(kind, {role}) is is_sent
