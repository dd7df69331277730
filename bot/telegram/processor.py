"""In what order updates act: one person's strictly one after the other, different people's at the same time."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

Reply = Callable[[], Awaitable[None]]
"""What is still to be told once an update's effect is committed."""


def ordering_key(update: object) -> int | None:
    """Return whose turn the update needs: the person's, else the chat's; None where it may run beside anything.

    By person, not by chat: somebody's message and tap may arrive at once, from different chats. A person's id is also
    the id of their private chat, and groups have negative ids, so the two kinds never collide.
    """
    if not isinstance(update, Update):
        return None
    if (person := update.effective_user) is not None:
        return person.id
    return chat.id if (chat := update.effective_chat) is not None else None


class _Line:
    """One person's queue: effects happen in order, and so do replies; both locks serve first come, first."""

    __slots__ = ("effects", "pending", "replies")

    def __init__(self) -> None:
        self.effects = asyncio.Lock()
        self.replies = asyncio.Lock()
        self.pending = 0

    async def deliver(self, reply: Reply) -> None:
        async with self.replies:
            await reply()


class PersonOrderedProcessor(BaseUpdateProcessor):
    """Gives every person their turn, and takes at most `workers` effects at a time.

    The awaitable given to `process_update` is the update's effect. Where it returns a `Reply`, that is delivered
    within the person's turn but without a worker, so that people whom Telegram makes wait don't hold up the others'
    effects. A reply that takes longer than `reply_grace_seconds` gives up the turn, not its place: the person's next
    effect happens, and its reply waits.

    Waiting for one's turn takes one of `max_pending` places and no worker, so a noisy person starves nobody; from
    `per_person_limit` waiting updates on (one full answer of getUpdates), theirs are dropped and `on_drop` is told.
    """

    def __init__(
        self,
        *,
        workers: int = 64,
        max_pending: int = 10_000,
        per_person_limit: int = 100,
        reply_grace_seconds: float = 2.0,
        on_drop: Callable[[object], None] | None = None,
    ) -> None:
        super().__init__(max_pending)
        self._workers = asyncio.Semaphore(workers)
        self._lines: dict[int, _Line] = {}
        self._per_person_limit = per_person_limit
        self.reply_grace_seconds = reply_grace_seconds
        self._on_drop = on_drop

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to free: whoever started updates waits for them."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await `coroutine`, and the reply it may return, in the turn of the update's person."""
        try:
            key = ordering_key(update)
            if key is None:
                await self._beside_anything(coroutine)
            else:
                await self._in_line(key, update, coroutine)
        finally:
            _discard(coroutine)

    async def _beside_anything(self, coroutine: Awaitable[Any]) -> None:
        reply = await self._effect(coroutine)
        if reply is not None:
            await reply()

    async def _in_line(self, key: int, update: object, coroutine: Awaitable[Any]) -> None:
        line = self._lines.setdefault(key, _Line())
        if line.pending >= self._per_person_limit:
            if self._on_drop is not None:
                self._on_drop(update)
            return
        line.pending += 1
        try:
            await self._take_turn(line, coroutine)
        finally:
            line.pending -= 1
            if not line.pending:
                del self._lines[key]

    async def _take_turn(self, line: _Line, coroutine: Awaitable[Any]) -> None:
        delivery: asyncio.Task[None] | None = None
        try:
            async with line.effects:
                reply = await self._effect(coroutine)
                if reply is None:
                    return
                # Behind an undelivered reply there is no grace: else ten taps of one person would take ten of them.
                is_behind = line.replies.locked()
                delivery = asyncio.create_task(line.deliver(reply))
                if not is_behind:
                    await asyncio.wait({delivery}, timeout=self.reply_grace_seconds)
            await delivery
        finally:
            if delivery is not None and not delivery.done():
                delivery.cancel()
                await asyncio.wait({delivery})

    async def _effect(self, coroutine: Awaitable[Any]) -> Reply | None:
        async with self._workers:
            reply: Reply | None = await coroutine
        return reply


def _discard(awaitable: Awaitable[Any]) -> None:
    """End what was dropped or cancelled before its turn; of what has run, nothing is left to end."""
    if inspect.iscoroutine(awaitable):
        awaitable.close()
    elif isinstance(awaitable, asyncio.Future):
        awaitable.cancel()
