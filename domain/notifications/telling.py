"""Telling people what has happened: a row for each of them, written once however often it is asked for.

A row holds ids, not texts: what it says is made when it is sent, of the state as it is then, in its reader's language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.clock import Clock
from domain.ids import CenterId, NotificationId, new_id
from domain.notifications.kinds import MANNERS, Audience, NotificationKind
from domain.notifications.ports import NoticeSettings, Reader
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.messages import TellOnce

ONCE = ""


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell an audience about a subject: what a subscriber or the clock calls. Idempotent by person, subject, occurrence."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    kind: NotificationKind
    audience: Audience

    async def __call__(self, center_id: CenterId, subject_id: UUID) -> int:
        """Return how many people it concerns. Raises BusyError."""

        async def decide(work: UnitOfWork) -> int:
            settings = await work.notifications.find_settings(center_id=center_id)
            readers = await work.notifications.list_readers(
                self.audience, center_id=center_id, subject_id=subject_id, switch=MANNERS[self.kind].switch
            )
            if settings is None:
                return 0
            writes = notices(
                readers, self.kind, center_id=center_id, subject_id=subject_id, settings=settings, now=self.clock.now()
            )
            work.add(*writes)
            await work.commit()
            return len(writes)

        return await decide_and_commit(self.new_unit_of_work, decide)


def notices(
    readers: Sequence[Reader],
    kind: NotificationKind,
    *,
    center_id: CenterId,
    subject_id: UUID,
    settings: NoticeSettings,
    now: datetime,
    occurrence: str = ONCE,
    data: Mapping[str, Any] | None = None,
) -> list[TellOnce]:
    """Return the writes of a message to each reader; what can wait is not sent during quiet hours."""
    manner = MANNERS[kind]
    return [
        TellOnce(
            id=NotificationId(new_id()),
            center_id=center_id,
            person_id=reader.person_id,
            kind=kind,
            subject_id=subject_id,
            occurrence=occurrence or (reader.at.isoformat() if reader.at is not None else ONCE),
            data=data or {},
            priority=manner.priority,
            created_at=now,
            send_after=settings.quiet.end_after(now) if manner.waits_for_morning else now,
        )
        for reader in readers
    ]
