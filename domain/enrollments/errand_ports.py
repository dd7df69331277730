"""Errands as decisions and screens see them: orders for many seats that are carried out in pieces."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.enrollments.model import DecisionOutcome
from domain.ids import CenterId, PersonId
from domain.permissions import Actor, Role


class ErrandKind(StrEnum):
    """What is to be done with each seat."""

    MARK_EVERYONE = "MARK_EVERYONE"  # the subject is the session
    DECIDE_ALL = "DECIDE_ALL"  # the subject is the center


@dataclass(frozen=True, slots=True)
class Errand:
    """An order. ``after_id`` is the seat or case that the last piece ended with; pieces go by id.

    ``outcome`` and ``until`` say what is decided, and for which cases: those that were there when it was asked.
    """

    id: UUID
    kind: ErrandKind
    subject_id: UUID
    outcome: DecisionOutcome | None
    until: datetime | None
    person_id: PersonId
    role: Role
    after_id: UUID | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ErrandProgress:
    """How far an errand that decides cases has come, and whose message shows it (None: nobody's)."""

    id: UUID
    outcome: DecisionOutcome
    total: int
    done: int
    left: int
    has_ended: bool
    message_id: int | None
    telegram_id: int | None
    language: str | None


class ErrandRepository(Protocol):
    """Loads errands. Another center's do not exist for it."""

    async def find(self, *, center_id: CenterId, errand_id: UUID) -> Errand | None:
        """Return an errand."""
        ...

    async def find_open(self, *, center_id: CenterId, kind: ErrandKind, subject_id: UUID) -> Errand | None:
        """Return the errand of this kind that is under way."""
        ...

    async def find_actor(self, *, center_id: CenterId, person_id: PersonId, role: Role) -> Actor | None:
        """Return who ordered it as they may act now; None where they may not in that role any more."""
        ...


class ErrandViews(Protocol):
    """Reads errands for screens."""

    async def find_progress(self, *, center_id: CenterId, errand_id: UUID) -> ErrandProgress | None:
        """Return how far an errand that decides cases has come."""
        ...
