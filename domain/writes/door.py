"""Writes of the door: marks, captured holds, cases for an admin, and whose roster shows which session."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.enrollments.model import DecisionKind, DecisionOutcome, EnrollmentStatus
from domain.ids import CenterId, DecisionId, EnrollmentId, HoldId, PaymentId, PersonId, SessionId
from domain.sessions.model import SessionStatus
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class MarkSeat(Write):
    """Set a seat's status and mark, if nobody has changed either since they were read."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    was_status: EnrollmentStatus
    was_attended_at: datetime | None
    was_absent_at: datetime | None
    status: EnrollmentStatus
    attended_at: datetime | None
    marked_absent_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaptureHold(Write):
    """Resolve a hold by taking all or a part of it, if it is open."""

    hold_id: HoldId
    captured_minor: int
    resolved_at: datetime


@dataclass(frozen=True, slots=True)
class CompletePayment(Write):
    """Complete a pending payment at what was really taken."""

    payment_id: PaymentId
    amount_minor: int
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class AddDecision(Write):
    """Lay a seat's case before the admins, unless one of it is open already."""

    id: DecisionId
    center_id: CenterId
    enrollment_id: EnrollmentId
    kind: DecisionKind
    amount_minor: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DecideCase(Write):
    """Close a case with its outcome, if it is open."""

    decision_id: DecisionId
    outcome: DecisionOutcome
    decided_by: PersonId | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawDecision(Write):
    """Take an open case back: corrected attendance has answered it."""

    decision_id: DecisionId


@dataclass(frozen=True, slots=True)
class RequireSession(Write):
    """Change nothing, but hold the session and insist on its status."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class SettleSeats(Write):
    """Note that every seat of a finished session is settled, if that is so and was not noted."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class AddDoorScreen(Write):
    """Remember which message of a person's shows a session's roster, where none was remembered."""

    person_id: PersonId
    center_id: CenterId
    session_id: SessionId
    message_id: int
    page: int
    drawn_at: datetime


@dataclass(frozen=True, slots=True)
class MoveDoorScreen(Write):
    """Remember another message, session or page as the roster that a person looks at."""

    person_id: PersonId
    session_id: SessionId
    message_id: int
    page: int
    drawn_at: datetime


@dataclass(frozen=True, slots=True)
class ForgetDoorScreen(Write):
    """Forget the roster that a person looked at: that message shows something else now."""

    person_id: PersonId
    message_id: int
