import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any

import pytest
from telegram import Update

from bot.telegram.processor import PersonOrderedProcessor, Reply, ordering_key
from tests.telegram_link.api_server import tap, until


def update_of(person_id: int, update_id: int = 1) -> Update:
    return Update.de_json(tap(update_id, person_id))


class Diary:
    """Effects and replies that write down their order; an effect waits for its gate where it has one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.running = self.most_running = 0

    async def effect(self, name: str) -> None:
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        self.lines.append(f"{name} begins")
        await self._pass_gate(name)
        self.lines.append(f"{name} ends")
        self.running -= 1

    async def effect_with_reply(self, name: str) -> Reply:
        await self.effect(name)
        return lambda: self._reply(name)

    async def _reply(self, name: str) -> None:
        await self._pass_gate(f"{name} reply")
        self.lines.append(f"{name} told")

    async def _pass_gate(self, name: str) -> None:
        if (gate := self.gates.get(name)) is not None:
            await gate.wait()
        await asyncio.sleep(0)

    def gate(self, name: str) -> asyncio.Event:
        return self.gates.setdefault(name, asyncio.Event())


@pytest.fixture
def diary() -> Diary:
    return Diary()


async def submit(
    processor: PersonOrderedProcessor, *work: tuple[object, Coroutine[Any, Any, Any]]
) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(processor.process_update(update, coroutine)) for update, coroutine in work]


class TestOrder:
    async def test_one_persons_updates_never_overlap_and_keep_their_order(self, diary: Diary) -> None:
        processor = PersonOrderedProcessor()
        names = [str(number) for number in range(20)]
        await asyncio.gather(*await submit(processor, *[(update_of(1), diary.effect(name)) for name in names]))
        assert diary.lines == [f"{name} {step}" for name in names for step in ("begins", "ends")]

    async def test_different_people_go_on_at_once(self, diary: Diary) -> None:
        processor = PersonOrderedProcessor()
        gate = diary.gate("slow")
        tasks = await submit(processor, (update_of(1), diary.effect("slow")), (update_of(2), diary.effect("quick")))
        await until(lambda: "quick ends" in diary.lines)
        assert "slow ends" not in diary.lines
        gate.set()
        await asyncio.gather(*tasks)

    async def test_the_person_counts_not_the_chat(self) -> None:
        message = {"message_id": 1, "date": 0, "chat": {"id": -5, "type": "group"}, "text": "hi"}
        person = {"id": 9, "is_bot": False, "first_name": "P"}
        in_group = Update.de_json({"update_id": 1, "message": {**message, "from": person}})
        nobody = Update.de_json({"update_id": 2, "channel_post": message})
        placeless = Update.de_json({"update_id": 3})
        assert [ordering_key(update) for update in (in_group, nobody, placeless, object())] == [9, -5, None, None]

    async def test_updates_of_nobody_go_beside_each_other(self, diary: Diary) -> None:
        gate = diary.gate("a")
        tasks = await submit(PersonOrderedProcessor(), (object(), diary.effect("a")), (object(), diary.effect("b")))
        await until(lambda: "b ends" in diary.lines)
        gate.set()
        await asyncio.gather(*tasks)

    async def test_a_fault_passes_the_turn_on(self, diary: Diary) -> None:
        async def fails() -> None:
            raise ZeroDivisionError

        first, second = await submit(
            PersonOrderedProcessor(), (update_of(1), fails()), (update_of(1), diary.effect("next"))
        )
        with pytest.raises(ZeroDivisionError):
            await first
        await second
        assert diary.lines == ["next begins", "next ends"]


class TestBounds:
    async def test_no_more_effects_at_once_than_workers(self, diary: Diary) -> None:
        work = [(update_of(person), diary.effect(str(person))) for person in range(1, 30)]
        await asyncio.gather(*await submit(PersonOrderedProcessor(workers=3), *work))
        assert diary.most_running == 3

    async def test_a_noisy_person_starves_nobody(self, diary: Diary) -> None:
        processor = PersonOrderedProcessor(workers=2)
        gate = diary.gate("noise 0")
        noise = [(update_of(1), diary.effect(f"noise {number}")) for number in range(50)]
        tasks = await submit(processor, *noise, (update_of(2), diary.effect("quiet")))
        await until(lambda: "quiet ends" in diary.lines)
        assert diary.lines == ["noise 0 begins", "quiet begins", "quiet ends"]
        gate.set()
        await asyncio.gather(*tasks)

    async def test_beyond_the_limit_a_persons_updates_are_dropped_and_told(self, diary: Diary) -> None:
        dropped: list[object] = []
        processor = PersonOrderedProcessor(per_person_limit=2, on_drop=dropped.append)
        work = [(update_of(1, number), diary.effect(str(number))) for number in range(4)]
        await asyncio.gather(*await submit(processor, *work))
        assert [line for line in diary.lines if "ends" in line] == ["0 ends", "1 ends"]
        assert dropped == [work[2][0], work[3][0]]


class TestReplies:
    async def test_a_reply_comes_before_the_persons_next_effect(self, diary: Diary) -> None:
        work = [(update_of(1), diary.effect_with_reply(name)) for name in "ab"]
        await asyncio.gather(*await submit(PersonOrderedProcessor(), *work))
        assert diary.lines == ["a begins", "a ends", "a told", "b begins", "b ends", "b told"]

    async def test_a_reply_takes_no_worker(self, diary: Diary) -> None:
        gate = diary.gate("a reply")
        tasks = await submit(
            PersonOrderedProcessor(workers=1),
            (update_of(1), diary.effect_with_reply("a")),
            (update_of(2), diary.effect_with_reply("b")),
        )
        await until(lambda: "b told" in diary.lines)
        gate.set()
        await asyncio.gather(*tasks)

    async def test_a_late_reply_lets_effects_pass_but_no_other_reply(self, diary: Diary) -> None:
        gate = diary.gate("a reply")
        processor = PersonOrderedProcessor(reply_grace_seconds=0.01)
        tasks = await submit(processor, *[(update_of(1), diary.effect_with_reply(name)) for name in "abc"])
        await until(lambda: "c ends" in diary.lines)
        assert not [line for line in diary.lines if "told" in line]
        gate.set()
        await asyncio.gather(*tasks)
        assert [line for line in diary.lines if "told" in line] == ["a told", "b told", "c told"]

    async def test_many_late_replies_of_one_person_cost_one_grace(self, diary: Diary) -> None:
        gate = diary.gate("0 reply")
        processor = PersonOrderedProcessor(reply_grace_seconds=0.2)
        names = [str(number) for number in range(20)]
        tasks = await submit(processor, *[(update_of(1), diary.effect_with_reply(name)) for name in names])
        await until(lambda: "19 ends" in diary.lines, deadline_seconds=2.0)
        gate.set()
        await asyncio.gather(*tasks)


class TestCancellation:
    async def test_someone_cancelled_in_line_is_skipped(self, diary: Diary) -> None:
        gate = diary.gate("a")
        work = [(update_of(1), diary.effect(name)) for name in "abc"]
        first, second, third = await submit(PersonOrderedProcessor(), *work)
        await until(lambda: diary.lines)
        second.cancel()
        gate.set()
        await asyncio.gather(first, third)
        assert diary.lines == ["a begins", "a ends", "c begins", "c ends"]

    async def test_someone_cancelled_at_work_passes_the_turn_on(self, diary: Diary) -> None:
        diary.gate("a")
        first, second = await submit(PersonOrderedProcessor(), *[(update_of(1), diary.effect(name)) for name in "ab"])
        await until(lambda: diary.lines)
        first.cancel()
        await second
        assert diary.lines == ["a begins", "b begins", "b ends"]

    async def test_a_cancelled_reply_ends_with_its_update(self, diary: Diary) -> None:
        diary.gate("a reply")
        first, second = await submit(
            PersonOrderedProcessor(), *[(update_of(1), diary.effect_with_reply(name)) for name in "ab"]
        )
        await until(lambda: "a ends" in diary.lines)
        first.cancel()
        await second
        assert diary.lines[-1] == "b told"
        assert "a told" not in diary.lines

    async def test_a_cancelled_future_waiting_its_turn_is_cancelled_too(self, diary: Diary) -> None:
        gate, waiting = diary.gate("a"), asyncio.get_running_loop().create_future()
        processor = PersonOrderedProcessor()
        awaitables: list[Awaitable[Any]] = [diary.effect("a"), waiting]
        first, second = (asyncio.create_task(processor.process_update(update_of(1), each)) for each in awaitables)
        await until(lambda: diary.lines)
        second.cancel()
        await until(waiting.cancelled)
        gate.set()
        await first
