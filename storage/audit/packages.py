"""Checks of student packages: credits and value are what was bought less what bookings took."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.finance.model import EntryCause, PaymentPurpose
from domain.packages.model import StudentPackageStatus
from storage.audit.check import ZERO, Check, Selection, among, or_zero, total
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions, student_packages
from storage.tables.money import enrollments, entries, payments, postings
from storage.tables.organization import people


def _used() -> sa.Subquery:
    """Return the credits that each package's bookings hold: all but the cancelled ones that gave theirs back."""
    came_back = (enrollments.c.status == constant(EnrollmentStatus.CANCELLED)) & (
        enrollments.c.made_good.is_not_distinct_from(constant(MadeGood.CREDIT))
    )
    return (
        sa.select(
            enrollments.c.student_package_id,
            sa.func.count().label("credits"),
            total(enrollments.c.credit_value_minor).label("value_minor"),
        )
        .where(enrollments.c.student_package_id.is_not(None), ~came_back)
        .group_by(enrollments.c.student_package_id)
        .subquery("used")
    )


_HAS_ENDED = (student_packages.c.status == constant(StudentPackageStatus.REFUNDED)) | (
    sa.select(people.c.id)
    .where(people.c.id == student_packages.c.student_id, people.c.erased_at.is_not(None))
    .exists()  # whoever asks to be erased gives up what is left
)


def _left(only: Selection, *, total_of: str, used_of: str, left_of: str) -> sa.Select[Any]:
    """Compare what a package has left with what it had less what was used; a refunded or given up one has nothing."""
    used = _used()
    had, left = student_packages.c[total_of], student_packages.c[left_of]
    expected = sa.case((_HAS_ENDED, ZERO), else_=had - or_zero(used.c[used_of]))
    return (
        sa.select(student_packages.c.id, expected, left)
        .select_from(student_packages.outerjoin(used, used.c.student_package_id == student_packages.c.id))
        .where(only(student_packages.c.center_id), left != expected)
    )


def _credits(only: Selection) -> sa.Select[Any]:
    return _left(only, total_of="credits_total", used_of="credits", left_of="credits_left")


def _value(only: Selection) -> sa.Select[Any]:
    return _left(only, total_of="price_minor", used_of="value_minor", left_of="value_left_minor")


def _overdrawn(only: Selection) -> sa.Select[Any]:
    """Find packages, refunded ones included, of which more was used than was ever bought."""
    used = _used()
    return (
        sa.select(student_packages.c.id, student_packages.c.credits_total, used.c.credits)
        .select_from(student_packages.join(used, used.c.student_package_id == student_packages.c.id))
        .where(only(student_packages.c.center_id), used.c.credits > student_packages.c.credits_total)
    )


def _status(only: Selection) -> sa.Select[Any]:
    by_credits = sa.case(
        (student_packages.c.credits_left > ZERO, constant(StudentPackageStatus.ACTIVE)),
        else_=constant(StudentPackageStatus.EXHAUSTED),
    )
    expected = sa.case(
        (student_packages.c.refunded_at.is_not(None), constant(StudentPackageStatus.REFUNDED)), else_=by_credits
    )
    return sa.select(student_packages.c.id, expected, student_packages.c.status).where(
        only(student_packages.c.center_id), student_packages.c.status != expected
    )


def _purchases(only: Selection) -> sa.Select[Any]:
    """Find packages whose price was neither paid, once, nor brought along as an opening balance."""
    paid = (
        sa.select(payments.c.student_package_id, total(payments.c.amount_minor).label("paid_minor"))
        .where(payments.c.purpose == constant(PaymentPurpose.PACKAGE), among(payments.c.status, "COMPLETED", "REFUNDED"))
        .group_by(payments.c.student_package_id)
        .subquery("paid")
    )
    return (
        sa.select(student_packages.c.id, student_packages.c.price_minor, paid.c.paid_minor)
        .select_from(student_packages.outerjoin(paid, paid.c.student_package_id == student_packages.c.id))
        .where(
            only(student_packages.c.center_id),
            paid.c.paid_minor.is_distinct_from(student_packages.c.price_minor),
            ~((student_packages.c.price_minor == ZERO) & paid.c.paid_minor.is_(None)),
            paid.c.paid_minor.is_not(None) | (_opening_minor() != student_packages.c.price_minor),
        )
    )


def _opening_minor() -> sa.ColumnElement[Any]:
    """Return what a package brought along from elsewhere: its opening entry's debits, 0 without one."""
    opened = (
        sa.select(total(postings.c.amount_minor))
        .select_from(entries.join(postings, postings.c.entry_id == entries.c.id))
        .where(
            entries.c.subject_id == student_packages.c.id,
            entries.c.cause == constant(EntryCause.OPENING_BALANCE),
            postings.c.amount_minor > ZERO,
        )
        .scalar_subquery()
    )
    return or_zero(opened)


def _taken_from_another(only: Selection) -> sa.Select[Any]:
    """Find seats paid with a credit of somebody else's."""
    return (
        sa.select(enrollments.c.id, enrollments.c.student_id, student_packages.c.student_id)
        .select_from(enrollments.join(student_packages, student_packages.c.id == enrollments.c.student_package_id))
        .where(only(enrollments.c.center_id), student_packages.c.student_id != enrollments.c.student_id)
    )


def _taken_for_another_class(only: Selection) -> sa.Select[Any]:
    """Find seats paid with a credit for another class."""
    return (
        sa.select(enrollments.c.id, sessions.c.class_id, student_packages.c.class_id)
        .select_from(
            enrollments.join(student_packages, student_packages.c.id == enrollments.c.student_package_id).join(
                sessions, sessions.c.id == enrollments.c.session_id
            )
        )
        .where(only(enrollments.c.center_id), student_packages.c.class_id != sessions.c.class_id)
    )


CHECKS = (
    Check("package_credits", "student_packages", _credits),
    Check("package_value", "student_packages", _value),
    Check("package_overdrawn", "student_packages", _overdrawn),
    Check("package_status", "student_packages", _status),
    Check("package_payment", "student_packages", _purchases),
    Check("enrollment_credit_owner", "enrollments", _taken_from_another),
    Check("enrollment_credit_class", "enrollments", _taken_for_another_class),
)
