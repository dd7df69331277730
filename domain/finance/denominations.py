"""Notes and coins by currency, for who counts a drawer by them: the worth of one in minor units, the largest first.

A currency that is not here is counted by its total. What circulates changes seldom; a new note is one number here.
"""

from collections.abc import Mapping
from types import MappingProxyType

DENOMINATIONS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "EGP": (20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 50, 25),
        "AED": (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100, 50, 25),
        "EUR": (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
        "JOD": (50_000, 20_000, 10_000, 5_000, 1_000, 500, 250, 100, 50),
        "SAR": (50_000, 20_000, 10_000, 5_000, 1_000, 500, 200, 100, 50, 25),
        "USD": (10_000, 5_000, 2_000, 1_000, 500, 100, 25, 10, 5, 1),
    }
)


def denominations_of(currency: str) -> tuple[int, ...]:
    """Return what circulates of a currency, or nothing where that is not known here."""
    return DENOMINATIONS.get(currency, ())
