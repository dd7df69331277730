"""Writes on the life of sessions. Whoever decided saw the status and the start that they name."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.ids import BranchId, EnrollmentId, PersonId, SessionId
from domain.sessions.model import SessionStatus
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class _OnSession(Write):
    rank: ClassVar[LockRank] = LockRank.SESSION


@dataclass(frozen=True, slots=True)
class AdvanceSession(_OnSession):
    """Take a session one step on, if it still stands where it was read."""

    session_id: SessionId
    was: SessionStatus
    becomes: SessionStatus


@dataclass(frozen=True, slots=True)
class CallSessionOff(_OnSession):
    """Cancel a session, or mark it missed, and remember how many seats are to be made good: none is settled at once."""

    session_id: SessionId
    was: SessionStatus
    was_starts_at: datetime
    becomes: SessionStatus
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class BringSessionBack(_OnSession):
    """Schedule a cancelled session anew, if all of it is made good, as if nothing had been done for it yet."""

    session_id: SessionId
    local_date: date
    local_time: time
    starts_at: datetime
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class MoveSession(_OnSession):
    """Change a scheduled session's time or place, if it is where it was read. Reminders begin anew."""

    session_id: SessionId
    was_starts_at: datetime
    was_branch_id: BranchId
    branch_id: BranchId
    local_date: date
    local_time: time
    starts_at: datetime
    ends_at: datetime
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class ChangeTeacher(_OnSession):
    """Let somebody else teach a session, if it stands where it was read."""

    session_id: SessionId
    was: SessionStatus
    teacher: str


@dataclass(frozen=True, slots=True)
class ChangeCapacity(_OnSession):
    """Give a session more or fewer seats, if it stands where it was read and no more than these are taken."""

    session_id: SessionId
    was: SessionStatus
    capacity: int


@dataclass(frozen=True, slots=True)
class DeleteSession(_OnSession):
    """Remove a scheduled session that nobody is, was or waits to be in."""

    session_id: SessionId


@dataclass(frozen=True, slots=True)
class SettleMadeGood(_OnSession):
    """Remember that everybody who was in a cancelled or missed session is made good."""

    session_id: SessionId
    at: datetime


@dataclass(frozen=True, slots=True)
class RevokeSeat(Write):
    """End a seat of a session that the center called off, attended or not, if it is as it was read."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    enrollment_id: EnrollmentId
    was: EnrollmentStatus
    cancelled_at: datetime
    cancelled_by: PersonId | None
    made_good: MadeGood | None
    made_good_minor: int
