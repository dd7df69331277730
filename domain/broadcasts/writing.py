"""What follows from a broadcast: a message for each of its people, written piece by piece; dropped where it was stopped.

Every piece is a transaction that also notes how far it came, guarded by how far it had come: killed in between, or done by
two processes at once, nobody is written to twice, and nobody is left out.
"""

from dataclasses import dataclass
from typing import Final

from domain.broadcasts.model import BroadcastState, recent_since
from domain.broadcasts.ports import BroadcastQueue, BroadcastRecord
from domain.clock import Clock
from domain.ids import BroadcastId, CenterId, NotificationId, PersonId, new_id
from domain.notifications.kinds import MANNERS
from domain.notifications.telling import ONCE
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import GuardFailedError
from domain.writes.broadcasts import AdvanceBroadcast
from domain.writes.messages import TellOnce

PIECE: Final = 500


@dataclass(frozen=True, slots=True)
class WriteBroadcast:
    """Write down the messages of a broadcast, from where it was left; drop what is left of one that was stopped."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    queue: BroadcastQueue
    piece: int = PIECE

    async def __call__(self, center_id: CenterId, broadcast_id: BroadcastId) -> None:
        """Go on until nothing is to be written or dropped."""
        state = await self.write_piece(center_id, broadcast_id)
        while state is BroadcastState.WRITING:
            state = await self.write_piece(center_id, broadcast_id)
        while state is BroadcastState.STOPPED and await self.queue.drop_pending(
            center_id=center_id, broadcast_id=broadcast_id, limit=self.piece
        ):
            continue

    async def write_piece(self, center_id: CenterId, broadcast_id: BroadcastId) -> BroadcastState | None:
        """Write the next messages, and return how far the broadcast is then."""

        async def decide(work: UnitOfWork) -> BroadcastState | None:
            found = await work.broadcasts.find(center_id=center_id, broadcast_id=broadcast_id)
            if found is None or found.state is not BroadcastState.WRITING:
                return None if found is None else found.state
            readers = await work.broadcasts.list_readers(
                center_id=center_id,
                target=found.target,
                since=recent_since(found.created_at),
                after=found.written_until,
                limit=self.piece,
            )
            state = BroadcastState.WRITING if len(readers) == self.piece else BroadcastState.SENDING
            until = readers[-1] if readers else found.written_until
            work.add(
                *(self._message(center_id, found, reader) for reader in readers),
                AdvanceBroadcast(broadcast_id, found.written_until, until, state),
            )
            try:
                await work.commit()
            except GuardFailedError:  # somebody else wrote this piece, or stopped it: either way it is further than it was
                return found.state
            return state

        return await decide_and_commit(self.new_unit_of_work, decide)

    def _message(self, center_id: CenterId, broadcast: BroadcastRecord, reader: PersonId) -> TellOnce:
        """Return a message; somebody sent it by hand, so that it waits for no morning."""
        now, kind = self.clock.now(), broadcast.target.kind
        return TellOnce(
            id=NotificationId(new_id()),
            center_id=center_id,
            person_id=reader,
            kind=kind,
            subject_id=broadcast.id,
            occurrence=ONCE,
            data={},
            priority=MANNERS[kind].priority,
            created_at=now,
            send_after=now,
        )
