"""Writes that tell people about waiting, standing bookings and credits; what they read is made when it is sent."""

from datetime import datetime
from uuid import UUID

from domain.ids import CenterId, NotificationId, PersonId, new_id
from domain.notifications.model import Priority
from domain.waitlist.model import WaitingMessage
from domain.writes.messages import TellOnce

_ONCE = ""


def message(
    kind: WaitingMessage,
    *,
    center_id: CenterId,
    person_id: PersonId,
    subject_id: UUID,
    now: datetime,
    send_after: datetime | None = None,
    priority: Priority = Priority.NORMAL,
    occurrence: str = _ONCE,
) -> TellOnce:
    """Return the write of one message, to be sent at once unless it is to wait for the end of quiet hours."""
    return TellOnce(
        id=NotificationId(new_id()),
        center_id=center_id,
        person_id=person_id,
        kind=kind,
        subject_id=subject_id,
        occurrence=occurrence,
        data={},
        priority=priority,
        created_at=now,
        send_after=send_after or now,
    )
