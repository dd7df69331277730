"""Writes on seats: enrollments and the session's counter."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.finance.model import PaymentMethod
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, StudentPackageId
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class AddEnrollment(Write):
    """Enrol a student, unless the id exists or the student has a seat in the session already."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    id: EnrollmentId
    center_id: CenterId
    session_id: SessionId
    student_id: PersonId
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    policy: AbsenteePolicy
    no_show_fee_percent: int
    free_cancel_until: datetime
    student_package_id: StudentPackageId | None
    credit_value_minor: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CancelSeat(Write):
    """Mark an enrollment as cancelled, if it still is as it was read and nobody has marked it attended."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    was: EnrollmentStatus
    cancelled_at: datetime
    cancelled_by: PersonId | None
    made_good: MadeGood
    made_good_minor: int


@dataclass(frozen=True, slots=True)
class TakeSeat(Write):
    """Count one more seat, if one is free and the session still is what the student confirmed. The last write."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
    expected_starts_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class GiveSeatBack(Write):
    """Count one seat less."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
