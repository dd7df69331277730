"""Every kind of button there is, told by its letter. How it travels is ``handlers.callback_codec``'s affair."""

from dataclasses import dataclass
from typing import ClassVar

from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.views import BookingCursor
from domain.ids import EnrollmentId, SessionId
from domain.permissions import Role
from domain.sessions.views import SessionCursor
from handlers.callback_codec import CallbackData, Codec, MalformedCallbackError

__all__ = ["CallbackData", "MalformedCallbackError", "decode", "encode"]


@dataclass(frozen=True, slots=True)
class OpenHome(CallbackData):
    """Back to the first screen."""

    letter: ClassVar[str] = "h"


@dataclass(frozen=True, slots=True)
class ListSessions(CallbackData):
    """A page of all sessions, after a place (None: the first page)."""

    letter: ClassVar[str] = "l"
    after: SessionCursor | None


@dataclass(frozen=True, slots=True)
class OpenSession(CallbackData):
    """A session's card."""

    letter: ClassVar[str] = "s"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ConfirmBooking(CallbackData):
    """Book: the future enrollment's id, and the terms that the screen showed."""

    letter: ClassVar[str] = "b"
    enrollment_id: EnrollmentId
    session_id: SessionId
    confirmed: ConfirmedTerms


@dataclass(frozen=True, slots=True)
class ListBookings(CallbackData):
    """A page of one's upcoming bookings."""

    letter: ClassVar[str] = "m"
    after: BookingCursor | None


@dataclass(frozen=True, slots=True)
class OpenBooking(CallbackData):
    """A booking's card."""

    letter: ClassVar[str] = "o"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class AskCancel(CallbackData):
    """What cancelling would give back."""

    letter: ClassVar[str] = "c"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class ConfirmCancel(CallbackData):
    """Cancel."""

    letter: ClassVar[str] = "x"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class OpenMeans(CallbackData):
    """Credits and wallet."""

    letter: ClassVar[str] = "w"


@dataclass(frozen=True, slots=True)
class OpenHelp(CallbackData):
    """What one can do."""

    letter: ClassVar[str] = "H"


@dataclass(frozen=True, slots=True)
class OpenLanguages(CallbackData):
    """Choose a language."""

    letter: ClassVar[str] = "L"


@dataclass(frozen=True, slots=True)
class PickLanguage(CallbackData):
    """A language, by its two letters."""

    letter: ClassVar[str] = "g"
    language: str


@dataclass(frozen=True, slots=True)
class KeepName(CallbackData):
    """The name that Telegram knows is right."""

    letter: ClassVar[str] = "n"


@dataclass(frozen=True, slots=True)
class PickRole(CallbackData):
    """Act in another role of one's own."""

    letter: ClassVar[str] = "r"
    role: Role


CODEC = Codec(
    kind for kind in list(globals().values()) if isinstance(kind, type) and issubclass(kind, CallbackData) and kind.letter
)
encode, decode = CODEC.encode, CODEC.decode
