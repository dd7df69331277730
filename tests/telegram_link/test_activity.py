"""A chat shows that we are at it, where that takes longer than a moment, and not otherwise."""

import asyncio
from typing import Any

from bot.telegram.activity import shown_activity


class Calls:
    """A bot that keeps what it was called for, and takes for ever where it is told to."""

    def __init__(self, *, answers: bool = True) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.called = asyncio.Event()
        self._answers = answers

    async def call(self, method: str, **parameters: Any) -> Any:
        self.made.append((method, parameters))
        self.called.set()
        if not self._answers:
            await asyncio.Event().wait()


async def test_what_is_quick_shows_nothing() -> None:
    bot: Any = Calls()
    async with shown_activity(bot, 7):
        pass
    async with shown_activity(bot, None, after_seconds=0):
        await asyncio.sleep(0)
    assert bot.made == []


async def test_what_takes_longer_is_shown_once() -> None:
    bot: Any = Calls()
    async with shown_activity(bot, 7, after_seconds=0):
        await asyncio.wait_for(bot.called.wait(), 5)
    assert bot.made == [("sendChatAction", {"chat_id": 7, "action": "typing"})]


async def test_what_is_shown_is_not_waited_for() -> None:
    bot: Any = Calls(answers=False)
    async with asyncio.timeout(5):
        async with shown_activity(bot, 7, after_seconds=0):
            await bot.called.wait()
