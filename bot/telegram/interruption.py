"""Waiting that gives way at once when something more important happens."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


async def unless(work: Coroutine[Any, Any, Result], *events: asyncio.Event) -> Result | None:
    """Return the result of `work`; None where one of `events` is set first: `work` is then cancelled and has ended."""
    if any(event.is_set() for event in events):
        work.close()
        return None
    task = asyncio.create_task(work)
    signals = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait([task, *signals], return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, *signals):
            each.cancel()
        await asyncio.gather(task, *signals, return_exceptions=True)
