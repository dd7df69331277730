"""When to look: APScheduler calls each job at its interval; what is due, the job finds by itself.

There is no job store and nothing to be missed: a job looks at the domain's own rows and claims what is due by a
conditional write, so any number of schedulers may tick. Moving the business clock ticks at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.ids import CenterId
from domain.writes.base import ConflictError, DatabaseAwayError
from scheduler.wakeup import Wakeup

_LOGGER = logging.getLogger(__name__)
_LONG_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to look for, and how often."""

    name: str
    every_seconds: float
    look: Callable[[CenterId], Awaitable[object]]


class Ticks:
    """Looks for what is due in one center, until it is told to stop."""

    def __init__(self, center_id: CenterId, jobs: Sequence[Job], *, wakeup: Wakeup) -> None:
        self._center_id = center_id
        self._jobs = jobs
        self._wakeup = wakeup
        self._locks = {job.name: asyncio.Lock() for job in jobs}

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until ``stop`` is set; ``wakeup`` makes every job look at once. What is looking then ends its look."""
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
        for job in self._jobs:
            scheduler.add_job(self.look, "interval", seconds=job.every_seconds, args=[job], id=job.name, jitter=1)
        scheduler.start()
        try:
            while not stop.is_set():
                await self.look_at_all()
                await self._wakeup.wait(seconds=_LONG_SECONDS)
        finally:
            scheduler.pause()
            try:
                for lock in self._locks.values():
                    async with lock:
                        pass
            finally:
                scheduler.shutdown(wait=False)

    async def look_at_all(self) -> None:
        """Let every job look now, in their order."""
        for job in self._jobs:
            await self.look(job)

    async def look(self, job: Job) -> None:
        """Let one job look; whatever goes wrong, it looks again at its next tick."""
        async with self._locks[job.name]:
            try:
                await job.look(self._center_id)
            except (ConflictError, DatabaseAwayError) as fault:
                _LOGGER.warning("%s looks again at its next tick (%s).", job.name, type(fault).__name__)
            except Exception:
                _LOGGER.exception("%s failed, and looks again at its next tick.", job.name)
