"""What decisions on people need to know."""

from datetime import datetime
from typing import Protocol

from domain.ids import CenterId, PersonId
from domain.notifications.model import MutableNotification
from domain.people.leaving import ErasureFacts
from domain.people.model import CalendarFeed, Invite, Member


class PeopleRepository(Protocol):
    """Loads people of one center."""

    async def find_member(self, *, center_id: CenterId, telegram_id: int) -> Member | None:
        """Return the person with this Telegram id, their roles and dialog, or None for a stranger."""
        ...

    async def find_by_phone(self, *, center_id: CenterId, phone: str) -> PersonId | None:
        """Return whose phone (E.164) it is: whoever verified it, else the first guest who has it, else None."""
        ...

    async def find_guest_name(self, *, center_id: CenterId, person_id: PersonId) -> str | None:
        """Return the name of a person without Telegram, or None where there is none of this id."""
        ...

    async def find_invite(self, *, center_id: CenterId, code_hash: str) -> Invite | None:
        """Return the invitation with this hash, used up or not."""
        ...

    async def find_muted(self, *, center_id: CenterId, person_id: PersonId) -> frozenset[MutableNotification]:
        """Return the kinds of message that the person has switched off."""
        ...

    async def find_erasure_facts(self, *, center_id: CenterId, person_id: PersonId, now: datetime) -> ErasureFacts | None:
        """Return what erasing the person rests on, or None where there is nobody, or nobody any more."""
        ...

    async def find_calendar_feed(self, *, center_id: CenterId, person_id: PersonId) -> CalendarFeed | None:
        """Return the person's calendar feed, None where there is no such person."""
        ...
