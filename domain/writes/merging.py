"""Writes that make two people one: each moves one row, if it still is whose it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.ids import (
    CenterId,
    EnrollmentId,
    HoldId,
    PaymentId,
    PersonId,
    StandingBookingId,
    StudentPackageId,
    WaitlistEntryId,
    WalletId,
)
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class RequirePerson(Write):
    """Change nothing, but hold a person and insist that they are still somebody: neither erased nor merged."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class MarkMerged(Write):
    """Let a person be another one from now on, once: without Telegram, phone or calendar."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    into_id: PersonId


@dataclass(frozen=True, slots=True)
class RepointMerged(Write):
    """Let somebody who was merged before be the one who stays now."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    was_id: PersonId
    into_id: PersonId


@dataclass(frozen=True, slots=True)
class RequireSeatCount(Write):
    """Change nothing, but insist that a merged person has as many enrollments as were read: none came in meanwhile.

    After MarkMerged, which holds the person: whoever gives them a seat at the desk waits for it, and finds them gone.
    """

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    seat_count: int


@dataclass(frozen=True, slots=True)
class RequireWalletCount(Write):
    """Change nothing, but insist that somebody who goes has as many wallets as were read: none was opened meanwhile.

    After MarkMerged or with ErasePerson, which hold the person: a transfer to them waits for it, and finds them gone.
    """

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    wallet_count: int


@dataclass(frozen=True, slots=True)
class EmptyMergedWallet(Write):
    """Take everything out of a merged person's wallet, what is locked included, if it is exactly this much."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    balance_minor: int
    locked_minor: int


@dataclass(frozen=True, slots=True)
class FillMergedWallet(Write):
    """Put it into the wallet of the one who stays, and lock as much of it as was locked."""

    rank: ClassVar[LockRank] = LockRank.WALLET
    wallet_id: WalletId
    balance_minor: int
    locked_minor: int


@dataclass(frozen=True, slots=True)
class MovePackage(Write):
    """Let a package be the other person's."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    student_package_id: StudentPackageId
    was_id: PersonId
    becomes_id: PersonId


@dataclass(frozen=True, slots=True)
class MoveSeat(Write):
    """Let an enrollment be the other person's, unless they have a seat in the session."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    was_id: PersonId
    becomes_id: PersonId


@dataclass(frozen=True, slots=True)
class CancelSecondSeat(Write):
    """Cancel the second seat of what is one person now; unlike CancelSeat, also one that was marked attended."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    was: EnrollmentStatus
    cancelled_at: datetime
    cancelled_by: PersonId | None
    made_good: MadeGood
    made_good_minor: int


@dataclass(frozen=True, slots=True)
class MoveHold(Write):
    """Let a hold be of the other person's wallet, open or not."""

    hold_id: HoldId
    was_id: WalletId
    becomes_id: WalletId


@dataclass(frozen=True, slots=True)
class MovePayment(Write):
    """Let a payment be the other person's."""

    payment_id: PaymentId
    was_id: PersonId
    becomes_id: PersonId


@dataclass(frozen=True, slots=True)
class MovePlace(Write):
    """Let a place in a waitlist be the other person's."""

    waitlist_entry_id: WaitlistEntryId
    was_id: PersonId
    becomes_id: PersonId


@dataclass(frozen=True, slots=True)
class LeavePlace(Write):
    """End a waiting place: the other person waits in the same line, or has a seat already."""

    waitlist_entry_id: WaitlistEntryId
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class MoveStandingBooking(Write):
    """Let a standing booking be the other person's."""

    standing_booking_id: StandingBookingId
    was_id: PersonId
    becomes_id: PersonId


@dataclass(frozen=True, slots=True)
class EndStandingBooking(Write):
    """Stop a standing booking that the other person has, too."""

    standing_booking_id: StandingBookingId
    stopped_at: datetime
