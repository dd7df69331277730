"""A broadcast: a typed message to everybody of a session, a class, a branch or the center."""

import sys
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.errors import BroadcastTooLongError
from domain.ids import BroadcastId
from domain.notifications.kinds import NotificationKind
from domain.people.input import clean_line
from domain.permissions import Operation

LONGEST_TEXT: Final = 3_000
"""Characters: with what stands above and below it, a preview still fits into one message of Telegram's."""
RECENT: Final = timedelta(weeks=8)
"""Who had a seat in this time before it is sent still belongs to a class or a branch."""
REPEATED_WITHIN: Final = timedelta(minutes=1)
"""The same text to the same people within this time is asked about once more."""

_JOINERS = "\u200c\u200d"
_MOST_BLANK_LINES = 1


class BroadcastAudience(StrEnum):
    """Whose message it is. Guests without Telegram belong to it, too, but cannot be reached."""

    SESSION = "SESSION"  # who has a seat in it, or had it until it was finished
    CLASS = "CLASS"  # who has a seat in a coming session, credits, or had a seat in the last weeks
    BRANCH = "BRANCH"  # who has a seat in a coming session there, or had one in the last weeks
    CENTER = "CENTER"  # every student


class BroadcastState(StrEnum):
    """How far it is. It has ended once it is DONE, or STOPPED with nothing left in the air."""

    WRITING = "WRITING"  # its messages are being written down
    SENDING = "SENDING"  # all are written
    DONE = "DONE"
    STOPPED = "STOPPED"


UNDER_WAY: Final = frozenset({BroadcastState.WRITING, BroadcastState.SENDING})
"""The states in which it can be stopped."""


@dataclass(frozen=True, slots=True)
class Target:
    """To whom: the session, class, branch or center that the audience belongs to."""

    audience: BroadcastAudience
    subject_id: UUID

    @property
    def operation(self) -> Operation:
        """What sending to it is, in the permission matrix."""
        is_session = self.audience is BroadcastAudience.SESSION
        return Operation.BROADCAST_TO_SESSION if is_session else Operation.BROADCAST_WIDELY

    @property
    def kind(self) -> NotificationKind:
        """What its messages are: only those to who has a seat always come."""
        is_session = self.audience is BroadcastAudience.SESSION
        return NotificationKind.BROADCAST_SESSION if is_session else NotificationKind.BROADCAST_WIDE


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """What is to be sent. The id was made with the preview: pressed twice, it is one."""

    id: BroadcastId
    target: Target
    text: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many people an audience has: who gets the message, who cannot be reached, who has switched such messages off."""

    reached: int
    unreachable: int
    muted: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a broadcast's messages so far."""

    sent: int = 0
    unknown: int = 0  # the connection broke: it may have arrived
    failed: int = 0  # blocked the bot meanwhile, or Telegram refused it
    dropped: int = 0  # stopped, or switched off, before it was sent
    left: int = 0


def recent_since(sent_at: datetime) -> datetime:
    """Return since when a seat makes somebody one of a class or a branch."""
    return sent_at - RECENT


def clean_text(text: str) -> str:
    """Return a message as it is kept: composed, without control and direction characters, at most one blank line in a row.

    Raises InvalidInputError (``empty``), BroadcastTooLongError.
    """
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if character == "\n" or character in _JOINERS or unicodedata.category(character)[0] != "C"
    )
    lines: list[str] = []
    for line in (each.rstrip() for each in kept.strip().split("\n")):
        if line or lines[-_MOST_BLANK_LINES:] != [""] * _MOST_BLANK_LINES:
            lines.append(line)
    cleaned = "\n".join(lines)
    clean_line(cleaned, field="broadcast", longest=sys.maxsize)  # whether it shows anything
    if len(cleaned) > LONGEST_TEXT:
        raise BroadcastTooLongError(length=len(cleaned), limit=LONGEST_TEXT)
    return cleaned
