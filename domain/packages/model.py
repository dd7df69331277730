"""Packages bought by students: how many credits are left, and what the next one is worth."""

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import StudentPackageId


class StudentPackageStatus(StrEnum):
    """Whether a package still has credits. Packages never expire."""

    ACTIVE = "ACTIVE"
    EXHAUSTED = "EXHAUSTED"
    REFUNDED = "REFUNDED"


def price_per_session(price_minor: int, session_count: int) -> int:
    """Return what one session of a package comes to, to the nearest minor unit (a half counts up)."""
    return (2 * price_minor + session_count) // (2 * session_count)


@dataclass(frozen=True, slots=True)
class CreditSource:
    """A student package with credits left, as a booking decision sees it."""

    id: StudentPackageId
    credits_left: int
    value_left_minor: int

    @property
    def next_credit_value_minor(self) -> int:
        """What the next credit takes of the value: an even share to the nearest minor unit, the last one takes all."""
        return price_per_session(self.value_left_minor, self.credits_left)
