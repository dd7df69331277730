"""What reports say, against the journal itself: added up here in the plainest way, entry by entry."""

from datetime import timedelta

import sqlalchemy as sa

from domain.finance.day_report import Period, Totals
from domain.finance.model import AccountKind
from domain.reports.figures import Amounts, Report, Source, revenue_by
from domain.sessions.calendar import Span
from storage.prepared import Query, outside
from storage.queries.day_report import StoredDayReportViews
from storage.queries.reports import StoredReportViews
from storage.tables.money import accounts, entries, postings
from tests.factories import OPENING_DAY, World

ALL_TIME = Span(OPENING_DAY - timedelta(days=30), OPENING_DAY + timedelta(days=30))
# What the center has of people's cash, wherever it lies by now; what it earned; what it owes.
HELD_CASH = {AccountKind.CASHBOX, AccountKind.CENTER_SAFE, AccountKind.CASH_OVER_SHORT}
EARNED = {
    AccountKind.EARNED_PACKAGE: Source.PACKAGE,
    AccountKind.EARNED_WALLET: Source.WALLET,
    AccountKind.EARNED_CASH: Source.CASH,
}
LIABILITIES = {AccountKind.WALLET, AccountKind.DEFERRED_REVENUE, AccountKind.REFUNDS_PAYABLE}
_POSTED = Query(
    sa.select(accounts.c.kind, postings.c.amount_minor)
    .select_from(
        postings.join(accounts, accounts.c.id == postings.c.account_id).join(entries, entries.c.id == postings.c.entry_id)
    )
    .where(entries.c.center_id == outside("center_id")),
    lambda kind, amount_minor: (kind, amount_minor),
)


async def reports_agree_with_the_journal(world: World) -> None:
    """Fail where a report's total is a piastre off, whichever way it is cut."""
    views, center_id = StoredReportViews(world.database), world.center_id
    posted = dict.fromkeys(AccountKind, 0)
    for kind, amount_minor in await world.database.fetch(_POSTED, center_id=center_id):
        posted[kind] += amount_minor
    collected_minor = sum(posted[kind] for kind in HELD_CASH) + posted[AccountKind.GATEWAY_CLEARING]
    total = Amounts(-sum(posted[kind] for kind in EARNED), collected_minor)
    facts = await views.list_revenue(center_id=center_id, span=ALL_TIME)
    for by in (Report.METHOD, Report.CLASS, Report.BRANCH, Report.TEACHER):
        assert revenue_by(by, facts, before=None).total == total
    assert await views.find_total(center_id=center_id, span=ALL_TIME) == total
    by_method = {line.source: line.amounts for line in revenue_by(Report.METHOD, facts, before=None).lines}
    for kind, source in EARNED.items():
        assert by_method.get(source, Amounts()).earned_minor == -posted[kind]
    owed = await views.find_owed(center_id=center_id)
    assert owed.to_students_minor + owed.others_minor == -sum(posted[kind] for kind in LIABILITIES)
    period = Period(ALL_TIME.since, ALL_TIME.until)
    digest: Totals = await StoredDayReportViews(world.database).find_totals(center_id=center_id, period=period)
    assert Amounts(digest.earned_minor, digest.collected_minor) == total
