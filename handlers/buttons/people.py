"""What the buttons of people at the desk carry. A session, where one is named, is what the person is looked for."""

from dataclasses import dataclass
from typing import ClassVar

from domain.ids import PersonId, SessionId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class FindPeople(CallbackData):
    """Be asked whom to look for."""

    letter: ClassVar[str] = "@a"
    session_id: SessionId | None


@dataclass(frozen=True, slots=True)
class PickPerson(CallbackData):
    """It is this person who stands at the desk."""

    letter: ClassVar[str] = "@b"
    person_id: PersonId
    session_id: SessionId | None


@dataclass(frozen=True, slots=True)
class AskGuest(CallbackData):
    """It is somebody new: be asked for the name."""

    letter: ClassVar[str] = "@c"
    session_id: SessionId | None


@dataclass(frozen=True, slots=True)
class SkipGuestPhone(CallbackData):
    """The new guest has no phone to give."""

    letter: ClassVar[str] = "@d"
