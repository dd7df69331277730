"""What is seen of all drawers side by side, and of the counts of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.finance.reconciliation import Reconciliation
from domain.ids import BranchId, CashCountId, CenterId
from domain.sessions.calendar import Span


@dataclass(frozen=True, slots=True)
class DrawerLine:
    """A branch's drawer in the list. The difference is of the last count: above zero, more was counted than recorded.

    ``day`` compares what today's finished classes should have brought with what they did; None where none is finished.
    """

    branch_id: BranchId
    branch_name: str
    balance_minor: int
    last_counted_at: datetime | None
    last_difference_minor: int | None
    day: Reconciliation | None


@dataclass(frozen=True, slots=True)
class CountRecord:
    """A count as it was written down. ``denominations`` are how many of each, by the worth of one in minor units."""

    count_id: CashCountId
    branch_id: BranchId
    branch_name: str
    counted_at: datetime
    counted_by: str
    counted_minor: int
    recorded_minor: int
    denominations: Mapping[str, int] | None

    @property
    def difference_minor(self) -> int:
        """How much more was counted than was recorded."""
        return self.counted_minor - self.recorded_minor


class CashboxAdminViews(Protocol):
    """Reads drawers side by side. Another center's do not exist for it."""

    async def list_lines(self, *, center_id: CenterId, day: Span) -> list[DrawerLine]:
        """Return the drawer of every open branch, by its name; ``day`` is today's instants."""
        ...

    async def list_counts(
        self, *, center_id: CenterId, branch_id: BranchId, limit: int, after: CashCountId | None = None
    ) -> list[CountRecord]:
        """Return the counts of a branch's drawer, the latest first."""
        ...

    async def find_count(self, *, center_id: CenterId, count_id: CashCountId) -> CountRecord | None:
        """Return one count."""
        ...
