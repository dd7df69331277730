"""The conditional statements of writes on reservations."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.enrollments.model import EnrollmentStatus, ReservedFor
from domain.writes import reservations
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import sessions
from storage.tables.money import enrollments

_IS_HELD: sa.ColumnElement[bool] = sa.literal_column(f"status = '{EnrollmentStatus.HELD}'")


def _convert_reservation() -> Update:
    return (
        enrollments.update()
        .where(
            enrollments.c.id == outside("enrollment_id"),
            _IS_HELD,
            enrollments.c.held_until > outside("now", enrollments.c.held_until.type),
        )
        .values(
            status=outside("status"),
            method=outside("method"),
            price_minor=outside("price_minor"),
            policy=outside("policy"),
            no_show_fee_percent=outside("no_show_fee_percent"),
            free_cancel_until=outside("free_cancel_until"),
            student_package_id=outside("student_package_id"),
            credit_value_minor=outside("credit_value_minor"),
            held_until=sa.null(),
        )
    )


def _hold_for_payment() -> Update:
    return (
        enrollments.update()
        .where(
            enrollments.c.id == outside("enrollment_id"),
            _IS_HELD,
            sa.literal_column(f"reserved_for = '{ReservedFor.OFFER}'"),
            enrollments.c.held_until > outside("now", enrollments.c.held_until.type),
        )
        .values(reserved_for=sa.literal_column(f"'{ReservedFor.PAYMENT}'"), held_until=outside("held_until"))
    )


def _lapse_reservation() -> Update:
    return (
        enrollments.update()
        .where(
            enrollments.c.id == outside("enrollment_id"), _IS_HELD, enrollments.c.reserved_for == outside("reserved_for")
        )
        .values(
            status=sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'"),
            held_until=sa.null(),
            cancelled_at=outside("cancelled_at"),
            cancelled_by=outside("cancelled_by"),
        )
    )


def _keep_seat() -> Update:
    return (
        sessions.update()
        .where(
            sessions.c.id == outside("session_id"),
            sa.literal_column("status IN ('SCHEDULED', 'CHECKING_IN')"),
            sessions.c.starts_at == outside("expected_starts_at"),
            sessions.c.starts_at > outside("now"),
        )
        .values(seats_taken=sessions.c.seats_taken)
    )


RESERVATION_UPDATES: dict[type[Write], Callable[[], Update]] = {
    reservations.ConvertReservation: _convert_reservation,
    reservations.HoldForPayment: _hold_for_payment,
    reservations.LapseReservation: _lapse_reservation,
    reservations.KeepSeat: _keep_seat,
}
RESERVATION_INSERTS: dict[type[Write], sa.Table] = {reservations.AddReservation: enrollments}
