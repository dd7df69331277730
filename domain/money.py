"""Money: whole minor units (piastres) of one currency. Never a float, never two currencies in one sum."""

from dataclasses import dataclass
from typing import NewType, Self

AmountMinor = NewType("AmountMinor", int)
"""Minor units of the center's currency, where nothing else says of which."""


class CurrencyMismatchError(ValueError):
    """Amounts of two currencies met in one sum: a fault in the code, never something a person did."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of an ISO 4217 currency, e.g. ``Money(8000, "EGP")`` for EGP 80."""

    amount_minor: int
    currency: str

    def __add__(self, other: Self) -> "Money":
        """Add an amount of the same currency; raises CurrencyMismatchError for another."""
        return Money(self.amount_minor + self._amount_of(other), self.currency)

    def __sub__(self, other: Self) -> "Money":
        """Subtract an amount of the same currency; raises CurrencyMismatchError for another."""
        return Money(self.amount_minor - self._amount_of(other), self.currency)

    def _amount_of(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency}")
        return other.amount_minor
