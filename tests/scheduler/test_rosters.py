"""Rosters are drawn again when they change: together, at most so often, and whatever becomes of one of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from domain.ids import CenterId, SessionId, new_id
from scheduler.rosters import RedrawOptions, RosterRedraws

CENTER = CenterId(new_id())
DEADLINE_SECONDS = 15.0


@dataclass
class Screens:
    """Screens that remember when they were drawn; a draw takes as long as a test wants, or fails."""

    drawn: list[tuple[SessionId, float]] = field(default_factory=list)
    watched: Sequence[SessionId] = ()
    fails: Callable[[int], bool] = lambda _number: False
    gate: asyncio.Event | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def redraw(self, _center_id: CenterId, session_id: SessionId) -> None:
        self.drawn.append((session_id, asyncio.get_running_loop().time()))
        self.changed.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.fails(len(self.drawn)):
            raise ValueError("not today")

    async def list_watched(self, _center_id: CenterId) -> Sequence[SessionId]:
        return self.watched

    async def are_drawn(self, how_often: int) -> None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            while len(self.drawn) < how_often:
                self.changed.clear()
                await self.changed.wait()


@asynccontextmanager
async def drawing(screens: Screens, *, between_seconds: float = 0.2) -> AsyncIterator[RosterRedraws]:
    """Draw while the block lasts."""
    options = RedrawOptions(between_seconds=between_seconds, pause_seconds=0.01)
    redraws, stop = RosterRedraws(CENTER, screens.redraw, screens.list_watched, options=options), asyncio.Event()
    task = asyncio.create_task(redraws.run(stop))
    try:
        yield redraws
    finally:
        stop.set()
        await asyncio.wait_for(task, DEADLINE_SECONDS)


class TestRosters:
    async def test_that_change_a_hundred_times_at_once_are_drawn_twice_a_while_apart(self) -> None:
        screens, session_id = Screens(), SessionId(new_id())
        async with drawing(screens) as redraws:
            redraws.note(session_id)
            await screens.are_drawn(1)
            for _ in range(100):
                redraws.note(session_id)
            await screens.are_drawn(2)
        (_, first), (_, second) = screens.drawn
        assert second - first >= 0.2

    async def test_that_change_while_they_are_drawn_are_drawn_again(self) -> None:
        screens, session_id = Screens(gate=asyncio.Event()), SessionId(new_id())
        async with drawing(screens, between_seconds=0.0) as redraws:
            redraws.note(session_id)
            await screens.are_drawn(1)
            redraws.note(session_id)
            assert screens.gate is not None
            screens.gate.set()
            await screens.are_drawn(2)

    async def test_do_not_wait_for_one_another(self) -> None:
        screens, ids = Screens(gate=asyncio.Event()), [SessionId(new_id()) for _ in range(3)]
        async with drawing(screens) as redraws:
            for session_id in ids:
                redraws.note(session_id)
            await screens.are_drawn(3)
        assert [session_id for session_id, _ in screens.drawn] == ids

    async def test_that_could_not_be_drawn_are_tried_again(self) -> None:
        screens = Screens(fails=lambda number: number < 3)
        async with drawing(screens, between_seconds=0.0) as redraws:
            redraws.note(SessionId(new_id()))
            await screens.are_drawn(3)

    async def test_that_are_looked_at_are_drawn_when_a_process_starts(self) -> None:
        screens = Screens(watched=(SessionId(new_id()), SessionId(new_id())))
        async with drawing(screens):
            await screens.are_drawn(2)
