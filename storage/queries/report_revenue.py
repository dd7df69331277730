"""What the journal says was earned and collected in a time, by source, class, branch and teacher.

Each query first adds up by session, which is few rows, and asks then what the sessions are.
"""

from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from domain.finance.model import AccountKind, EntryCause
from domain.reports.figures import Amounts, RevenueFact, Source
from storage.prepared import Query, outside
from storage.queries.collected import is_collecting, with_reversed
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions
from storage.tables.gateway import gateway_orders
from storage.tables.money import accounts, cashboxes, enrollments, entries, payments, postings
from storage.tables.organization import branches
from storage.tables.types import Instant

EARNED_SOURCES: Final = {
    AccountKind.EARNED_PACKAGE: Source.PACKAGE,
    AccountKind.EARNED_WALLET: Source.WALLET,
    AccountKind.EARNED_CASH: Source.CASH,
}
_IN_TIME = (
    entries.c.center_id == outside("center_id"),
    entries.c.occurred_at >= outside("since", Instant()),
    entries.c.occurred_at < outside("until", Instant()),
)


def _minor(amount: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.sum(amount), sa.BigInteger)


def _fact(source: Source, *, is_earned: bool) -> Any:
    def fact(class_id: Any, class_title: Any, branch_id: Any, branch_name: Any, teacher: Any, minor: int) -> RevenueFact:
        amounts = Amounts(minor, 0) if is_earned else Amounts(0, minor)
        return RevenueFact(source, class_id, class_title, branch_id, branch_name, teacher, amounts)

    return fact


def _earned_fact(kind: AccountKind, *values: Any) -> RevenueFact:
    fact: RevenueFact = _fact(EARNED_SOURCES[kind], is_earned=True)(*values)
    return fact


# What an entry can have touched, by its cause: nearly all of them touch no drawer and no gateway, and their lines need not
# be looked at. That no cause is missing is what the tests of random evenings prove, against the journal itself.
_EARNING: Final = (
    EntryCause.BOOKING_CAPTURED,
    EntryCause.NO_SHOW_FEE,
    EntryCause.CAPTURE_RETURNED,
    EntryCause.CREDIT_DELIVERED,
    EntryCause.DELIVERY_RETURNED,
    EntryCause.CASH_TAKEN,
    EntryCause.CASH_CORRECTED,
    EntryCause.CASH_RETURNED,
)
_IN_CASH: Final = (
    EntryCause.CASH_TAKEN,
    EntryCause.CASH_TOP_UP,
    EntryCause.CASH_CORRECTED,
    EntryCause.WALLET_PAID_OUT,
)
_AT_GATEWAY: Final = (
    EntryCause.GATEWAY_RECEIVED,
    EntryCause.GATEWAY_TAKEN_BACK,
    EntryCause.GATEWAY_LOSS,
    EntryCause.REFUND_CONFIRMED,
)


def _is_of(*causes: EntryCause) -> sa.ColumnElement[bool]:
    return entries.c.cause.in_([constant(cause) for cause in causes])


