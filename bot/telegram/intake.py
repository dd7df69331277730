"""From Telegram's JSON to a committed effect and a delivered reply: the one path of polling and of webhooks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update

from bot.telegram.processor import PersonOrderedProcessor, Reply

_LOGGER = logging.getLogger(__name__)
# What a cancelled update may take to let go of its connections.
_CUT_OFF_SECONDS = 1.0
_PLACE = ("message_id", "date", "chat", "text")

Process = Callable[[Update], Awaitable[Reply | None]]
"""Commits an update's effect and returns what is to be told of it."""
OnError = Callable[[Update, Exception], None]
"""Told of every fault of an effect or a reply that reached the intake."""


@dataclass(frozen=True, slots=True, eq=False)
class Handling:
    """One update under way.

    `is_committed` resolves once its effect is committed (False: cut off before that), `task` ends with its reply.
    """

    is_committed: asyncio.Future[bool]
    task: asyncio.Task[None]


def update_id_of(raw: object) -> int | None:
    """Return the id of an update as it came, None where it has none: it can then be neither handled nor confirmed."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) else None


def _lightened(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a tap without the markup and keyboard that it was on: building objects of them is most of reading it.

    What a button means is in its data; of its message only the place is asked for, and whether it is a text to be edited.
    """
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(message, dict) or not message.get("date"):
        return raw
    place = {name: message[name] for name in _PLACE if name in message}
    return {**raw, "callback_query": {**query, "message": place}}


class UpdateIntake:
    """Takes updates as they come, has each processed in its person's turn, and says when Telegram may forget it.

    A fault of `process` goes to `on_error` and the update counts as handled: asking for it again would fail again.
    """

    def __init__(self, *, bot: Bot, processor: PersonOrderedProcessor, process: Process, on_error: OnError) -> None:
        self._bot = bot
        self._processor = processor
        self._grace_seconds = processor.reply_grace_seconds
        self._process = process
        self._on_error = on_error
        self._under_way: set[asyncio.Task[None]] = set()

    async def process_update(self, raw: object) -> bool:
        """Take a webhook's update; True where Telegram may forget it (answer 200), False where it must come again."""
        handling = self.begin(raw)
        if handling is None:
            return True
        await self.settle([handling])
        return handling.is_committed.result()

    def begin(self, raw: object) -> Handling | None:
        """Start on an update; None for one that cannot be read, which is logged by its id alone and passed over."""
        update = self._parsed(raw)
        if update is None:
            return None
        is_committed = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._run_one(update, is_committed))
        self._under_way.add(task)
        task.add_done_callback(lambda ended: self._note_end(ended, is_committed))
        return Handling(is_committed, task)

    async def settle(self, handlings: Sequence[Handling]) -> None:
        """Return once every effect is committed and every reply is delivered or late by the grace.

        Late replies go on in the background, in their person's order; `drain` waits for them at the end.
        """
        if handlings:
            await asyncio.wait([handling.is_committed for handling in handlings])
            await asyncio.wait([handling.task for handling in handlings], timeout=self._grace_seconds)

    async def drain(self, *, deadline: float) -> None:
        """Wait for everything under way until `deadline` (of the event loop's clock), then cut off what is left."""
        if self._under_way:
            remaining_seconds = max(0.0, deadline - asyncio.get_running_loop().time())
            await asyncio.wait(self._under_way, timeout=remaining_seconds)
        await self.cut_off()

    async def cut_off(self) -> None:
        """Cancel everything under way."""
        left = set(self._under_way)
        if left:
            _LOGGER.warning("%d updates were cut off before their effect or reply was finished.", len(left))
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=_CUT_OFF_SECONDS)

    def _parsed(self, raw: object) -> Update | None:
        try:
            if isinstance(raw, dict) and update_id_of(raw) is not None:
                return Update.de_json(_lightened(raw), self._bot)
            kind = "no update id"
        except Exception as fault:  # noqa: BLE001 -- the library raises whatever the wrong shape leads to
            kind = type(fault).__name__
        # Neither the content nor the fault's own text: both may be somebody's private words.
        _LOGGER.error("Update %s could not be read (%s) and is passed over.", update_id_of(raw), kind)
        return None

    async def _run_one(self, update: Update, is_committed: asyncio.Future[bool]) -> None:
        effect = self._effect(update, is_committed)
        try:
            await self._processor.process_update(update, effect)
        except Exception as fault:  # noqa: BLE001 -- an effect's or a reply's: one update's fault is not the others'
            self._on_error(update, fault)
        finally:
            # The library's processor never awaits it where it is cancelled at the door.
            effect.close()

    async def _effect(self, update: Update, is_committed: asyncio.Future[bool]) -> Reply | None:
        reply = await self._process(update)
        is_committed.set_result(True)
        return reply

    def _note_end(self, task: asyncio.Task[None], is_committed: asyncio.Future[bool]) -> None:
        self._under_way.discard(task)
        if not is_committed.done():
            is_committed.set_result(not task.cancelled())
        if not task.cancelled() and (fault := task.exception()) is not None:
            _LOGGER.error("An update's error could not be reported.", exc_info=fault)
