"""kill −9 of the process that sends: nobody is forgotten, and nobody told twice but of what was in the air."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import pytest
import sqlalchemy as sa

from domain.ids import PersonId
from domain.notifications.model import NotificationStatus, Priority
from storage.prepared import Query
from storage.tables.messages import notifications
from tests.builders.notices import message_to
from tests.conversations.studio import Studio
from tests.processes.product import Product
from tests.processes.test_kills import CallCounter, expire_lease

KILLS = 3  # on each of the two databases
PEOPLE = 200  # each with one message
ANSWER_SECONDS = 0.15  # so that several messages are in the air at any moment
IN_THE_AIR_AT_ONCE = 8
DEADLINE_SECONDS = 40

_STATES = Query(
    sa.select(
        notifications.c.person_id, notifications.c.status, notifications.c.priority, notifications.c.last_error
    ).where(notifications.c.kind == "PEOPLE_MERGED"),
    lambda *columns: columns,
)


@pytest.mark.timeout(120)  # four starts of an interpreter, on a machine that may have other things to do
async def test_kills_of_the_sender_lose_no_message_and_double_none(studio: Studio, product: Product) -> None:
    rng, calls, world = random.Random(31), CallCounter(studio), studio.world
    people = await world.add_students(PEOPLE)
    for number, person in enumerate(people):
        studio.give_phone(person, f"student{number}")
        await studio.driver.post(f"people/student{number}/start", payload="")  # or the bot may not write to them
    await world.database.apply(
        [
            message_to(world, person.id, priority=rng.choice((Priority.MONEY, Priority.NORMAL, Priority.BROADCAST)))
            for person in people
        ]
    )
    await studio.faults(kind="slow", methods=["sendMessage"], delay_seconds=ANSWER_SECONDS)
    suspects: set[PersonId] = set()
    for _ in range(KILLS):
        moment = calls.after(rng.randint(1, PEOPLE // KILLS))
        async with product.running("--only", "worker") as sender:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await moment.wait()
            await sender.kill()
        in_the_air = {person_id for person_id, status, _, error in await states(studio) if status == "PENDING" and error}
        assert len(in_the_air) <= IN_THE_AIR_AT_ONCE
        suspects |= in_the_air
        await expire_lease(studio)
        await world.database.execute("UPDATE notifications SET claimed_until = created_at WHERE status = 'PENDING'")
    async with product.running("--only", "worker"):
        await all_ended(studio, calls)
    chats = {person.id: person.telegram_id for person in people}
    arrived = Counter(call["parameters"]["chat_id"] for call in sent(studio))
    assert suspects  # the kills did come in the middle of it
    for person_id, status, priority, _ in await states(studio):
        told = arrived[chats[person_id]]
        if person_id not in suspects:
            assert (status, told) == (NotificationStatus.SENT, 1)
        elif priority == Priority.MONEY:
            assert status == NotificationStatus.SENT
            assert told >= 1  # twice, rather than never
        else:
            assert (status, told <= 1) == (NotificationStatus.UNKNOWN, True)  # perhaps never, rather than twice
    await studio.adds_up()


async def states(studio: Studio) -> list[tuple[PersonId, str, int, str | None]]:
    """Return of each message whose it is, how it stands, how much it matters, and what was noted with it."""
    return await studio.database.fetch(_STATES)


def sent(studio: Studio) -> list[dict[str, Any]]:
    """Return the messages that arrived, those whose sender was dead by then among them."""
    calls = studio.sandbox.world.calls.after(0)
    return [call for call in calls if (call["method"], call["status"]) == ("sendMessage", HTTPStatus.OK)]


async def all_ended(studio: Studio, calls: CallCounter) -> None:
    """Wait until nothing is left to be sent: look again after each call of the sender's, or soon."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while any(status == NotificationStatus.PENDING for _, status, _, _ in await states(studio)):
            with suppress(TimeoutError):
                await asyncio.wait_for(calls.after(1).wait(), 0.5)