_by_session = (
    sa.select(accounts.c.kind, enrollments.c.session_id, _minor(-postings.c.amount_minor).label("minor"))
    .select_from(
        entries.join(postings, postings.c.entry_id == entries.c.id)
        .join(accounts, accounts.c.id == postings.c.account_id)
        .outerjoin(enrollments, enrollments.c.id == entries.c.subject_id)
    )
    .where(*_IN_TIME, _is_of(*_EARNING), accounts.c.kind.in_([constant(kind) for kind in EARNED_SOURCES]))
    .group_by(accounts.c.kind, enrollments.c.session_id)
    .subquery("earned")
)
EARNED = Query(
    sa.select(
        _by_session.c.kind,
        classes.c.id,
        classes.c.title,
        branches.c.id,
        branches.c.name,
        sessions.c.teacher,
        _minor(_by_session.c.minor),
    )
    .select_from(
        _by_session.outerjoin(sessions, sessions.c.id == _by_session.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
        .outerjoin(branches, branches.c.id == sessions.c.branch_id)
    )
    .group_by(_by_session.c.kind, classes.c.id, classes.c.title, branches.c.id, branches.c.name, sessions.c.teacher),
    _earned_fact,
)

_by_drawer = (
    sa.select(cashboxes.c.branch_id, enrollments.c.session_id, _minor(postings.c.amount_minor).label("minor"))
    .select_from(
        with_reversed(
            entries.join(postings, postings.c.entry_id == entries.c.id).join(
                cashboxes, cashboxes.c.id == postings.c.account_id
            )
        ).outerjoin(enrollments, enrollments.c.id == entries.c.subject_id)
    )
    .where(*_IN_TIME, _is_of(*_IN_CASH), is_collecting())
    .group_by(cashboxes.c.branch_id, enrollments.c.session_id)
    .subquery("cash")
)
CASH = Query(
    sa.select(classes.c.id, classes.c.title, branches.c.id, branches.c.name, sessions.c.teacher, _minor(_by_drawer.c.minor))
    .select_from(
        _by_drawer.join(branches, branches.c.id == _by_drawer.c.branch_id)
        .outerjoin(sessions, sessions.c.id == _by_drawer.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
    )
    .group_by(classes.c.id, classes.c.title, branches.c.id, branches.c.name, sessions.c.teacher),
    _fact(Source.CASH, is_earned=False),
)

ONLINE = Query(
    sa.select(
        classes.c.id, classes.c.title, branches.c.id, branches.c.name, sessions.c.teacher, _minor(postings.c.amount_minor)
    )
    .select_from(
        entries.join(postings, postings.c.entry_id == entries.c.id)
        .join(
            accounts,
            (accounts.c.id == postings.c.account_id) & (accounts.c.kind == constant(AccountKind.GATEWAY_CLEARING)),
        )
        .outerjoin(payments, payments.c.id == entries.c.subject_id)
        .outerjoin(enrollments, enrollments.c.id == payments.c.enrollment_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(gateway_orders, gateway_orders.c.payment_id == payments.c.id)
        .outerjoin(class_packages, class_packages.c.id == gateway_orders.c.class_package_id)
        .outerjoin(classes, classes.c.id == sa.func.coalesce(sessions.c.class_id, class_packages.c.class_id))
        .outerjoin(branches, branches.c.id == sessions.c.branch_id)
    )
    .where(*_IN_TIME, _is_of(*_AT_GATEWAY))
    .group_by(classes.c.id, classes.c.title, branches.c.id, branches.c.name, sessions.c.teacher),
    _fact(Source.ONLINE, is_earned=False),
)
REVENUE: Final = (EARNED, CASH, ONLINE)


def _total(
    amount: sa.ColumnElement[Any], kinds: Iterable[AccountKind], *conditions: sa.ColumnElement[bool]
) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.cast(sa.func.coalesce(sa.func.sum(amount), sa.literal_column("0")), sa.BigInteger))
        .select_from(
            with_reversed(
                entries.join(postings, postings.c.entry_id == entries.c.id).join(
                    accounts, accounts.c.id == postings.c.account_id
                )
            )
        )
        .where(*_IN_TIME, accounts.c.kind.in_([constant(kind) for kind in kinds]), *conditions)
        .scalar_subquery()
    )


TOTALS = Query(
    sa.select(
        _total(-postings.c.amount_minor, EARNED_SOURCES, _is_of(*_EARNING)),
        _total(postings.c.amount_minor, [AccountKind.CASHBOX], _is_of(*_IN_CASH), is_collecting()),
        _total(postings.c.amount_minor, [AccountKind.GATEWAY_CLEARING], _is_of(*_AT_GATEWAY)),
    ),
    lambda earned, cash, online: Amounts(earned, cash + online),
)
