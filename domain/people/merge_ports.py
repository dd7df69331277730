"""What making two people one needs to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import WalletState
from domain.ids import (
    CenterId,
    EnrollmentId,
    HoldId,
    PaymentId,
    PersonId,
    SessionId,
    StandingBookingId,
    StudentPackageId,
    TimetableRuleId,
    WaitlistEntryId,
)


@dataclass(frozen=True, slots=True)
class Seat:
    """An enrollment of somebody who is merged, cancelled ones included."""

    id: EnrollmentId
    student_id: PersonId
    session_id: SessionId
    status: EnrollmentStatus
    attended_at: datetime | None
    created_at: datetime
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class OwnedCredits:
    """A package with what is left of it."""

    id: StudentPackageId
    credits_left: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a session's waitlist; live while it waits."""

    id: WaitlistEntryId
    session_id: SessionId
    is_live: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing booking; on until it is stopped."""

    id: StandingBookingId
    rule_id: TimetableRuleId
    is_on: bool


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of two people, with everything that is theirs. ``merged_before`` are those who are this person already.

    ``staff_wallet`` is what they own as one of the team, where anything was ever put into it.
    """

    person_id: PersonId
    has_telegram: bool
    wallet: WalletState | None
    seats: tuple[Seat, ...]
    packages: tuple[OwnedCredits, ...]
    hold_ids: tuple[HoldId, ...]
    payment_ids: tuple[PaymentId, ...]
    places: tuple[Place, ...]
    standing: tuple[Standing, ...]
    merged_before: tuple[PersonId, ...]
    role_ids: tuple[UUID, ...]
    staff_wallet: WalletState | None = None

    @property
    def wallets(self) -> tuple[WalletState, ...]:
        """Every wallet of theirs."""
        return tuple(each for each in (self.wallet, self.staff_wallet) if each is not None)


@dataclass(frozen=True, slots=True)
class PhoneHolder:
    """Somebody who has a phone: a guest, or whoever verified it as their own."""

    person_id: PersonId
    is_guest: bool
    is_verified: bool


class MergeRepository(Protocol):
    """Loads people who are to be one. Another center's people do not exist for it."""

    async def find_side(self, *, center_id: CenterId, person_id: PersonId) -> MergeSide | None:
        """Return a person with everything that is theirs, or None for who is erased, merged, or not there."""
        ...

    async def list_phone_holders(self, *, center_id: CenterId, phone: str) -> list[PhoneHolder]:
        """Return who has a phone (E.164), the oldest first."""
        ...
