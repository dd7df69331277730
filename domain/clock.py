"""Where business time comes from.

Business time decides what may be booked, until when cancelling is free, and which day a report belongs to; tests and the
demo move it. Leases, backoff and rate limits never ask this clock: they use the machine's or the database's own time.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable


class Clock(Protocol):
    """Tells the present business instant."""

    def now(self) -> datetime:
        """Return the present instant as an aware datetime in UTC."""
        ...


@runtime_checkable
class MovedByHand(Protocol):
    """A clock that somebody moves, and that says so: what is due then happens at once."""

    def on_move(self, moved: Callable[[], None]) -> None:
        """Let ``moved`` be called after each move."""
        ...


class SystemClock:
    """The machine's clock, for real operation."""

    def now(self) -> datetime:
        """Return the machine's present instant as an aware datetime in UTC."""
        return datetime.now(UTC)  # noqa: TID251 -- the one place that may
