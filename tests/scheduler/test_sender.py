"""Messages go out once each: whoever dies in between, whatever Telegram does, what matters most first."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domain.notifications.model import Priority
from domain.notifications.ports import Outgoing
from scheduler.sender import Arrival, Attempt, Sender, SenderOptions
from scheduler.wakeup import Wakeup
from storage.notifications import StoredOutgoingQueue
from tests.builders.notices import message_to, rows_of
from tests.cast import Cast

SENT = Attempt(Arrival.SENT, message_id=5)


class Post:
    """A messenger that keeps what it sent, and answers as it is told to."""

    def __init__(self, answer: Callable[[int], Attempt] = lambda _number: SENT) -> None:
        self.sent: list[tuple[int, str]] = []
        self._answer = answer

    async def send(self, telegram_id: int, content: str) -> Attempt:
        self.sent.append((telegram_id, content))
        return self._answer(len(self.sent))


async def compose(message: Outgoing) -> str | None:
    return None if message.kind == "STALE" else str(message.subject_id)


def sender_of(cast: Cast, post: Post, **options: Any) -> tuple[Sender[str], list[Outgoing]]:
    unreachable: list[Outgoing] = []

    async def note(message: Outgoing) -> None:
        unreachable.append(message)

    fast = {"messages_a_second": 10_000.0, "seconds_between_in_a_chat": 0.0, "first_pause_seconds": 0.0, **options}
    queue = StoredOutgoingQueue(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
    sender = Sender(queue, post, compose, wakeup=Wakeup(), on_unreachable=note, options=SenderOptions(**fast))
    return sender, unreachable


async def tell(cast: Cast, *people: Any, **changed: Any) -> None:
    await cast.world.database.apply([message_to(cast.world, person.id, **changed) for person in people])


async def statuses(cast: Cast) -> list[str]:
    return [row.status for row in await rows_of(cast.world)]


async def expire_leases(cast: Cast) -> None:
    await cast.world.database.execute("UPDATE notifications SET claimed_until = created_at")


class TestAMessage:
    async def test_is_sent_once(self, cast: Cast) -> None:
        await tell(cast, cast.owner)
        post = Post()
        sender, _ = sender_of(cast, post)
        assert [await sender.send_due(), await sender.send_due()] == [1, 0]
        ((telegram_id, _),) = post.sent
        assert telegram_id == cast.owner.telegram_id
        (row,) = await rows_of(cast.world)
        assert (row.status, row.message_id, row.attempts) == ("SENT", 5, 1)

    async def test_that_lost_its_sense_is_not_sent(self, cast: Cast) -> None:
        await tell(cast, cast.owner, kind="STALE")
        post = Post()
        await sender_of(cast, post)[0].send_due()
        assert (post.sent, await statuses(cast)) == ([], ["STALE"])

    async def test_of_more_weight_goes_first(self, cast: Cast) -> None:
        await tell(cast, cast.owner, priority=Priority.BROADCAST)
        await tell(cast, cast.member, priority=Priority.MONEY)
        post = Post()
        sender, _ = sender_of(cast, post, most_at_once=1)
        await sender.send_due()
        await sender.send_due()
        assert [to for to, _ in post.sent] == [cast.member.telegram_id, cast.owner.telegram_id]

    async def test_waits_for_its_hour(self, cast: Cast) -> None:
        await tell(cast, cast.owner, send_after=cast.world.clock.now() + timedelta(hours=1))
        sender, _ = sender_of(cast, Post())
        assert await sender.send_due() == 0
        cast.world.clock.advance(timedelta(hours=1))
        assert await sender.send_due() == 1

    async def test_told_twice_is_one(self, cast: Cast) -> None:
        message = message_to(cast.world, cast.owner.id)
        await cast.world.database.apply([message])
        await cast.world.database.apply([message])
        assert len(await rows_of(cast.world)) == 1


class TestTrouble:
    async def test_throttled_comes_again_until_it_arrives(self, cast: Cast) -> None:
        people = [cast.owner, cast.member, cast.poor, cast.staff, cast.admin]
        await tell(cast, *people)
        post = Post(lambda number: SENT if number % 2 == 0 else Attempt(Arrival.THROTTLED, wait_seconds=0.0))
        sender, _ = sender_of(cast, post)
        while "PENDING" in await statuses(cast):
            await sender.send_due()
        assert await statuses(cast) == ["SENT"] * 5
        assert {to for to, _ in post.sent} == {person.telegram_id for person in people}

    async def test_away_comes_again(self, cast: Cast) -> None:
        await tell(cast, cast.owner)
        post = Post(lambda number: SENT if number == 3 else Attempt(Arrival.AWAY))
        sender, _ = sender_of(cast, post)
        for _ in range(3):
            await sender.send_due()
        assert (len(post.sent), await statuses(cast)) == (3, ["SENT"])

    async def test_blocked_by_the_person_ends_it(self, cast: Cast) -> None:
        await tell(cast, cast.owner)
        sender, unreachable = sender_of(cast, Post(lambda _: Attempt(Arrival.UNREACHABLE)))
        await sender.send_due()
        assert [message.person_id for message in unreachable] == [cast.owner.id]
        assert await statuses(cast) == ["UNREACHABLE"]

    async def test_unknown_is_sent_again_only_where_that_matters_more(self, cast: Cast) -> None:
        await tell(cast, cast.owner, priority=Priority.NORMAL)
        await tell(cast, cast.member, priority=Priority.MONEY)
        sender, _ = sender_of(cast, post := Post(lambda number: SENT if number > 2 else Attempt(Arrival.UNKNOWN)))
        await sender.send_due()
        await sender.send_due()
        assert [to for to, _ in post.sent if to == cast.member.telegram_id] == [cast.member.telegram_id] * 2
        assert await statuses(cast) == ["UNKNOWN", "SENT"]


class TestAKill:
    async def test_before_it_was_sent_loses_and_doubles_nothing(self, cast: Cast) -> None:
        await tell(cast, cast.owner)
        queue = StoredOutgoingQueue(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        assert len(await queue.claim(priority=Priority.NORMAL, limit=8, lease_seconds=60.0)) == 1
        sender, _ = sender_of(cast, post := Post())
        assert await sender.send_due() == 0
        await expire_leases(cast)
        await sender.send_due()
        assert (len(post.sent), await statuses(cast)) == (1, ["SENT"])

    async def test_in_the_air_is_unknown_and_not_sent_again(self, cast: Cast) -> None:
        await tell(cast, cast.owner)
        queue = StoredOutgoingQueue(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        (message,) = await queue.claim(priority=Priority.NORMAL, limit=8, lease_seconds=60.0)
        assert await queue.begin(message.id, lease_seconds=60.0)
        await expire_leases(cast)
        sender, _ = sender_of(cast, post := Post())
        await sender.send_due()
        assert (post.sent, await statuses(cast)) == ([], ["UNKNOWN"])

    async def test_in_the_air_with_money_is_sent_again(self, cast: Cast) -> None:
        await tell(cast, cast.owner, priority=Priority.MONEY)
        queue = StoredOutgoingQueue(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
        (message,) = await queue.claim(priority=Priority.MONEY, limit=8, lease_seconds=60.0)
        await queue.begin(message.id, lease_seconds=60.0)
        await expire_leases(cast)
        sender, _ = sender_of(cast, post := Post())
        await sender.send_due()
        assert (len(post.sent), await statuses(cast)) == (1, ["SENT"])


class TestTwoSenders:
    async def test_send_each_message_once(self, cast: Cast) -> None:
        students = await cast.world.add_students(60)
        await tell(cast, *students)
        post = Post()
        senders = [sender_of(cast, post)[0] for _ in range(2)]
        while sum(await asyncio.gather(*(sender.send_due() for sender in senders))):
            pass
        assert sorted(to for to, _ in post.sent) == sorted(student.telegram_id or 0 for student in students)


class TestPace:
    async def test_of_one_chat_puts_the_rest_back(self, cast: Cast) -> None:
        await tell(cast, cast.owner, cast.owner, cast.owner, cast.member)
        sender, _ = sender_of(cast, post := Post(), seconds_between_in_a_chat=60.0, longest_wait_seconds=0.5)
        await sender.send_due()
        assert sorted(to for to, _ in post.sent) == sorted(person.telegram_id or 0 for person in (cast.owner, cast.member))
        assert sorted(await statuses(cast)) == ["PENDING", "PENDING", "SENT", "SENT"]
