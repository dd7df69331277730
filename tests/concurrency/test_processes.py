import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from storage.audit import audit
from tests.concurrency.race import DEADLINE_SECONDS, Contest
from tests.concurrency.rows import count_seats, seats_taken
from tests.concurrency.tapper import Orders

PROCESSES, PEOPLE_EACH, CHAIRS = 3, 40, 30
ROOT = Path(__file__).parents[2]


async def start(orders: Orders) -> Process:
    """Start a tapping process, and wait until everybody in it has their finger on the button."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.concurrency.tapper", stdin=PIPE, stdout=PIPE, cwd=ROOT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asdict(orders)).encode() + b"\n")
    assert await process.stdout.readline() == b"ready\n"
    return process


class TestSeveralProcesses:
    async def test_sell_each_seat_once(self, contest: Contest, database_url: str) -> None:
        world = contest.world
        session = await world.add_session(await world.add_class(), capacity=CHAIRS)
        students = await world.add_students(PROCESSES * PEOPLE_EACH, money_minor=8_000)
        groups = [students[first::PROCESSES] for first in range(PROCESSES)]
        async with asyncio.timeout(DEADLINE_SECONDS):
            orders = [
                Orders(database_url, world.center_id.hex, session.id.hex, [student.id.hex for student in group])
                for group in groups
            ]
            processes = await asyncio.gather(*(start(each) for each in orders))
            answers = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
        got = Counter(name for answer, _ in answers for name in json.loads(answer))
        assert got == {"Enrollment": CHAIRS, "SessionFullError": PROCESSES * PEOPLE_EACH - CHAIRS}
        assert await count_seats(world.database, session.id) == await seats_taken(world.database, session.id) == CHAIRS
        assert await audit(world.database) == []
