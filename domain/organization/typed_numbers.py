"""Numbers, amounts and times as people type them: in Western or Arabic digits, with or without a unit beside them."""

import re
from typing import Final

from domain.errors import InvalidInputError
from domain.folding import fold
from domain.organization.currencies import decimals_of

_SIGNS: Final = str.maketrans({"٫": ".", "٬": ",", "،": ","})
_UNIT: Final = r"(?:[^\W\d_]+(?:\.[^\W\d_]+)*\.?)?"  # one way to match each word, or a long one takes for ever
_NUMBER: Final = re.compile(rf"{_UNIT}\s*(\d[\d., ]*?)\s*{_UNIT}%?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PLAIN: Final = re.compile(r"\d+([.,]\d+)?")
_BEFORE: Final = r"(?:before|قبل)"  # as the buttons say it
_LENGTH: Final = re.compile(rf"(?:{_BEFORE}\s+)?(\d[\d., ]*?)\s*([^\W\d_]*)\.?(?:\s+{_BEFORE})?")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_LONGEST: Final = 12  # digits: more are no number that anybody means
_LONGEST_TEXT: Final = 64  # with a unit and spaces
_USUAL_FRACTION: Final = 2  # digits: three zeros may be thousands as well
_HOURS_A_DAY, _MINUTES_AN_HOUR = 24, 60
_MINUTES_A_DAY = _HOURS_A_DAY * _MINUTES_AN_HOUR
_UNITS: Final = {  # as they stand once they are folded
    **dict.fromkeys(("", "m", "min", "mins", "minute", "minutes", "د", "دقيقه", "دقايق"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "س", "ساعه", "ساعات"), _MINUTES_AN_HOUR),
    **dict.fromkeys(("d", "day", "days", "يوم", "يوما", "ايام"), _MINUTES_A_DAY),
}


def whole_number(text: str, *, field: str) -> int:
    """Return a whole number. Raises InvalidInputError (``not_a_number``)."""
    whole, fraction = _digits(text, field=field)
    if fraction.strip("0") or len(fraction) > _USUAL_FRACTION:
        raise InvalidInputError(field=field, reason="not_a_number")
    return int(whole)


def minutes_long(text: str, *, field: str) -> int:
    """Return a length of time in minutes: of a bare number, and of hours and days where they are named.

    Raises InvalidInputError (``not_a_number``): a word that is no such unit is not passed over, as two years are not two
    minutes.
    """
    folded = fold(text.translate(_SIGNS)) if len(text) <= _LONGEST_TEXT else ""
    found = _LENGTH.fullmatch(folded)
    if found is None or found[2] not in _UNITS:
        raise InvalidInputError(field=field, reason="not_a_number")
    whole, fraction = _digits(found[1], field=field)
    scale: int = 10 ** len(fraction)
    minutes, rest = divmod(int(whole + fraction) * _UNITS[found[2]], scale)
    if rest or len(fraction) > _USUAL_FRACTION:
        raise InvalidInputError(field=field, reason="not_a_number")
    return minutes


def amount_minor(text: str, *, field: str, currency: str) -> int:
    """Return an amount in minor units of the currency. Raises InvalidInputError (``not_a_number``, ``too_fine``).

    More digits behind the point than the currency has are refused, zeros as well: 1.500 is a thousand and a half to some.
    """
    whole, fraction = _digits(text, field=field)
    decimals = decimals_of(currency)
    if len(fraction) > decimals:
        raise InvalidInputError(field=field, reason="too_fine", limit=decimals)
    return int(whole + fraction.ljust(decimals, "0"))


def minutes_of_day(text: str, *, field: str) -> int:
    """Return a time on 24 hours as minutes after midnight. Raises InvalidInputError (``not_a_time``)."""
    found = _TIME.fullmatch(fold(text))
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (_HOURS_A_DAY, 0)
    if hours >= _HOURS_A_DAY or minutes >= _MINUTES_AN_HOUR:
        raise InvalidInputError(field=field, reason="not_a_time")
    return hours * _MINUTES_AN_HOUR + minutes


def _digits(text: str, *, field: str) -> tuple[str, str]:
    """Return the digits before and behind the point of the one number in a text."""
    folded = fold(text.translate(_SIGNS)) if len(text) <= _LONGEST_TEXT else ""
    found = _NUMBER.fullmatch(folded)
    number = found[1] if found else ""
    if _GROUPED.fullmatch(number):
        number = number.replace(" ", "") if " " in number else number.replace(",", "")
    if not _PLAIN.fullmatch(number) or len(number) > _LONGEST:
        raise InvalidInputError(field=field, reason="not_a_number")
    whole, _, fraction = number.replace(",", ".").partition(".")
    return whole, fraction
