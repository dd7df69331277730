"""What the calendar, its files and its feeds show."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.enrollments.model import EnrollmentStatus
from domain.ids import BranchId, CenterId, ClassId, EnrollmentId, PersonId
from domain.sessions.calendar import CalendarFilter, Span
from domain.sessions.model import SessionStatus
from domain.sessions.views import SessionLine

OFF = frozenset({SessionStatus.CANCELED, SessionStatus.MISSED})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One local day of a reader's calendar, counted.

    ``open_count`` sessions can be booked as far as time goes, ``free_count`` of them have a seat; ``own_count`` are the
    reader's own, past ones included.
    """

    day: date
    open_count: int
    free_count: int
    own_count: int


@dataclass(frozen=True, slots=True)
class CalendarFrame:
    """What a calendar needs beside its days: how far it reaches, and what its filter is called (None: no such thing)."""

    last_starts_at: datetime | None
    branch_count: int
    class_title: str | None
    branch_name: str | None


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class that a calendar can be narrowed to."""

    id: ClassId
    name: str


@dataclass(frozen=True, slots=True)
class BranchChoice:
    """A branch that a calendar can be narrowed to."""

    id: BranchId
    name: str


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One booking as a calendar application keeps it.

    ``change_count`` is how often the session was changed since it was made: applications take the higher one for the
    newer.
    """

    enrollment_id: EnrollmentId
    status: EnrollmentStatus
    session_status: SessionStatus
    class_title: str
    level: str
    teacher: str
    branch_name: str
    branch_address: str | None
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    cancelled_at: datetime | None
    change_count: int

    @property
    def is_off(self) -> bool:
        """Whether it does not take place for its owner: they cancelled, or the center did."""
        return self.status is EnrollmentStatus.CANCELLED or self.session_status in OFF


@dataclass(frozen=True, slots=True)
class FeedOwner:
    """Whose calendar feed a secret address is, and the language that they read (None: the center's)."""

    person_id: PersonId
    language: str | None


class CalendarViews(Protocol):
    """Reads the calendar of one reader. Other centers' sessions and other people's bookings do not exist for it."""

    async def count_days(
        self, *, center_id: CenterId, reader_id: PersonId, span: Span, chosen: CalendarFilter, now: datetime
    ) -> list[CalendarDay]:
        """Return the days of the span on which there is anything, in order."""
        ...

    async def find_frame(self, *, center_id: CenterId, chosen: CalendarFilter) -> CalendarFrame:
        """Return how far the center's sessions reach, and the names of the filter."""
        ...

    async def list_day(
        self,
        *,
        center_id: CenterId,
        reader_id: PersonId,
        span: Span,
        chosen: CalendarFilter,
        now: datetime,
        limit: int,
        offset: int = 0,
    ) -> list[SessionLine]:
        """Return the sessions of a span that can be booked, full ones too, and the reader's own, in order."""
        ...

    async def list_classes(self, *, center_id: CenterId, now: datetime, limit: int, offset: int = 0) -> list[ClassChoice]:
        """Return the classes with sessions to come, by title."""
        ...

    async def list_branches(self, *, center_id: CenterId, limit: int, offset: int = 0) -> list[BranchChoice]:
        """Return the branches, by name."""
        ...

    async def find_entry(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> CalendarEntry | None:
        """Return one booking of the student's, whatever became of it."""
        ...

    async def find_feed_owner(self, *, center_id: CenterId, secret: str) -> FeedOwner | None:
        """Return whose feed it is; nobody's where they were blocked, erased or merged."""
        ...

    async def list_entries(self, *, center_id: CenterId, student_id: PersonId, since: datetime) -> list[CalendarEntry]:
        """Return live bookings of sessions since an instant, and those cancelled since then, the latest start first."""
        ...
