"""Loads people by their roles, and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from domain.ids import BranchId, CenterId, PersonId
from domain.people.team import AdminRole, HeldRole, InviteRecord, PersonRecord
from domain.permissions import Role
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.organization import invites, people, role_assignments


@dataclass(frozen=True, slots=True)
class _PersonRow:
    """A person times their roles: one row for each role in force, or one without."""

    id: PersonId
    name: str
    notes: str | None
    blocked_at: datetime | None
    role_id: UUID | None
    role: Role | None
    branch_id: BranchId | None


PERSON = Query(
    sa.select(
        people.c.id,
        people.c.name,
        people.c.notes,
        people.c.blocked_at,
        role_assignments.c.id,
        role_assignments.c.role,
        role_assignments.c.branch_id,
    )
    .select_from(
        people.outerjoin(
            role_assignments, (role_assignments.c.person_id == people.c.id) & role_assignments.c.revoked_at.is_(None)
        )
    )
    .where(
        people.c.center_id == outside("center_id"),
        people.c.id == outside("person_id"),
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
    ),
    _PersonRow,
)

ADMINS = Query(
    sa.select(role_assignments.c.id, people.c.id)
    .select_from(role_assignments.join(people, people.c.id == role_assignments.c.person_id))
    .where(
        role_assignments.c.center_id == outside("center_id"),
        role_assignments.c.role == constant(Role.ADMIN),
        role_assignments.c.revoked_at.is_(None),
        people.c.blocked_at.is_(None),
        people.c.erased_at.is_(None),
        people.c.joined_at.is_not(None),
    )
    .order_by(role_assignments.c.granted_at, role_assignments.c.id),
    AdminRole,
)

_INVITE = sa.select(
    invites.c.id, invites.c.role, invites.c.branch_id, invites.c.created_by, invites.c.expires_at, invites.c.redeemed_at
).where(invites.c.center_id == outside("center_id"))


def _invite(
    id_: UUID,
    role: Role,
    branch_id: BranchId | None,
    created_by: PersonId | None,
    expires_at: datetime,
    redeemed_at: datetime | None,
) -> InviteRecord:
    return InviteRecord(id_, role, branch_id, created_by, expires_at, redeemed_at is not None)


OPEN_INVITES = Query(
    sa.select(invites.c.id)
    .where(
        invites.c.center_id == outside("center_id"),
        invites.c.created_by == outside("created_by"),
        invites.c.redeemed_at.is_(None),
        invites.c.expires_at > outside("now", invites.c.expires_at.type),
    )
    .order_by(invites.c.id),
    lambda id_: id_,
)
INVITE = Query(_INVITE.where(invites.c.id == outside("invite_id")), _invite)
INVITE_BY_HASH = Query(_INVITE.where(invites.c.code_hash == outside("code_hash")), _invite)


def _person(rows: Sequence[_PersonRow]) -> PersonRecord | None:
    if not rows:
        return None
    first = rows[0]
    roles = tuple(
        HeldRole(row.role_id, row.role, row.branch_id) for row in rows if row.role_id is not None and row.role is not None
    )
    return PersonRecord(first.id, first.name, first.notes, first.blocked_at is not None, roles)


class StoredTeam:
    """See ``domain.people.team.TeamRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_person(self, *, center_id: CenterId, person_id: PersonId) -> PersonRecord | None:
        """Return a person with the roles in force."""
        return _person(await self._database.fetch(PERSON, center_id=center_id, person_id=person_id))

    async def list_admins(self, *, center_id: CenterId) -> list[AdminRole]:
        """Return the admins who can act."""
        return await self._database.fetch(ADMINS, center_id=center_id)

    async def list_open_invites(self, *, center_id: CenterId, created_by: PersonId, now: datetime) -> list[UUID]:
        """Return the invitations of somebody's that can still be used."""
        return await self._database.fetch(OPEN_INVITES, center_id=center_id, created_by=created_by, now=now)

    async def find_invite(self, *, center_id: CenterId, invite_id: UUID) -> InviteRecord | None:
        """Return an invitation."""
        return await fetch_one(self._database, INVITE, center_id=center_id, invite_id=invite_id)

    async def find_invite_by_hash(self, *, center_id: CenterId, code_hash: str) -> InviteRecord | None:
        """Return the invitation with this hash of its code."""
        return await fetch_one(self._database, INVITE_BY_HASH, center_id=center_id, code_hash=code_hash)
