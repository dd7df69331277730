"""A circuit breaker: while a gateway is down, calls fail at once instead of letting people wait for the next failure."""

import time
from collections.abc import Callable


class CircuitBreaker:
    """Opens after some failures in a row; then lets one call through now and again, to see whether it is over.

    Machine time, in seconds: the business clock has no say in when a server of somebody else's is up again.
    """

    def __init__(
        self, *, failures: int = 3, open_seconds: float = 15.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_failures = failures
        self._open_seconds = open_seconds
        self._monotonic = monotonic
        self._failures = 0
        self._retry_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether calls are to fail now."""
        return self._failures >= self._most_failures and self._monotonic() < self._retry_at

    def admit(self) -> bool:
        """Whether a call may be made. The first after the pause is the probe: others fail until it has ended."""
        if self.is_open:
            return False
        if self._failures >= self._most_failures:
            self._retry_at = self._monotonic() + self._open_seconds
        return True

    def note_success(self) -> None:
        """Close it: the gateway answers."""
        self._failures = 0

    def note_failure(self) -> None:
        """Count a call that the gateway did not answer, or answered with a fault of its own."""
        self._failures += 1
        if self._failures >= self._most_failures:
            self._retry_at = self._monotonic() + self._open_seconds
