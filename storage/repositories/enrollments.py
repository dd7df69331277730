"""Loads what decisions on seats need."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import Enrollment, EnrollmentStatus
from domain.enrollments.ports import BookingFacts, CancellationFacts
from domain.finance.model import AccountKind, HoldStatus, PaymentMethod, WalletOwner, WalletState
from domain.ids import CenterId, EnrollmentId, PersonId, SessionId
from domain.packages.model import CreditSource, StudentPackageStatus
from domain.sessions.model import BookableSession, ClassTerms
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.catalogue import classes, sessions, student_packages
from storage.tables.money import accounts, enrollments, holds, payments, wallets
from storage.tables.organization import centers

SESSION_COLUMNS = (
    sessions.c.id,
    sessions.c.class_id,
    sessions.c.branch_id,
    sessions.c.status,
    sessions.c.starts_at,
    sessions.c.ends_at,
    sessions.c.capacity,
    sessions.c.seats_taken,
    classes.c.price_minor,
    centers.c.currency,
    classes.c.absentee_policy,
    classes.c.no_show_fee_percent,
    classes.c.cancellation_window_minutes,
)


def bookable_session(*values: Any) -> BookableSession:
    """Make a BookableSession from the values of SESSION_COLUMNS."""
    price_minor, currency, policy, fee, window = values[8:]
    terms = ClassTerms(
        price_minor=price_minor,
        currency=currency,
        policy=policy,
        no_show_fee_percent=fee,
        cancellation_window_minutes=window,
    )
    id_, class_id, branch_id, status, starts_at, ends_at, capacity, seats_taken = values[:8]
    return BookableSession(id_, class_id, branch_id, status, starts_at, ends_at, capacity, seats_taken, terms)


def constant(value: str) -> sa.ColumnElement[Any]:
    """Return a constant of ours as SQL text, so that partial indexes can be seen to apply."""
    return sa.literal_column(f"'{value}'")


def oldest_usable_package(student_id: sa.ColumnElement[Any], class_id: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return the id of the student's oldest package with credits for a class: FIFO by purchase."""
    candidate = student_packages.alias("candidate")
    return (
        sa.select(candidate.c.id)
        .where(
            candidate.c.student_id == student_id,
            candidate.c.class_id == class_id,
            candidate.c.status == constant(StudentPackageStatus.ACTIVE),
        )
        .order_by(candidate.c.purchased_at, candidate.c.id)
        .limit(sa.literal_column("1"))
        .scalar_subquery()
    )


def center_account(center_id: sa.ColumnElement[Any], kind: AccountKind) -> sa.ScalarSelect[Any]:
    """Return the id of one of the center's own accounts."""
    return (
        sa.select(accounts.c.id)
        .where(accounts.c.center_id == center_id, accounts.c.kind == constant(kind))
        .scalar_subquery()
    )


def has_lapsed(of: Any) -> sa.ColumnElement[bool]:
    """Match reservations that were let go: nobody's booking, and shown to nobody."""
    return sa.and_(of.c.status == constant(EnrollmentStatus.CANCELLED), of.c.made_good.is_(None))


_same = enrollments.alias("same")
_live = enrollments.alias("live")
_student = outside("student_id", sa.Uuid())

_BOOKING = (
    sa.select(
        *SESSION_COLUMNS,
        _same.c.id,
        _same.c.session_id,
        _same.c.student_id,
        _same.c.status,
        _same.c.method,
        _same.c.price_minor,
        _same.c.credit_value_minor,
        _same.c.free_cancel_until,
        _live.c.id,
        student_packages.c.id,
        student_packages.c.credits_left,
        student_packages.c.value_left_minor,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        center_account(sessions.c.center_id, AccountKind.EARNED_WALLET),
        _same.c.held_until,
    )
    .select_from(
        sessions.join(classes, classes.c.id == sessions.c.class_id)
        .join(centers, centers.c.id == sessions.c.center_id)
        .outerjoin(_same, _same.c.id == outside("enrollment_id"))
        .outerjoin(
            _live,
            (_live.c.session_id == sessions.c.id)
            & (_live.c.student_id == _student)
            & (_live.c.status != constant(EnrollmentStatus.CANCELLED)),
        )
        .outerjoin(student_packages, student_packages.c.id == oldest_usable_package(_student, sessions.c.class_id))
        .outerjoin(wallets, (wallets.c.owner_id == _student) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)))
    )
    .where(sessions.c.id == outside("session_id"), sessions.c.center_id == outside("center_id"))
)


