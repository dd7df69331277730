"""What a button carries: at most 64 bytes, versioned, compact, and never trusted.

A client can be modified and send anything: so the data is parsed strictly, names its own version, and says only which
object is meant. What may be done with it is decided by the use case, from the present state.

Layout: version, one letter for the kind, then the packed fields in URL-safe base64 without padding.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, get_type_hints
from uuid import UUID

from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.views import BookingCursor
from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId, SessionId
from domain.permissions import Role
from domain.sessions.views import SessionCursor

VERSION = "1"
MOST_BYTES = 64
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class MalformedCallbackError(ValueError):
    """The data is not ours: forged, cut off, or of a version that we no longer speak."""


@dataclass(frozen=True, slots=True)
class CallbackData:
    """One kind of button, told by its letter."""

    letter: ClassVar[str] = ""


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


KINDS: tuple[type[CallbackData], ...] = (
    OpenHome, ListSessions, OpenSession, ConfirmBooking, ListBookings, OpenBooking, AskCancel, ConfirmCancel,
    OpenMeans, OpenHelp, OpenLanguages, PickLanguage, KeepName, PickRole,
)  # fmt: skip
_METHODS = (None, PaymentMethod.WALLET, PaymentMethod.PACKAGE, PaymentMethod.CASH, PaymentMethod.GATEWAY)
_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class _Packing:
    """How values of one type become a fixed number of bytes, and come back. ``unpack`` raises ValueError."""

    size: int
    pack: Callable[[Any], bytes]
    unpack: Callable[[bytes], Any]


def _pack_instant(instant: datetime) -> bytes:
    return ((instant - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)


def _unpack_instant(packed: bytes) -> datetime:
    try:
        return _EPOCH + int.from_bytes(packed, "big", signed=True) * _MICROSECOND
    except OverflowError as error:
        raise ValueError("not an instant") from error


def _unpack_uuid(packed: bytes) -> UUID:
    return UUID(bytes=packed)


def _pack_terms(terms: ConfirmedTerms) -> bytes:
    method = _METHODS.index(terms.method)
    return terms.price_minor.to_bytes(5, "big") + bytes([method]) + terms.fingerprint.to_bytes(6, "big")


def _unpack_terms(packed: bytes) -> ConfirmedTerms:
    if packed[5] >= len(_METHODS):
        raise ValueError("not a payment method")
    return ConfirmedTerms(int.from_bytes(packed[:5], "big"), _METHODS[packed[5]], int.from_bytes(packed[6:], "big"))


def _cursor(of: type[Any]) -> _Packing:
    """Pack an instant and an id; all zeros stand for None."""
    names = [field.name for field in fields(of)]

    def pack(cursor: Any) -> bytes:
        if cursor is None:
            return bytes(24)
        instant, id_ = (getattr(cursor, name) for name in names)
        return _pack_instant(instant) + bytes(id_.bytes)

    def unpack(packed: bytes) -> Any:
        return of(_unpack_instant(packed[:8]), _unpack_uuid(packed[8:])) if any(packed) else None

    return _Packing(24, pack, unpack)


def _one_of(values: tuple[Any, ...]) -> _Packing:
    def unpack(packed: bytes) -> Any:
        if packed[0] >= len(values):
            raise ValueError("not one of the values")
        return values[packed[0]]

    return _Packing(1, lambda value: bytes([values.index(value)]), unpack)


_PACKINGS: dict[Any, _Packing] = {
    SessionId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    EnrollmentId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    ConfirmedTerms: _Packing(12, _pack_terms, _unpack_terms),
    SessionCursor | None: _cursor(SessionCursor),
    BookingCursor | None: _cursor(BookingCursor),
    Role: _one_of(_ROLES),
    str: _Packing(2, lambda text: text.encode("ascii"), lambda packed: packed.decode("ascii")),
}


def _layout(kind: type[CallbackData]) -> tuple[tuple[str, _Packing], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _PACKINGS[hints[field.name]]) for field in fields(kind))


_LAYOUTS = {kind: _layout(kind) for kind in KINDS}
_BY_LETTER = {kind.letter: kind for kind in KINDS}


def encode(data: CallbackData) -> str:
    """Return the text for a button: 1 to 64 bytes."""
    packed = b"".join(packing.pack(getattr(data, name)) for name, packing in _LAYOUTS[type(data)])
    return VERSION + data.letter + urlsafe_b64encode(packed).rstrip(b"=").decode()


def decode(text: str) -> CallbackData:
    """Return what a button carries. Raises MalformedCallbackError for everything that ``encode`` did not make."""
    if len(text.encode()) > MOST_BYTES or text[:1] != VERSION or text[1:2] not in _BY_LETTER:
        raise MalformedCallbackError
    kind = _BY_LETTER[text[1:2]]
    try:
        packed = urlsafe_b64decode(text[2:].encode("ascii") + b"=" * (-len(text[2:]) % 4))
        data = kind(**_unpacked(_LAYOUTS[kind], packed))
    except (ValueError, binascii.Error) as error:
        raise MalformedCallbackError from error
    if encode(data) != text:
        raise MalformedCallbackError
    return data


def _unpacked(layout: tuple[tuple[str, _Packing], ...], packed: bytes) -> dict[str, Any]:
    if len(packed) != sum(packing.size for _, packing in layout):
        raise ValueError("wrong length")
    values, place = {}, 0
    for name, packing in layout:
        values[name] = packing.unpack(packed[place : place + packing.size])
        place += packing.size
    return values
