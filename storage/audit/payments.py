"""Checks of how seats are paid: holds, payments and captured money agree with the enrollment's status.

A missed class (NO_SHOW) that was booked from the wallet has cost what its contract says, or what an admin decided; while
that is undecided, its price is locked. One that was attended has cost its price, but for what could not be collected.
"""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import DecisionKind, DecisionOutcome, EnrollmentStatus, MadeGood
from domain.finance.model import AccountKind, HoldStatus, PaymentMethod, PaymentStatus
from domain.sessions.model import AbsenteePolicy
from storage.audit.check import NOTHING, ONE, ZERO, Check, Selection, among, or_zero, total
from storage.repositories.door import last_outcome
from storage.repositories.enrollments import constant
from storage.tables.door import decisions
from storage.tables.money import accounts, enrollments, entries, holds, payments, postings, wallets

_seat = enrollments.c
_IS_LOCKED = _seat.status == constant(EnrollmentStatus.LOCKED)
_IS_LIVE = among(_seat.status, EnrollmentStatus.LOCKED, EnrollmentStatus.PAID)
_IS_CANCELLED = _seat.status == constant(EnrollmentStatus.CANCELLED)
_IS_NO_SHOW = constant(EnrollmentStatus.NO_SHOW) == _seat.status
_IS_OF_SEAT = payments.c.method != constant(PaymentMethod.GATEWAY)  # what comes through a gateway goes to the wallet
_HAS_METHOD = _seat.method.is_not(None)
_IS_WALLET = _seat.method.is_not_distinct_from(constant(PaymentMethod.WALLET))


def _open_case(*kinds: DecisionKind) -> sa.ColumnElement[bool]:
    """Return whether a seat waits for an admin to decide."""
    case = decisions.alias(f"waiting_{kinds[0].lower()}")
    return (
        sa.select(case.c.id)
        .where(case.c.enrollment_id == _seat.id, case.c.decided_at.is_(None), among(case.c.kind, *kinds))
        .correlate(enrollments)
        .exists()
    )


def _uncollected_minor() -> sa.ColumnElement[int]:
    """Return what an attended seat still lacks of its price, or was let off."""
    case = decisions.alias("uncollected")
    latest = (
        sa.select(
            sa.case(
                (case.c.outcome.is_not_distinct_from(constant(DecisionOutcome.CHARGED)), ZERO), else_=case.c.amount_minor
            )
        )
        .where(case.c.enrollment_id == _seat.id, case.c.kind == constant(DecisionKind.UNCOLLECTED))
        .order_by(case.c.id.desc())
        .limit(ONE)
        .correlate(enrollments)
        .scalar_subquery()
    )
    return or_zero(latest)


_VERDICT = last_outcome(DecisionKind.NO_SHOW, DecisionKind.NOBODY_MARKED)
_IS_UNDECIDED = _IS_NO_SHOW & _open_case(DecisionKind.NO_SHOW)
# What a wallet's seat has cost by now, whatever way it took to get there.
_COST_MINOR = sa.case(
    (_seat.status == constant(EnrollmentStatus.PAID), _seat.price_minor - _uncollected_minor()),
    (~_IS_NO_SHOW | _IS_UNDECIDED, ZERO),
    (constant(DecisionOutcome.CHARGED) == _VERDICT, _seat.price_minor),
    (constant(DecisionOutcome.RELEASED) == _VERDICT, ZERO),
    (_seat.policy == constant(AbsenteePolicy.STRICT), _seat.price_minor),
    (
        _seat.policy == constant(AbsenteePolicy.FLEXIBLE),
        _seat.price_minor * _seat.no_show_fee_percent // sa.literal_column("100", sa.BigInteger()),
    ),
    else_=ZERO,
)
_HAS_COST = _COST_MINOR > ZERO
_IS_CASH = _seat.method.is_not_distinct_from(constant(PaymentMethod.CASH))  # compared with the drawer by storage/audit/cash


