"""All payments for admins: every way to narrow them, page by page, along an index, and each with its journal."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from domain.finance.model import AccountKind, EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus
from domain.finance.payments_admin import PaymentLine, PaymentPage, PaymentPeriod, PaymentSelection
from domain.ids import BranchId, PaymentId, PersonId, new_id
from domain.writes.money import AddPayment
from storage.queries import payments_admin
from storage.queries.journal import StoredJournalViews
from storage.queries.payments_admin import StoredPaymentAdminViews
from tests.builders.cash import at_the_door, take_seat
from tests.cast import Cast
from tests.factories import OPENING_DAY, ZONE, sql_id
from tests.postgres_server import driver_url

LONG_AGO, NEVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
INDEX = "ix_payments_center_id_method_status_created_at_id"


def selection(
    *,
    status: PaymentStatus | None = None,
    method: PaymentMethod | None = None,
    period: PaymentPeriod = PaymentPeriod.EVER,
    person_id: PersonId | None = None,
    branch_id: BranchId | None = None,
    now: datetime = OPENING_DAY,
) -> PaymentSelection:
    return PaymentSelection(status, method, period.span(now, ZONE), person_id, branch_id)


async def page(
    cast: Cast, chosen: PaymentSelection | None = None, *, limit: int = 50, after: PaymentId | None = None
) -> PaymentPage:
    views = StoredPaymentAdminViews(cast.world.database)
    return await views.list_page(center_id=cast.world.center_id, selection=chosen or selection(), limit=limit, after=after)


async def all_pages(cast: Cast, chosen: PaymentSelection, *, limit: int) -> list[PaymentLine]:
    found: list[PaymentLine] = []
    shown = await page(cast, chosen, limit=limit)
    found += shown.lines
    while shown.after is not None:
        shown = await page(cast, chosen, limit=limit, after=shown.after)
        found += shown.lines
    return found


async def add_payments(cast: Cast, how_many: int, **changed: Any) -> None:
    """Write down payments of the member's, a second apart, the first at the opening."""
    now = cast.world.clock.now()
    given: dict[str, Any] = {
        "center_id": cast.world.center_id,
        "payer_id": cast.member.id,
        "method": PaymentMethod.GATEWAY,
        "purpose": PaymentPurpose.TOP_UP,
        "enrollment_id": None,
        "student_package_id": None,
        "amount_minor": 5_000,
        "status": PaymentStatus.FAILED,
        "ended_at": now,
        **changed,
    }
    await cast.world.database.apply(
        [
            AddPayment(id=PaymentId(new_id()), created_at=now + timedelta(seconds=number), **given)
            for number in range(how_many)
        ]
    )


