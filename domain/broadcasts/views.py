"""Broadcasts for screens: to whom one would go, how one is doing, those of the past, and what their readers read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.broadcasts.model import UNDER_WAY, BroadcastAudience, BroadcastState, Crowd, Progress, Target
from domain.ids import BranchId, BroadcastId, CenterId, PersonId, SessionId


@dataclass(frozen=True, slots=True)
class TargetName:
    """What a broadcast is about, as people know it: a class and a branch, or one of them; None: everybody of the center."""

    target: Target
    center_name: str
    class_title: str | None
    branch_name: str | None
    branch_id: BranchId | None  # of a session
    starts_at: datetime | None  # of a session


@dataclass(frozen=True, slots=True)
class Preview:
    """To whom a broadcast would go now, and whether they are likely to be asleep."""

    name: TargetName
    crowd: Crowd
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """The message that shows a broadcast's progress, and whose chat it is in."""

    person_id: PersonId
    telegram_id: int
    language: str | None
    message_id: int


@dataclass(frozen=True, slots=True)
class BroadcastCard:
    """A broadcast with its outcome so far. ``crowd`` is of when it was sent."""

    broadcast_id: BroadcastId
    name: TargetName
    author_name: str
    text: str
    state: BroadcastState
    crowd: Crowd
    progress: Progress
    created_at: datetime
    ended_at: datetime | None
    watched: Watched | None

    @property
    def is_under_way(self) -> bool:
        """Whether it can be stopped."""
        return self.state in UNDER_WAY

    @property
    def left(self) -> int:
        """How many are still to be told; those whose message is not even written included."""
        if not self.is_under_way:
            return self.progress.left
        done = self.progress.sent + self.progress.unknown + self.progress.failed + self.progress.dropped
        is_written = self.state is BroadcastState.SENDING
        return self.progress.left if is_written else max(self.progress.left, self.crowd.reached - done)


@dataclass(frozen=True, slots=True)
class BroadcastCursor:
    """The last broadcast of a page: the next one begins after it."""

    created_at: datetime
    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class BroadcastLine:
    """A broadcast in the list of those of the past."""

    broadcast_id: BroadcastId
    audience: BroadcastAudience
    class_title: str | None
    branch_name: str | None
    state: BroadcastState
    is_ended: bool
    created_at: datetime

    @property
    def cursor(self) -> BroadcastCursor:
        """Its place in the list."""
        return BroadcastCursor(self.created_at, self.broadcast_id)


@dataclass(frozen=True, slots=True)
class BroadcastNews:
    """What a reader reads."""

    audience: BroadcastAudience
    session_id: SessionId | None
    center_name: str
    class_title: str | None
    branch_name: str | None
    starts_at: datetime | None
    text: str
    is_stopped: bool


class BroadcastViews(Protocol):
    """Reads broadcasts for screens. ``staff_id`` limits to sessions of the branches where that person works."""

    async def find_name(self, *, center_id: CenterId, staff_id: PersonId | None, target: Target) -> TargetName | None:
        """Return what a target is called."""
        ...

    async def preview(self, *, center_id: CenterId, name: TargetName, now: datetime) -> Preview:
        """Return to whom a broadcast to it would go now."""
        ...

    async def find_card(
        self, *, center_id: CenterId, staff_id: PersonId | None, broadcast_id: BroadcastId
    ) -> BroadcastCard | None:
        """Return a broadcast with its outcome so far."""
        ...

    async def list_past(
        self, *, center_id: CenterId, staff_id: PersonId | None, after: BroadcastCursor | None, limit: int
    ) -> list[BroadcastLine]:
        """Return a page of broadcasts, the newest first."""
        ...

    async def find_news(self, *, center_id: CenterId, broadcast_id: UUID) -> BroadcastNews | None:
        """Return what its readers read."""
        ...
