"""Checks of how seats are paid: holds, payments and captured money agree with the enrollment's status.

A NO_SHOW is left to its own flow: an undecided one keeps its hold and its pending payment.
"""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.finance.model import AccountKind, HoldStatus, PaymentMethod, PaymentStatus
from storage.audit.check import NOTHING, ONE, ZERO, Check, Selection, among, or_zero, total
from storage.repositories.enrollments import constant
from storage.tables.money import accounts, enrollments, entries, holds, payments, postings, wallets

_seat = enrollments.c
_IS_LOCKED = _seat.status == constant(EnrollmentStatus.LOCKED)
_IS_LIVE = among(_seat.status, EnrollmentStatus.LOCKED, EnrollmentStatus.PAID)
_IS_CANCELLED = _seat.status == constant(EnrollmentStatus.CANCELLED)
_IS_NO_SHOW = constant(EnrollmentStatus.NO_SHOW) == _seat.status
_IS_OF_SEAT = payments.c.method != constant(PaymentMethod.GATEWAY)  # what comes through a gateway goes to the wallet
_HAS_METHOD = _seat.method.is_not(None)


def _hold_counts(only: Selection) -> sa.Select[Any]:
    """Find seats with too few or too many open holds: exactly one while LOCKED, else none."""
    open_holds = (
        sa.select(holds.c.enrollment_id, sa.func.count().label("number"))
        .where(holds.c.status == constant(HoldStatus.OPEN))
        .group_by(holds.c.enrollment_id)
        .subquery("open_holds")
    )
    expected, found = sa.case((_IS_LOCKED, ONE), else_=ZERO), or_zero(open_holds.c.number)
    return (
        sa.select(enrollments.c.id, expected, found)
        .select_from(enrollments.outerjoin(open_holds, open_holds.c.enrollment_id == enrollments.c.id))
        .where(only(enrollments.c.center_id), ~_IS_NO_SHOW, found != expected)
    )


def _hold_amounts(only: Selection) -> sa.Select[Any]:
    return (
        sa.select(holds.c.id, enrollments.c.price_minor, holds.c.amount_minor)
        .select_from(holds.join(enrollments, enrollments.c.id == holds.c.enrollment_id))
        .where(
            only(holds.c.center_id),
            holds.c.status == constant(HoldStatus.OPEN),
            holds.c.amount_minor != enrollments.c.price_minor,
        )
    )


def _hold_owners(only: Selection) -> sa.Select[Any]:
    """Find holds in a wallet that is not the student's."""
    return (
        sa.select(holds.c.id, enrollments.c.student_id, wallets.c.owner_id)
        .select_from(
            holds.join(enrollments, enrollments.c.id == holds.c.enrollment_id).join(
                wallets, wallets.c.id == holds.c.wallet_id
            )
        )
        .where(only(holds.c.center_id), wallets.c.owner_id != enrollments.c.student_id)
    )


# The status in which exactly one payment of a seat must be. Cash that stays where it is, is COMPLETED for good.
_EXPECTED_STATUS = sa.case(
    (_IS_LOCKED, constant(PaymentStatus.PENDING)),
    (_IS_LIVE & _HAS_METHOD, constant(PaymentStatus.COMPLETED)),
    (_IS_CANCELLED & (_seat.made_good == constant(MadeGood.UNLOCKED)), constant(PaymentStatus.CANCELLED)),
    (_IS_CANCELLED & among(_seat.made_good, MadeGood.CREDIT, MadeGood.RETURNED), constant(PaymentStatus.REFUNDED)),
    else_=NOTHING,
)


def _payment_statuses(only: Selection) -> sa.Select[Any]:
    """Find seats without a payment in the status that the seat's own asks for; "found" is another that is there."""
    right, other = payments.alias("right_one"), payments.alias("other_one")
    found = sa.select(sa.func.max(other.c.status)).where(other.c.enrollment_id == enrollments.c.id).scalar_subquery()
    return (
        sa.select(enrollments.c.id, _EXPECTED_STATUS, found)
        .select_from(
            enrollments.outerjoin(
                right,
                (right.c.enrollment_id == enrollments.c.id)
                & (right.c.status == _EXPECTED_STATUS)
                & (right.c.method != constant(PaymentMethod.GATEWAY)),
            )
        )
        .where(only(enrollments.c.center_id), _EXPECTED_STATUS.is_not(None), right.c.id.is_(None))
    )


