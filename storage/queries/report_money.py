"""What is owed now, how payments ended, and how many of the sold credits were used."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.finance.gateway_model import RefundStatus
from domain.finance.model import PaymentMethod, WalletOwner
from domain.reports.figures import Credits, CreditsOwed, Payments
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, student_packages
from storage.tables.gateway import refunds
from storage.tables.money import enrollments, payments, wallets
from storage.tables.types import Instant

_center = outside("center_id", sa.Uuid())
_ZERO: sa.ColumnElement[Any] = sa.literal_column("0")
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


def _sum(value: sa.ColumnElement[Any], condition: sa.ColumnElement[bool] | None = None) -> sa.ColumnElement[Any]:
    counted = value if condition is None else sa.case((condition, value), else_=_ZERO)
    return sa.cast(sa.func.coalesce(sa.func.sum(counted), _ZERO), sa.BigInteger)


_IS_STUDENTS = wallets.c.owner_kind == constant(WalletOwner.STUDENT)
WALLETS = Query(
    sa.select(
        _sum(wallets.c.balance_minor, _IS_STUDENTS),
        _sum(wallets.c.locked_minor, _IS_STUDENTS),
        _sum(wallets.c.balance_minor, ~_IS_STUDENTS),
    ).where(wallets.c.center_id == _center),
    lambda *sums: sums,
)
REFUNDS = Query(
    sa.select(_sum(refunds.c.amount_minor)).where(
        refunds.c.center_id == _center, refunds.c.status == constant(RefundStatus.ASKED)
    ),
    int,
)

# A credit is owed while it lies in its package, and while it pays for a seat that nobody has come to or missed yet.
_unused = sa.select(
    student_packages.c.class_id,
    student_packages.c.credits_left.label("credits"),
    student_packages.c.value_left_minor.label("minor"),
).where(student_packages.c.center_id == _center, sa.literal_column("student_packages.credits_left > 0"))
_on_seats = (
    sa.select(student_packages.c.class_id, _ONE.label("credits"), enrollments.c.credit_value_minor.label("minor"))
    .select_from(enrollments.join(student_packages, student_packages.c.id == enrollments.c.student_package_id))
    .where(
        enrollments.c.center_id == _center,
        sa.literal_column("enrollments.status IN ('HELD', 'LOCKED', 'PAID')"),
        enrollments.c.attended_at.is_(None),
    )
)
_owed = sa.union_all(_unused, _on_seats).subquery("owed")
CREDITS_OWED = Query(
    sa.select(classes.c.title, _sum(_owed.c.credits), _sum(_owed.c.minor).label("minor"))
    .select_from(_owed.join(classes, classes.c.id == _owed.c.class_id))
    .group_by(classes.c.id, classes.c.title)
    .order_by(sa.desc("minor"), classes.c.title),
    CreditsOwed,
)

_HAS_SUCCEEDED: sa.ColumnElement[bool] = sa.literal_column("payments.status IN ('COMPLETED', 'REFUNDED')")
_IS_ONLINE = payments.c.method == constant(PaymentMethod.GATEWAY)
PAYMENTS = Query(
    sa.select(
        sa.func.count(),
        _sum(_ONE, _HAS_SUCCEEDED),
        _sum(_ONE, _IS_ONLINE),
        _sum(_ONE, sa.and_(_IS_ONLINE, _HAS_SUCCEEDED)),
    ).where(
        payments.c.center_id == _center,
        payments.c.created_at >= outside("since", Instant()),
        payments.c.created_at < outside("until", Instant()),
        sa.literal_column("payments.status <> 'PENDING'"),
    ),
    Payments,
)

_HOLDS_CREDIT = sa.or_(
    enrollments.c.status != constant(EnrollmentStatus.CANCELLED),
    enrollments.c.made_good.is_distinct_from(constant(MadeGood.CREDIT)),
)
_used = (
    sa.select(sa.func.count())
    .where(enrollments.c.student_package_id == student_packages.c.id, _HOLDS_CREDIT)
    .scalar_subquery()
)
CREDITS = Query(
    sa.select(_sum(student_packages.c.credits_total), _sum(_used)).where(
        student_packages.c.center_id == _center,
        student_packages.c.purchased_at >= outside("since", Instant()),
        student_packages.c.purchased_at < outside("until", Instant()),
    ),
    Credits,
)
