"""The whole link put together around effects that a test controls."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Update

from bot.telegram.client import TokenKeepingBot
from bot.telegram.intake import UpdateIntake
from bot.telegram.limits import deliver
from bot.telegram.polling import PollingLoop, PollingOptions
from bot.telegram.processor import PersonOrderedProcessor, Reply

QUICK = PollingOptions(shutdown_seconds=1.0, first_backoff_seconds=0.01, most_backoff_seconds=0.05)


class LeaseOfOne:
    """Nobody else wants to poll, unless the test takes it away."""

    duration_seconds = 0.3

    def __init__(self) -> None:
        self.is_free = True
        self.refused = 0

    async def hold(self) -> bool:
        self.refused += not self.is_free
        return self.is_free

    async def release(self) -> None:
        self.is_free = True


@dataclass
class Link:
    """A bot that books every tap and says so; `effects` and `told` remember the update ids."""

    bot: TokenKeepingBot
    options: PollingOptions = QUICK
    grace_seconds: float = 0.05
    max_pending: int = 10_000
    effects: list[int] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    faults: list[tuple[int, Exception]] = field(default_factory=list)
    gates: dict[int, asyncio.Event] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    lease: LeaseOfOne = field(default_factory=LeaseOfOne)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.intake = UpdateIntake(
            bot=self.bot,
            processor=PersonOrderedProcessor(reply_grace_seconds=self.grace_seconds, max_pending=self.max_pending),
            process=self._book,
            on_error=lambda update, fault: self.faults.append((update.update_id, fault)),
        )

    def gate(self, update_id: int) -> asyncio.Event:
        return self.gates.setdefault(update_id, asyncio.Event())

    async def _book(self, update: Update) -> Reply | None:
        self.begun.append(update.update_id)
        if (gate := self.gates.get(update.update_id)) is not None:
            await gate.wait()
        if update.update_id in self.broken:
            raise ZeroDivisionError
        self.effects.append(update.update_id)
        return lambda: self._tell(update)

    async def _tell(self, update: Update) -> None:
        person = update.effective_user
        assert person is not None
        await deliver(lambda: self.bot.send_message(person.id, "Booked"), is_repeatable=False)
        self.told.append(update.update_id)

    def start(self) -> asyncio.Task[None]:
        loop = PollingLoop(source=self.bot, intake=self.intake, lease=self.lease, options=self.options)
        return asyncio.create_task(loop.run(self.stop))

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[asyncio.Task[None]]:
        """Poll while the block lasts, then stop in good order."""
        task = self.start()
        try:
            yield task
        finally:
            self.stop.set()
            await task
