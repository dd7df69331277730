"""What decisions on people's roles need to know: who holds which, and which invitations are open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.ids import BranchId, CenterId, PersonId
from domain.permissions import Role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in force."""

    id: UUID
    role: Role
    branch_id: BranchId | None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as an admin decides on them."""

    id: PersonId
    name: str
    notes: str | None
    is_blocked: bool
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class AdminRole:
    """An admin's role, of somebody who can act in it: neither blocked nor erased, known to Telegram."""

    role_id: UUID
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class InviteRecord:
    """An invitation as it was made."""

    id: UUID
    role: Role
    branch_id: BranchId | None
    created_by: PersonId | None
    expires_at: datetime
    is_redeemed: bool


class TeamRepository(Protocol):
    """Loads people of one center by their roles. Erased people, and another center's, do not exist for it."""

    async def find_person(self, *, center_id: CenterId, person_id: PersonId) -> PersonRecord | None:
        """Return a person with the roles in force."""
        ...

    async def list_admins(self, *, center_id: CenterId) -> list[AdminRole]:
        """Return the admins who can act."""
        ...

    async def list_open_invites(self, *, center_id: CenterId, created_by: PersonId, now: datetime) -> list[UUID]:
        """Return the invitations of somebody's that can still be used."""
        ...

    async def find_invite(self, *, center_id: CenterId, invite_id: UUID) -> InviteRecord | None:
        """Return an invitation."""
        ...

    async def find_invite_by_hash(self, *, center_id: CenterId, code_hash: str) -> InviteRecord | None:
        """Return the invitation with this hash of its code."""
        ...