def _hold_counts(only: Selection) -> sa.Select[Any]:
    """Find seats with too few or too many open holds: exactly one while LOCKED or not decided yet, else none."""
    open_holds = (
        sa.select(holds.c.enrollment_id, sa.func.count().label("number"))
        .where(holds.c.status == constant(HoldStatus.OPEN))
        .group_by(holds.c.enrollment_id)
        .subquery("open_holds")
    )
    expected, found = sa.case((_IS_LOCKED | _IS_UNDECIDED, ONE), else_=ZERO), or_zero(open_holds.c.number)
    return (
        sa.select(enrollments.c.id, expected, found)
        .select_from(enrollments.outerjoin(open_holds, open_holds.c.enrollment_id == enrollments.c.id))
        .where(only(enrollments.c.center_id), found != expected)
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
    (_IS_LOCKED | _IS_UNDECIDED, constant(PaymentStatus.PENDING)),
    (_IS_WALLET & (_IS_LIVE | _IS_NO_SHOW) & ~_HAS_COST, NOTHING),  # nothing is left, whatever was asked before
    ((_IS_LIVE | _IS_NO_SHOW) & _HAS_METHOD, constant(PaymentStatus.COMPLETED)),
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
                & (  # cash that was corrected to nothing leaves a seat whose payment was given back
                    (right.c.status == _EXPECTED_STATUS)
                    | ((_IS_LIVE | _IS_NO_SHOW) & _IS_CASH & (right.c.status == constant(PaymentStatus.REFUNDED)))
                )
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
    is_paid = (_IS_LIVE | _IS_NO_SHOW) & _HAS_METHOD & (_IS_LOCKED | _IS_UNDECIDED | ~_IS_WALLET | _HAS_COST)
    expected = sa.case((is_paid, ONE), (keeps_cash, ONE), else_=ZERO)
    return (
        sa.select(enrollments.c.id, expected, open_payments.c.number)
        .select_from(enrollments.join(open_payments, open_payments.c.enrollment_id == enrollments.c.id))
        .where(
            only(enrollments.c.center_id),
            _seat.status != constant(EnrollmentStatus.HELD),
            open_payments.c.number > expected,
        )
    )


def _payment_amounts(only: Selection) -> sa.Select[Any]:
    is_credit = enrollments.c.student_package_id.is_not(None)
    is_taken = _IS_WALLET & ~(_IS_LOCKED | _IS_UNDECIDED)
    expected = sa.case(
        (is_credit, enrollments.c.credit_value_minor), (is_taken, _COST_MINOR), else_=enrollments.c.price_minor
    )
    return (
        sa.select(payments.c.id, expected, payments.c.amount_minor)
        .select_from(payments.join(enrollments, enrollments.c.id == payments.c.enrollment_id))
        .where(
            only(payments.c.center_id),
            _IS_LIVE | _IS_NO_SHOW,
            ~_IS_CASH,
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
    is_paid_back = _IS_CANCELLED & (_seat.made_good == constant(MadeGood.RETURNED)) & ~_IS_WALLET
    expected = sa.case((_IS_WALLET, _COST_MINOR), (is_paid_back, -enrollments.c.made_good_minor), else_=ZERO)
    found = or_zero(moved.c.taken_minor)
    return (
        sa.select(enrollments.c.id, expected, found)
        .select_from(enrollments.outerjoin(moved, moved.c.subject_id == enrollments.c.id))
        .where(only(enrollments.c.center_id), found != expected)
    )


def _unexplained_absences(only: Selection) -> sa.Select[Any]:
    """Find missed MANUAL classes, booked from the wallet, that no admin was asked about."""
    return sa.select(enrollments.c.id, constant("a decision"), NOTHING).where(
        only(enrollments.c.center_id),
        _IS_NO_SHOW,
        _IS_WALLET,
        _seat.policy == constant(AbsenteePolicy.MANUAL),
        ~_IS_UNDECIDED,
        _VERDICT.is_(None),
    )


def _marks(only: Selection) -> sa.Select[Any]:
    """Find seats marked attended that are neither live nor paid for, and cases open on seats that have ended otherwise."""
    is_attended_and_gone = _seat.attended_at.is_not(None) & ~_IS_LIVE
    is_case_of_nobody = _IS_CANCELLED & _open_case(*DecisionKind)
    return sa.select(enrollments.c.id, NOTHING, enrollments.c.status).where(
        only(enrollments.c.center_id), is_attended_and_gone | is_case_of_nobody
    )


CHECKS = (
    Check("enrollment_hold_count", "enrollments", _hold_counts),
    Check("hold_amount", "holds", _hold_amounts),
    Check("hold_owner", "holds", _hold_owners),
    Check("enrollment_payment_status", "enrollments", _payment_statuses),
    Check("enrollment_payment_count", "enrollments", _payment_counts),
    Check("payment_amount", "payments", _payment_amounts),
    Check("enrollment_capture", "enrollments", _captures),
    Check("enrollment_undecided", "enrollments", _unexplained_absences),
    Check("enrollment_mark", "enrollments", _marks),
)
