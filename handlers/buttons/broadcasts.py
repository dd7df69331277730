"""The buttons of messages to many: their letters begin with a caret."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.broadcasts.model import BroadcastAudience
from domain.broadcasts.views import BroadcastCursor
from domain.ids import BroadcastId, SessionId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class AskBroadcast(CallbackData):
    """Be asked for the text of a message to everybody of a session, a class, a branch or the center."""

    letter: ClassVar[str] = "^a"
    audience: BroadcastAudience
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class SendBroadcastNow(CallbackData):
    """Send what was typed; ``is_again``: though the same went out a moment ago."""

    letter: ClassVar[str] = "^b"
    broadcast_id: BroadcastId
    is_again: bool


@dataclass(frozen=True, slots=True)
class StopBroadcastNow(CallbackData):
    """Send it to nobody else."""

    letter: ClassVar[str] = "^c"
    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class StopFollowing(CallbackData):
    """Go home, from a message that shows how a broadcast is doing: it shows it no more."""

    letter: ClassVar[str] = "^d"
    broadcast_id: BroadcastId


@dataclass(frozen=True, slots=True)
class SeeAnnounced(CallbackData):
    """What an announcement is about, below it: its session, or (None) which messages one gets."""

    letter: ClassVar[str] = "^g"
    session_id: SessionId | None


@dataclass(frozen=True, slots=True)
class ListBroadcasts(CallbackData):
    """A page of the messages to many, after a place (None: the first page)."""

    letter: ClassVar[str] = "^e"
    after: BroadcastCursor | None


@dataclass(frozen=True, slots=True)
class OpenBroadcast(CallbackData):
    """One of them, and how it is doing."""

    letter: ClassVar[str] = "^f"
    broadcast_id: BroadcastId
