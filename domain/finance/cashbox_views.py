"""What screens show of drawers: what is in them, what moved, and a day's sessions beside their cash."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.finance.model import CashDirection, CashKind
from domain.finance.reconciliation import Reconciliation, SessionCash, reconcile
from domain.ids import BranchId, CashCountId, CashTransactionId, CenterId, EnrollmentId, SessionId
from domain.sessions.calendar import Span


@dataclass(frozen=True, slots=True)
class Drawer:
    """A branch's drawer. ``last_counted_at`` is None where nobody has counted it yet."""

    branch_id: BranchId
    branch_name: str
    balance_minor: int
    largest_amount_minor: int
    last_counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class CashCursor:
    """The place in a list of movements after which the next page begins."""

    occurred_at: datetime
    transaction_id: CashTransactionId


@dataclass(frozen=True, slots=True)
class CashLine:
    """One movement of a drawer. ``person_name`` is whose money it is, ``actor_name`` who did it.

    ``is_corrected`` says that it was reversed; a CORRECTION itself says so by its kind.
    """

    transaction_id: CashTransactionId
    branch_id: BranchId
    occurred_at: datetime
    direction: CashDirection
    kind: CashKind
    amount_minor: int
    person_name: str | None
    class_title: str | None
    actor_name: str | None
    reason: str | None
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class CountLine:
    """A count of a drawer as it was written down."""

    count_id: CashCountId
    branch_id: BranchId
    counted_minor: int
    recorded_minor: int


@dataclass(frozen=True, slots=True)
class SeatReceipt:
    """What was taken for a seat at the desk, and how full the session is by now."""

    enrollment_id: EnrollmentId
    session_id: SessionId
    branch_id: BranchId
    person_name: str
    amount_minor: int
    seats_taken: int
    capacity: int


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What went through a drawer in a day, whatever for."""

    in_minor: int
    out_minor: int
    top_ups_minor: int


@dataclass(frozen=True, slots=True)
class DailySummary:
    """A branch's local day: sessions, heads and cash side by side."""

    day: date
    sessions: tuple[SessionCash, ...]
    totals: DayTotals

    @property
    def reconciliation(self) -> Reconciliation:
        """What the day's finished sessions should have brought, and did."""
        return reconcile(self.sessions)


class CashboxViews(Protocol):
    """Reads drawers for screens. Another center's drawers do not exist for it."""

    async def list_drawers(self, *, center_id: CenterId) -> list[Drawer]:
        """Return every branch's drawer, by the branch's name."""
        ...

    async def find_drawer(self, *, center_id: CenterId, branch_id: BranchId) -> Drawer | None:
        """Return a branch's drawer."""
        ...

    async def list_movements(
        self, *, center_id: CenterId, branch_id: BranchId, span: Span, limit: int, after: CashCursor | None = None
    ) -> list[CashLine]:
        """Return what moved in a drawer in a time, the latest first."""
        ...

    async def find_movement(self, *, center_id: CenterId, transaction_id: CashTransactionId) -> CashLine | None:
        """Return one movement."""
        ...

    async def find_count(self, *, center_id: CenterId, count_id: CashCountId) -> CountLine | None:
        """Return one count."""
        ...

    async def find_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> SeatReceipt | None:
        """Return what was taken for a seat at the desk."""
        ...

    async def find_day(self, *, center_id: CenterId, branch_id: BranchId, day: date, span: Span) -> DailySummary:
        """Return a branch's day; ``span`` is its instants."""
        ...
