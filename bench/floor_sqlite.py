"""SQLite's floor: the standard library's ``sqlite3`` in one thread, doing the writes of a booking in one transaction.

No decision, no reading, no event loop, no thread to hop to: its arguments are made before the clock starts.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.engine import make_url

from domain.writes.base import Write
from domain.writes.money import AddHold, AddPayment, HoldMoney, UseCredit
from domain.writes.record import AddAuditRow, AddEvent
from domain.writes.seats import AddEnrollment, TakeSeat
from storage.tables.types import Instant

Call = tuple[str, tuple[Any, ...]]

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "temp_store = MEMORY",
)
_TABLES: dict[type[Write], str] = {
    AddEnrollment: "enrollments",
    AddHold: "holds",
    AddPayment: "payments",
    AddEvent: "outbox",
    AddAuditRow: "audit_log",
}
_HOLD_MONEY = """UPDATE wallets SET locked_minor = locked_minor + ?
    WHERE id = ? AND balance_minor - locked_minor >= ?"""
_USE_CREDIT = """UPDATE student_packages SET credits_left = credits_left - 1, value_left_minor = value_left_minor - ?,
        status = CASE WHEN credits_left = 1 THEN 'EXHAUSTED' ELSE 'ACTIVE' END
    WHERE id = ? AND credits_left = ? AND value_left_minor = ? AND status = 'ACTIVE'"""
_TAKE_SEAT = """UPDATE sessions SET seats_taken = seats_taken + 1
    WHERE id = ? AND seats_taken < capacity
        AND status IN ('SCHEDULED', 'CHECKING_IN') AND starts_at = ? AND starts_at > ?"""


_AS_TEXT = Instant().driver_bind("sqlite") or str


def calls(writes: Sequence[Write]) -> list[Call]:
    """Return the statements of one booking and their arguments, taken from the writes that the use case would commit."""
    return [_call(write) for write in writes]


class SqliteFloor:
    """One connection with the settings of our own writer."""

    def __init__(self, url: str) -> None:
        self._connection = sqlite3.connect(str(make_url(url).database), isolation_level=None, cached_statements=512)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def book_all(self, bookings: Sequence[Sequence[Call]]) -> None:
        """Make the bookings one after the other; raise RuntimeError where a guard fails."""
        execute = self._connection.execute
        for booking in bookings:
            execute("BEGIN IMMEDIATE")
            for statement, arguments in booking:
                if execute(statement, arguments).rowcount != 1:
                    raise RuntimeError(statement)
            execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _call(write: Write) -> Call:
    match write:
        case HoldMoney():
            return _HOLD_MONEY, _raw(write.amount_minor, write.wallet_id, write.amount_minor)
        case UseCredit():
            values = (write.value_minor, write.student_package_id, write.was_credits_left, write.was_value_left_minor)
            return _USE_CREDIT, _raw(*values)
        case TakeSeat():
            return _TAKE_SEAT, _raw(write.session_id, write.expected_starts_at, write.now)
        case _:
            names = [field.name for field in fields(write)]
            columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
            insert = f"INSERT INTO {_TABLES[type(write)]} ({columns}) VALUES ({places})"
            return insert, _raw(*(getattr(write, name) for name in names))


def _raw(*values: Any) -> tuple[Any, ...]:
    return tuple(map(_raw_value, values))


def _raw_value(value: Any) -> Any:
    match value:
        case UUID():
            return value.hex
        case datetime():
            return _AS_TEXT(value)
        case dict():
            return orjson.dumps(value).decode()
        case _:
            return value
