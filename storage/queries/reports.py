"""Figures for reports, each from its own query."""

from domain.ids import CenterId
from domain.reports.figures import Amounts, Bookings, CashDay, Credits, Gone, Owed, Payments, RevenueFact, SeatsFact
from domain.sessions.calendar import Span
from storage.database import Database, fetch_one
from storage.queries.report_money import CREDITS, CREDITS_OWED, PAYMENTS, REFUNDS, WALLETS
from storage.queries.report_revenue import REVENUE, TOTALS
from storage.queries.report_sessions import BOOKINGS, CASH_DAYS, FAITHFUL, GONE, SEATS


class StoredReportViews:
    """See ``domain.reports.views.ReportViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_revenue(self, *, center_id: CenterId, span: Span) -> list[RevenueFact]:
        """Return what the journal says was earned and collected."""
        found: list[RevenueFact] = []
        for query in REVENUE:
            for facts in await self._database.fetch(query, center_id=center_id, since=span.since, until=span.until):
                found += facts
        return found

    async def find_total(self, *, center_id: CenterId, span: Span) -> Amounts:
        """Return what the journal says was earned and collected, together."""
        found = await fetch_one(self._database, TOTALS, center_id=center_id, since=span.since, until=span.until)
        return found or Amounts()

    async def list_cash_days(self, *, center_id: CenterId, span: Span) -> list[CashDay]:
        """Return each branch's days with finished sessions."""
        return await self._database.fetch(CASH_DAYS, center_id=center_id, since=span.since, until=span.until)

    async def list_seats(self, *, center_id: CenterId, span: Span) -> list[SeatsFact]:
        """Return finished sessions with their seats and heads."""
        return await self._database.fetch(SEATS, center_id=center_id, since=span.since, until=span.until)

    async def list_bookings(self, *, center_id: CenterId, span: Span) -> list[tuple[str, Bookings]]:
        """Return what became of bookings, by class."""
        return await self._database.fetch(BOOKINGS, center_id=center_id, since=span.since, until=span.until)

    async def list_gone(self, *, center_id: CenterId, earlier: Span, later: Span, least: int) -> list[Gone]:
        """Return who came in the earlier time and not in the later one."""
        return await self._database.fetch(
            GONE,
            center_id=center_id,
            earlier_since=earlier.since,
            earlier_until=earlier.until,
            later_since=later.since,
            later_until=later.until,
            least=least,
        )

    async def count_faithful(self, *, center_id: CenterId, span: Span, least: int) -> int:
        """Return how many people came so often."""
        found = await fetch_one(
            self._database, FAITHFUL, center_id=center_id, since=span.since, until=span.until, least=least
        )
        return found or 0

    async def find_owed(self, *, center_id: CenterId) -> Owed:
        """Return what is owed now."""
        wallets_minor, locked_minor, others_minor = (await self._database.fetch(WALLETS, center_id=center_id))[0]
        refunds_minor = await fetch_one(self._database, REFUNDS, center_id=center_id)
        credits_owed = await self._database.fetch(CREDITS_OWED, center_id=center_id)
        return Owed(wallets_minor, locked_minor, others_minor, refunds_minor or 0, tuple(credits_owed))

    async def count_payments(self, *, center_id: CenterId, span: Span) -> Payments:
        """Return how many payments ended, and how."""
        found = await fetch_one(self._database, PAYMENTS, center_id=center_id, since=span.since, until=span.until)
        return found or Payments()

    async def count_credits(self, *, center_id: CenterId, span: Span) -> Credits:
        """Return how many credits were sold in the time, and used of those."""
        found = await fetch_one(self._database, CREDITS, center_id=center_id, since=span.since, until=span.until)
        return found or Credits()
