"""What screens show of a wallet's movements: its postings in the journal, each with its cause."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.finance.model import EntryCause
from domain.ids import CenterId, EntryId, PersonId


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of a wallet. ``amount_minor`` is above zero for what came in, below for what went out.

    What it belongs to: the class and start of a booking, the name of a package, or the branch whose cashbox took part.
    """

    entry_id: EntryId
    occurred_at: datetime
    cause: EntryCause
    amount_minor: int
    is_correction: bool
    reason: str | None
    class_title: str | None
    starts_at: datetime | None
    package_name: str | None
    branch_name: str | None


class StatementViews(Protocol):
    """Reads a student's own statement."""

    async def list_statement(
        self, *, center_id: CenterId, student_id: PersonId, limit: int, after: EntryId | None = None
    ) -> list[StatementLine]:
        """Return the movements of the student's wallet in the order in which they were made, the latest first."""
        ...
