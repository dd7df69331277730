"""What lets a loop of this process go on at once when there is something to do, instead of at its next look."""

import asyncio


class Wakeup:
    """An alarm that stays raised until somebody has waited for it: raised too early, it is not lost."""

    def __init__(self) -> None:
        self._raised = asyncio.Event()

    def wake(self) -> None:
        """Let whoever waits go on, or the next one who would."""
        self._raised.set()

    async def wait(self, *, seconds: float) -> None:
        """Return when woken, or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._raised.wait()
        except TimeoutError:
            return
        self._raised.clear()
