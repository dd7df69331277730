"""The conditional statements of writes that make two people one."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.enrollments.model import EnrollmentStatus
from domain.waitlist.model import WaitlistStatus
from domain.writes import merging
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import student_packages
from storage.tables.money import enrollments, holds, payments, wallets
from storage.tables.organization import people
from storage.tables.waitlist import standing_bookings, waitlist_entries


def _require_person() -> Update:
    return (
        people.update()
        .where(
            people.c.id == outside("person_id"),
            people.c.center_id == outside("center_id"),
            people.c.erased_at.is_(None),
            people.c.merged_into_id.is_(None),
        )
        .values(merged_into_id=people.c.merged_into_id)
    )


def _mark_merged() -> Update:
    gone = ("telegram_id", "phone", "phone_verified_at", "calendar_secret", "notes")
    return (
        people.update()
        .where(
            people.c.id == outside("person_id"),
            people.c.center_id == outside("center_id"),
            people.c.erased_at.is_(None),
            people.c.merged_into_id.is_(None),
        )
        .values(merged_into_id=outside("into_id"), **{column: sa.null() for column in gone})
    )


def _repoint_merged() -> Update:
    return (
        people.update()
        .where(people.c.id == outside("person_id"), people.c.merged_into_id == outside("was_id"))
        .values(merged_into_id=outside("into_id"))
    )


def _require_seat_count() -> Update:
    seats = (
        sa.select(sa.func.count()).select_from(enrollments).where(enrollments.c.student_id == people.c.id).scalar_subquery()
    )
    return (
        people.update()
        .where(people.c.id == outside("person_id"), seats == outside("seat_count", sa.BigInteger()))
        .values(merged_into_id=people.c.merged_into_id)
    )


def _require_wallet_count() -> Update:
    owned = sa.select(sa.func.count()).select_from(wallets).where(wallets.c.owner_id == people.c.id).scalar_subquery()
    return (
        people.update()
        .where(people.c.id == outside("person_id"), owned == outside("wallet_count", sa.BigInteger()))
        .values(merged_into_id=people.c.merged_into_id)
    )


def _empty_merged_wallet() -> Update:
    return (
        wallets.update()
        .where(
            wallets.c.id == outside("wallet_id"),
            wallets.c.balance_minor == outside("balance_minor"),
            wallets.c.locked_minor == outside("locked_minor"),
        )
        .values(balance_minor=sa.literal_column("0"), locked_minor=sa.literal_column("0"))
    )


def _fill_merged_wallet() -> Update:
    balance = outside("balance_minor", wallets.c.balance_minor.type)
    locked = outside("locked_minor", wallets.c.locked_minor.type)
    return (
        wallets.update()
        .where(wallets.c.id == outside("wallet_id"))
        .values(balance_minor=wallets.c.balance_minor + balance, locked_minor=wallets.c.locked_minor + locked)
    )


def _move_seat() -> Update:
    other = enrollments.alias("other")
    has_seat = (
        sa.select(other.c.id)
        .where(
            other.c.session_id == enrollments.c.session_id,
            other.c.student_id == outside("becomes_id"),
            other.c.status != sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'"),
        )
        .exists()
    )
    is_cancelled = enrollments.c.status == sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'")
    return (
        enrollments.update()
        .where(
            enrollments.c.id == outside("enrollment_id"),
            enrollments.c.student_id == outside("was_id"),
            sa.or_(is_cancelled, ~has_seat),
        )
        .values(student_id=outside("becomes_id"))
    )


def _cancel_second_seat() -> Update:
    return (
        enrollments.update()
        .where(enrollments.c.id == outside("enrollment_id"), enrollments.c.status == outside("was"))
        .values(
            status=sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'"),
            cancelled_at=outside("cancelled_at"),
            cancelled_by=outside("cancelled_by"),
            made_good=outside("made_good"),
            made_good_minor=outside("made_good_minor"),
        )
    )


def _moving(table: sa.Table, id_: str, owner: str) -> Callable[[], Update]:
    """Return the statement that gives a row to another owner, if it still is the first one's."""
    column: sa.Column[Any] = table.c[owner]
    return lambda: (
        table.update().where(table.c.id == outside(id_), column == outside("was_id")).values({owner: outside("becomes_id")})
    )


def _leave_place() -> Update:
    return (
        waitlist_entries.update()
        .where(
            waitlist_entries.c.id == outside("waitlist_entry_id"),
            waitlist_entries.c.status == sa.literal_column(f"'{WaitlistStatus.WAITING}'"),
        )
        .values(status=sa.literal_column(f"'{WaitlistStatus.LEFT}'"), ended_at=outside("ended_at"))
    )


def _end_standing_booking() -> Update:
    return (
        standing_bookings.update()
        .where(standing_bookings.c.id == outside("standing_booking_id"), standing_bookings.c.stopped_at.is_(None))
        .values(stopped_at=outside("stopped_at"))
    )


MERGING_UPDATES: dict[type[Write], Callable[[], Update]] = {
    merging.RequirePerson: _require_person,
    merging.MarkMerged: _mark_merged,
    merging.RepointMerged: _repoint_merged,
    merging.RequireSeatCount: _require_seat_count,
    merging.RequireWalletCount: _require_wallet_count,
    merging.EmptyMergedWallet: _empty_merged_wallet,
    merging.FillMergedWallet: _fill_merged_wallet,
    merging.MovePackage: _moving(student_packages, "student_package_id", "student_id"),
    merging.MoveSeat: _move_seat,
    merging.CancelSecondSeat: _cancel_second_seat,
    merging.MoveHold: _moving(holds, "hold_id", "wallet_id"),
    merging.MovePayment: _moving(payments, "payment_id", "payer_id"),
    merging.MovePlace: _moving(waitlist_entries, "waitlist_entry_id", "student_id"),
    merging.LeavePlace: _leave_place,
    merging.MoveStandingBooking: _moving(standing_bookings, "standing_booking_id", "student_id"),
    merging.EndStandingBooking: _end_standing_booking,
}
