"""Rosters that have changed are drawn again wherever they are looked at: each at most once a second, whatever happens.

A full class books and cancels by the hundred; whoever stands at its door needs to see how things are, not every step on
the way there. Which rosters have changed is known to this process alone, and costs whoever changes them nothing. One that
is started draws all of them once: what changed while nobody drew is seen then.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.ids import CenterId, SessionId
from scheduler.wakeup import Wakeup

_LOGGER = logging.getLogger(__name__)
_IDLE_SECONDS: Final = 3600.0  # with nothing to draw: woken by the next change, or by the end


@dataclass(frozen=True, slots=True)
class RedrawOptions:
    """How often one roster is drawn, after which pause one that could not be, and how many at once."""

    between_seconds: float = 1.0
    pause_seconds: float = 5.0
    most_at_once: int = 4


class RosterRedraws:
    """Draws the rosters of one center until it is told to stop.

    ``redraw`` draws a session's roster on all screens that show it, ``list_watched`` says which rosters are looked at.
    """

    def __init__(
        self,
        center_id: CenterId,
        redraw: Callable[[CenterId, SessionId], Awaitable[None]],
        list_watched: Callable[[CenterId], Awaitable[Sequence[SessionId]]],
        *,
        options: RedrawOptions | None = None,
    ) -> None:
        self._center_id = center_id
        self._redraw = redraw
        self._list_watched = list_watched
        self._options = options or RedrawOptions()
        self._changed: dict[SessionId, None] = {}  # in the order in which they changed first
        self._next_at: dict[SessionId, float] = {}
        self._under_way: dict[SessionId, asyncio.Task[None]] = {}
        self._wakeup = Wakeup()

    def note(self, session_id: SessionId) -> None:
        """Remember that a session's roster has changed; noted again before it is drawn, it is drawn once."""
        self._changed[session_id] = None
        self._wakeup.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Draw until ``stop`` is set."""
        await self._note_all()
        waking = asyncio.create_task(self._wake_at(stop))
        try:
            while not stop.is_set():
                await self._wakeup.wait(seconds=self._start_due())
        finally:
            under_way = [waking, *self._under_way.values()]
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wakeup.wake()

    async def _note_all(self) -> None:
        try:
            for session_id in await self._list_watched(self._center_id):
                self.note(session_id)
        except Exception as fault:  # noqa: BLE001 -- they are drawn when they change next
            _LOGGER.warning("The rosters that are looked at could not be listed (%s).", type(fault).__name__)

    def _start_due(self) -> float:
        """Start to draw what may be drawn now, and return after how many seconds there may be more."""
        now = asyncio.get_running_loop().time()
        self._next_at = {session_id: at for session_id, at in self._next_at.items() if at > now}
        waiting = [session_id for session_id in self._changed if session_id not in self._under_way]
        for session_id in waiting:
            if session_id not in self._next_at and len(self._under_way) < self._options.most_at_once:
                del self._changed[session_id]
                self._next_at[session_id] = now + self._options.between_seconds
                self._under_way[session_id] = asyncio.create_task(self._draw(session_id))
        turns = [self._next_at[session_id] - now for session_id in waiting if session_id in self._next_at]
        return min(turns, default=_IDLE_SECONDS)

    async def _draw(self, session_id: SessionId) -> None:
        try:
            await self._redraw(self._center_id, session_id)
        except Exception as fault:
            _LOGGER.warning("A roster could not be drawn, and is tried again.", exc_info=fault)
            self._next_at[session_id] = asyncio.get_running_loop().time() + self._options.pause_seconds
            self._changed[session_id] = None
        finally:
            del self._under_way[session_id]
            self._wakeup.wake()
