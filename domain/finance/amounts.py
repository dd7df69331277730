"""Amounts that people type, as minor units."""

import re
from decimal import Decimal, InvalidOperation

from domain.errors import InvalidInputError
from domain.folding import fold

_MOST_CHARACTERS = 20
_ONE_NUMBER = re.compile(r"[^\d-]*?([-\d][\d., ]*)[^\d-]*")  # a currency may stand before it or after it
_SEPARATORS = str.maketrans({"٫": ".", "٬": ",", "،": ","})


def parse_amount(text: str, *, digits: int) -> int:
    """Return minor units from "80", "80.5", "1,250.50" or "٨٠"; ``digits`` is how many decimals the currency has.

    A comma stands between thousands, or before fewer than three decimals. Words beside the number (a currency) do not
    matter. Raises InvalidInputError (``amount``: ``not_a_number``, ``not_positive``).
    """
    amount = parse_amount_or_zero(text, digits=digits)
    if amount <= 0:
        raise InvalidInputError(field="amount", reason="not_positive")
    return amount


def parse_amount_or_zero(text: str, *, digits: int) -> int:
    """Return the same, where nothing at all is an amount, too: an empty drawer."""
    found = _ONE_NUMBER.fullmatch(fold(text).translate(_SEPARATORS))
    if found is None or len(found[1]) > _MOST_CHARACTERS:
        raise InvalidInputError(field="amount", reason="not_a_number")
    number = found[1].replace(" ", "").strip(".,")
    whole, comma, rest = number.rpartition(",")
    if comma and "." not in rest and len(rest) <= max(digits, 1) and "," not in whole and "." not in whole:
        number = f"{whole}.{rest}"
    number = number.replace(",", "")
    try:
        minor = Decimal(number).scaleb(digits)
    except InvalidOperation:
        raise InvalidInputError(field="amount", reason="not_a_number") from None
    if minor != minor.to_integral_value():
        raise InvalidInputError(field="amount", reason="not_a_number")
    if minor < 0:
        raise InvalidInputError(field="amount", reason="not_positive")
    return int(minor)
