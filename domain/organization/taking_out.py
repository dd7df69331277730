"""Taking data out of the chat as a file: written down before it is sent, for it may hold anybody's."""

from dataclasses import dataclass
from uuid import UUID

from domain.clock import Clock
from domain.errors import NotFoundError
from domain.ids import PersonId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWorkFactory
from domain.writes.record import audit_row


@dataclass(frozen=True, slots=True)
class NoteFileTaken:
    """Write down that an admin takes a person's data (or, without a person, the audit log) out: each time anew."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, person_id: PersonId | None = None) -> None:
        """Raises NotFoundError where there is no such person."""
        require(actor, Operation.EXPORT_DATA)
        object_id: UUID = actor.center_id if person_id is None else person_id
        async with self.new_unit_of_work() as work:
            if person_id is not None:
                found = await work.team.find_person(center_id=actor.center_id, person_id=person_id)
                if found is None:
                    raise NotFoundError(what="person")
            work.add(
                audit_row(
                    Operation.EXPORT_DATA,
                    actor=actor,
                    now=self.clock.now(),
                    object_type="center" if person_id is None else "person",
                    object_id=object_id,
                )
            )
            await work.commit()
