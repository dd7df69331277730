"""What became of the sessions that began in a time: cash, heads, bookings, and who came back."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import CashDirection, PaymentMethod
from domain.finance.reconciliation import Reconciliation
from domain.reports.figures import Bookings, CashDay, Gone, Seats, SeatsFact
from domain.sessions.model import SessionStatus
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.door import cash_transactions
from storage.tables.money import enrollments, payments
from storage.tables.organization import branches, people
from storage.tables.types import Instant

_ZERO: sa.ColumnElement[Any] = sa.literal_column("0")
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_IS_FINISHED = sessions.c.status == constant(SessionStatus.FINISHED)
_HAS_SEAT = enrollments.c.status != constant(EnrollmentStatus.CANCELLED)
_IS_CANCELLED = enrollments.c.status == constant(EnrollmentStatus.CANCELLED)
_CAME = enrollments.c.attended_at.is_not(None)


def _began(since: str = "since", until: str = "until") -> tuple[sa.ColumnElement[bool], ...]:
    return (
        sessions.c.center_id == outside("center_id", sa.Uuid()),
        sessions.c.starts_at >= outside(since, Instant()),
        sessions.c.starts_at < outside(until, Instant()),
    )


def _sum(value: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    counted = sa.case((sa.and_(*conditions), value), else_=_ZERO) if conditions else value
    return sa.cast(sa.func.coalesce(sa.func.sum(counted), _ZERO), sa.BigInteger)


_PAYS_CASH = sa.and_(_HAS_SEAT, enrollments.c.method == constant(PaymentMethod.CASH))
_TAKEN_MINOR = (
    sa.select(
        sa.func.coalesce(
            sa.func.sum(
                sa.case(
                    (
                        cash_transactions.c.direction == constant(CashDirection.IN),
                        cash_transactions.c.amount_minor,
                    ),
                    else_=-cash_transactions.c.amount_minor,
                )
            ),
            _ZERO,
        )
    )
    .where(cash_transactions.c.enrollment_id == enrollments.c.id)
    .scalar_subquery()
)
CASH_DAYS = Query(
    sa.select(
        branches.c.name,
        sessions.c.local_date,
        _sum(enrollments.c.price_minor),
        _sum(_TAKEN_MINOR),
    )
    .select_from(
        sessions.join(branches, branches.c.id == sessions.c.branch_id).outerjoin(
            enrollments, (enrollments.c.session_id == sessions.c.id) & _PAYS_CASH
        )
    )
    .where(*_began(), _IS_FINISHED)
    .group_by(branches.c.id, branches.c.name, sessions.c.local_date)
    .order_by(sessions.c.local_date, branches.c.name, branches.c.id),
    lambda name, day, expected, actual: CashDay(name, day, Reconciliation(expected, actual)),
)

_heads = (
    sa.select(sa.func.count())
    .where(enrollments.c.session_id == sessions.c.id, _HAS_SEAT, _CAME)
    .scalar_subquery()
    .label("heads")
)
_held = (
    sa.select(sessions.c.class_id, sessions.c.local_date, sessions.c.local_time, sessions.c.capacity, _heads)
    .where(*_began(), _IS_FINISHED)
    .subquery("held")
)
SEATS = Query(
    sa.select(
        _held.c.class_id,
        classes.c.title,
        _held.c.local_date,
        _held.c.local_time,
        sa.func.count(),
        _sum(_held.c.capacity),
        _sum(_held.c.heads),
    )
    .select_from(_held.join(classes, classes.c.id == _held.c.class_id))
    .group_by(_held.c.class_id, classes.c.title, _held.c.local_date, _held.c.local_time)
    .order_by(_held.c.local_date, _held.c.local_time, classes.c.title),
    lambda class_id, title, day, at, *counts: SeatsFact(class_id, title, day, at, Seats(*counts)),
)

_IS_NO_SHOW = enrollments.c.status == constant(EnrollmentStatus.NO_SHOW)
_IS_CHARGED = sa.or_(
    sa.literal_column("enrollments.method IN ('PACKAGE', 'CASH')"),
    sa.exists().where(
        payments.c.enrollment_id == enrollments.c.id,
        sa.literal_column("payments.status = 'COMPLETED' AND payments.amount_minor > 0"),
    ),
)
_MAY_CANCEL_FREELY = sa.and_(sessions.c.moved_at.is_not(None), enrollments.c.created_at < sessions.c.moved_at)
_IS_LATE = sa.and_(enrollments.c.cancelled_at > enrollments.c.free_cancel_until, ~_MAY_CANCEL_FREELY)
_KEPT = sa.and_(_HAS_SEAT, enrollments.c.status != constant(EnrollmentStatus.HELD))
_GAVE_BACK = sa.and_(_IS_CANCELLED, enrollments.c.made_good.is_not(None))  # else a reservation that lapsed


def _of_class(condition: sa.ColumnElement[bool], *counts: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return (
        sa.select(sessions.c.class_id, *counts)
        .select_from(sessions.join(enrollments, enrollments.c.session_id == sessions.c.id))
        .where(*_began(), _IS_FINISHED, condition)
        .group_by(sessions.c.class_id)
    )


_kept = _of_class(
    _KEPT,
    sa.func.count().label("booked"),
    _sum(_ONE, _CAME).label("came"),
    _sum(_ONE, _IS_NO_SHOW).label("no_shows"),
    _sum(_ONE, _IS_NO_SHOW, _IS_CHARGED).label("charged"),
    _ZERO.label("cancelled"),
    _ZERO.label("late"),
)
_gave_back = _of_class(
    _GAVE_BACK,
    sa.func.count().label("booked"),
    _ZERO.label("came"),
    _ZERO.label("no_shows"),
    _ZERO.label("charged"),
    sa.func.count().label("cancelled"),
    _sum(_ONE, _IS_LATE).label("late"),
)
_all = sa.union_all(_kept, _gave_back).subquery("bookings")
BOOKINGS = Query(
    sa.select(
        classes.c.title,
        *(_sum(_all.c[name]) for name in ("booked", "came", "no_shows", "charged", "cancelled", "late")),
    )
    .select_from(_all.join(classes, classes.c.id == _all.c.class_id))
    .group_by(classes.c.id, classes.c.title),
    lambda title, *counts: (title, Bookings(*counts)),
)


def _visits(since: str, until: str, name: str) -> sa.Subquery:
    """Return who came in a time, how often, and when last."""
    return (
        sa.select(
            enrollments.c.student_id,
            sa.func.count().label("times"),
            sa.func.max(sessions.c.starts_at).label("last_at"),
        )
        .select_from(sessions.join(enrollments, enrollments.c.session_id == sessions.c.id))
        .where(*_began(since, until), _HAS_SEAT, _CAME)
        .group_by(enrollments.c.student_id)
        .subquery(name)
    )


_earlier = _visits("earlier_since", "earlier_until", "earlier")
_later = _visits("later_since", "later_until", "later")
_is_there = people.c.erased_at.is_(None)
_least = outside("least", sa.Integer())
GONE = Query(
    sa.select(people.c.id, people.c.name, _earlier.c.times, _earlier.c.last_at)
    .select_from(
        _earlier.join(people, people.c.id == _earlier.c.student_id).outerjoin(
            _later, _later.c.student_id == _earlier.c.student_id
        )
    )
    .where(_earlier.c.times >= _least, _later.c.student_id.is_(None), _is_there)
    .order_by(_earlier.c.times.desc(), people.c.name_folded, people.c.id),
    Gone,
)
_once = _visits("since", "until", "visits")
FAITHFUL = Query(
    sa.select(sa.func.count())
    .select_from(_once.join(people, people.c.id == _once.c.student_id))
    .where(_once.c.times >= _least, _is_there),
    int,
)
