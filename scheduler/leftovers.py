"""Sessions whose money was not settled when they ended: taken up again, once their event has been given up.

An event whose subscriber keeps failing is parked, and an admin is told. What it was for must still happen when the cause
has gone, so the clock looks for sessions that are over or called off, not settled, and have no event under way: the relay
and this never work on the same session at once. One process at a time does it, by a lease.
"""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from typing import Final, Protocol

from domain.ids import CenterId
from domain.outbox import Subscriber
from domain.ports import UnitOfWorkFactory
from domain.sessions.model import SessionStatus
from domain.sessions.ports import Unsettled
from domain.writes.base import DatabaseAwayError

_LOGGER = logging.getLogger(__name__)
_AT_ONCE: Final = 20  # the next look goes on after them
_SESSION_SECONDS: Final = 60.0  # for one session: what is not done by then is done at a later look
_REFERENCE_BYTES: Final = 4


class Lease(Protocol):
    """The right to do it, for longer than one session takes. Kept where all processes see it."""

    async def hold(self) -> bool:
        """Acquire or renew; False while somebody else has it."""
        ...

    async def release(self) -> None:
        """Give it back. Nothing happens where it is not ours."""
        ...


class Leftovers:
    """Does for unsettled sessions what the subscribers of their events do, by the sessions' status.

    One that fails again waits for its turn behind all others: where they are many, none is forgotten for another's sake.
    """

    def __init__(
        self, new_unit_of_work: UnitOfWorkFactory, settle: Mapping[SessionStatus, Subscriber], *, lease: Lease
    ) -> None:
        self._new_unit_of_work = new_unit_of_work
        self._settle = settle
        self._lease = lease
        self._last: Unsettled | None = None

    async def __call__(self, center_id: CenterId) -> int:
        """Take up some sessions, and return how many are settled since."""
        settled = 0
        try:
            for session in await self._next(center_id):
                if not await self._lease.hold():
                    break
                self._last = session
                settled += await self._take_up(center_id, session)
        finally:
            await self._lease.release()
        return settled

    async def _next(self, center_id: CenterId) -> list[Unsettled]:
        """Return those that come after the last one that was taken up; from the first on, where it was the last of all."""
        async with self._new_unit_of_work() as work:
            found = await work.sessions.list_left_unsettled(center_id=center_id, after=self._last, limit=_AT_ONCE)
            if not found and self._last is not None:
                found = await work.sessions.list_left_unsettled(center_id=center_id, after=None, limit=_AT_ONCE)
        return found

    async def _take_up(self, center_id: CenterId, session: Unsettled) -> bool:
        try:
            async with asyncio.timeout(_SESSION_SECONDS):
                await self._settle[session.status](center_id, session.id)
        except DatabaseAwayError:
            raise
        except Exception as fault:
            reference = secrets.token_hex(_REFERENCE_BYTES)
            _LOGGER.warning("fault %s: session %s is not settled yet", reference, session.id, exc_info=fault)
            return False
        _LOGGER.info("Session %s is settled, which its event had left undone.", session.id)
        return True
