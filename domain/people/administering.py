"""What admins do about people: roles taken away, chats blocked, names put right, notes kept.

Members are read anew with every update, so a role taken away or a block holds at once, on open screens as well.
The audit log says what was changed, not into which name or note: it outlives the person.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.clock import Clock
from domain.errors import LastAdminError, NotFoundError
from domain.events import RoleRevoked
from domain.ids import PersonId
from domain.people.input import clean_line, clean_name
from domain.people.staying import staying_writes
from domain.people.team import PersonRecord
from domain.people.typed_answers import TypedAnswer, taking
from domain.permissions import Actor, Operation, Role, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.owner import RevokeInvite, SetBlocked, SetNotes
from domain.writes.people import RenamePerson, RevokeRole
from domain.writes.record import audit_row, event_row

NOTES_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class TakeRoleAway:
    """Take a role from a person; taken before, nothing changes.

    An admin's role is taken only while another admin's is held: two who take each other's at once do not both succeed. The
    invitations that they made and nobody has used end with it.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, person_id: PersonId, role_id: UUID) -> None:
        """Raises LastAdminError, NotFoundError."""
        require(actor, Operation.MANAGE_ROLES)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await _find(work, actor, person_id)
            held = next((each for each in found.roles if each.id == role_id), None)
            if held is None:
                return
            if held.role is Role.STUDENT:
                raise NotFoundError(what="role")
            if held.role is Role.ADMIN:
                work.add(
                    *await staying_writes(work, actor=actor, goes_id=person_id),
                    *await _no_invites(work, actor, person_id, now=now),
                )
            work.add(
                RevokeRole(role_id, now),
                event_row(RoleRevoked(person_id), actor=actor, now=now),
                audit_row(
                    Operation.MANAGE_ROLES,
                    actor=actor,
                    now=now,
                    object_type="person",
                    object_id=person_id,
                    before={"role": held.role, "branch_id": held.branch_id},
                    after={"role": None},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class BlockPerson:
    """Let a person use the chat no more, or again; to what it is already, nothing changes."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, person_id: PersonId, is_blocked: bool) -> None:
        """Raises LastAdminError for oneself and the only other admin, NotFoundError."""
        require(actor, Operation.MANAGE_PEOPLE)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await _find(work, actor, person_id)
            if found.is_blocked is is_blocked:
                return
            if is_blocked and person_id == actor.person_id:
                raise LastAdminError
            if is_blocked:
                work.add(
                    *await staying_writes(work, actor=actor, goes_id=person_id),
                    *await _no_invites(work, actor, person_id, now=now),
                )
            work.add(
                SetBlocked(actor.center_id, person_id, now if is_blocked else None),
                audit_row(
                    Operation.MANAGE_PEOPLE,
                    actor=actor,
                    now=now,
                    object_type="person",
                    object_id=person_id,
                    before={"blocked": not is_blocked},
                    after={"blocked": is_blocked},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class RenameSomebody:
    """Put a person's name right."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, person_id: PersonId, typed: str, answer: TypedAnswer | None = None) -> None:
        """Raises InvalidInputError, NotFoundError."""
        require(actor, Operation.MANAGE_PEOPLE)
        name = clean_name(typed)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            await _find(work, actor, person_id)
            work.add(
                *await taking(work, answer, now=now),
                RenamePerson(actor.center_id, person_id, name),
                audit_row(
                    Operation.MANAGE_PEOPLE,
                    actor=actor,
                    now=now,
                    object_type="person",
                    object_id=person_id,
                    after={"changed": "name"},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class NoteOnPerson:
    """Keep the center's note on a person, or (None) none any more."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, person_id: PersonId, typed: str | None, answer: TypedAnswer | None = None
    ) -> None:
        """Raises InvalidInputError, NotFoundError."""
        require(actor, Operation.MANAGE_PEOPLE)
        notes = None if typed is None else clean_line(typed, field="notes", longest=NOTES_LENGTH)

        async def decide(work: UnitOfWork) -> None:
            now = self.clock.now()
            found = await _find(work, actor, person_id)
            work.add(*await taking(work, answer, now=now))
            if notes != found.notes:
                work.add(
                    SetNotes(actor.center_id, person_id, notes),
                    audit_row(
                        Operation.MANAGE_PEOPLE,
                        actor=actor,
                        now=now,
                        object_type="person",
                        object_id=person_id,
                        after={"changed": "notes"},
                    ),
                )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def _no_invites(work: UnitOfWork, actor: Actor, person_id: PersonId, *, now: datetime) -> list[Write]:
    """Return the writes that end what a person has invited to: nobody comes back by a link made before."""
    open_ids = await work.team.list_open_invites(center_id=actor.center_id, created_by=person_id, now=now)
    return [RevokeInvite(actor.center_id, each, now) for each in open_ids]


async def _find(work: UnitOfWork, actor: Actor, person_id: PersonId) -> PersonRecord:
    found = await work.team.find_person(center_id=actor.center_id, person_id=person_id)
    if found is None:
        raise NotFoundError(what="person")
    return found
