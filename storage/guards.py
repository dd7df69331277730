"""The statement of every guarded write: one for each kind, its condition the guard, the same source for both databases.

A statement must touch exactly one row; where it touches none, the guard has failed. Inserts that a second press of the
same button would repeat do nothing on a conflict, and so fail their guard instead of raising.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Delete, Insert, Update

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import HoldStatus
from domain.packages.model import StudentPackageStatus
from domain.writes import catalogue, money, people, record, reports, seats
from domain.writes.base import Write
from storage.broadcast_guards import BROADCAST_INSERTS, BROADCAST_UPDATES
from storage.cash_guards import CASH_INSERTS, CASH_UPDATES
from storage.door_guards import DOOR_INSERTS, DOOR_UPDATES
from storage.errand_guards import ERRAND_INSERTS, ERRAND_UPDATES
from storage.gateway_guards import GATEWAY_INSERTS, GATEWAY_UPDATES
from storage.merging_guards import MERGING_UPDATES
from storage.messages_guards import MESSAGES_UPDATES
from storage.owner_guards import OWNER_UPDATES
from storage.people_guards import PEOPLE_UPDATES
from storage.prepared import Prepared, outside, prepare
from storage.reservation_guards import RESERVATION_INSERTS, RESERVATION_UPDATES
from storage.session_guards import SESSION_UPDATES
from storage.tables.catalogue import class_packages, classes, sessions, student_packages, timetable_rules
from storage.tables.money import accounts, cashboxes, enrollments, entries, holds, payments, postings, wallets
from storage.tables.operations import audit_log, dialogs, outbox
from storage.tables.organization import branches, centers, invites, muted_notifications, role_assignments
from storage.tables.organization import people as people_table
from storage.tables.reports import exports
from storage.timetable_guards import TIMETABLE_INSERTS, TIMETABLE_UPDATES
from storage.waitlist_guards import WAITLIST_INSERTS, WAITLIST_UPDATES

Statement = Insert | Update | Delete


def _sql(text: str) -> sa.ColumnElement[bool]:
    """Return a constant condition: written into the statement, never bound."""
    return sa.literal_column(text)


_ONE: sa.ColumnElement[int] = sa.literal_column("1")


def _hold_money() -> Statement:
    amount = outside("amount_minor", wallets.c.locked_minor.type)
    return (
        wallets.update()
        .where(wallets.c.id == outside("wallet_id"), wallets.c.balance_minor - wallets.c.locked_minor >= amount)
        .values(locked_minor=wallets.c.locked_minor + amount)
    )


def _unlock_money() -> Statement:
    amount = outside("amount_minor", wallets.c.locked_minor.type)
    return (
        wallets.update()
        .where(wallets.c.id == outside("wallet_id"), wallets.c.locked_minor >= amount)
        .values(locked_minor=wallets.c.locked_minor - amount)
    )


def _credit_wallet() -> Statement:
    amount = outside("amount_minor", wallets.c.balance_minor.type)
    return (
        wallets.update().where(wallets.c.id == outside("wallet_id")).values(balance_minor=wallets.c.balance_minor + amount)
    )


def _debit_wallet() -> Statement:
    amount = outside("amount_minor", wallets.c.balance_minor.type)
    return (
        wallets.update()
        .where(wallets.c.id == outside("wallet_id"), wallets.c.balance_minor - wallets.c.locked_minor >= amount)
        .values(balance_minor=wallets.c.balance_minor - amount)
    )


def _put_cash_in() -> Statement:
    amount = outside("amount_minor", cashboxes.c.balance_minor.type)
    return (
        cashboxes.update()
        .where(cashboxes.c.id == outside("cashbox_id"))
        .values(balance_minor=cashboxes.c.balance_minor + amount)
    )


def _use_credit() -> Statement:
    value = outside("value_minor", student_packages.c.value_left_minor.type)
    return (
        student_packages.update()
        .where(
            student_packages.c.id == outside("student_package_id"),
            student_packages.c.credits_left == outside("was_credits_left"),
            student_packages.c.value_left_minor == outside("was_value_left_minor"),
            _sql(f"status = '{StudentPackageStatus.ACTIVE}'"),
        )
        .values(
            credits_left=student_packages.c.credits_left - _ONE,
            value_left_minor=student_packages.c.value_left_minor - value,
            status=sa.literal_column(
                f"CASE WHEN credits_left = 1 THEN '{StudentPackageStatus.EXHAUSTED}' "
                f"ELSE '{StudentPackageStatus.ACTIVE}' END"
            ),
        )
    )


def _return_credit() -> Statement:
    value = outside("value_minor", student_packages.c.value_left_minor.type)
    return (
        student_packages.update()
        .where(
            student_packages.c.id == outside("student_package_id"),
            _sql(f"status <> '{StudentPackageStatus.REFUNDED}'"),
            student_packages.c.credits_left < student_packages.c.credits_total,  # or a second press would break a CHECK
            student_packages.c.value_left_minor + value <= student_packages.c.price_minor,
        )
        .values(
            credits_left=student_packages.c.credits_left + _ONE,
            value_left_minor=student_packages.c.value_left_minor + value,
            status=sa.literal_column(f"'{StudentPackageStatus.ACTIVE}'"),
        )
    )


def _require_refunded_package() -> Statement:
    return (
        student_packages.update()
        .where(student_packages.c.id == outside("student_package_id"), _sql(f"status = '{StudentPackageStatus.REFUNDED}'"))
        .values(status=sa.literal_column(f"'{StudentPackageStatus.REFUNDED}'"))
    )


def _waive_money() -> Statement:
    return (
        wallets.update()
        .where(
            wallets.c.id == outside("wallet_id"),
            wallets.c.balance_minor == outside("amount_minor"),
            _sql("locked_minor = 0"),
        )
        .values(balance_minor=sa.literal_column("0"))
    )


def _waive_credits() -> Statement:
    return (
        student_packages.update()
        .where(
            student_packages.c.id == outside("student_package_id"),
            student_packages.c.credits_left == outside("was_credits_left"),
            student_packages.c.value_left_minor == outside("was_value_left_minor"),
            _sql(f"status = '{StudentPackageStatus.ACTIVE}'"),
        )
        .values(
            credits_left=sa.literal_column("0"),
            value_left_minor=sa.literal_column("0"),
            status=sa.literal_column(f"'{StudentPackageStatus.EXHAUSTED}'"),
        )
    )


def _cancel_seat() -> Statement:
    return (
        enrollments.update()
        .where(
            enrollments.c.id == outside("enrollment_id"),
            enrollments.c.status == outside("was"),
            enrollments.c.attended_at.is_(None),
        )
        .values(
            status=sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'"),
            cancelled_at=outside("cancelled_at"),
            cancelled_by=outside("cancelled_by"),
            made_good=outside("made_good"),
            made_good_minor=outside("made_good_minor"),
        )
    )


def _release_hold() -> Statement:
    return (
        holds.update()
        .where(holds.c.id == outside("hold_id"), _sql(f"status = '{HoldStatus.OPEN}'"))
        .values(status=sa.literal_column(f"'{HoldStatus.RELEASED}'"), resolved_at=outside("resolved_at"))
    )


def _end_payment() -> Statement:
    return (
        payments.update()
        .where(payments.c.id == outside("payment_id"), payments.c.status == outside("was"))
        .values(status=outside("becomes"), refunded_minor=outside("refunded_minor"), ended_at=outside("ended_at"))
    )


def _take_seat() -> Statement:
    return (
        sessions.update()
        .where(
            sessions.c.id == outside("session_id"),
            sessions.c.seats_taken < sessions.c.capacity,
            _sql("status IN ('SCHEDULED', 'CHECKING_IN')"),
            sessions.c.starts_at == outside("expected_starts_at"),
            sessions.c.starts_at > outside("now"),
        )
        .values(seats_taken=sessions.c.seats_taken + _ONE)
    )


def _give_seat_back() -> Statement:
    return (
        sessions.update()
        .where(sessions.c.id == outside("session_id"), _sql("seats_taken > 0"))
        .values(seats_taken=sessions.c.seats_taken - _ONE)
    )


def _bind_center() -> Statement:
    return (
        centers.update()
        .where(centers.c.id == outside("center_id"), centers.c.bot_id.is_(None))
        .values(bot_id=outside("bot_id"))
    )


_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    money.HoldMoney: _hold_money,
    money.UnlockMoney: _unlock_money,
    money.CreditWallet: _credit_wallet,
    money.DebitWallet: _debit_wallet,
    money.PutCashIn: _put_cash_in,
    money.UseCredit: _use_credit,
    money.ReturnCredit: _return_credit,
    money.RequireRefundedPackage: _require_refunded_package,
    money.WaiveMoney: _waive_money,
    money.WaiveCredits: _waive_credits,
    money.ReleaseHold: _release_hold,
    money.EndPayment: _end_payment,
    seats.CancelSeat: _cancel_seat,
    seats.TakeSeat: _take_seat,
    seats.GiveSeatBack: _give_seat_back,
    catalogue.BindCenter: _bind_center,
    **PEOPLE_UPDATES,
    **OWNER_UPDATES,
    **DOOR_UPDATES,
    **GATEWAY_UPDATES,
    **RESERVATION_UPDATES,
    **WAITLIST_UPDATES,
    **MESSAGES_UPDATES,
    **SESSION_UPDATES,
    **TIMETABLE_UPDATES,
    **CASH_UPDATES,
    **MERGING_UPDATES,
    **ERRAND_UPDATES,
    **BROADCAST_UPDATES,
}

_INSERTS: dict[type[Write], sa.Table] = {
    money.AddHold: holds,
    money.AddPayment: payments,
    money.AddPosting: postings,
    money.AddEntry: entries,
    seats.AddEnrollment: enrollments,
    record.AddEvent: outbox,
    record.AddAuditRow: audit_log,
    people.AddPerson: people_table,
    people.AddGuest: people_table,
    people.AddRole: role_assignments,
    people.MuteNotification: muted_notifications,
    people.AddInvite: invites,
    people.AddDialog: dialogs,
    catalogue.AddCenter: centers,
    catalogue.AddBranch: branches,
    catalogue.AddClass: classes,
    catalogue.AddTimetableRule: timetable_rules,
    catalogue.AddSession: sessions,
    catalogue.AddClassPackage: class_packages,
    catalogue.AddStudentPackage: student_packages,
    catalogue.AddAccount: accounts,
    catalogue.AddWallet: wallets,
    catalogue.AddCashbox: cashboxes,
    **TIMETABLE_INSERTS,
    **DOOR_INSERTS,
    **CASH_INSERTS,
    **GATEWAY_INSERTS,
    **RESERVATION_INSERTS,
    **WAITLIST_INSERTS,
    **ERRAND_INSERTS,
    **BROADCAST_INSERTS,
    reports.AddExport: exports,
}


def is_insert(write_type: type[Write]) -> bool:
    """Whether a write adds a row, and so depends on no other row's being as it was read."""
    return write_type in _INSERTS


WRITES: tuple[type[Write], ...] = (*_UPDATES, *_INSERTS)


def _insert(write_type: type[Write], table: sa.Table, backend: str) -> Statement:
    insert = postgresql.insert(table) if backend == "postgresql" else sqlite.insert(table)
    values = {field.name: outside(field.name, table.c[field.name].type) for field in fields(write_type)}
    return insert.values(values).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True)
class Guarded:
    """A write's statement for one driver, and the function from the write to the driver's arguments."""

    sql: str
    arguments: Callable[[Any], tuple[Any, ...]]


def guarded(write_type: type[Write], backend: str) -> Guarded:
    """Return the prepared statement of a kind of write for a backend."""
    found = _PREPARED.get((write_type, backend))
    if found is None:
        found = _PREPARED[write_type, backend] = _prepare(write_type, backend)
    return found


_PREPARED: dict[tuple[type[Write], str], Guarded] = {}


def _prepare(write_type: type[Write], backend: str) -> Guarded:
    build = _UPDATES.get(write_type)
    statement = build() if build is not None else _insert(write_type, _INSERTS[write_type], backend)
    prepared: Prepared = prepare(statement, backend)
    return Guarded(prepared.sql, prepared.arguments_of(write_type))