class TestNarrowing:
    async def test_shows_everything_newest_first(self, cast: Cast) -> None:
        await add_payments(cast, 3)
        lines = (await page(cast)).lines
        assert [line.created_at for line in lines] == sorted((line.created_at for line in lines), reverse=True)
        assert {line.payer_name for line in lines} == {"Mona Adel", "Omar Khaled", "Sami Fathy"}

    async def test_of_another_center_shows_nothing_of_ours(self, cast: Cast) -> None:
        views = StoredPaymentAdminViews(cast.world.database)
        found = await views.list_page(center_id=cast.elsewhere.center_id, selection=selection(), limit=50)
        assert {line.payer_name for line in found.lines} == {"Adam Delta"}
        details = await views.find_details(center_id=cast.world.center_id, payment_id=found.lines[0].payment_id)
        assert details is None

    @pytest.mark.parametrize("status", [None, *PaymentStatus])
    @pytest.mark.parametrize("method", [None, *PaymentMethod])
    async def test_by_status_and_method_agrees_with_looking_at_each(
        self, cast: Cast, status: PaymentStatus | None, method: PaymentMethod | None
    ) -> None:
        await cast.world.book(cast.member, cast.session)
        await add_payments(cast, 3)
        everything = (await page(cast)).lines
        wanted = [line.payment_id for line in everything if status in {None, line.status} and method in {None, line.method}]
        chosen = selection(status=status, method=method)
        assert [line.payment_id for line in (await page(cast, chosen)).lines] == wanted
        assert [line.payment_id for line in await all_pages(cast, chosen, limit=2)] == wanted

    async def test_by_period_person_and_branch_together(self, cast: Cast) -> None:
        world, zamalek = cast.world, await cast.world.add_branch("Zamalek")
        world.clock.advance(timedelta(days=40))
        session = await at_the_door(world, cast.taught)
        await take_seat(world, cast.staff, session, cast.poor, amount_minor=8_000)
        now = world.clock.now()
        here: dict[str, Any]
        here, today = {"branch_id": world.branch.id, "now": now}, PaymentPeriod.TODAY
        assert len((await page(cast, selection(period=today, person_id=cast.poor.id, **here))).lines) == 1
        assert not (await page(cast, selection(period=today, person_id=cast.owner.id, **here))).lines
        assert not (await page(cast, selection(period=today, branch_id=zamalek.id, now=now))).lines
        assert not (await page(cast, selection(period=PaymentPeriod.LAST_MONTH, **here))).lines
        assert len((await page(cast, selection(period=PaymentPeriod.MONTH, **here))).lines) == 1

    async def test_by_branch_knows_where_cash_for_a_wallet_was_taken(self, cast: Cast) -> None:
        lines = (await page(cast, selection(branch_id=cast.world.branch.id, method=PaymentMethod.CASH))).lines
        assert {line.payer_name for line in lines} >= {"Omar Khaled", "Mona Adel"}

    async def test_by_branch_goes_on_where_it_stopped_looking(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(payments_admin, "LOOKED_THROUGH", 4)
        await add_payments(cast, 6)  # none of them is of any branch, and all are newer than those that are
        here = selection(branch_id=cast.world.branch.id)
        first = await page(cast, here, limit=3)
        assert (first.lines, first.is_cut) == ((), True)
        found = await all_pages(cast, here, limit=3)
        assert len(found) == len({line.payment_id for line in found}) >= 3

    async def test_turns_pages_without_a_gap_where_all_are_of_one_instant(self, cast: Cast) -> None:
        await add_payments(cast, 7, ended_at=OPENING_DAY)
        await cast.world.database.execute(
            f"UPDATE payments SET created_at = ended_at WHERE payer_id = '{sql_id(cast.member.id)}' AND status = 'FAILED'"
        )
        found = await all_pages(cast, selection(person_id=cast.member.id), limit=3)
        assert len(found) == len({line.payment_id for line in found}) == 8


class TestOne:
    async def test_tells_who_took_the_cash_and_where(self, cast: Cast) -> None:
        session = await at_the_door(cast.world, cast.taught)
        seat = await take_seat(cast.world, cast.staff, session, cast.poor, amount_minor=8_000)
        views = StoredPaymentAdminViews(cast.world.database)
        (line,) = await views.list_of_seat(center_id=cast.world.center_id, enrollment_id=seat.id, limit=5)
        found = await views.find_details(center_id=cast.world.center_id, payment_id=line.payment_id)
        assert found is not None
        assert (found.taken_by, found.branch_name, found.enrollment_id) == ("Hana Zaki", "Maadi", seat.id)
        assert (found.class_title, found.order, found.payer_is_there) == ("Ballet I", None, True)

    async def test_has_its_entries_with_both_sides(self, cast: Cast) -> None:
        session = await at_the_door(cast.world, cast.taught)
        seat = await take_seat(cast.world, cast.staff, session, cast.poor, amount_minor=8_000)
        views = StoredPaymentAdminViews(cast.world.database)
        (line,) = await views.list_of_seat(center_id=cast.world.center_id, enrollment_id=seat.id, limit=5)
        journal = StoredJournalViews(cast.world.database)
        (entry,) = await journal.list_of_payment(center_id=cast.world.center_id, payment_id=line.payment_id, limit=5)
        assert (entry.cause, entry.amount_minor, entry.actor_name) == (EntryCause.CASH_TAKEN, 8_000, "Hana Zaki")
        assert [(leg.kind, leg.amount_minor, leg.branch_name) for leg in entry.legs] == [
            (AccountKind.CASHBOX, 8_000, "Maadi"),
            (AccountKind.EARNED_CASH, -8_000, None),
        ]
        assert await journal.find_entry(center_id=cast.world.center_id, entry_id=entry.entry_id) == entry
        assert await journal.find_entry(center_id=cast.elsewhere.center_id, entry_id=entry.entry_id) is None


def arguments(cast: Cast, backend: str, query: Any) -> list[Any]:
    given: list[Any] = query.prepared(backend).arguments(
        {
            "center_id": cast.world.center_id,
            "since": LONG_AGO,
            "after_at": NEVER,
            "after_id": UUID(int=0),
            "look": 9,
            "limit": 9,
            "branch_id": None,
        }
    )
    return given


def walk(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for inner in step.get("Plans", ()):
        yield from walk(inner)


PENDING = payments_admin.lines_of(PaymentStatus.PENDING, None, is_of_person=False)
ONLINE = payments_admin.lines_of(None, PaymentMethod.GATEWAY, is_of_person=False)
ALL = payments_admin.lines_of(None, None, is_of_person=False)


class TestPlans:
    """Each runs on its own kind of database: there is no plan that both have."""

    @pytest.mark.parametrize(("query", "ranges"), [(PENDING, 4), (ONLINE, 5)])
    async def test_reads_one_range_of_the_index_for_each_combination_on_sqlite(
        self, sqlite_cast: Cast, sqlite_url: str, query: Any, ranges: int
    ) -> None:
        with contextlib.closing(sqlite3.connect(str(make_url(sqlite_url).database))) as connection:
            rows = connection.execute(
                f"EXPLAIN QUERY PLAN {query.prepared('sqlite').sql}", arguments(sqlite_cast, "sqlite", query)
            ).fetchall()
        plan = [row[-1] for row in rows]
        searched = [step for step in plan if f"INDEX {INDEX} (center_id=? AND method=? AND status=?" in step]
        assert len(searched) == ranges, plan
        assert not [step for step in plan if step.startswith("SCAN payments")]

    @pytest.mark.parametrize("query", [PENDING, ONLINE, ALL])
    async def test_never_reads_the_whole_table_on_postgresql(
        self, postgres_cast: Cast, postgres_url: str, query: Any
    ) -> None:
        connection = await asyncpg.connect(driver_url(make_url(postgres_url)))
        try:
            await connection.execute("SET session_replication_role = replica")
            await connection.execute(
                """INSERT INTO payments
                    (id, center_id, payer_id, method, purpose, amount_minor, status, created_at, ended_at)
                SELECT gen_random_uuid(), center_id, payer_id, method, purpose, amount_minor, 'COMPLETED',
                    created_at + number * interval '1 second', created_at
                FROM (SELECT * FROM payments LIMIT 1) one, generate_series(1, 20000) number;
                ANALYZE"""
            )
            explained = await connection.fetchval(
                f"EXPLAIN (FORMAT JSON) {query.prepared('postgresql').sql}",
                *arguments(postgres_cast, "postgresql", query),
            )
        finally:
            await connection.close()
        steps = list(walk(json.loads(explained)[0]["Plan"]))
        scans = [step["Node Type"] for step in steps if step.get("Relation Name") == "payments"]
        assert scans
        assert "Seq Scan" not in scans
