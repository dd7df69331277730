"""The day on which the pictures are taken: always the same one, so that no picture changes because time has passed."""  # noqa: INP001 -- a script beside the documents, not a package

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.example.cast import CENTER
from bot.sandbox import MovableClock

TAKEN_AT = datetime(2026, 11, 24, 14, tzinfo=ZoneInfo(CENTER.timezone))
"""A Tuesday, with a class soon, one in the afternoon and one in the evening."""
_SLOWED_DOWN_BY = 600


class SlowClock:
    """Begins at an instant and hardly goes on: ten minutes of a walk are a second, and no picture shows another minute."""

    def __init__(self, begins_at: datetime = TAKEN_AT) -> None:
        self._begins_at, self._started = begins_at, time.monotonic()

    def now(self) -> datetime:
        """Return the present instant."""
        return (self._begins_at + timedelta(seconds=(time.monotonic() - self._started) / _SLOWED_DOWN_BY)).astimezone(UTC)


def clock_of_the_pictures() -> MovableClock:
    """Return a clock for a demo, which the walks may move."""
    return MovableClock(SlowClock())
