"""Writes on broadcasts: sent, written down piece by piece, stopped, ended, and on whose screen they are followed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.broadcasts.model import BroadcastAudience, BroadcastState
from domain.ids import BroadcastId, CenterId, PersonId
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class AddBroadcast(Write):
    """Begin a broadcast; its messages are written down afterwards."""

    id: BroadcastId
    center_id: CenterId
    author_id: PersonId
    audience: BroadcastAudience
    subject_id: UUID
    text: str
    reached: int
    unreachable: int
    muted: int
    created_at: datetime
    screen_person_id: PersonId | None
    screen_message_id: int | None
    state: BroadcastState = field(init=False, default=BroadcastState.WRITING)


@dataclass(frozen=True, slots=True)
class AdvanceBroadcast(Write):
    """Note up to whom messages are written. First of its transaction: of two writers the second waits, and gives way."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    broadcast_id: BroadcastId
    was: PersonId | None
    becomes: PersonId | None
    state: BroadcastState


@dataclass(frozen=True, slots=True)
class StopBroadcasting(Write):
    """Stop a broadcast that is under way."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    center_id: CenterId
    broadcast_id: BroadcastId
    stopped_by: PersonId | None
    stopped_at: datetime


@dataclass(frozen=True, slots=True)
class EndBroadcast(Write):
    """Keep what became of a broadcast of which nothing is left to be sent."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    broadcast_id: BroadcastId
    was: BroadcastState
    becomes: BroadcastState
    sent: int
    unknown: int
    failed: int
    dropped: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class FollowOnScreen(Write):
    """Let a message of somebody's chat show how a broadcast is doing (None: none any more)."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    center_id: CenterId
    broadcast_id: BroadcastId
    screen_person_id: PersonId | None
    screen_message_id: int | None
