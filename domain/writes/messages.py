"""Writes on what people are told without asking: notifications, alerts of admins, events that were given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.ids import CenterId
from domain.writes.base import Write


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
