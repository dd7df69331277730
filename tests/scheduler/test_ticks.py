"""The ticks: when they stop, a look that has begun is finished, and nothing of it is logged as a fault."""

import asyncio

import pytest

from domain.ids import CenterId, new_id
from scheduler.ticks import Job, Ticks
from scheduler.wakeup import Wakeup

WAIT_SECONDS = 10


class TestStopping:
    async def test_lets_a_look_that_has_begun_end(self, caplog: pytest.LogCaptureFixture) -> None:
        begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        looks = 0

        async def look(_: CenterId) -> None:
            nonlocal looks
            looks += 1
            if looks > 1:  # the first is the loop's own, the others the clock's
                begun.set()
                await may_end.wait()
                ended.set()

        stop, wakeup = asyncio.Event(), Wakeup()
        running = asyncio.create_task(Ticks(CenterId(new_id()), [Job("slow", 0.05, look)], wakeup=wakeup).run(stop))
        async with asyncio.timeout(WAIT_SECONDS):
            await begun.wait()
            stop.set()
            wakeup.wake()
            for _ in range(10):  # the loop has seen it by then
                await asyncio.sleep(0)
            assert not running.done()
            may_end.set()
            await running
        assert ended.is_set()
        assert not [record for record in caplog.records if record.levelname == "ERROR"]
