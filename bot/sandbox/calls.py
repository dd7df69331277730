"""The record of every call that the bot made, for drivers that ask what really went over the wire."""

import time
from collections import deque
from itertools import islice
from typing import Any

KEPT_CALLS = 10_000
DROPPED = 0
"""Stands for the status of a call whose connection was dropped before an answer."""


class CallLog:
    """A bounded ring of calls, numbered from 1."""

    def __init__(self) -> None:
        self._calls: deque[tuple[str, dict[str, Any], int, float]] = deque(maxlen=KEPT_CALLS)
        self._count = 0

    def add(self, method: str, parameters: dict[str, Any], status: int) -> None:
        """Record one call by reference: whoever passes `parameters` does not change them later."""
        self._count += 1
        self._calls.append((method, parameters, status, time.monotonic()))

    def after(self, number: int) -> list[dict[str, Any]]:
        """Return the kept calls with a higher number, oldest first."""
        first = self._count - len(self._calls) + 1
        kept = islice(self._calls, max(number + 1 - first, 0), None)
        return [
            {"n": n, "method": method, "parameters": parameters, "status": status, "at_monotonic": at}
            for n, (method, parameters, status, at) in enumerate(kept, start=max(number + 1, first))
        ]
