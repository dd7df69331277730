"""The conditional statements of writes on drawers, and on the seats of who pays at the desk."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.writes import cash
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import sessions
from storage.tables.door import cash_counts, cash_transactions
from storage.tables.money import cashboxes

_ONE: sa.ColumnElement[int] = sa.literal_column("1")


def _take_cash_out() -> Update:
    amount = outside("amount_minor", cashboxes.c.balance_minor.type)
    return (
        cashboxes.update()
        .where(cashboxes.c.id == outside("cashbox_id"), cashboxes.c.balance_minor >= amount)
        .values(balance_minor=cashboxes.c.balance_minor - amount)
    )


def _set_counted_cash() -> Update:
    return (
        cashboxes.update()
        .where(cashboxes.c.id == outside("cashbox_id"), cashboxes.c.balance_minor == outside("was_minor"))
        .values(balance_minor=outside("counted_minor"))
    )


def _take_walk_in_seat() -> Update:
    return (
        sessions.update()
        .where(
            sessions.c.id == outside("session_id"),
            sessions.c.seats_taken < sessions.c.capacity,
            sa.literal_column("status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING')"),
            sessions.c.starts_at == outside("expected_starts_at"),
        )
        .values(seats_taken=sessions.c.seats_taken + _ONE)
    )


CASH_UPDATES: dict[type[Write], Callable[[], Update]] = {
    cash.TakeCashOut: _take_cash_out,
    cash.SetCountedCash: _set_counted_cash,
    cash.TakeWalkInSeat: _take_walk_in_seat,
}

CASH_INSERTS: dict[type[Write], sa.Table] = {
    cash.AddCashTransaction: cash_transactions,
    cash.AddCashCount: cash_counts,
}
