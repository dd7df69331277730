"""Writes that remember: the outbox and the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.ids import CenterId, PersonId, new_id
from domain.permissions import Actor, Operation, Role
from domain.writes.base import Write


@dataclass(frozen=True, slots=True)
class AddEvent(Write):
    """Put an event into the outbox, to be delivered at least once after the commit."""

    id: UUID
    center_id: CenterId
    kind: str
    subject_id: UUID
    actor_id: PersonId | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class AddAuditRow(Write):
    """Write down who changed what, with before and after. Ids only, no names: a person can be erased."""

    id: UUID
    center_id: CenterId
    at: datetime
    actor_id: PersonId | None
    actor_role: Role | None
    operation: Operation
    object_type: str
    object_id: UUID
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str | None


def event_row(event: Event, *, actor: Actor, now: datetime) -> AddEvent:
    """Return the write that puts the event into the outbox."""
    return AddEvent(
        id=new_id(),
        center_id=actor.center_id,
        kind=event.kind,
        subject_id=event.subject_id,
        actor_id=actor.recorded_id,
        occurred_at=now,
    )


def audit_row(
    operation: Operation,
    *,
    actor: Actor,
    now: datetime,
    object_type: str,
    object_id: UUID,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> AddAuditRow:
    """Return the write that tells who did the operation to which object."""
    return AddAuditRow(
        id=new_id(),
        center_id=actor.center_id,
        at=now,
        actor_id=actor.recorded_id,
        actor_role=actor.role,
        operation=operation,
        object_type=object_type,
        object_id=object_id,
        before=before,
        after=after,
        reason=reason,
    )
