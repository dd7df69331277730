"""What happened to the money of a booking, line by line: every credit and every piastre says when and why it moved."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.ids import CenterId, EnrollmentId, PersonId


class MoneyStep(StrEnum):
    """What one line tells. Money is the price or a part of it; a credit is one of a package's sessions."""

    LOCKED = "LOCKED"  # in the wallet
    FREED = "FREED"  # what was locked, or the rest of it, may be spent again
    TAKEN = "TAKEN"  # out of the wallet
    RETURNED = "RETURNED"  # into the wallet
    CREDIT_TAKEN = "CREDIT_TAKEN"
    CREDIT_RETURNED = "CREDIT_RETURNED"
    PAID_CASH = "PAID_CASH"
    PAID_ONLINE = "PAID_ONLINE"


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One movement for a booking. ``amount_minor`` is above zero, or 0 where a credit moved."""

    at: datetime
    step: MoneyStep
    amount_minor: int
    package_name: str | None


class MoneyTrailViews(Protocol):
    """Reads what a student's own bookings cost them."""

    async def list_money(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> list[MoneyLine]:
        """Return what happened to the money of a booking, the oldest first."""
        ...
