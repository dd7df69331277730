"""The currencies that a center can be run in, and how many digits stand behind their point."""

from typing import Final

CURRENCIES: Final = (
    "EGP",
    "SAR",
    "AED",
    "KWD",
    "QAR",
    "BHD",
    "OMR",
    "JOD",
    "MAD",
    "TND",
    "DZD",
    "LYD",
    "USD",
    "EUR",
    "GBP",
    "TRY",
)

_USUAL_DECIMALS: Final = 2
_OTHER_DECIMALS: Final = {"KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3, "LYD": 3}


def decimals_of(currency: str) -> int:
    """Return how many digits a currency's minor unit has: 100 piastres make a pound, 1000 fils a dinar."""
    return _OTHER_DECIMALS.get(currency, _USUAL_DECIMALS)
