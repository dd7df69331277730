"""What decisions on people need to know."""

from typing import Protocol

from domain.ids import CenterId
from domain.people.model import Invite, Member


class PeopleRepository(Protocol):
    """Loads people of one center."""

    async def find_member(self, *, center_id: CenterId, telegram_id: int) -> Member | None:
        """Return the person with this Telegram id, their roles and dialog, or None for a stranger."""
        ...

    async def find_invite(self, *, center_id: CenterId, code_hash: str) -> Invite | None:
        """Return the invitation with this hash, used up or not."""
        ...
