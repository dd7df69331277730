"""Writes on reservations: seats that are held for somebody who has not booked them yet."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from domain.enrollments.model import EnrollmentStatus, ReservedFor
from domain.finance.model import PaymentMethod
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, StudentPackageId
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class AddReservation(Write):
    """Hold a seat for a student, unless the id exists or the student has a seat in the session already."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    id: EnrollmentId
    center_id: CenterId
    session_id: SessionId
    student_id: PersonId
    price_minor: int
    policy: AbsenteePolicy
    no_show_fee_percent: int
    free_cancel_until: datetime
    reserved_for: ReservedFor
    held_until: datetime
    created_at: datetime
    status: EnrollmentStatus = field(init=False, default=EnrollmentStatus.HELD)
    credit_value_minor: int = field(init=False, default=0)


@dataclass(frozen=True, slots=True)
class ConvertReservation(Write):
    """Make a booking of a held seat, under the terms of now, if it is still held and its time is not over."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    policy: AbsenteePolicy
    no_show_fee_percent: int
    free_cancel_until: datetime
    student_package_id: StudentPackageId | None
    credit_value_minor: int
    now: datetime


@dataclass(frozen=True, slots=True)
class HoldForPayment(Write):
    """Hold a seat for a payment that is held for an offer, if it still is and its time is not over."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    held_until: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class LapseReservation(Write):
    """End a held seat that has not become a booking, if it is still held, and for the same."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    reserved_for: ReservedFor
    cancelled_at: datetime
    cancelled_by: PersonId | None


@dataclass(frozen=True, slots=True)
class KeepSeat(Write):
    """Change nothing, but insist that the session still is what the student confirmed: its seat is counted already."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
    expected_starts_at: datetime
    now: datetime
