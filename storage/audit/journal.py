"""Checks of the journal, and of the balances that are projections of it."""

from typing import Any

import sqlalchemy as sa

from domain.finance.model import AccountKind, EntryCause, HoldStatus
from storage.audit.check import NOTHING, ONE, TWO, ZERO, Check, Selection, or_zero, total
from storage.repositories.enrollments import constant
from storage.tables.catalogue import student_packages
from storage.tables.money import accounts, cashboxes, enrollments, entries, holds, postings, wallets


def _unbalanced_entries(only: Selection) -> sa.Select[Any]:
    found = total(postings.c.amount_minor)
    return (
        sa.select(postings.c.entry_id, ZERO, found)
        .where(only(postings.c.center_id))
        .group_by(postings.c.entry_id)
        .having(found != ZERO)
    )


def _entries_without_lines(only: Selection) -> sa.Select[Any]:
    lines = sa.func.count(postings.c.line)
    return (
        sa.select(entries.c.id, TWO, lines)
        .select_from(entries.outerjoin(postings, postings.c.entry_id == entries.c.id))
        .where(only(entries.c.center_id))
        .group_by(entries.c.id)
        .having(lines < TWO)
    )


def _posted(account_id: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Return the sum of one account's postings, debits less credits: a covering index away."""
    return sa.select(total(postings.c.amount_minor)).where(postings.c.account_id == account_id).scalar_subquery()


def _wallet_balances(only: Selection) -> sa.Select[Any]:
    posted = (  # all accounts in one pass: wallets are as many as people
        sa.select(postings.c.account_id, total(postings.c.amount_minor).label("sum_minor"))
        .where(only(postings.c.center_id))
        .group_by(postings.c.account_id)
        .subquery("posted")
    )
    expected = -or_zero(posted.c.sum_minor)  # the center owes it: credits less debits
    return (
        sa.select(wallets.c.id, expected, wallets.c.balance_minor)
        .select_from(wallets.outerjoin(posted, posted.c.account_id == wallets.c.id))
        .where(only(wallets.c.center_id), wallets.c.balance_minor != expected)
    )


def _cashbox_balances(only: Selection) -> sa.Select[Any]:
    expected = _posted(cashboxes.c.id)
    return sa.select(cashboxes.c.id, expected, cashboxes.c.balance_minor).where(
        only(cashboxes.c.center_id), cashboxes.c.balance_minor != expected
    )


def _wallet_locks(only: Selection) -> sa.Select[Any]:
    held = (
        sa.select(holds.c.wallet_id, total(holds.c.amount_minor).label("sum_minor"))
        .where(holds.c.status == constant(HoldStatus.OPEN))
        .group_by(holds.c.wallet_id)
        .subquery("held")
    )
    expected = or_zero(held.c.sum_minor)
    return (
        sa.select(wallets.c.id, expected, wallets.c.locked_minor)
        .select_from(wallets.outerjoin(held, held.c.wallet_id == wallets.c.id))
        .where(only(wallets.c.center_id), wallets.c.locked_minor != expected)
    )


def _account_kinds(table: sa.Table, kind: AccountKind, only: Selection) -> sa.Select[Any]:
    return (
        sa.select(table.c.id, constant(kind), accounts.c.kind)
        .select_from(table.join(accounts, accounts.c.id == table.c.id))
        .where(only(table.c.center_id), accounts.c.kind != constant(kind))
    )


def _accounts_without_owner(only: Selection) -> sa.Select[Any]:
    """Find postings to the account of a wallet or a cashbox that is not there: money that nobody can see."""
    return (
        sa.select(accounts.c.id, accounts.c.kind, NOTHING)
        .select_from(
            accounts.outerjoin(wallets, wallets.c.id == accounts.c.id).outerjoin(cashboxes, cashboxes.c.id == accounts.c.id)
        )
        .where(
            only(accounts.c.center_id),
            sa.or_(
                (accounts.c.kind == constant(AccountKind.WALLET)) & wallets.c.id.is_(None),
                (accounts.c.kind == constant(AccountKind.CASHBOX)) & cashboxes.c.id.is_(None),
            ),
        )
    )


def _deferred_revenue(only: Selection) -> sa.Select[Any]:
    """Compare the account with what is sold and not delivered: values left in packages, and credits on coming seats."""
    left = sa.select(total(student_packages.c.value_left_minor)).where(student_packages.c.center_id == accounts.c.center_id)
    taken = sa.select(total(enrollments.c.credit_value_minor)).where(
        enrollments.c.center_id == accounts.c.center_id,
        sa.literal_column("enrollments.status IN ('HELD', 'LOCKED', 'PAID')"),
        enrollments.c.attended_at.is_(None),
    )
    expected, found = -(left.scalar_subquery() + taken.scalar_subquery()), _posted(accounts.c.id)
    return sa.select(accounts.c.id, expected, found).where(
        only(accounts.c.center_id), accounts.c.kind == constant(AccountKind.DEFERRED_REVENUE), found != expected
    )


def _packages_sold_twice(only: Selection) -> sa.Select[Any]:
    """Find packages whose price was taken more than once."""
    times = sa.func.count()
    return (
        sa.select(entries.c.subject_id, ONE, times)
        .where(only(entries.c.center_id), entries.c.cause == constant(EntryCause.PACKAGE_BOUGHT))
        .group_by(entries.c.subject_id)
        .having(times > ONE)
    )


CHECKS = (
    Check("entry_unbalanced", "entries", _unbalanced_entries),
    Check("entry_too_few_lines", "entries", _entries_without_lines),
    Check("wallet_balance", "wallets", _wallet_balances),
    Check("wallet_locked", "wallets", _wallet_locks),
    Check("wallet_account_kind", "wallets", lambda only: _account_kinds(wallets, AccountKind.WALLET, only)),
    Check("cashbox_balance", "cashboxes", _cashbox_balances),
    Check("cashbox_account_kind", "cashboxes", lambda only: _account_kinds(cashboxes, AccountKind.CASHBOX, only)),
    Check("account_without_owner", "accounts", _accounts_without_owner),
    Check("deferred_revenue", "accounts", _deferred_revenue),
    Check("package_bought_twice", "student_packages", _packages_sold_twice),
)
