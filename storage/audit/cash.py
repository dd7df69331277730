"""Checks of drawers: every movement is written down once, posted once, and belongs to what was paid."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import MadeGood
from domain.finance.model import CashDirection, PaymentMethod, PaymentStatus
from storage.audit.check import Check, Selection, or_zero, total
from storage.repositories.enrollments import constant
from storage.tables.door import cash_transactions
from storage.tables.money import cashboxes, enrollments, payments, postings

_SIGNED = sa.case(
    (cash_transactions.c.direction == constant(CashDirection.IN), cash_transactions.c.amount_minor),
    else_=-cash_transactions.c.amount_minor,
)


def _drawer_balances(only: Selection) -> sa.Select[Any]:
    """Compare what is in a drawer with its movements, all that there ever were."""
    moved = (
        sa.select(cash_transactions.c.cashbox_id, total(_SIGNED).label("sum_minor"))
        .where(only(cash_transactions.c.center_id))
        .group_by(cash_transactions.c.cashbox_id)
        .subquery("moved")
    )
    expected = or_zero(moved.c.sum_minor)
    return (
        sa.select(cashboxes.c.id, expected, cashboxes.c.balance_minor)
        .select_from(cashboxes.outerjoin(moved, moved.c.cashbox_id == cashboxes.c.id))
        .where(only(cashboxes.c.center_id), cashboxes.c.balance_minor != expected)
    )


def _posted(only: Selection) -> sa.Select[Any]:
    """Find movements whose entry does not post exactly them to the drawer's account."""
    found = (
        sa.select(total(postings.c.amount_minor))
        .where(postings.c.entry_id == cash_transactions.c.entry_id, postings.c.account_id == cash_transactions.c.cashbox_id)
        .scalar_subquery()
    )
    return sa.select(cash_transactions.c.id, _SIGNED, found).where(only(cash_transactions.c.center_id), found != _SIGNED)


def _unwritten(only: Selection) -> sa.Select[Any]:
    """Find entries that move a drawer without a movement that says why."""
    return (
        sa.select(postings.c.entry_id, postings.c.amount_minor, sa.literal_column("NULL", sa.BigInteger()))
        .select_from(
            postings.join(cashboxes, cashboxes.c.id == postings.c.account_id).outerjoin(
                cash_transactions, cash_transactions.c.entry_id == postings.c.entry_id
            )
        )
        .where(only(postings.c.center_id), cash_transactions.c.id.is_(None))
    )


def _seats(only: Selection) -> sa.Select[Any]:
    """Compare the cash that came in for a seat with what its payments say, or with what was paid back into a wallet."""
    moved = (
        sa.select(cash_transactions.c.enrollment_id, total(_SIGNED).label("sum_minor"))
        .where(only(cash_transactions.c.center_id), cash_transactions.c.enrollment_id.is_not(None))
        .group_by(cash_transactions.c.enrollment_id)
        .subquery("moved")
    )
    paid = (
        sa.select(payments.c.enrollment_id, total(payments.c.amount_minor).label("sum_minor"))
        .where(payments.c.method == constant(PaymentMethod.CASH), payments.c.status == constant(PaymentStatus.COMPLETED))
        .group_by(payments.c.enrollment_id)
        .subquery("paid")
    )
    returned = sa.case(
        (enrollments.c.made_good == constant(MadeGood.RETURNED), enrollments.c.made_good_minor),
        else_=sa.literal_column("0"),
    )
    expected, found = or_zero(paid.c.sum_minor) + returned, or_zero(moved.c.sum_minor)
    return (
        sa.select(enrollments.c.id, expected, found)
        .select_from(
            enrollments.outerjoin(moved, moved.c.enrollment_id == enrollments.c.id).outerjoin(
                paid, paid.c.enrollment_id == enrollments.c.id
            )
        )
        .where(
            only(enrollments.c.center_id),
            enrollments.c.method == constant(PaymentMethod.CASH),
            found != expected,
        )
    )


CHECKS = (
    Check("cashbox_movements", "cashboxes", _drawer_balances),
    Check("cash_transaction_entry", "cash_transactions", _posted),
    Check("cash_entry_unwritten", "entries", _unwritten),
    Check("enrollment_cash", "enrollments", _seats),
)