def _payment_counts(only: Selection) -> sa.Select[Any]:
    """Find seats that are asked or paid for more than once, or still asked for though cancelled or free."""
    open_payments = (
        sa.select(payments.c.enrollment_id, sa.func.count().label("number"))
        .where(among(payments.c.status, PaymentStatus.PENDING, PaymentStatus.COMPLETED), _IS_OF_SEAT)
        .group_by(payments.c.enrollment_id)
        .subquery("open_payments")
    )
    keeps_cash = _IS_CANCELLED & (_seat.method == constant(PaymentMethod.CASH))
    expected = sa.case((_IS_LIVE & _HAS_METHOD, ONE), (keeps_cash, ONE), else_=ZERO)
    return (
        sa.select(enrollments.c.id, expected, open_payments.c.number)
        .select_from(enrollments.join(open_payments, open_payments.c.enrollment_id == enrollments.c.id))
        .where(
            only(enrollments.c.center_id),
            ~among(_seat.status, EnrollmentStatus.NO_SHOW, EnrollmentStatus.HELD),
            open_payments.c.number > expected,
        )
    )


def _payment_amounts(only: Selection) -> sa.Select[Any]:
    is_credit = enrollments.c.student_package_id.is_not(None)
    expected = sa.case((is_credit, enrollments.c.credit_value_minor), else_=enrollments.c.price_minor)
    return (
        sa.select(payments.c.id, expected, payments.c.amount_minor)
        .select_from(payments.join(enrollments, enrollments.c.id == payments.c.enrollment_id))
        .where(
            only(payments.c.center_id),
            _IS_LIVE,
            among(payments.c.status, PaymentStatus.PENDING, PaymentStatus.COMPLETED),
            _IS_OF_SEAT,
            payments.c.amount_minor != expected,
        )
    )


def _captures(only: Selection) -> sa.Select[Any]:
    """Compare what the journal took from the student's wallet for a seat with what the seat's status says."""
    moved = (
        sa.select(entries.c.subject_id, total(postings.c.amount_minor).label("taken_minor"))
        .select_from(
            entries.join(postings, postings.c.entry_id == entries.c.id).join(
                accounts,
                (accounts.c.id == postings.c.account_id) & (accounts.c.kind == constant(AccountKind.WALLET)),
            )
        )
        .where(only(entries.c.center_id))
        .group_by(entries.c.subject_id)
        .subquery("moved")
    )
    is_wallet = _seat.method.is_not_distinct_from(constant(PaymentMethod.WALLET))
    is_paid = (_seat.status == constant(EnrollmentStatus.PAID)) & is_wallet
    is_paid_back = _IS_CANCELLED & (_seat.made_good == constant(MadeGood.RETURNED)) & ~is_wallet
    expected = sa.case((is_paid, enrollments.c.price_minor), (is_paid_back, -enrollments.c.made_good_minor), else_=ZERO)
    found = or_zero(moved.c.taken_minor)
    return (
        sa.select(enrollments.c.id, expected, found)
        .select_from(enrollments.outerjoin(moved, moved.c.subject_id == enrollments.c.id))
        .where(only(enrollments.c.center_id), ~_IS_NO_SHOW, found != expected)
    )


CHECKS = (
    Check("enrollment_hold_count", "enrollments", _hold_counts),
    Check("hold_amount", "holds", _hold_amounts),
    Check("hold_owner", "holds", _hold_owners),
    Check("enrollment_payment_status", "enrollments", _payment_statuses),
    Check("enrollment_payment_count", "enrollments", _payment_counts),
    Check("payment_amount", "payments", _payment_amounts),
    Check("enrollment_capture", "enrollments", _captures),
)
