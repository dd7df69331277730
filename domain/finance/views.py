"""What screens show of credits and wallets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.finance.model import WalletState
from domain.ids import CenterId, EnrollmentId, PersonId


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Credits that a student has left for one class."""

    class_title: str
    credits_left: int
    credits_total: int


@dataclass(frozen=True, slots=True)
class LockLine:
    """Money locked in a wallet, and the booking that it is locked for."""

    enrollment_id: EnrollmentId
    class_title: str
    starts_at: datetime
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Means:
    """What a student can book with. ``wallet`` is None where they have none yet."""

    wallet: WalletState | None
    credits: tuple[CreditLine, ...]
    locks: tuple[LockLine, ...]


class MeansViews(Protocol):
    """Reads a student's own credits and wallet."""

    async def find_means(self, *, center_id: CenterId, student_id: PersonId) -> Means:
        """Return what the student can book with."""
        ...
