"""The buttons of the door: a session's roster, and the heads in it."""

from dataclasses import dataclass
from typing import ClassVar

from domain.enrollments.marking import Mark
from domain.ids import EnrollmentId, SessionId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class OpenRoster(CallbackData):
    """A page of a session's heads, counted from 0."""

    letter: ClassVar[str] = "-r"
    session_id: SessionId
    page: int


@dataclass(frozen=True, slots=True)
class MarkHead(CallbackData):
    """What a head of the roster is to be: tapped twice, or by two people, it acts once."""

    letter: ClassVar[str] = "-m"
    enrollment_id: EnrollmentId
    mark: Mark
    page: int


@dataclass(frozen=True, slots=True)
class AskEveryone(CallbackData):
    """What marking everyone as attended would do."""

    letter: ClassVar[str] = "-e"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ConfirmEveryone(CallbackData):
    """Mark everyone who has no mark as attended."""

    letter: ClassVar[str] = "-E"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class OpenHead(CallbackData):
    """One head's card."""

    letter: ClassVar[str] = "-h"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class MarkOnCard(CallbackData):
    """Mark a head from its card."""

    letter: ClassVar[str] = "-k"
    enrollment_id: EnrollmentId
    mark: Mark


@dataclass(frozen=True, slots=True)
class CorrectHead(CallbackData):
    """Correct whether somebody came to a finished session."""

    letter: ClassVar[str] = "-c"
    enrollment_id: EnrollmentId
    has_attended: bool


@dataclass(frozen=True, slots=True)
class AskHeadName(CallbackData):
    """Be asked whom to look for in a roster."""

    letter: ClassVar[str] = "-s"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class SendTicket(CallbackData):
    """A booking's ticket, to be shown at the door."""

    letter: ClassVar[str] = "-t"
    enrollment_id: EnrollmentId
