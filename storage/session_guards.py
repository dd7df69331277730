"""The conditional statements of writes on the life of sessions."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Delete, Update

from domain.enrollments.model import EnrollmentStatus
from domain.sessions.model import SessionStatus
from domain.writes import sessions as writes
from domain.writes.base import Write
from domain.writes.seats import AddEnrollment
from storage.prepared import outside
from storage.tables.catalogue import sessions
from storage.tables.money import enrollments
from storage.tables.waitlist import standing_attempts, waitlist_entries

Statement = Update | Delete

_MARKS_OF_THE_CLOCK = (
    "early_reminders_at",
    "late_reminders_at",
    "window_closed_at",
    "start_warned_at",
    "end_warned_at",
)


def _status(value: SessionStatus) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{value}'")


def _session() -> Update:
    return sessions.update().where(sessions.c.id == outside("session_id"))


def _as_read() -> Update:
    return _session().where(sessions.c.status == outside("was"))


def _times() -> dict[str, sa.BindParameter[object]]:
    return {name: outside(name) for name in ("local_date", "local_time", "starts_at", "ends_at")}


def _no_marks() -> dict[str, sa.ColumnElement[None]]:
    return {name: sa.null() for name in _MARKS_OF_THE_CLOCK}


def _advance() -> Statement:
    return _as_read().values(status=outside("becomes"))


def _call_off() -> Statement:
    at = outside("at", sessions.c.settled_at.type)
    return (
        _as_read()
        .where(sessions.c.starts_at == outside("was_starts_at"))
        .values(
            status=outside("becomes"),
            cancel_reason=outside("reason"),
            canceled_at=at,
            seats_at_end=sessions.c.seats_taken,
            settled_at=sa.case((sa.literal_column("seats_taken = 0"), at), else_=sa.null()),
        )
    )


def _bring_back() -> Statement:
    gone = ("cancel_reason", "canceled_at", "seats_at_end", "settled_at")
    return (
        _session()
        .where(sessions.c.status == _status(SessionStatus.CANCELED), sessions.c.settled_at.is_not(None))
        .values(
            status=_status(SessionStatus.SCHEDULED),
            moved_at=outside("at"),
            **_times(),
            **_no_marks(),
            **{column: sa.null() for column in gone},
        )
    )


def _move() -> Statement:
    return (
        _session()
        .where(
            sessions.c.status == _status(SessionStatus.SCHEDULED),
            sessions.c.starts_at == outside("was_starts_at"),
            sessions.c.branch_id == outside("was_branch_id"),
        )
        .values(branch_id=outside("branch_id"), moved_at=outside("moved_at"), **_times(), **_no_marks())
    )


def _change_teacher() -> Statement:
    return _as_read().values(teacher=outside("teacher"))


def _change_capacity() -> Statement:
    capacity = outside("capacity", sessions.c.capacity.type)
    return _as_read().where(sessions.c.seats_taken <= capacity).values(capacity=capacity)


def _delete() -> Statement:
    return sessions.delete().where(
        sessions.c.id == outside("session_id"),
        sessions.c.status == _status(SessionStatus.SCHEDULED),
        sa.literal_column("seats_taken = 0"),
        ~sa.exists().where(enrollments.c.session_id == sessions.c.id),
        ~sa.exists().where(waitlist_entries.c.session_id == sessions.c.id),
        ~sa.exists().where(standing_attempts.c.session_id == sessions.c.id),
    )


def _settle() -> Statement:
    return (
        _session()
        .where(
            sa.literal_column(f"status IN ('{SessionStatus.CANCELED}', '{SessionStatus.MISSED}')"),
            sa.literal_column("seats_taken = 0"),
            sessions.c.settled_at.is_(None),
        )
        .values(settled_at=outside("at"))
    )


def _revoke_seat() -> Statement:
    return (
        enrollments.update()
        .where(enrollments.c.id == outside("enrollment_id"), enrollments.c.status == outside("was"))
        .values(
            status=sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'"),
            cancelled_at=outside("cancelled_at"),
            cancelled_by=outside("cancelled_by"),
            made_good=outside("made_good"),
            made_good_minor=outside("made_good_minor"),
            attended_at=sa.null(),  # of a class that did not take place; the audit log keeps what was marked
            marked_absent_at=sa.null(),
            held_until=sa.null(),
        )
    )


SESSION_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    writes.AdvanceSession: _advance,
    writes.CallSessionOff: _call_off,
    writes.BringSessionBack: _bring_back,
    writes.MoveSession: _move,
    writes.ChangeTeacher: _change_teacher,
    writes.ChangeCapacity: _change_capacity,
    writes.DeleteSession: _delete,
    writes.SettleMadeGood: _settle,
    writes.RevokeSeat: _revoke_seat,
}

BROKEN_BY_DELETION: frozenset[type[Write]] = frozenset({AddEnrollment, writes.DeleteSession})
"""Their foreign key breaks where a session is deleted while somebody comes into it: whoever is second decides anew."""
