"""An upgrade of a database that has rows in it: nothing is lost, and what the new schema wants is filled in."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from domain.ids import new_id
from storage.audit import audit
from storage.migrate import upgrade
from storage.tables.types import Instant
from tests.storage.conftest import opened
from tests.storage.schema_dump import on_connection

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CENTER, BRANCH, CASHBOX, WALLET, ENTRY, PAYMENT = (new_id() for _ in range(6))
FIRST, SECOND = new_id(), new_id()
_IDS = ("id", "center_id", "owner_id", "branch_id", "entry_id", "account_id", "subject_id", "payer_id", "person_id")


def rows_of_the_first_schema() -> list[tuple[str, list[dict[str, Any]]]]:
    center = {"center_id": CENTER}
    people = [
        {"id": id_, **center, "name": name, "phone": "+201001234567", "phone_verified_at": at, "created_at": NOW}
        for id_, name, at in ((FIRST, "Mona Adel", NOW), (SECOND, "أحمد سامي", NOW.replace(hour=9)))
    ]
    settings = {"check_in_opens_minutes": 60, "reservation_minutes": 15, "horizon_days": 28, "largest_amount_minor": 100}
    named = {"name": "Nile", "currency": "EGP", "timezone": "Africa/Cairo", "default_language": "en"}
    money = {"amount_minor": 500, "method": "CASH", "purpose": "TOP_UP", "status": "COMPLETED"}
    return [
        ("centers", [{"id": CENTER, **named, **settings, "created_at": NOW}]),
        ("branches", [{"id": BRANCH, **center, "name": "Maadi", "created_at": NOW}]),
        ("people", people),
        (
            "accounts",
            [
                {"id": id_, **center, "kind": kind, "created_at": NOW}
                for id_, kind in ((CASHBOX, "CASHBOX"), (WALLET, "WALLET"))
            ],
        ),
        ("cashboxes", [{"id": CASHBOX, **center, "branch_id": BRANCH, "balance_minor": 500}]),
        (
            "wallets",
            [{"id": WALLET, **center, "owner_kind": "STUDENT", "owner_id": FIRST, "balance_minor": 500, "locked_minor": 0}],
        ),
        ("payments", [{"id": PAYMENT, **center, "payer_id": FIRST, **money, "created_at": NOW, "ended_at": NOW}]),
        (
            "postings",
            [
                {"entry_id": ENTRY, "line": line, **center, "account_id": account, "amount_minor": amount}
                for line, account, amount in ((1, CASHBOX, 500), (2, WALLET, -500))
            ],
        ),
        ("entries", [{"id": ENTRY, **center, "cause": "CASH_TOP_UP", "subject_id": PAYMENT, "occurred_at": NOW}]),
        ("muted_notifications", [{"person_id": FIRST, "kind": "REMINDER_DAY_BEFORE"}]),
    ]


def column(name: str) -> sa.ColumnClause[Any]:
    if name in _IDS:
        return sa.column(name, sa.Uuid())
    return sa.column(name, Instant() if name.endswith("_at") else None)


def fill(connection: sa.Connection) -> None:
    for name, rows in rows_of_the_first_schema():
        connection.execute(sa.table(name, *map(column, rows[0])).insert(), rows)


def look(connection: sa.Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sa.text(sql))]


@pytest.fixture
def upgraded_url(empty_url: str) -> str:
    """A database of the first schema with people and money in it, brought to the present one."""
    upgrade(empty_url, revision="0001")
    on_connection(empty_url, fill)
    upgrade(empty_url)
    return empty_url


class TestUpgrade:
    async def test_keeps_what_is_there_and_the_books_add_up(self, upgraded_url: str) -> None:
        async with opened(upgraded_url) as database:
            assert await audit(database) == []

    def test_folds_names_for_searches(self, upgraded_url: str) -> None:
        found = on_connection(upgraded_url, lambda each: look(each, "SELECT name, name_folded FROM people"))
        assert set(found) == {("Mona Adel", "mona adel"), ("أحمد سامي", "احمد سامي")}

    def test_leaves_a_phone_to_the_last_who_verified_it(self, upgraded_url: str) -> None:
        sql = "SELECT id FROM people WHERE phone_verified_at IS NOT NULL"
        ((id_,),) = on_connection(upgraded_url, lambda each: look(each, sql))
        assert UUID(str(id_)) == SECOND

    def test_writes_down_the_cash_that_came_in_before(self, upgraded_url: str) -> None:
        sql = "SELECT direction, kind, amount_minor FROM cash_transactions"
        assert on_connection(upgraded_url, lambda each: look(each, sql)) == [("IN", "TOP_UP", 500)]

    def test_lets_the_new_kinds_in_and_no_others(self, upgraded_url: str) -> None:
        def mute(connection: sa.Connection, kind: str) -> None:
            row = {"person_id": FIRST, "kind": kind}
            connection.execute(sa.table("muted_notifications", *map(column, row)).insert(), row)

        on_connection(upgraded_url, lambda each: mute(each, "DIGEST"))
        with pytest.raises(sa.exc.IntegrityError):
            on_connection(upgraded_url, lambda each: mute(each, "ANYTHING"))
