"""How a button's meaning becomes at most 64 bytes, and comes back: versioned, compact, and never trusted.

A client can be modified and send anything: so the data is parsed strictly, names its own version, and says only which
object is meant. What may be done with it is decided by the use case, from the present state.

Layout: version, one letter for the kind (or two characters, of which the first is no letter), then the packed fields in
URL-safe base64 without padding.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any, ClassVar, get_type_hints

from handlers.callback_packing import Packing
from handlers.callback_types import PACKINGS

VERSION = "1"
MOST_BYTES = 64


class MalformedCallbackError(ValueError):
    """The data is not ours: forged, cut off, or of a version that we no longer speak."""


@dataclass(frozen=True, slots=True)
class CallbackData:
    """One kind of button, told by its letter. Every subclass in ``handlers.callback_data`` is spoken."""

    letter: ClassVar[str] = ""


def _layout(kind: type[CallbackData]) -> tuple[tuple[str, Packing], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, PACKINGS[hints[field.name]]) for field in fields(kind))


def kinds_of(flow: ModuleType) -> list[type[CallbackData]]:
    """Return the kinds of button that a module defines."""
    return [
        kind
        for kind in vars(flow).values()
        if isinstance(kind, type) and issubclass(kind, CallbackData) and kind.letter and kind.__module__ == flow.__name__
    ]


class Codec:
    """Speaks the given kinds of button. Raises ValueError for two with one letter, or one that could pass 64 bytes."""

    def __init__(self, kinds: Iterable[type[CallbackData]]) -> None:
        self._layouts = {kind: _layout(kind) for kind in kinds}
        self._by_letter = {kind.letter: kind for kind in self._layouts}
        if len(self._by_letter) != len(self._layouts):
            raise ValueError("two kinds of button have one letter")
        for kind, layout in self._layouts.items():
            packed_bytes = sum(packing.size for _, packing in layout)
            if len(VERSION) + len(kind.letter) + -(-packed_bytes * 4 // 3) > MOST_BYTES:
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
        letter = text[1 : 2 if text[1:2].isalnum() else 3]
        if len(text.encode(errors="replace")) > MOST_BYTES or text[:1] != VERSION or letter not in self._by_letter:
            raise MalformedCallbackError
        kind, rest = self._by_letter[letter], text[1 + len(letter) :]
        try:
            packed = urlsafe_b64decode(rest.encode("ascii") + b"=" * (-len(rest) % 4))
            data = kind(**_unpacked(self._layouts[kind], packed))
        except (ValueError, binascii.Error) as error:
            raise MalformedCallbackError from error
        if self.encode(data) != text:
            raise MalformedCallbackError
        return data


def _unpacked(layout: tuple[tuple[str, Packing], ...], packed: bytes) -> dict[str, Any]:
    if len(packed) != sum(packing.size for _, packing in layout):
        raise ValueError("wrong length")
    values, place = {}, 0
    for name, packing in layout:
        values[name] = packing.unpack(packed[place : place + packing.size])
        place += packing.size
    return values
