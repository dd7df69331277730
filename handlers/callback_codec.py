"""How a button's meaning becomes at most 64 bytes, and comes back: versioned, compact, and never trusted.

A client can be modified and send anything: so the data is parsed strictly, names its own version, and says only which
object is meant. What may be done with it is decided by the use case, from the present state.

Layout: version, one letter for the kind, then the packed fields in URL-safe base64 without padding.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
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
    """One kind of button, told by its letter. Every subclass in ``handlers.callback_data`` is spoken."""

    letter: ClassVar[str] = ""


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


class Codec:
    """Speaks the given kinds of button. Raises ValueError for two with one letter, or one that could pass 64 bytes."""

    def __init__(self, kinds: Iterable[type[CallbackData]]) -> None:
        self._layouts = {kind: _layout(kind) for kind in kinds}
        self._by_letter = {kind.letter: kind for kind in self._layouts}
        if len(self._by_letter) != len(self._layouts):
            raise ValueError("two kinds of button have one letter")
        for kind, layout in self._layouts.items():
            packed_bytes = sum(packing.size for _, packing in layout)
            if len(VERSION) + 1 + -(-packed_bytes * 4 // 3) > MOST_BYTES:
                raise ValueError(f"{kind.__name__} does not fit into a button")

    @property
    def kinds(self) -> tuple[type[CallbackData], ...]:
        """Every kind that is spoken."""
        return tuple(self._layouts)

    def encode(self, data: CallbackData) -> str:
        """Return the text for a button: 1 to 64 bytes."""
        packed = b"".join(packing.pack(getattr(data, name)) for name, packing in self._layouts[type(data)])
        return VERSION + data.letter + urlsafe_b64encode(packed).rstrip(b"=").decode()

    def decode(self, text: str) -> CallbackData:
        """Return what a button carries. Raises MalformedCallbackError for everything that ``encode`` did not make."""
        if len(text.encode(errors="replace")) > MOST_BYTES or text[:1] != VERSION or text[1:2] not in self._by_letter:
            raise MalformedCallbackError
        kind = self._by_letter[text[1:2]]
        try:
            packed = urlsafe_b64decode(text[2:].encode("ascii") + b"=" * (-len(text[2:]) % 4))
            data = kind(**_unpacked(self._layouts[kind], packed))
        except (ValueError, binascii.Error) as error:
            raise MalformedCallbackError from error
        if self.encode(data) != text:
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
