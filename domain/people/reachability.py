"""Whether a person can be reached: who blocks the bot is not written to, until they write again."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import CenterId, PersonId
from domain.ports import UnitOfWorkFactory
from domain.writes.people import SetUnreachable


@dataclass(frozen=True, slots=True)
class NoteReachability:
    """Remember that a person blocked the bot, or that they are back."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, center_id: CenterId, person_id: PersonId, is_reachable: bool) -> None:
        """Keep it with the person."""
        async with self.new_unit_of_work() as work:
            work.add(SetUnreachable(center_id, person_id, None if is_reachable else self.clock.now()))
            await work.commit()
