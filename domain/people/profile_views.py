"""What the profile's screens show, and all that is kept on a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import CenterId, PersonId
from domain.notifications.model import MutableNotification
from domain.people.leaving import Farewell

Line = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PersonalRecord:
    """Everything that the database holds on a person, by section; amounts are minor units of the center's currency."""

    sections: Mapping[str, tuple[Line, ...]]


class ProfileViews(Protocol):
    """Reads what is kept on one's own person."""

    async def find_muted(self, *, center_id: CenterId, person_id: PersonId) -> frozenset[MutableNotification]:
        """Return the kinds of message that the person has switched off."""
        ...

    async def find_farewell(self, *, center_id: CenterId, person_id: PersonId, now: datetime) -> Farewell | None:
        """Return what erasing the person now would come to, or None where there is nobody to erase."""
        ...

    async def find_record(self, *, center_id: CenterId, person_id: PersonId) -> PersonalRecord:
        """Return everything that is kept on the person."""
        ...
