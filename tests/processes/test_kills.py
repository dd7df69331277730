"""kill −9 under a burst of taps: no tap is lost, none acts twice, and the books add up."""

import asyncio
import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from handlers.start_payload import session_payload
from tests.conversations.ledger import seats_taken
from tests.conversations.phone import Key, Person, View
from tests.conversations.studio import Studio
from tests.factories import Scheduled
from tests.processes.product import Product

KILLS = 10  # on each of the two databases
CROWD = 12
SEATS = 9
OUTCOMES = ("✅ Booked", "Session is full")


class CallCounter:
    """Tells when the bot has made a number of calls: the moments of a burst, without a clock."""

    def __init__(self, studio: Studio) -> None:
        log = studio.sandbox.world.calls
        self._record: Callable[[str, dict[str, Any], int], None] = log.add
        self._count = 0
        self._awaited: list[tuple[int, asyncio.Event]] = []
        setattr(log, "add", self._add)  # noqa: B010 -- the sandbox's own record is the place to listen

    def _add(self, method: str, parameters: dict[str, Any], status: int) -> None:
        self._record(method, parameters, status)
        self._count += 1
        for number, event in self._awaited:
            if self._count >= number:
                event.set()

    def after(self, calls: int) -> asyncio.Event:
        """Return an event that is set when the bot has made so many more calls."""
        event = asyncio.Event()
        self._awaited.append((self._count + calls, event))
        return event


@pytest.mark.timeout(300)  # ten starts of an interpreter, on a machine that may have other things to do
async def test_ten_kills_under_bursts_lose_no_tap_and_double_none(studio: Studio, product: Product) -> None:
    rng, calls = random.Random(20), CallCounter(studio)
    crowd = await studio.give_phones(CROWD, money_minor=KILLS * 8_000)
    sessions = [
        await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=1 + day), capacity=SEATS)
        for day in range(KILLS)
    ]
    interrupted = 0
    for session in sessions:
        async with product.running() as bot:
            keys = await open_cards(crowd, session)
            moment = calls.after(rng.randint(1, 2 * CROWD))
            await asyncio.gather(*(person.taps_unanswered(key) for person, key in keys))
            async with asyncio.timeout(20):
                await moment.wait()
            await bot.kill()
        interrupted += bool(studio.sandbox.world.updates.pending)
        await expire_lease(studio)
    async with product.running():
        told = [sum("✅ Booked" in text for text in await read_outcomes(person)) for person in crowd]
    assert interrupted > KILLS // 2  # most kills came before the burst was confirmed
    assert sum(told) == KILLS * SEATS
    for session in sessions:
        assert len(await studio.live_seats(session)) == await seats_taken(studio.database, session.id) == SEATS
    audit = await product.finish("audit", "--json")
    assert (audit.exit_code, json.loads(audit.output)) == (0, [])


async def open_cards(crowd: list[Person], session: Scheduled) -> list[tuple[Person, Key]]:
    """Let everybody open the session's card in a message of its own."""
    screens = await asyncio.gather(*(person.starts(session_payload(session.id)) for person in crowd))
    keys = [next(key for key in screen.keys if "Book for" in key.label) for screen in screens]
    return list(zip(crowd, keys, strict=True))


async def read_outcomes(person: Person) -> list[str]:
    """Wait until somebody has read an outcome for every session, and return them."""
    view = await person.wait_until(lambda view: len(outcomes_in(view)) == KILLS, seconds=40, what="every outcome")
    return outcomes_in(view)


def outcomes_in(view: View) -> list[str]:
    return [bubble.text for bubble in view.bubbles if any(outcome in bubble.text for outcome in OUTCOMES)]


async def expire_lease(studio: Studio) -> None:
    """Let the seconds pass for which a killed poller's lease still runs."""
    await studio.database.execute("DELETE FROM leases")
