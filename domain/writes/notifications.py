"""The write of a message that is to be sent to somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.ids import CenterId, NotificationId, PersonId
from domain.notifications.model import NotificationStatus, Priority
from domain.writes.base import Write


@dataclass(frozen=True, slots=True)
class AddNotification(Write):
    """Tell a person something about a subject, unless they were told before: once for each occurrence."""

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
