"""What standing bookings rest on, and what screens show of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from domain.ids import CenterId, EnrollmentId, PersonId, SessionId, StandingBookingId, TimetableRuleId
from domain.notifications.quiet import QuietHours


@dataclass(frozen=True, slots=True)
class AskingFacts:
    """What asking for all sessions of a rule rests on. ``rule_id`` is None for an extra session."""

    rule_id: TimetableRuleId | None
    is_rule_on: bool
    price_minor: int
    standing_booking_id: StandingBookingId | None


@dataclass(frozen=True, slots=True)
class StandingRequest:
    """One session to be booked for one student, at most at this price."""

    id: StandingBookingId
    student_id: PersonId
    session_id: SessionId
    most_minor: int
    quiet: QuietHours


class StandingRepository(Protocol):
    """Loads what decisions on standing bookings need. Another center's rows do not exist for it."""

    async def find_asking_facts(
        self, *, center_id: CenterId, student_id: PersonId, session_id: SessionId
    ) -> AskingFacts | None:
        """Return what asking rests on, or None where there is no such session."""
        ...

    async def find_is_on(
        self, *, center_id: CenterId, student_id: PersonId, standing_booking_id: StandingBookingId
    ) -> bool | None:
        """Return whether a standing booking of the student's is on, or None where they have no such one."""
        ...

    async def list_on(self, *, center_id: CenterId, student_id: PersonId) -> list[StandingBookingId]:
        """Return the student's standing bookings that are on."""
        ...

    async def list_on_rule(self, *, center_id: CenterId, rule_id: TimetableRuleId) -> list[StandingBookingId]:
        """Return the standing bookings of a rule that are on."""
        ...

    async def list_requests(self, *, center_id: CenterId, session_id: SessionId) -> list[StandingRequest]:
        """Return for whom a session is to be booked that was not tried for them, in the order in which they asked.

        Not for who is blocked or gone, nor for who has a seat in it or has cancelled one.
        """
        ...

    async def list_due(self, *, center_id: CenterId, now: datetime) -> list[StandingRequest]:
        """Return the same for all sessions ahead, the soonest first."""
        ...

    async def is_due(self, *, center_id: CenterId, standing_booking_id: StandingBookingId, session_id: SessionId) -> bool:
        """Whether a session is (still) to be booked for a standing booking."""
        ...


@dataclass(frozen=True, slots=True)
class StandingRule:
    """When the sessions of a rule take place: its recurrence (RFC 5545) counted from a day, and the time on the wall."""

    class_title: str
    branch_name: str
    recurrence: str
    starts_on: date
    local_time: time


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """All that is shown before somebody asks for every session of a rule. The price is of one session."""

    session_id: SessionId
    rule: StandingRule
    price_minor: int
    standing_booking_id: StandingBookingId | None
    ahead: int


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One standing booking of the reader's."""

    standing_booking_id: StandingBookingId
    rule: StandingRule
    most_minor: int


@dataclass(frozen=True, slots=True)
class StandingOutcome:
    """What came of one session ahead: ``BOOKED``, or the code of what spoke against it."""

    session_id: SessionId
    starts_at: datetime
    outcome: str
    enrollment_id: EnrollmentId | None


class StandingViews(Protocol):
    """Reads a student's own standing bookings. Other people's do not exist for it."""

    async def find_question(
        self, *, center_id: CenterId, student_id: PersonId, session_id: SessionId, now: datetime
    ) -> StandingQuestion | None:
        """Return what asking would mean, or None for a session of no rule (any more)."""
        ...

    async def list_on(self, *, center_id: CenterId, student_id: PersonId) -> list[StandingLine]:
        """Return the student's standing bookings that are on, in the order in which they were asked for."""
        ...

    async def list_outcomes(
        self,
        *,
        center_id: CenterId,
        student_id: PersonId,
        standing_booking_id: StandingBookingId,
        now: datetime,
        limit: int,
    ) -> list[StandingOutcome]:
        """Return what came of the sessions ahead that were tried, the soonest first."""
        ...
