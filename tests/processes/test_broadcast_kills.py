"""kill −9 while a broadcast is written down and sent: nobody gets it twice, and nobody is left out."""

import asyncio
import random
from collections import Counter

import pytest
import sqlalchemy as sa

from domain.notifications.model import NotificationStatus
from storage.prepared import Query
from storage.tables.messages import broadcasts, notifications
from tests.builders.broadcasts import send, to_everybody
from tests.conversations.studio import Studio
from tests.processes.product import Product
from tests.processes.test_kills import CallCounter

KILLS = 3
CROWD = 40
TEXT = "The studio is closed on Friday"
OUTCOMES = Query(
    sa.select(notifications.c.person_id, notifications.c.status).where(notifications.c.priority == 3),
    lambda person_id, status: (person_id, status),
)
STATES = Query(sa.select(broadcasts.c.state, broadcasts.c.sent, broadcasts.c.unknown), lambda *columns: columns)


@pytest.mark.timeout(300)  # some starts of an interpreter, on a machine that may have other things to do
async def test_kills_tell_nobody_twice_and_leave_nobody_out(studio: Studio, product: Product) -> None:
    rng, calls = random.Random(7), CallCounter(studio)
    for student in await studio.world.add_students(CROWD):
        studio.give_phone(student, f"p{student.id.hex}")
    for chat in studio.sandbox.world.chats:
        chat.has_written = True
    await send(studio.world, studio.cast.admin, to_everybody(studio.world), text=TEXT)
    for _ in range(KILLS):
        async with product.running() as bot:
            async with asyncio.timeout(40):
                await calls.after(rng.randint(4, 14)).wait()
            await bot.kill()
        await expire_leases(studio)
    async with product.running():
        await studio.phone("tarek").reads("🏁 Sent", seconds=60)
    outcomes = await studio.database.fetch(OUTCOMES)
    assert len(outcomes) == len({person_id for person_id, _ in outcomes}) == CROWD + 3
    counted = Counter(status for _, status in outcomes)
    ((state, sent, unknown),) = await studio.database.fetch(STATES)
    assert (state, sent, unknown) == ("DONE", counted[NotificationStatus.SENT], counted[NotificationStatus.UNKNOWN])
    assert sent + unknown == CROWD + 3
    told = Counter(
        call["chat_id"] for call in studio.calls("sendMessage") if TEXT in call["text"] and "👥" not in call["text"]
    )
    assert set(told.values()) == {1}
    assert len(told) >= sent


async def expire_leases(studio: Studio) -> None:
    """Let the time pass for which whoever was killed still holds what it had claimed."""
    await studio.database.execute("DELETE FROM leases")
    await studio.database.execute("UPDATE outbox SET due_at = NULL WHERE delivered_at IS NULL")
    await studio.database.execute("UPDATE notifications SET claimed_until = NULL WHERE status = 'PENDING'")
    await studio.database.execute("UPDATE broadcasts SET followed_until = NULL")
