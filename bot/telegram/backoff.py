"""How long to wait before asking again: longer after every failure, never in step with anybody else."""

import random
from datetime import timedelta

from telegram.error import RetryAfter

# 2 to this power times any sensible first delay is above any sensible limit; a larger one only makes huge integers.
_MOST_DOUBLINGS = 20


class Backoff:
    """Exponential delays with jitter, from `first_seconds` up to `most_seconds`; a success starts over."""

    def __init__(self, *, first_seconds: float = 0.5, most_seconds: float = 30.0) -> None:
        self._first_seconds = first_seconds
        self._most_seconds = most_seconds
        self._failures = 0

    def next_delay_seconds(self) -> float:
        """Count one more failure and say how long to wait: between half and the whole of the doubled delay."""
        ceiling = min(self._most_seconds, self._first_seconds * 2 ** min(self._failures, _MOST_DOUBLINGS))
        self._failures += 1
        return random.uniform(ceiling / 2, ceiling)  # noqa: S311 -- spreads load, guards nothing

    def reset(self) -> None:
        """Start over after a success."""
        self._failures = 0


def told_seconds(throttled: RetryAfter) -> float:
    """Return how long Telegram says to wait; the library gives it in one of two types."""
    told = throttled.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)
