"""Rosters on the screens of those who stand at one door: a tap of one of them redraws what the others look at.

Which message of whom shows which session's roster is a row, so that it outlives a restart and any instance can redraw it.
"""

from dataclasses import dataclass
from typing import Protocol

from domain.clock import Clock
from domain.enrollments.door_ports import Reach
from domain.enrollments.door_views import DoorSession, DoorViews, Head, Watcher
from domain.ids import CenterId, PersonId, SessionId
from domain.permissions import Actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.door import AddDoorScreen, ForgetDoorScreen, MoveDoorScreen

ROSTER_PAGE = 8


@dataclass(frozen=True, slots=True)
class RosterPage:
    """A page of a roster; ``number`` counts from 0."""

    session: DoorSession
    heads: tuple[Head, ...]
    number: int
    has_more: bool


class RosterScreens(Protocol):
    """Redraws a roster on somebody's screen."""

    async def redraw(self, watcher: Watcher, page: RosterPage) -> bool:
        """Redraw, and return whether the message is still there."""
        ...


async def read_roster(views: DoorViews, reach: Reach, session_id: SessionId, number: int) -> RosterPage | None:
    """Return a page of a roster as it is now, the last one where it has fewer; None where it is out of reach."""
    session = await views.find_session(reach=reach, session_id=session_id)
    if session is None:
        return None
    number = min(number, max(0, session.heads - 1) // ROSTER_PAGE)
    heads = await views.list_heads(reach=reach, session_id=session_id, limit=ROSTER_PAGE + 1, offset=number * ROSTER_PAGE)
    return RosterPage(session, tuple(heads[:ROSTER_PAGE]), number, has_more=len(heads) > ROSTER_PAGE)


@dataclass(frozen=True, slots=True)
class RememberRoster:
    """Remember that a message of the actor's shows a session's roster; one message each."""

    new_unit_of_work: UnitOfWorkFactory
    views: DoorViews
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId, message_id: int, page: int) -> None:
        """Remember; what was remembered before is forgotten."""

        async def decide(work: UnitOfWork) -> None:
            now, known = self.clock.now(), await self.views.find_door_message(person_id=actor.person_id)
            work.add(
                AddDoorScreen(actor.person_id, actor.center_id, session_id, message_id, page, now)
                if known is None
                else MoveDoorScreen(actor.person_id, session_id, message_id, page, now)
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class ForgetRoster:
    """Forget that a message shows a roster, before it shows something else: nothing may be drawn over that."""

    new_unit_of_work: UnitOfWorkFactory
    views: DoorViews

    async def __call__(self, *, person_id: PersonId, message_id: int) -> None:
        """Forget; a message that shows none changes nothing."""

        async def decide(work: UnitOfWork) -> None:
            if await self.views.find_door_message(person_id=person_id) == message_id:
                work.add(ForgetDoorScreen(person_id, message_id))
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class RefreshRosters:
    """Redraw a session's roster wherever it is looked at. Again, it draws the same."""

    views: DoorViews
    screens: RosterScreens
    forget: ForgetRoster

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """Redraw; what cannot be seen or is not there any more is forgotten."""
        for watcher in await self.views.list_watchers(center_id=center_id, session_id=session_id):
            reach = Reach(center_id, watcher.person_id, watcher.is_everywhere)
            page = await read_roster(self.views, reach, session_id, watcher.page)
            if await self.views.find_door_message(person_id=watcher.person_id) != watcher.message_id:
                continue  # they have gone on meanwhile: nothing is drawn over what they see now
            if page is None or not await self.screens.redraw(watcher, page):
                await self.forget(person_id=watcher.person_id, message_id=watcher.message_id)
