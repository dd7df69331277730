"""Reads figures for reports. Another center's do not exist for it."""

from typing import Protocol

from domain.ids import CenterId
from domain.reports.figures import Amounts, Bookings, CashDay, Credits, Gone, Owed, Payments, RevenueFact, SeatsFact
from domain.sessions.calendar import Span


class ReportViews(Protocol):
    """Each figure of one center, in a time; what is not of a time is of now."""

    async def list_revenue(self, *, center_id: CenterId, span: Span) -> list[RevenueFact]:
        """Return what the journal says was earned and collected, by source, class, branch and teacher."""
        ...

    async def find_total(self, *, center_id: CenterId, span: Span) -> Amounts:
        """Return all that ``list_revenue`` does, added up: for comparing."""
        ...

    async def list_cash_days(self, *, center_id: CenterId, span: Span) -> list[CashDay]:
        """Return each branch's days with finished sessions, by day and name."""
        ...

    async def list_seats(self, *, center_id: CenterId, span: Span) -> list[SeatsFact]:
        """Return finished sessions with their seats and heads."""
        ...

    async def list_bookings(self, *, center_id: CenterId, span: Span) -> list[tuple[str, Bookings]]:
        """Return what became of bookings, by class."""
        ...

    async def list_gone(self, *, center_id: CenterId, earlier: Span, later: Span, least: int) -> list[Gone]:
        """Return who came in the earlier time and not in the later one, the most faithful first."""
        ...

    async def count_faithful(self, *, center_id: CenterId, span: Span, least: int) -> int:
        """Return how many people came so often."""
        ...

    async def find_owed(self, *, center_id: CenterId) -> Owed:
        """Return what is owed now."""
        ...

    async def count_payments(self, *, center_id: CenterId, span: Span) -> Payments:
        """Return how many payments ended, and how."""
        ...

    async def count_credits(self, *, center_id: CenterId, span: Span) -> Credits:
        """Return how many credits were sold in the time, and used of those."""
        ...
