"""The outbox as whoever delivers its events sees it: claim what is due, say what became of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from domain.ids import CenterId

Subscriber = Callable[[CenterId, Any], Awaitable[object]]
"""What is to happen after an event: given the center and the subject, it reads the present state. It is idempotent, for it
may be called twice, late, and out of order."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event that was claimed; ``attempts`` counts this one."""

    id: UUID
    center_id: CenterId
    kind: str
    subject_id: UUID
    attempts: int


class Outbox(Protocol):
    """The recorded events of one center. Leases and backoff go by the database's time."""

    async def claim(self, *, limit: int, lease_seconds: float) -> list[RecordedEvent]:
        """Take due events, the oldest first, so that nobody else gets them until the lease runs out."""
        ...

    async def mark_delivered(self, event_ids: Sequence[UUID]) -> None:
        """Note that nothing is left to be done for the events."""
        ...

    async def put_off(self, event_id: UUID, *, seconds: float, error: str) -> None:
        """Let an event that failed come again after a while."""
        ...

    async def park(self, event: RecordedEvent, *, error: str) -> None:
        """Give an event up, and show it to the admins; they may have it tried again."""
        ...
