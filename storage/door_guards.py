"""The conditional statements of the door: marks, captures, cases for an admin, rosters on screens."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Delete, Update

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import HoldStatus, PaymentStatus
from domain.sessions.model import SessionStatus
from domain.writes import door
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import sessions
from storage.tables.door import decisions, door_screens
from storage.tables.money import enrollments, holds, payments

Statement = Update | Delete


def _is(column: sa.Column[str], value: str) -> sa.ColumnElement[bool]:
    """Return a constant condition: written into the statement, never bound."""
    return column == sa.literal_column(f"'{value}'")


def _mark_seat() -> Statement:
    was_attended = outside("was_attended_at", enrollments.c.attended_at.type)
    was_absent = outside("was_absent_at", enrollments.c.marked_absent_at.type)
    return (
        enrollments.update()
        .where(
            enrollments.c.id == outside("enrollment_id"),
            enrollments.c.status == outside("was_status"),
            enrollments.c.attended_at.is_not_distinct_from(was_attended),
            enrollments.c.marked_absent_at.is_not_distinct_from(was_absent),
        )
        .values(status=outside("status"), attended_at=outside("attended_at"), marked_absent_at=outside("marked_absent_at"))
    )


def _capture_hold() -> Statement:
    return (
        holds.update()
        .where(holds.c.id == outside("hold_id"), _is(holds.c.status, HoldStatus.OPEN))
        .values(
            status=sa.literal_column(f"'{HoldStatus.CAPTURED}'"),
            captured_minor=outside("captured_minor"),
            resolved_at=outside("resolved_at"),
        )
    )


def _complete_payment() -> Statement:
    return (
        payments.update()
        .where(payments.c.id == outside("payment_id"), _is(payments.c.status, PaymentStatus.PENDING))
        .values(
            status=sa.literal_column(f"'{PaymentStatus.COMPLETED}'"),
            amount_minor=outside("amount_minor"),
            ended_at=outside("ended_at"),
        )
    )


def _decide_case() -> Statement:
    return (
        decisions.update()
        .where(decisions.c.id == outside("decision_id"), decisions.c.decided_at.is_(None))
        .values(outcome=outside("outcome"), decided_by=outside("decided_by"), decided_at=outside("decided_at"))
    )


def _withdraw_decision() -> Statement:
    return decisions.delete().where(decisions.c.id == outside("decision_id"), decisions.c.decided_at.is_(None))


def _require_session() -> Statement:
    return (
        sessions.update()
        .where(sessions.c.id == outside("session_id"), sessions.c.status == outside("status"))
        .values(status=sessions.c.status)
    )


def is_unsettled() -> sa.ColumnElement[bool]:
    """Return whether a seat of a finished session is still to be settled: nobody has marked it attended, nor is it a case.

    A seat that is attended and still locked (its finalisation has failed) is unsettled, too.
    """
    has_open_case = (
        sa.select(decisions.c.id)
        .where(decisions.c.enrollment_id == enrollments.c.id, decisions.c.decided_at.is_(None))
        .correlate(enrollments)
        .exists()
    )
    is_locked = _is(enrollments.c.status, EnrollmentStatus.LOCKED)
    return sa.and_(
        sa.or_(is_locked, _is(enrollments.c.status, EnrollmentStatus.PAID) & enrollments.c.attended_at.is_(None)),
        ~has_open_case,
    )


def _settle_seats() -> Statement:
    unsettled = sa.select(enrollments.c.id).where(enrollments.c.session_id == sessions.c.id, is_unsettled())
    return (
        sessions.update()
        .where(
            sessions.c.id == outside("session_id"),
            _is(sessions.c.status, SessionStatus.FINISHED),
            sessions.c.settled_at.is_(None),
            ~unsettled.correlate(sessions).exists(),
        )
        .values(settled_at=outside("settled_at"))
    )


def _move_door_screen() -> Statement:
    return (
        door_screens.update()
        .where(door_screens.c.person_id == outside("person_id"))
        .values(
            session_id=outside("session_id"),
            message_id=outside("message_id"),
            page=outside("page"),
            drawn_at=outside("drawn_at"),
        )
    )


def _forget_door_screen() -> Statement:
    return door_screens.delete().where(
        door_screens.c.person_id == outside("person_id"), door_screens.c.message_id == outside("message_id")
    )


DOOR_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    door.MarkSeat: _mark_seat,
    door.CaptureHold: _capture_hold,
    door.CompletePayment: _complete_payment,
    door.DecideCase: _decide_case,
    door.WithdrawDecision: _withdraw_decision,
    door.RequireSession: _require_session,
    door.SettleSeats: _settle_seats,
    door.MoveDoorScreen: _move_door_screen,
    door.ForgetDoorScreen: _forget_door_screen,
}
DOOR_INSERTS: dict[type[Write], sa.Table] = {
    door.AddDecision: decisions,
    door.AddDoorScreen: door_screens,
}
