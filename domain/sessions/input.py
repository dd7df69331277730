"""What the team types about sessions, made safe to keep: reasons, names, times of day, days and numbers of seats.

Arabic-Indic digits are digits, and what people write on a phone is read generously: "6 pm", "18.30", "1/12", "1-12-2027".
"""

import re
import unicodedata
from contextlib import suppress
from datetime import date, time
from typing import Final

from domain.errors import InvalidInputError

REASON_LENGTH: Final = 200
NAME_LENGTH: Final = 64
MOST_SEATS: Final = 1_000
_TIME = re.compile(r"(\d{1,2})(?:[:.\s](\d{2}))?\s*(am|pm|ص|م)?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[./\-\s](\d{1,2})(?:[./\-\s](\d{4}))?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NOON = 12
_LEAP_YEAR = 2028


def clean_reason(text: str) -> str:
    """Return a reason in one line. Raises InvalidInputError (``empty``, ``too_long``)."""
    return _one_line(text, field="reason", longest=REASON_LENGTH)


def clean_label(text: str, *, field: str, longest: int) -> str:
    """Return a short name (of a teacher, a holiday) in one line. Raises InvalidInputError (``empty``, ``too_long``)."""
    return _one_line(text, field=field, longest=longest)


def read_time(text: str) -> time:
    """Return the time of day that was typed. Raises InvalidInputError (``not_a_time``)."""
    found = _TIME.fullmatch(_plain(text))
    if found is None:
        raise InvalidInputError(field="time", reason="not_a_time")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            raise InvalidInputError(field="time", reason="not_a_time")
        hour = hour % _NOON + (_NOON if half in {"pm", "م"} else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise InvalidInputError(field="time", reason="not_a_time") from None


def read_day(text: str, *, today: date) -> date:
    """Return the day that was typed; without a year, the next such day. Raises InvalidInputError (``not_a_day``)."""
    plain = _plain(text)
    iso, short = _ISO_DAY.fullmatch(plain), _DAY.fullmatch(plain)
    try:
        if iso is not None:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if short is not None and short[3] is not None:
            return date(int(short[3]), int(short[2]), int(short[1]))
        if short is not None:
            return _next(int(short[1]), int(short[2]), today=today)
    except ValueError:
        pass
    raise InvalidInputError(field="day", reason="not_a_day")


def _next(day: int, month: int, *, today: date) -> date:
    """Return the next such day, today included. Raises ValueError where no year has it."""
    date(_LEAP_YEAR, month, day)
    year = today.year
    while True:
        with suppress(ValueError):  # 29 February, which not every year has
            if (found := date(year, month, day)) >= today:
                return found
        year += 1


def read_seats(text: str) -> int:
    """Return the number of seats that was typed. Raises InvalidInputError (``not_a_number``, ``too_many``)."""
    plain = _plain(text)
    if not re.fullmatch(r"\d{1,9}", plain) or int(plain) == 0:
        raise InvalidInputError(field="seats", reason="not_a_number")
    if int(plain) > MOST_SEATS:
        raise InvalidInputError(field="seats", reason="too_many", limit=MOST_SEATS)
    return int(plain)


def _plain(text: str) -> str:
    """Return what was typed with ASCII digits, without marks that only steer its direction."""
    kept = (
        str(unicodedata.digit(character)) if character.isdigit() and unicodedata.category(character) == "Nd" else character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    )
    return " ".join("".join(kept).split())


def _one_line(text: str, *, field: str, longest: int) -> str:
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character)[0] != "C"
    )
    line = " ".join("".join(kept).split())
    if not any(unicodedata.category(character)[0] in {"L", "N"} for character in line):
        raise InvalidInputError(field=field, reason="empty")
    if len(line) > longest:
        raise InvalidInputError(field=field, reason="too_long", limit=longest)
    return line
