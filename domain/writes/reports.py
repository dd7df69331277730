"""Writes of reports: orders of exports."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.ids import CenterId, PersonId
from domain.writes.base import Write


@dataclass(frozen=True, slots=True)
class AddExport(Write):
    """Order an export: a worker writes it and sends it to who ordered it."""

    id: UUID
    center_id: CenterId
    person_id: PersonId
    kind: str
    file_format: str
    first_day: date
    last_day: date
    created_at: datetime
