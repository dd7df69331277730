"""How values become a fixed number of bytes in a button, and come back: the parts that every flow's buttons are made of."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
FIRST_DAY: Final = _EPOCH.date()
_MICROSECOND: Final = timedelta(microseconds=1)
_MINUTES_AN_HOUR: Final = 60
_NO_ID: Final = UUID(int=0)  # all zeros stand for None


@dataclass(frozen=True, slots=True)
class Packing:
    """How values of one type become a fixed number of bytes, and come back. ``unpack`` raises ValueError."""

    size: int
    pack: Callable[[Any], bytes]
    unpack: Callable[[bytes], Any]


def pack_instant(instant: datetime) -> bytes:
    """Return an instant as 8 bytes."""
    return ((instant - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)


def unpack_instant(packed: bytes) -> datetime:
    """Return the instant that 8 bytes are. Raises ValueError for what is none."""
    try:
        return _EPOCH + int.from_bytes(packed, "big", signed=True) * _MICROSECOND
    except OverflowError as error:
        raise ValueError("not an instant") from error


def unpack_uuid(packed: bytes) -> UUID:
    """Return the id that 16 bytes are."""
    return UUID(bytes=packed)


def pack_day_or_none(day: date | None) -> bytes:
    """Return a day as 2 bytes; zeros stand for None."""
    return ((day - FIRST_DAY).days + 1 if day is not None else 0).to_bytes(2, "big")


def unpack_day_or_none(packed: bytes) -> date | None:
    """Return the day that 2 bytes are, or None."""
    number = int.from_bytes(packed, "big")
    return FIRST_DAY + timedelta(days=number - 1) if number else None


def _pack_day(day: date) -> bytes:
    return (day - FIRST_DAY).days.to_bytes(2, "big")


def _unpack_day(packed: bytes) -> date:
    return FIRST_DAY + timedelta(days=int.from_bytes(packed, "big"))


def _pack_time(at: time) -> bytes:
    return (at.hour * _MINUTES_AN_HOUR + at.minute).to_bytes(2, "big")


def _unpack_time(packed: bytes) -> time:
    hour, minute = divmod(int.from_bytes(packed, "big"), _MINUTES_AN_HOUR)
    return time(hour, minute)


def whole_number(size: int) -> Packing:
    """Pack a number from 0 on into so many bytes."""
    return Packing(size, lambda number: int(number).to_bytes(size, "big"), lambda packed: int.from_bytes(packed, "big"))


def one_of(values: tuple[Any, ...]) -> Packing:
    """Pack one of a few values by its place among them: a new one goes to the end."""

    def unpack(packed: bytes) -> Any:
        if packed[0] >= len(values):
            raise ValueError("not one of the values")
        return values[packed[0]]

    return Packing(1, lambda value: bytes([values.index(value)]), unpack)


def cursor(of: type[Any]) -> Packing:
    """Pack an instant and an id; all zeros stand for None."""
    names = [field.name for field in fields(of)]

    def pack(cursor: Any) -> bytes:
        if cursor is None:
            return bytes(24)
        instant, id_ = (getattr(cursor, name) for name in names)
        return pack_instant(instant) + bytes(id_.bytes)

    def unpack(packed: bytes) -> Any:
        return of(unpack_instant(packed[:8]), unpack_uuid(packed[8:])) if any(packed) else None

    return Packing(24, pack, unpack)


ID: Final = Packing(16, lambda id_: bytes(id_.bytes), unpack_uuid)
ID_OR_NONE: Final = Packing(
    16, lambda id_: (id_ or _NO_ID).bytes, lambda packed: unpack_uuid(packed) if any(packed) else None
)
INSTANT: Final = Packing(8, pack_instant, unpack_instant)
DAY: Final = Packing(2, _pack_day, _unpack_day)
DAY_OR_NONE: Final = Packing(2, pack_day_or_none, unpack_day_or_none)
TIME: Final = Packing(2, _pack_time, _unpack_time)
WORD: Final = Packing(2, lambda text: text.encode("ascii"), lambda packed: packed.decode("ascii"))
