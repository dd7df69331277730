"""What screens show of bookings that lie behind: what became of each, and how a student looks through them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.ids import CenterId, ClassId, EnrollmentId, PersonId

LOOKED_THROUGH = 300
"""How many bookings one page is found in: the latest made, or, by booking date, the next ones from where it begins."""


class Outcome(StrEnum):
    """What became of a booking that lies behind."""

    ATTENDED = "ATTENDED"
    OVER = "OVER"  # the class has ended, and nobody has marked the student yet
    MISSED = "MISSED"
    CANCELLED = "CANCELLED"


class HistorySort(StrEnum):
    """In which order past bookings stand; within a status, and by date, the newest first."""

    CLASS_DATE = "CLASS_DATE"
    BOOKING_DATE = "BOOKING_DATE"
    STATUS = "STATUS"


@dataclass(frozen=True, slots=True)
class HistoryChoice:
    """What of the history is shown, and in which order. ``is_search``: only what the typed words are found in."""

    outcome: Outcome | None = None
    sort: HistorySort = HistorySort.CLASS_DATE
    class_id: ClassId | None = None
    is_search: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether some bookings are left out."""
        return self.outcome is not None or self.class_id is not None or self.is_search

    def without_search(self) -> "HistoryChoice":
        """Return the same choice for bookings of any name."""
        return replace(self, is_search=False)


@dataclass(frozen=True, slots=True)
class HistoryCursor:
    """The place in a history after which the next page begins. ``rank`` is 0 unless statuses are sorted by."""

    rank: int
    at: datetime
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One past booking in a student's list. ``cursor`` is its own place in the order that was asked for."""

    enrollment_id: EnrollmentId
    outcome: Outcome
    class_title: str
    branch_name: str
    starts_at: datetime
    created_at: datetime
    cursor: HistoryCursor


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of past bookings. ``after`` is where the next one begins, None on the last.

    ``is_cut``: there are still older bookings, which only the order by booking date reaches.
    """

    lines: tuple[HistoryLine, ...]
    after: HistoryCursor | None
    is_cut: bool


@dataclass(frozen=True, slots=True)
class BookedClass:
    """A class that the student has booked before."""

    class_id: ClassId
    title: str


class HistoryViews(Protocol):
    """Reads a student's own past bookings. Other people's do not exist for it."""

    async def list_past(
        self,
        *,
        center_id: CenterId,
        student_id: PersonId,
        now: datetime,
        choice: HistoryChoice,
        words: str | None,
        limit: int,
        after: HistoryCursor | None = None,
    ) -> HistoryPage:
        """Return a page of bookings that were cancelled, missed, or whose class has ended."""
        ...

    async def list_classes(self, *, center_id: CenterId, student_id: PersonId) -> list[BookedClass]:
        """Return the classes of the student's latest bookings, by title."""
        ...
