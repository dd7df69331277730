"""Our own getUpdates loop: an update is confirmed to Telegram only when its effect is committed.

The library's loop confirms a batch as soon as it is queued, so that a crash loses it. Here the next offset is asked for
only when the whole batch is settled; killed before, the same updates come again (and act once: that is the effects'
own affair).
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.backoff import Backoff, told_seconds
from bot.telegram.client import BotTokenRejectedError
from bot.telegram.intake import Handling, UpdateIntake, update_id_of
from bot.telegram.interruption import unless
from bot.telegram.lease import Lease, LeaseKeeper

_LOGGER = logging.getLogger(__name__)


class UpdateSource(Protocol):
    """Where updates come from as raw JSON: the bot of `bot.telegram.client`."""

    async def fetch_updates(
        self, *, offset: int | None, limit: int, timeout_seconds: int, allowed_updates: Sequence[str]
    ) -> list[object]:
        """Return the earliest unconfirmed updates; `offset` confirms all before it."""
        ...


@dataclass(frozen=True, slots=True)
class PollingOptions:
    """How the loop asks and ends; times in seconds."""

    allowed_updates: tuple[str, ...] = ("message", "callback_query", "my_chat_member", "pre_checkout_query")
    batch_limit: int = 100
    long_poll_seconds: int = 25
    shutdown_seconds: float = 8.0
    first_backoff_seconds: float = 0.5
    most_backoff_seconds: float = 30.0


class PollingLoop:
    """Takes batches of updates while it holds the lease, and confirms each once it is settled."""

    def __init__(
        self, *, source: UpdateSource, intake: UpdateIntake, lease: Lease, options: PollingOptions | None = None
    ) -> None:
        self._source = source
        self._intake = intake
        self._lease = lease
        self._options = options or PollingOptions()
        self._backoff = Backoff(
            first_seconds=self._options.first_backoff_seconds, most_seconds=self._options.most_backoff_seconds
        )
        self._batch: list[Handling] = []
        self._batch_end: int | None = None
        # The offset still to be confirmed, None once Telegram has answered to it: asked without one, it goes on from
        # the earliest unconfirmed update, even where its numbering started anew (as it does after a quiet week).
        self._offset: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set, then finish what has begun, within a bound; raises BotTokenRejectedError."""
        async with LeaseKeeper(self._lease) as keeper:
            try:
                while not stop.is_set():
                    await self._round(stop, keeper)
                await self._finish(keeper)
            finally:
                await self._intake.cut_off()

    async def _round(self, stop: asyncio.Event, keeper: LeaseKeeper) -> None:
        if not await unless(keeper.held.wait(), stop):
            return
        raw_updates = await unless(self._fetch(), stop, keeper.lost)
        if raw_updates is None or stop.is_set() or not keeper.is_held:
            return
        self._begin(raw_updates)
        if await unless(self._settled(), stop):
            self._close_batch()

    async def _fetch(self) -> list[object] | None:
        """Return the next batch, None after a fault and the wait that it asks for."""
        try:
            raw_updates = await self._ask(limit=self._options.batch_limit, timeout_seconds=self._options.long_poll_seconds)
        except InvalidToken:
            raise BotTokenRejectedError from None
        except TelegramError as fault:
            await asyncio.sleep(self._pause_after(fault))
            return None
        self._backoff.reset()
        self._offset = None
        return raw_updates

    async def _ask(self, *, limit: int, timeout_seconds: int) -> list[object]:
        raw_updates = await self._source.fetch_updates(
            offset=self._offset,
            limit=limit,
            timeout_seconds=timeout_seconds,
            allowed_updates=self._options.allowed_updates,
        )
        if raw_updates and all(update_id_of(raw) is None for raw in raw_updates):
            # Nothing of it can be confirmed, so that it would come again at once and for ever.
            raise NetworkError("None of the updates has an id")
        return raw_updates

    def _pause_after(self, fault: TelegramError) -> float:
        pause_seconds = self._backoff.next_delay_seconds()
        if isinstance(fault, RetryAfter):
            pause_seconds = max(pause_seconds, told_seconds(fault))
        if isinstance(fault, Conflict):
            _LOGGER.error(
                "Another program polls with this bot's token, or a webhook is set; asking again in %.1f s.",
                pause_seconds,
            )
        else:
            _LOGGER.warning("Telegram gave no updates (%s); asking again in %.1f s.", fault.message, pause_seconds)
        return pause_seconds

    def _begin(self, raw_updates: list[object]) -> None:
        begun = [self._intake.begin(raw) for raw in raw_updates]
        self._batch = [handling for handling in begun if handling is not None]
        known = [update_id for raw in raw_updates if (update_id := update_id_of(raw)) is not None]
        self._batch_end = max(known) + 1 if known else None

    async def _settled(self) -> bool:
        await self._intake.settle(self._batch)
        return True

    def _close_batch(self) -> None:
        self._offset, self._batch, self._batch_end = self._batch_end, [], None

    async def _finish(self, keeper: LeaseKeeper) -> None:
        """Let what has begun end, confirm it, and wait for late replies, all before the shutdown's deadline."""
        deadline = asyncio.get_running_loop().time() + self._options.shutdown_seconds
        try:
            async with asyncio.timeout_at(deadline):
                if self._batch_end is not None:
                    await self._intake.settle(self._batch)
                    self._close_batch()
                if self._offset is not None and keeper.is_held:
                    # Its answer is not looked at: it is not confirmed, and comes again to whoever polls next.
                    await self._ask(limit=1, timeout_seconds=0)
        except (TelegramError, TimeoutError) as fault:
            _LOGGER.warning("The last updates could not be confirmed (%s); they come again.", type(fault).__name__)
        await self._intake.drain(deadline=deadline)
