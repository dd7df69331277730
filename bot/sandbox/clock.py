"""The clock that the demo and the tests move: "one hour before the next class" is a press away."""

from collections.abc import Callable
from datetime import datetime, timedelta

from domain.clock import Clock, SystemClock


class MovableClock:
    """A business clock that runs with another one (the machine's) at a distance that can be changed."""

    def __init__(self, base: Clock | None = None) -> None:
        self._base: Clock = base if base is not None else SystemClock()
        self._offset = timedelta()
        self._moved: list[Callable[[], None]] = []

    def on_move(self, moved: Callable[[], None]) -> None:
        """Let ``moved`` be called after each move."""
        self._moved.append(moved)

    def now(self) -> datetime:
        """Return the moved present instant as an aware datetime in UTC."""
        return self._base.now() + self._offset

    def advance(self, step: timedelta) -> datetime:
        """Move by `step` (backwards where it is negative) and return the new present."""
        self._offset += step
        return self._told()

    def move_to(self, instant: datetime) -> datetime:
        """Move so that `instant`, which must be aware, is now; time goes on running from there."""
        if instant.tzinfo is None:
            raise ValueError("the clock can only be moved to an aware datetime")
        self._offset = instant - self._base.now()
        return self._told()

    def _told(self) -> datetime:
        for moved in self._moved:
            moved()
        return self.now()
