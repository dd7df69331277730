"""What is written down of a change to a session: the same for all of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.events import Event
from domain.ids import BranchId, CenterId, ClassId, SessionId
from domain.permissions import Actor, Operation
from domain.writes.base import Write
from domain.writes.owner import RequireBranch, RequireClass, RequireZone
from domain.writes.record import audit_row, event_row


def session_record(
    operation: Operation,
    event: type[Event],
    session_id: SessionId,
    *,
    actor: Actor,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> list[Write]:
    """Return the event, and the audit row that tells what was and what is."""
    return [
        event_row(event(session_id), actor=actor, now=now),
        audit_row(
            operation,
            actor=actor,
            now=now,
            object_type="session",
            object_id=session_id,
            before=before,
            after=after,
            reason=reason,
        ),
    ]


def required(center_id: CenterId, timezone: str, *, branch_id: BranchId, class_id: ClassId) -> list[Write]:
    """Return what holds the ground that a session or a rule is put upon: the time zone, the branch and the class.

    Each may be about to go: whoever puts a branch or a class away, or moves the center to another time zone, holds it, too.
    """
    return [RequireZone(center_id, timezone), RequireBranch(center_id, branch_id), RequireClass(center_id, class_id)]
