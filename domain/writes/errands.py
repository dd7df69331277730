"""Writes on errands: orders that are carried out in pieces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.model import DecisionOutcome
from domain.ids import CenterId, PersonId
from domain.permissions import Role
from domain.writes.base import Write


@dataclass(frozen=True, slots=True)
class AddErrand(Write):
    """Order something for many seats, unless an errand of this kind is under way for the same subject."""

    id: UUID
    center_id: CenterId
    kind: ErrandKind
    subject_id: UUID
    outcome: DecisionOutcome | None
    until: datetime | None
    person_id: PersonId
    role: Role
    message_id: int | None
    total: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AdvanceErrand(Write):
    """Note how far an errand has come, if nobody else has taken it further; ``ended_at`` where nothing is left."""

    errand_id: UUID
    was_after_id: UUID | None
    after_id: UUID | None
    ended_at: datetime | None
