"""What decisions on seats need to know, loaded in one read each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import Enrollment, EnrollmentStatus, MadeGood
from domain.finance.model import PaymentMethod, PaymentStatus, WalletState
from domain.ids import (
    AccountId,
    BranchId,
    CenterId,
    EnrollmentId,
    HoldId,
    PaymentId,
    PersonId,
    SessionId,
    StudentPackageId,
    WalletId,
)
from domain.packages.model import CreditSource, StudentPackageStatus
from domain.sessions.model import BookableSession, SessionStatus


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """All that a booking decision needs, read in one query.

    ``same_id`` is whatever enrollment already has the id that the new one would get; ``live_id`` the student's seat in
    this session, if they have one; ``credit`` the oldest package of theirs with credits for the class.
    """

    session: BookableSession
    same_id: Enrollment | None
    live_id: EnrollmentId | None
    credit: CreditSource | None
    wallet: WalletState | None
    earned_wallet_account_id: AccountId
    same_held_until: datetime | None = None  # where that enrollment is a reservation


@dataclass(frozen=True, slots=True)
class CancellationFacts:
    """All that a cancellation decision needs, read in one query. Ids are None where the booking has no such row."""

    enrollment_id: EnrollmentId
    student_id: PersonId
    branch_id: BranchId
    session_id: SessionId
    session_status: SessionStatus
    starts_at: datetime
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    free_cancel_until: datetime
    attended_at: datetime | None
    made_good: MadeGood | None
    made_good_minor: int
    student_package_id: StudentPackageId | None
    credit_value_minor: int
    package_status: StudentPackageStatus | None
    wallet_id: WalletId | None
    hold_id: HoldId | None
    hold_minor: int | None
    payment_id: PaymentId | None
    payment_status: PaymentStatus | None
    payment_minor: int | None
    earned_wallet_account_id: AccountId
    deferred_account_id: AccountId
    booked_at: datetime
    moved_at: datetime | None
    earned_package_account_id: AccountId
    earned_cash_account_id: AccountId

    @property
    def was_moved(self) -> bool:
        """Whether time or place changed after this seat was booked: then it may be given back until the start."""
        return self.moved_at is not None and self.booked_at <= self.moved_at

    @property
    def cancellable_until(self) -> datetime:
        """The last instant at which the student may cancel free of charge."""
        return self.starts_at if self.was_moved else self.free_cancel_until


class EnrollmentRepository(Protocol):
    """Loads what decisions on seats need. Another center's rows do not exist for it."""

    async def find_booking_facts(
        self, *, center_id: CenterId, session_id: SessionId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> BookingFacts | None:
        """Return what a booking of the session by the student rests on, or None where there is no such session."""
        ...

    async def find_cancellation_facts(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> CancellationFacts | None:
        """Return what cancelling rests on, or None where the student has no such enrollment."""
        ...

    async def find_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> CancellationFacts | None:
        """Return what making a seat good rests on, whoever's it is."""
        ...
