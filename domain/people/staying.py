"""Somebody stays who runs the center: what holds an admin, while another one's role, chat or person is taken away."""

from domain.errors import LastAdminError, NotPermittedError
from domain.ids import PersonId
from domain.people.team import AdminRole
from domain.permissions import Actor, Operation
from domain.ports import UnitOfWork
from domain.writes.base import Write
from domain.writes.owner import RequireActive, RequireRole


async def staying_writes(work: UnitOfWork, *, actor: Actor, goes_id: PersonId) -> list[Write]:
    """Return the writes that hold an admin who stays; none, where the one who goes is no admin who can act.

    Of two who take each other's role, chat or person at once, one stays. Raises LastAdminError, and NotPermittedError where
    the actor's own role was taken a moment ago.
    """
    admins = await work.team.list_admins(center_id=actor.center_id)
    if not any(each.person_id == goes_id for each in admins):
        return []
    stays = _staying(admins, actor, goes_id=goes_id)
    return [RequireRole(actor.center_id, stays.role_id), RequireActive(actor.center_id, stays.person_id)]


def _staying(admins: list[AdminRole], actor: Actor, *, goes_id: PersonId) -> AdminRole:
    """Return an admin's role that must stay: the actor's own, unless it is theirs that goes."""
    others = [each for each in admins if each.person_id != goes_id]
    if goes_id != actor.person_id:
        others = [each for each in others if each.person_id == actor.person_id]
        if not others:
            raise NotPermittedError(operation=Operation.MANAGE_ROLES)
    if not others:
        raise LastAdminError
    return others[0]
