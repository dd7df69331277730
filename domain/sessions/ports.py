"""What decisions on sessions and the timetable need to know, loaded in one read each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.ids import BranchId, CenterId, ClassId, EnrollmentId, HolidayId, PersonId, SessionId, TimetableRuleId
from domain.permissions import Actor, Role
from domain.sessions.calendar import Span
from domain.sessions.model import SessionStatus


def staff_of(actor: Actor) -> PersonId | None:
    """Return whose branches limit what is found: those of a receptionist; None where the whole center is within reach."""
    return actor.person_id if actor.role is Role.STAFF else None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """All that a decision on one session needs.

    ``seats_ever`` counts enrollments of every status, ``places_ever`` places in the waitlist and attempts of standing
    bookings: such a session is never deleted. ``opens_minutes`` is how long before the start check-in may be opened.
    """

    id: SessionId
    branch_id: BranchId
    class_id: ClassId
    rule_id: TimetableRuleId | None
    original_local_date: date | None
    status: SessionStatus
    local_date: date
    local_time: time
    starts_at: datetime
    ends_at: datetime
    teacher: str
    capacity: int
    seats_taken: int
    canceled_at: datetime | None
    settled_at: datetime | None
    opens_minutes: int
    timezone: str
    seats_ever: int
    places_ever: int

    @property
    def zone(self) -> ZoneInfo:
        """The center's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def opens_at(self) -> datetime:
        """When check-in may be opened at the earliest."""
        return self.starts_at - timedelta(minutes=self.opens_minutes)

    @property
    def duration_minutes(self) -> int:
        """How long the session is."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_deletable(self) -> bool:
        """Whether nobody is, was or waits to be in it, and it has not begun its life."""
        return self.status is SessionStatus.SCHEDULED and self.seats_ever == 0 and self.places_ever == 0


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A session that is over or called off, some of whose seats are still to be settled or made good."""

    ends_at: datetime
    id: SessionId
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class as a new session of it is made. ``same_id`` is whatever session has the id that the new one would get."""

    class_id: ClassId
    branch_id: BranchId
    title: str
    teacher: str
    capacity: int
    duration_minutes: int
    timezone: str
    horizon_days: int
    same_id: SessionId | None

    @property
    def zone(self) -> ZoneInfo:
        """The center's time zone."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule of the timetable with what its sessions are made from: its own teacher and seats, else the class's."""

    id: TimetableRuleId
    class_id: ClassId
    branch_id: BranchId
    recurrence: str
    local_time: time
    starts_on: date
    ends_on: date | None
    archived_at: datetime | None
    teacher: str
    capacity: int
    duration_minutes: int
    timezone: str
    horizon_days: int
    own_teacher: str | None = None
    own_capacity: int | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The center's time zone."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class HolidayFacts:
    """A day without classes, at one branch or (None) at all."""

    id: HolidayId
    branch_id: BranchId | None
    local_date: date
    name: str


class SessionRepository(Protocol):
    """Loads what decisions on sessions need. What is of another center, or out of a receptionist's reach, is not found."""

    async def find_session(
        self, *, center_id: CenterId, session_id: SessionId, staff_id: PersonId | None
    ) -> SessionFacts | None:
        """Return a session; with ``staff_id`` only one of that person's branches."""
        ...

    async def find_class(
        self,
        *,
        center_id: CenterId,
        class_id: ClassId,
        branch_id: BranchId,
        session_id: SessionId | None,
        staff_id: PersonId | None,
    ) -> ClassFacts | None:
        """Return a class that is taught and a branch that is open; None where one of them is not."""
        ...

    async def list_overdue(self, *, center_id: CenterId, ended_before: datetime, limit: int) -> list[SessionFacts]:
        """Return sessions that should be over and were never closed, the earliest end first."""
        ...

    async def list_left_unsettled(self, *, center_id: CenterId, after: Unsettled | None, limit: int) -> list[Unsettled]:
        """Return unsettled sessions that no event is under way for any more, the earliest end first, after a given one."""
        ...

    async def list_seats(self, *, center_id: CenterId, session_id: SessionId) -> list[EnrollmentId]:
        """Return the seats of a session that are not cancelled."""
        ...

    async def list_rules(self, *, center_id: CenterId, today: date) -> list[RuleFacts]:
        """Return the rules that still make sessions: not ended, of classes and branches that are not archived."""
        ...

    async def find_rule(
        self, *, center_id: CenterId, rule_id: TimetableRuleId, staff_id: PersonId | None
    ) -> RuleFacts | None:
        """Return a rule, ended or not."""
        ...

    async def list_exceptions(self, *, rule_id: TimetableRuleId) -> list[date]:
        """Return the days that a rule leaves out."""
        ...

    async def list_made(self, *, rule_id: TimetableRuleId, since: date) -> list[date]:
        """Return the days from ``since`` for which a rule has made sessions already, wherever they were moved to."""
        ...

    async def list_taken_days(self, *, center_id: CenterId, since: date) -> list[tuple[TimetableRuleId, date]]:
        """Return for which days from ``since`` the center's rules have made sessions already, or which they leave out."""
        ...

    async def list_holidays(self, *, center_id: CenterId, since: date) -> list[HolidayFacts]:
        """Return the center's holidays from a day on."""
        ...

    async def has_branch(self, *, center_id: CenterId, branch_id: BranchId) -> bool:
        """Return whether a branch is the center's own."""
        ...

    async def find_holiday(
        self, *, center_id: CenterId, holiday_id: HolidayId, staff_id: PersonId | None
    ) -> HolidayFacts | None:
        """Return a holiday."""
        ...

    async def list_of_rule(
        self, *, center_id: CenterId, rule_id: TimetableRuleId, after: datetime, since: date
    ) -> list[SessionFacts]:
        """Return the scheduled sessions of a rule that start after an instant, for its days from ``since`` on."""
        ...

    async def list_of_day(
        self, *, center_id: CenterId, branch_id: BranchId | None, span: Span, after: datetime
    ) -> list[SessionFacts]:
        """Return the scheduled sessions of a local day that start after an instant, at a branch or at all."""
        ...
