"""What the journal says was earned and collected in a time, by source, class, branch and teacher.

Each query begins with the entries of the time, and joins what it asks of their lines from outside, without a condition:
PostgreSQL would begin with an account otherwise, of whose lines there are far more than it thinks. Then it adds up by
session, which is few rows, and asks what the sessions are.
"""

from collections.abc import Callable
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
# Nearly all entries touch no drawer and no gateway, and their lines need not be looked at for that. That no cause is
# missing here is proved by the tests of random evenings: the totals, which ask for no cause, are the same.
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
_IN_TIME = (
    entries.c.center_id == outside("center_id"),
    entries.c.occurred_at >= outside("since", Instant()),
    entries.c.occurred_at < outside("until", Instant()),
)
_ZERO: sa.ColumnElement[Any] = sa.literal_column("0")
_LINES = entries.join(postings, postings.c.entry_id == entries.c.id).outerjoin(
    accounts, accounts.c.id == postings.c.account_id
)
_WHERE = (classes.c.id, classes.c.title, branches.c.id, branches.c.name, sessions.c.teacher)
"""What a fact belongs to: any of it may be missing."""


def _is_of(*causes: EntryCause) -> sa.ColumnElement[bool]:
    return entries.c.cause.in_([constant(cause) for cause in causes])


def _sum(amount: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    counted = sa.case((sa.and_(*conditions), amount), else_=_ZERO) if conditions else amount
    return sa.cast(sa.func.coalesce(sa.func.sum(counted), _ZERO), sa.BigInteger)


def _is_on(*kinds: AccountKind) -> sa.ColumnElement[bool]:
    return accounts.c.kind.in_([constant(kind) for kind in kinds])


def _fact(source: Source, where: tuple[Any, ...], amounts: Amounts) -> RevenueFact:
    class_id, class_title, branch_id, branch_name, teacher = where
    return RevenueFact(source, class_id, class_title, branch_id, branch_name, teacher, amounts)


def _earned_facts(*values: Any) -> list[RevenueFact]:
    where, sums = values[: len(_WHERE)], values[len(_WHERE) :]
    pairs = zip(EARNED_SOURCES.values(), sums, strict=True)
    return [_fact(source, where, Amounts(minor, 0)) for source, minor in pairs if minor]


def _collected_facts(source: Source) -> Callable[..., list[RevenueFact]]:
    def facts(*values: Any) -> list[RevenueFact]:
        where, minor = values[: len(_WHERE)], values[-1]
        return [_fact(source, where, Amounts(0, minor))] if minor else []

    return facts


_earned = (
    sa.select(
        enrollments.c.session_id,
        *(_sum(-postings.c.amount_minor, _is_on(kind)).label(kind.lower()) for kind in EARNED_SOURCES),
    )
    .select_from(_LINES.outerjoin(enrollments, enrollments.c.id == entries.c.subject_id))
    .where(*_IN_TIME)
    .group_by(enrollments.c.session_id)
    .subquery("earned")
)
EARNED = Query(
    sa.select(*_WHERE, *(_sum(_earned.c[kind.lower()]) for kind in EARNED_SOURCES))
    .select_from(
        _earned.outerjoin(sessions, sessions.c.id == _earned.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
        .outerjoin(branches, branches.c.id == sessions.c.branch_id)
    )
    .group_by(*_WHERE),
    _earned_facts,
)

_in_drawers = (
    sa.select(
        cashboxes.c.branch_id,
        enrollments.c.session_id,
        _sum(postings.c.amount_minor, cashboxes.c.id.is_not(None)).label("minor"),
    )
    .select_from(
        with_reversed(
            entries.join(postings, postings.c.entry_id == entries.c.id)
            .outerjoin(cashboxes, cashboxes.c.id == postings.c.account_id)
            .outerjoin(enrollments, enrollments.c.id == entries.c.subject_id)
        )
    )
    .where(*_IN_TIME, _is_of(*_IN_CASH), is_collecting())
    .group_by(cashboxes.c.branch_id, enrollments.c.session_id)
    .subquery("in_drawers")
)
CASH = Query(
    sa.select(*_WHERE, _sum(_in_drawers.c.minor))
    .select_from(
        _in_drawers.outerjoin(branches, branches.c.id == _in_drawers.c.branch_id)
        .outerjoin(sessions, sessions.c.id == _in_drawers.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
    )
    .group_by(*_WHERE),
    _collected_facts(Source.CASH),
)

ONLINE = Query(
    sa.select(*_WHERE, _sum(postings.c.amount_minor, _is_on(AccountKind.GATEWAY_CLEARING)))
    .select_from(
        _LINES.outerjoin(payments, payments.c.id == entries.c.subject_id)
        .outerjoin(enrollments, enrollments.c.id == payments.c.enrollment_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(gateway_orders, gateway_orders.c.payment_id == payments.c.id)
        .outerjoin(class_packages, class_packages.c.id == gateway_orders.c.class_package_id)
        .outerjoin(classes, classes.c.id == sa.func.coalesce(sessions.c.class_id, class_packages.c.class_id))
        .outerjoin(branches, branches.c.id == sessions.c.branch_id)
    )
    .where(*_IN_TIME, _is_of(*_AT_GATEWAY))
    .group_by(*_WHERE),
    _collected_facts(Source.ONLINE),
)
REVENUE: Final = (EARNED, CASH, ONLINE)
"""Each row is some facts."""

TOTALS = Query(
    sa.select(
        _sum(-postings.c.amount_minor, _is_on(*EARNED_SOURCES)),
        _sum(postings.c.amount_minor, _is_on(AccountKind.CASHBOX), is_collecting()),
        _sum(postings.c.amount_minor, _is_on(AccountKind.GATEWAY_CLEARING)),
    )
    .select_from(with_reversed(_LINES))
    .where(*_IN_TIME),
    lambda earned, cash, online: Amounts(earned, cash + online),
)
