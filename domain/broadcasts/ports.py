"""What decisions on broadcasts need to know, and the queue of their messages as it is stopped and followed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.broadcasts.model import BroadcastState, Crowd, Progress, Target
from domain.ids import BranchId, BroadcastId, CenterId, PersonId


@dataclass(frozen=True, slots=True)
class BroadcastRecord:
    """A broadcast as it is kept. ``written_until`` is the last person whose message was written, by id."""

    id: BroadcastId
    target: Target
    branch_id: BranchId | None
    author_id: PersonId
    state: BroadcastState
    written_until: PersonId | None
    created_at: datetime
    ended_at: datetime | None
    screen_person_id: PersonId | None
    screen_message_id: int | None


@dataclass(frozen=True, slots=True)
class TargetPlace:
    """That there is what a broadcast is for, and at which branch, where it belongs to one."""

    branch_id: BranchId | None


class BroadcastRepository(Protocol):
    """Loads what decisions on broadcasts need. Everything is of one center."""

    async def find(self, *, center_id: CenterId, broadcast_id: BroadcastId) -> BroadcastRecord | None:
        """Return a broadcast."""
        ...

    async def find_place(self, *, center_id: CenterId, target: Target) -> TargetPlace | None:
        """Return where the session, class, branch or center is; None where there is no such thing."""
        ...

    async def count_crowd(self, *, center_id: CenterId, target: Target, since: datetime) -> Crowd:
        """Return how many people a target has, with the seats since then."""
        ...

    async def list_readers(
        self, *, center_id: CenterId, target: Target, since: datetime, after: PersonId | None, limit: int
    ) -> list[PersonId]:
        """Return whom its messages reach, by id."""
        ...

    async def was_sent(self, *, center_id: CenterId, target: Target, text: str, since: datetime) -> bool:
        """Whether this very text went to this target since then."""
        ...

    async def count_progress(self, *, broadcast_id: BroadcastId) -> Progress:
        """Return what became of its messages so far."""
        ...


class BroadcastQueue(Protocol):
    """The messages of broadcasts, many at once; claims go by the database's time."""

    async def drop_pending(self, *, center_id: CenterId, broadcast_id: BroadcastId, limit: int) -> int:
        """Drop messages that nobody is sending at this moment; return how many."""
        ...

    async def claim_under_way(self, *, center_id: CenterId, lease_seconds: float) -> list[BroadcastId]:
        """Return broadcasts that have not ended, so that nobody else follows them until the lease runs out."""
        ...

    async def release(self, *, broadcast_id: BroadcastId, pause_seconds: float) -> None:
        """Let whoever looks after the pause follow it."""
        ...
