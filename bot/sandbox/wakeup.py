"""Waiting for a condition without polling: what long polls of bots, drivers and pages stand on."""

import asyncio
from collections.abc import Callable


class Wakeup:
    """Wakes everybody who waits for a state that has just changed."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Let every waiter look at its condition again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Wait until `condition` holds or the machine's time is up, and say whether it holds."""
        if condition() or seconds <= 0:
            return condition()
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._next()
        except TimeoutError:
            return condition()
        return True

    async def _next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)
