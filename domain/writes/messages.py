"""Writes on what people are told without asking: notifications, alerts of admins, events that were given up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.ids import CenterId, DecisionId, NotificationId, PersonId, SessionId
from domain.notifications.model import NotificationStatus, Priority
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class RaiseAlert(Write):
    """Show something to the admins until one of them has seen to it; raised again, it is open again."""

    id: UUID
    center_id: CenterId
    kind: str
    subject_id: UUID
    data: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ParkEvent(Write):
    """Give up delivering an event that is neither delivered nor given up."""

    event_id: UUID
    error: str
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class TellOnce(Write):
    """Tell a person something about a subject; nothing happens where they were told this occurrence of it before."""

    id: NotificationId
    center_id: CenterId
    person_id: PersonId
    kind: str
    subject_id: UUID
    occurrence: str
    data: Mapping[str, Any]
    priority: Priority
    created_at: datetime
    send_after: datetime
    status: NotificationStatus = field(init=False, default=NotificationStatus.PENDING)


@dataclass(frozen=True, slots=True)
class ResolveAlert(Write):
    """Take an open alert off the admins' list."""

    center_id: CenterId
    alert_id: UUID
    resolved_by: PersonId | None
    resolved_at: datetime


@dataclass(frozen=True, slots=True)
class UnparkEvent(Write):
    """Let an event that was given up be delivered once more."""

    center_id: CenterId
    event_id: UUID


@dataclass(frozen=True, slots=True)
class NoteEarlyReminders(Write):
    """Remember that a session's early reminders are written. The five writes like it guard what the clock does once."""

    rank: ClassVar[LockRank] = LockRank.SESSION
    session_id: SessionId
    expected_starts_at: datetime
    done_at: datetime


@dataclass(frozen=True, slots=True)
class NoteLateReminders(NoteEarlyReminders):
    """Remember that a session's late reminders are written."""


@dataclass(frozen=True, slots=True)
class NoteWindowClosed(NoteEarlyReminders):
    """Remember that the team was told who comes."""


@dataclass(frozen=True, slots=True)
class NoteStartWarned(NoteEarlyReminders):
    """Remember that the team was warned at the start."""


@dataclass(frozen=True, slots=True)
class NoteEndWarned(NoteEarlyReminders):
    """Remember that the team was warned at the end."""


@dataclass(frozen=True, slots=True)
class NoteDecisionReminded(Write):
    """Remember that the admins were reminded of an open case."""

    decision_id: DecisionId
    reminded_at: datetime


@dataclass(frozen=True, slots=True)
class NoteDigestMade(Write):
    """Remember the last local day whose digest was made."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    center_id: CenterId
    was: date | None
    made_for: date
