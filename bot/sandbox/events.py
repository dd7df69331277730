"""What the browser page is told as it happens: a small publisher of events to any number of listeners."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_BACKLOG = 1_000

Event = dict[str, Any]


class EventHub:
    """Hands each event to every listener; one that does not read loses the oldest, never holds up the others."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()

    @property
    def has_listeners(self) -> bool:
        """Say whether anybody would hear."""
        return bool(self._listeners)

    def publish(self, kind: str, **content: Any) -> None:
        """Tell every listener; costs nothing where nobody listens."""
        for listener in self._listeners:
            if listener.full():
                listener.get_nowait()
            listener.put_nowait({"kind": kind, **content})

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event]]:
        """Subscribe for the time of the block."""
        listener: asyncio.Queue[Event] = asyncio.Queue(_BACKLOG)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
