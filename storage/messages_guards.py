"""The conditional statements of writes on notifications, alerts and parked events."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.dml import Delete, Insert, Update

from domain.notifications.ports import SessionStep
from domain.sessions.model import SessionStatus
from domain.writes import messages
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import sessions
from storage.tables.door import decisions
from storage.tables.messages import alerts, notifications
from storage.tables.operations import outbox
from storage.tables.organization import centers
from storage.tables.types import Instant

Statement = Insert | Update | Delete


def _tell_once() -> Statement:
    known = ("id", "center_id", "person_id", "kind", "subject_id", "occurrence", "data")
    names = (*known, "priority", "created_at", "send_after", "status")
    insert = postgresql.insert(notifications).values({name: outside(name, notifications.c[name].type) for name in names})
    return insert.on_conflict_do_update(  # a row that is there stays as it is: the guard must find it, that is all
        index_elements=["person_id", "kind", "subject_id", "occurrence"],
        set_={"attempts": notifications.c.attempts},
    )


def _raise_alert() -> Statement:
    names = ("id", "center_id", "kind", "subject_id", "data", "created_at")
    # PostgreSQL's own construct, which SQLite writes in the same words.
    insert = postgresql.insert(alerts).values({name: outside(name, alerts.c[name].type) for name in names})
    return insert.on_conflict_do_update(
        index_elements=["center_id", "kind", "subject_id"],
        set_={
            "data": insert.excluded.data,
            "created_at": insert.excluded.created_at,
            "resolved_at": sa.null(),
            "resolved_by": sa.null(),
        },
    )


def _park_event() -> Statement:
    return (
        outbox.update()
        .where(outbox.c.id == outside("event_id"), outbox.c.delivered_at.is_(None), outbox.c.parked_at.is_(None))
        .values(parked_at=outside("parked_at"), last_error=outside("error"))
    )


def _resolve_alert() -> Statement:
    return (
        alerts.update()
        .where(
            alerts.c.id == outside("alert_id"),
            alerts.c.center_id == outside("center_id"),
            alerts.c.resolved_at.is_(None),
        )
        .values(resolved_at=outside("resolved_at"), resolved_by=outside("resolved_by"))
    )


def _unpark_event() -> Statement:
    return (
        outbox.update()
        .where(
            outbox.c.id == outside("event_id"), outbox.c.center_id == outside("center_id"), outbox.c.parked_at.is_not(None)
        )
        .values(parked_at=sa.null(), due_at=sa.null(), attempts=sa.literal_column("0"))
    )


def _note_step(step: SessionStep) -> Callable[[], Statement]:
    """Return what builds the statement that marks a step as done, where it is not, and the session was not moved."""

    def build() -> Statement:
        return (
            sessions.update()
            .where(
                sessions.c.id == outside("session_id"),
                sessions.c.starts_at == outside("expected_starts_at"),
                sessions.c.status == sa.literal_column(f"'{SessionStatus.SCHEDULED}'"),
                sessions.c[step.value].is_(None),
            )
            .values({sessions.c[step.value]: outside("done_at", Instant())})
        )

    return build


def _note_decision_reminded() -> Statement:
    return (
        decisions.update()
        .where(
            decisions.c.id == outside("decision_id"), decisions.c.decided_at.is_(None), decisions.c.reminded_at.is_(None)
        )
        .values(reminded_at=outside("reminded_at"))
    )


def _note_digest_made() -> Statement:
    was = outside("was", centers.c.digest_made_for.type)
    return (
        centers.update()
        .where(centers.c.id == outside("center_id"), centers.c.digest_made_for.is_not_distinct_from(was))
        .values(digest_made_for=outside("made_for", centers.c.digest_made_for.type))
    )


MESSAGES_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    messages.RaiseAlert: _raise_alert,
    messages.ResolveAlert: _resolve_alert,
    messages.ParkEvent: _park_event,
    messages.UnparkEvent: _unpark_event,
    messages.TellOnce: _tell_once,
    messages.NoteEarlyReminders: _note_step(SessionStep.EARLY_REMINDER),
    messages.NoteLateReminders: _note_step(SessionStep.LATE_REMINDER),
    messages.NoteWindowClosed: _note_step(SessionStep.WINDOW_CLOSED),
    messages.NoteStartWarned: _note_step(SessionStep.START_WARNING),
    messages.NoteEndWarned: _note_step(SessionStep.END_WARNING),
    messages.NoteDecisionReminded: _note_decision_reminded,
    messages.NoteDigestMade: _note_digest_made,
}
