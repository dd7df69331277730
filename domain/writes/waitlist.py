"""Writes on waitlists and standing bookings."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, StandingBookingId, TimetableRuleId, WaitlistEntryId
from domain.waitlist.model import WaitlistStatus
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class AddPlace(Write):
    """Let a student wait for a session, unless they do already."""

    id: WaitlistEntryId
    center_id: CenterId
    session_id: SessionId
    student_id: PersonId
    joined_at: datetime
    status: WaitlistStatus = field(init=False, default=WaitlistStatus.WAITING)


@dataclass(frozen=True, slots=True)
class OfferPlace(Write):
    """Note which seat is held for whoever waits, if they still do."""

    entry_id: WaitlistEntryId
    enrollment_id: EnrollmentId
    offered_at: datetime
    offer_expires_at: datetime


@dataclass(frozen=True, slots=True)
class EndPlace(Write):
    """End a place in a waitlist, if it still is as it was read."""

    entry_id: WaitlistEntryId
    was: WaitlistStatus
    becomes: WaitlistStatus
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class AddStandingBooking(Write):
    """Let every session of a timetable rule be booked for a student, unless that is so already."""

    rank: ClassVar[LockRank] = LockRank.ENROLLMENT
    id: StandingBookingId
    center_id: CenterId
    student_id: PersonId
    rule_id: TimetableRuleId
    most_minor: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RequireStandingBooking(Write):
    """Change nothing, but hold a standing booking and insist that nobody has stopped it."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    standing_booking_id: StandingBookingId


@dataclass(frozen=True, slots=True)
class EndStandingBooking(Write):
    """Stop a standing booking, once."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    standing_booking_id: StandingBookingId
    stopped_at: datetime


@dataclass(frozen=True, slots=True)
class MoveStandingToRule(Write):
    """Let a standing booking that is on go on with the rule that another one became."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    standing_booking_id: StandingBookingId
    was_rule_id: TimetableRuleId
    rule_id: TimetableRuleId


@dataclass(frozen=True, slots=True)
class AddStandingAttempt(Write):
    """Write down what came of booking a session for whoever asked for all of them, once for each session."""

    standing_booking_id: StandingBookingId
    session_id: SessionId
    center_id: CenterId
    outcome: str
    enrollment_id: EnrollmentId | None
    attempted_at: datetime
