"""Invitations made in the chat: a link that gives a role once, until it expires or is taken back."""

from dataclasses import dataclass
from uuid import UUID

from domain.clock import Clock
from domain.errors import InvalidInputError, InviteNotValidError, NotFoundError
from domain.ids import BranchId, new_id
from domain.people.roles import INVITE_LIFETIME, code_hash
from domain.people.team import InviteRecord
from domain.permissions import Actor, Operation, Role, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.owner import RequireBranch, RevokeInvite
from domain.writes.people import AddInvite
from domain.writes.record import audit_row


@dataclass(frozen=True, slots=True)
class InviteToRole:
    """Invite somebody to be an admin, or staff of a branch.

    The code is made before and travels in the button: pressed twice, it is the same invitation. Only its hash is kept.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, code: str, role: Role, branch_id: BranchId | None) -> InviteRecord:
        """Raises NotFoundError (no such branch, or another one's code), InviteNotValidError (used or ended since)."""
        require(actor, Operation.MANAGE_ROLES)
        if role is Role.STUDENT or (role is Role.STAFF) != (branch_id is not None):
            raise InvalidInputError(field="role", reason="unknown")

        async def decide(work: UnitOfWork) -> InviteRecord:
            now = self.clock.now()
            same = await work.team.find_invite_by_hash(center_id=actor.center_id, code_hash=code_hash(code))
            if same is not None:
                if (same.role, same.branch_id, same.created_by) != (role, branch_id, actor.person_id):
                    raise NotFoundError(what="invite")
                if same.is_redeemed or same.expires_at <= now:
                    raise InviteNotValidError  # used or taken back since: an old button gives no dead link out
                return same
            if branch_id is not None:
                branch = await work.organization.find_branch(center_id=actor.center_id, branch_id=branch_id, now=now)
                if branch is None or branch.is_archived:
                    raise NotFoundError(what="branch")
                work.add(RequireBranch(actor.center_id, branch_id))
            invite_id, expires_at = new_id(), now + INVITE_LIFETIME
            hashed = code_hash(code)
            work.add(
                AddInvite(invite_id, actor.center_id, role, branch_id, hashed, actor.person_id, now, expires_at),
                audit_row(
                    Operation.MANAGE_ROLES,
                    actor=actor,
                    now=now,
                    object_type="invite",
                    object_id=invite_id,
                    after={"role": role, "branch_id": branch_id},
                ),
            )
            await work.commit()
            return InviteRecord(invite_id, role, branch_id, actor.person_id, expires_at, is_redeemed=False)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class TakeInviteBack:
    """End an invitation that nobody has used yet; ended or used before, nothing changes."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, invite_id: UUID) -> None:
        """Raises NotFoundError."""
        require(actor, Operation.MANAGE_ROLES)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await work.team.find_invite(center_id=actor.center_id, invite_id=invite_id)
            if found is None:
                raise NotFoundError(what="invite")
            if found.is_redeemed or found.expires_at <= now:
                return
            work.add(
                RevokeInvite(actor.center_id, invite_id, now),
                audit_row(
                    Operation.MANAGE_ROLES,
                    actor=actor,
                    now=now,
                    object_type="invite",
                    object_id=invite_id,
                    before={"role": found.role, "branch_id": found.branch_id},
                    after={"ended": True},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
