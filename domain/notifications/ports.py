"""What decisions on telling people need to know, and the queue of messages as its sender sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from domain.ids import CenterId, DecisionId, NotificationId, PersonId, SessionId
from domain.notifications.kinds import Audience
from domain.notifications.model import MutableNotification, Priority
from domain.notifications.quiet import QuietHours
from domain.permissions import Role


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What a center has chosen. Lengths of time are minutes before a start; 0 means none."""

    quiet: QuietHours
    early_reminder_minutes: int
    late_reminder_minutes: int
    digest_at_minutes: int  # after local midnight
    digest_made_for: date | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is to be told; ``at`` tells repetitions of the same apart (when it was moved, cancelled …)."""

    person_id: PersonId
    at: datetime | None


class SessionStep(StrEnum):
    """What the clock does once for each session, by the column that remembers it."""

    EARLY_REMINDER = "early_reminders_at"
    LATE_REMINDER = "late_reminders_at"
    WINDOW_CLOSED = "window_closed_at"
    START_WARNING = "start_warned_at"
    END_WARNING = "end_warned_at"


@dataclass(frozen=True, slots=True)
class DueSession:
    """A session for which a step is due."""

    session_id: SessionId
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An alert that nobody has seen to."""

    kind: str
    subject_id: UUID


class NotificationRepository(Protocol):
    """Loads who is to be told, and what is due."""

    async def find_settings(self, *, center_id: CenterId) -> NoticeSettings | None:
        """Return what the center has chosen."""
        ...

    async def list_readers(
        self,
        audience: Audience,
        *,
        center_id: CenterId,
        subject_id: UUID,
        switch: MutableNotification | None,
        booked_until: datetime | None = None,
    ) -> list[Reader]:
        """Return whom a message reaches: who can be written to, and has not switched its kind off.

        ``booked_until`` leaves out who booked then or later, where the audience is REMINDED.
        """
        ...

    async def list_due_sessions(
        self, step: SessionStep, *, center_id: CenterId, after: datetime, until: datetime, limit: int
    ) -> list[DueSession]:
        """Return sessions whose step is still to be done and whose instant lies after … until …, the earliest first.

        The instant is the start; of WINDOW_CLOSED the end of the class's cancellation window, of END_WARNING the end.
        """
        ...

    async def is_due(self, step: SessionStep, *, center_id: CenterId, session_id: SessionId, starts_at: datetime) -> bool:
        """Whether a step of a scheduled session that begins then is still to be done."""
        ...

    async def list_waiting_decisions(self, *, center_id: CenterId, opened_until: datetime, limit: int) -> list[DecisionId]:
        """Return open cases that nobody has been reminded of."""
        ...

    async def find_open_alert(self, *, center_id: CenterId, alert_id: UUID) -> OpenAlert | None:
        """Return an alert that nobody has seen to."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that was claimed to be sent; ``was_interrupted`` where its sender died while it was in the air."""

    id: NotificationId
    person_id: PersonId
    kind: str
    subject_id: UUID
    occurrence: str
    data: Mapping[str, Any]
    priority: Priority
    created_at: datetime
    attempts: int
    was_interrupted: bool
    telegram_id: int | None
    language: str | None
    is_reachable: bool
    muted: frozenset[MutableNotification]
    roles: frozenset[Role] = frozenset()  # those of its reader now


class OutgoingQueue(Protocol):
    """The messages of one center that are to be sent. Leases and pauses go by the database's time."""

    async def claim(self, *, priority: Priority, limit: int, lease_seconds: float) -> list[Outgoing]:
        """Take messages whose time has come, so that nobody else gets them until the lease runs out."""
        ...

    async def begin(self, notification_id: NotificationId, *, lease_seconds: float) -> bool:
        """Note that it goes out now; False where somebody else has it by now."""
        ...

    async def note_sent(self, notification_id: NotificationId, *, message_id: int | None) -> None:
        """It has arrived."""
        ...

    async def note_unknown(self, notification_id: NotificationId) -> None:
        """It may have arrived, and is not worth a second one."""
        ...

    async def note_stale(self, notification_id: NotificationId) -> None:
        """It had lost its sense."""
        ...

    async def note_unreachable(self, notification_id: NotificationId) -> None:
        """The person cannot be reached; they are not written to until they write again."""
        ...

    async def note_failed(self, notification_id: NotificationId, *, error: str) -> None:
        """It can never be sent."""
        ...

    async def put_off(self, notification_id: NotificationId, *, seconds: float, error: str | None) -> None:
        """It has certainly not arrived, or matters more than a second one: it comes again after a while."""
        ...
