"""Roles: invited by single-use links, and switched by whoever holds several."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import InviteNotValidError, NotFoundError
from domain.events import RoleGranted
from domain.ids import BranchId, CenterId, new_id
from domain.people.model import Invite, Member
from domain.permissions import Operation, Role, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.owner import RequireBranch
from domain.writes.people import AddInvite, AddRole, RedeemInvite, SetActingRole
from domain.writes.record import audit_row, event_row

INVITE_LIFETIME = timedelta(days=7)
_CODE_BYTES = 24  # 192 bits, 32 characters of a link


@dataclass(frozen=True, slots=True)
class InviteFromServer:
    """Make a single-use invitation on the server's command line, where whoever types it is trusted."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, center_id: CenterId, role: Role, branch_id: BranchId | None) -> str:
        """Return the invitation's code: shown once, kept only as a hash."""
        code, now = secrets.token_urlsafe(_CODE_BYTES), self.clock.now()
        invite_id = new_id()
        server = system_actor(center_id)
        async with self.new_unit_of_work() as work:
            work.add(
                AddInvite(invite_id, center_id, role, branch_id, code_hash(code), None, now, now + INVITE_LIFETIME),
                audit_row(
                    Operation.MANAGE_ROLES,
                    actor=server,
                    now=now,
                    object_type="invite",
                    object_id=invite_id,
                    after={"role": role},
                ),
            )
            await work.commit()
        return code


@dataclass(frozen=True, slots=True)
class AcceptInvite:
    """Give the person who opens an invitation's link its role, once, while whoever made it still is an admin."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, code: str) -> Invite:
        """Return the invitation; the same person opening it again gets the same answer. Raises InviteNotValidError."""

        async def decide(work: UnitOfWork) -> Invite:
            invite = await work.people.find_invite(center_id=member.center.id, code_hash=code_hash(code))
            if invite is None or member.is_blocked:
                raise InviteNotValidError
            if invite.redeemed_by is not None:
                if invite.redeemed_by == member.person_id:
                    return invite
                raise InviteNotValidError
            now = self.clock.now()
            if invite.expires_at <= now or not await _may_still_invite(work, invite):
                raise InviteNotValidError
            if invite.branch_id is not None:
                work.add(RequireBranch(member.center.id, invite.branch_id))
            work.add(RedeemInvite(invite.id, member.person_id, now))
            current = await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id)
            grants = current.grants if current is not None else ()
            if (invite.role, invite.branch_id) not in {(grant.role, grant.branch_id) for grant in grants}:
                work.add(AddRole(new_id(), member.center.id, member.person_id, invite.role, invite.branch_id, None, now))
            work.add(
                SetActingRole(member.center.id, member.person_id, invite.role),
                event_row(RoleGranted(member.person_id), actor=member.actor, now=now),
                audit_row(
                    Operation.MANAGE_ROLES,
                    actor=member.actor,
                    now=now,
                    object_type="person",
                    object_id=member.person_id,
                    after={"role": invite.role, "branch_id": invite.branch_id, "invite_id": invite.id},
                ),
            )
            await work.commit()
            return invite

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class ClaimConfiguredAdmin:
    """Make those admins whom the installation's settings name, however long they have been members."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    admin_telegram_ids: frozenset[int]

    async def __call__(self, *, member: Member) -> Member:
        """Return the member, an admin now if the settings say so."""
        if member.telegram_id not in self.admin_telegram_ids or Role.ADMIN in member.roles or member.is_blocked:
            return member

        async def decide(work: UnitOfWork) -> Member:
            current = await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id)
            if current is None or Role.ADMIN in current.roles:
                return current or member
            now = self.clock.now()
            work.add(
                AddRole(new_id(), member.center.id, member.person_id, Role.ADMIN, None, None, now),
                SetActingRole(member.center.id, member.person_id, Role.ADMIN),
                event_row(RoleGranted(member.person_id), actor=member.actor, now=now),
                audit_row(
                    Operation.MANAGE_ROLES,
                    actor=member.actor,
                    now=now,
                    object_type="person",
                    object_id=member.person_id,
                    after={"role": Role.ADMIN},
                    reason="named in the installation's settings",
                ),
            )
            await work.commit()
            return await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id) or member

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class SwitchRole:
    """Let a person who holds several roles act in another of them."""

    new_unit_of_work: UnitOfWorkFactory

    async def __call__(self, *, member: Member, role: Role) -> Role:
        """Return the role acted in from now on. Raises NotFoundError for a role that the person does not hold."""
        if role not in member.roles:
            raise NotFoundError(what="role")
        async with self.new_unit_of_work() as work:
            work.add(SetActingRole(member.center.id, member.person_id, role))
            await work.commit()
        return role


async def _may_still_invite(work: UnitOfWork, invite: Invite) -> bool:
    """Whether whoever made an invitation could make it now; the server's own are nobody's."""
    if invite.created_by is None:
        return True
    admins = await work.team.list_admins(center_id=invite.center_id)
    return any(each.person_id == invite.created_by for each in admins)


def code_hash(code: str) -> str:
    """Return the SHA-256 of an invitation's code, in hex."""
    return hashlib.sha256(code.encode()).hexdigest()