def _booking_facts(*values: Any) -> BookingFacts:
    same, (live_id,), credit = values[13:21], values[21:22], values[22:25]
    wallet, (earned_wallet, held_until) = values[25:28], values[28:]
    return BookingFacts(
        session=bookable_session(*values[:13]),
        same_id=_enrollment(*same) if same[0] is not None else None,
        live_id=live_id,
        credit=CreditSource(*credit) if credit[0] is not None else None,
        wallet=WalletState(*wallet) if wallet[0] is not None else None,
        earned_wallet_account_id=earned_wallet,
        same_held_until=held_until,
    )


def _enrollment(
    id_: Any, session_id: Any, student_id: Any, status: Any, method: Any, price: int, credit_value: int, free_until: Any
) -> Enrollment:
    amount = credit_value if method is PaymentMethod.PACKAGE else price
    return Enrollment(id_, session_id, student_id, status, method, amount, free_until)


_payment_of = payments.alias("payment_of")
_hold_of = holds.alias("hold_of")

_CANCELLATION = (
    sa.select(
        enrollments.c.id,
        enrollments.c.student_id,
        sessions.c.branch_id,
        sessions.c.id,
        sessions.c.status,
        sessions.c.starts_at,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.price_minor,
        enrollments.c.free_cancel_until,
        enrollments.c.attended_at,
        enrollments.c.made_good,
        enrollments.c.made_good_minor,
        enrollments.c.student_package_id,
        enrollments.c.credit_value_minor,
        student_packages.c.status,
        wallets.c.id,
        _hold_of.c.id,
        _hold_of.c.amount_minor,
        _payment_of.c.id,
        _payment_of.c.status,
        _payment_of.c.amount_minor,
        center_account(enrollments.c.center_id, AccountKind.EARNED_WALLET),
        center_account(enrollments.c.center_id, AccountKind.DEFERRED_REVENUE),
        enrollments.c.created_at,
        sessions.c.moved_at,
        center_account(enrollments.c.center_id, AccountKind.EARNED_PACKAGE),
        center_account(enrollments.c.center_id, AccountKind.EARNED_CASH),
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(student_packages, student_packages.c.id == enrollments.c.student_package_id)
        .outerjoin(
            wallets,
            (wallets.c.owner_id == enrollments.c.student_id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)),
        )
        .outerjoin(
            _hold_of,
            (_hold_of.c.enrollment_id == enrollments.c.id) & (_hold_of.c.status == constant(HoldStatus.OPEN)),
        )
        .outerjoin(  # the one that pays for the seat now: a tap that was undone has left others, which have ended
            _payment_of,
            (_payment_of.c.enrollment_id == enrollments.c.id)
            & sa.literal_column("payment_of.status IN ('PENDING', 'COMPLETED') AND payment_of.method <> 'GATEWAY'"),
        )
    )
    .where(
        enrollments.c.id == outside("enrollment_id"),
        enrollments.c.center_id == outside("center_id"),
    )
)

BOOKING_FACTS = Query(_BOOKING, _booking_facts)
CANCELLATION_FACTS = Query(_CANCELLATION.where(enrollments.c.student_id == _student), CancellationFacts)
SEAT_FACTS = Query(_CANCELLATION, CancellationFacts)


class StoredEnrollments:
    """See ``domain.enrollments.ports.EnrollmentRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_booking_facts(
        self, *, center_id: CenterId, session_id: SessionId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> BookingFacts | None:
        """Return what a booking rests on, or None where there is no such session."""
        return await fetch_one(
            self._database,
            BOOKING_FACTS,
            center_id=center_id,
            session_id=session_id,
            student_id=student_id,
            enrollment_id=enrollment_id,
        )

    async def find_cancellation_facts(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> CancellationFacts | None:
        """Return what cancelling rests on, or None where the student has no such enrollment."""
        return await fetch_one(
            self._database,
            CANCELLATION_FACTS,
            center_id=center_id,
            student_id=student_id,
            enrollment_id=enrollment_id,
        )

    async def find_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> CancellationFacts | None:
        """Return what making a seat good rests on, whoever's it is."""
        return await fetch_one(self._database, SEAT_FACTS, center_id=center_id, enrollment_id=enrollment_id)
