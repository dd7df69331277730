"""What admins see of anybody's enrollment: its contract, how it went, and where it is paid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import LIVE, EnrollmentStatus, MadeGood
from domain.enrollments.override import OPEN_FOR_OVERRIDE
from domain.finance.model import PaymentMethod
from domain.ids import CenterId, DecisionId, EnrollmentId, PersonId, SessionId
from domain.sessions.model import AbsenteePolicy, SessionStatus


@dataclass(frozen=True, slots=True)
class EnrollmentCard:
    """One enrollment. The contract is as it was confirmed; ``open_case_id`` is what an admin is to decide about it."""

    enrollment_id: EnrollmentId
    student_id: PersonId
    student_name: str
    student_is_there: bool
    session_id: SessionId
    class_title: str
    branch_name: str
    session_status: SessionStatus
    starts_at: datetime
    status: EnrollmentStatus
    method: PaymentMethod | None
    price_minor: int
    policy: AbsenteePolicy
    no_show_fee_percent: int
    free_cancel_until: datetime
    package_name: str | None
    credit_value_minor: int
    held_until: datetime | None
    attended_at: datetime | None
    marked_absent_at: datetime | None
    created_at: datetime
    cancelled_at: datetime | None
    cancelled_by: str | None
    made_good: MadeGood | None
    made_good_minor: int
    open_case_id: DecisionId | None

    @property
    def is_overridable(self) -> bool:
        """Whether an admin may give the seat back now."""
        return self.status in LIVE and self.attended_at is None and self.session_status in OPEN_FOR_OVERRIDE

    @property
    def is_markable(self) -> bool:
        """Whether the door knows this seat: marks and corrections are made there."""
        return self.status in {*LIVE, EnrollmentStatus.NO_SHOW} and self.session_status in {
            SessionStatus.CHECKING_IN,
            SessionStatus.CONDUCTING,
            SessionStatus.FINISHED,
        }


@dataclass(frozen=True, slots=True)
class EnrollmentLine:
    """One enrollment in a person's list."""

    enrollment_id: EnrollmentId
    class_title: str
    starts_at: datetime
    status: EnrollmentStatus
    attended_at: datetime | None


class EnrollmentAdminViews(Protocol):
    """Reads enrollments for admins. Another center's do not exist for it, nor do reservations that lapsed."""

    async def find_card(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> EnrollmentCard | None:
        """Return one enrollment."""
        ...

    async def list_of_person(
        self, *, center_id: CenterId, person_id: PersonId, limit: int, after: EnrollmentId | None = None
    ) -> list[EnrollmentLine]:
        """Return a person's enrollments, the latest booked first."""
        ...
