"""Loads errands, and who ordered them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.errand_ports import Errand, ErrandKind
from domain.ids import BranchId, CenterId, PersonId
from domain.permissions import Actor, Role
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.errands import errands
from storage.tables.organization import people, role_assignments

_ERRAND = sa.select(
    errands.c.id,
    errands.c.kind,
    errands.c.subject_id,
    errands.c.outcome,
    errands.c.until,
    errands.c.person_id,
    errands.c.role,
    errands.c.after_id,
    errands.c.ended_at,
).where(errands.c.center_id == outside("center_id"))
ERRAND = Query(_ERRAND.where(errands.c.id == outside("errand_id")), Errand)
OPEN = Query(
    _ERRAND.where(
        errands.c.kind == outside("kind"), errands.c.subject_id == outside("subject_id"), errands.c.ended_at.is_(None)
    ),
    Errand,
)


def _as_it_is(branch_id: Any) -> BranchId | None:
    return branch_id  # type: ignore[no-any-return]


BRANCHES_OF_ROLE = Query(
    sa.select(role_assignments.c.branch_id)
    .select_from(role_assignments.join(people, people.c.id == role_assignments.c.person_id))
    .where(
        role_assignments.c.person_id == outside("person_id"),
        role_assignments.c.center_id == outside("center_id"),
        role_assignments.c.role == outside("role"),
        role_assignments.c.revoked_at.is_(None),
        people.c.blocked_at.is_(None),
        people.c.erased_at.is_(None),
    ),
    _as_it_is,
)


class StoredErrands:
    """See ``domain.enrollments.errand_ports.ErrandRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, *, center_id: CenterId, errand_id: UUID) -> Errand | None:
        """Return an errand."""
        return await fetch_one(self._database, ERRAND, center_id=center_id, errand_id=errand_id)

    async def find_open(self, *, center_id: CenterId, kind: ErrandKind, subject_id: UUID) -> Errand | None:
        """Return the errand of this kind that is under way."""
        return await fetch_one(self._database, OPEN, center_id=center_id, kind=kind, subject_id=subject_id)

    async def find_actor(self, *, center_id: CenterId, person_id: PersonId, role: Role) -> Actor | None:
        """Return who ordered it as they may act now; None where they may not in that role any more."""
        branches = await self._database.fetch(BRANCHES_OF_ROLE, center_id=center_id, person_id=person_id, role=role)
        if not branches:
            return None
        return Actor(center_id, person_id, role, frozenset(each for each in branches if each is not None))
