"""The sender: brings messages that nobody waits for to Telegram, at Telegram's pace, each once.

Claim → look at the state again and write the text → note that it goes out → send → note what became of it. Killed in
between, the message is the next sender's when the lease runs out; only what was in the air may have arrived, and is sent
again only where that matters more than a second one. What cannot be sent now comes again: nothing is dropped for being
throttled or for Telegram's being away.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Generic, Protocol, TypeVar

from domain.notifications.model import Priority
from domain.notifications.ports import Outgoing, OutgoingQueue
from domain.writes.base import ConflictError, DatabaseAwayError
from scheduler.pace import Pace
from scheduler.wakeup import Wakeup

Content = TypeVar("Content")
Content_contra = TypeVar("Content_contra", contravariant=True)

_LOGGER = logging.getLogger(__name__)
_REFERENCE_BYTES: Final = 4
_MOST_DOUBLINGS: Final = 16
_THROTTLED_IN_A_ROW: Final = 3  # so many chats at once: it is us who are too fast, not one chat


class Arrival(Enum):
    """How one attempt to send ended."""

    SENT = "sent"
    UNKNOWN = "unknown"
    """The connection broke after it went out."""
    AWAY = "away"
    """It certainly did not arrive: no connection, or Telegram in trouble."""
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    """The person blocked the bot, or left."""
    REFUSED = "refused"
    """Telegram takes no such message, now or ever."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: the message's id where it arrived, how long to wait where we are told to, what was said."""

    arrival: Arrival
    message_id: int | None = None
    wait_seconds: float = 0.0
    error: str = ""


class Messenger(Protocol[Content_contra]):
    """Sends one message, once."""

    async def send(self, telegram_id: int, content: Content_contra) -> Attempt:
        """Try, and tell how it ended. Raises nothing of Telegram's."""
        ...


@dataclass(frozen=True, slots=True)
class SenderOptions:
    """How much at once, how fast, how long. The lease is longer than composing and sending take together."""

    most_at_once: int = 8
    messages_a_second: float = 25.0
    seconds_between_in_a_chat: float = 1.0
    longest_wait_seconds: float = 1.5  # for a chat's turn; what would wait longer is put back
    poll_seconds: float = 0.5
    lease_seconds: float = 60.0
    first_pause_seconds: float = 1.0
    most_pause_seconds: float = 300.0
    most_attempts: int = 300  # a day of them
    most_unknown: int = 3  # attempts at what matters more than a second one
    shutdown_seconds: float = 4.0


class Sender(Generic[Content]):
    """Sends the messages of one center until it is told to stop; one sender at a time keeps the pace.

    ``compose`` writes a message as things are now, or returns None where it has lost its sense. ``is_active`` says
    whether it is this process's turn. ``on_unreachable`` is told of whoever blocked the bot, ``on_outcome`` of each end.
    """

    def __init__(
        self,
        queue: OutgoingQueue,
        messenger: Messenger[Content],
        compose: Callable[[Outgoing], Awaitable[Content | None]],
        *,
        wakeup: Wakeup,
        is_active: Callable[[], bool] = lambda: True,
        on_unreachable: Callable[[Outgoing], Awaitable[None]],
        on_outcome: Callable[[str], None] = lambda _outcome: None,
        options: SenderOptions | None = None,
    ) -> None:
        self._queue = queue
        self._messenger = messenger
        self._compose = compose
        self._wakeup = wakeup
        self._is_active = is_active
        self._on_unreachable = on_unreachable
        self._on_outcome = on_outcome
        self._options = options or SenderOptions()
        self._pace = Pace(self._options.messages_a_second, self._options.seconds_between_in_a_chat)
        self._under_way: set[asyncio.Task[None]] = set()
        self._throttled_in_a_row = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Send until ``stop`` is set, then finish what is in the air, within a bound."""
        try:
            while not stop.is_set():
                if not await self._look() and not stop.is_set():
                    await self._wakeup.wait(seconds=self._options.poll_seconds)
        finally:
            await self._finish()

    async def send_due(self) -> int:
        """Send what is due now, wait until it is done, and return how many messages were claimed."""
        claimed = await self._claim()
        await self._finish()
        return claimed

    async def _look(self) -> bool:
        """Claim what there is room for; whether there may be more at once."""
        room = self._room
        if room <= 0 or not self._is_active() or self._pace.is_paused:
            return False
        try:
            return await self._claim() >= room
        except (ConflictError, DatabaseAwayError) as fault:
            _LOGGER.warning("The messages to be sent cannot be reached (%s).", fault)
        except Exception:
            _LOGGER.exception("The sender could not look for messages.")
        return False

    @property
    def _room(self) -> int:
        return self._options.most_at_once - len(self._under_way)

    async def _claim(self) -> int:
        """Claim by priority: what matters most goes first, however much of the rest is waiting."""
        claimed = 0
        for priority in Priority:
            if self._room <= 0:
                break
            for message in await self._queue.claim(
                priority=priority, limit=self._room, lease_seconds=self._options.lease_seconds
            ):
                claimed += 1
                task = asyncio.create_task(self._see_through(message))
                self._under_way.add(task)
                task.add_done_callback(self._ended)
        return claimed

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._wakeup.wake()

    async def _see_through(self, message: Outgoing) -> None:
        """Bring one message to an end, or leave it for later. Whatever goes wrong, the others do not suffer."""
        try:
            await self._send(message)
        except (ConflictError, DatabaseAwayError) as fault:
            _LOGGER.warning("Message %s is looked at again when its lease runs out (%s).", message.id, type(fault).__name__)
        except Exception as fault:
            reference = secrets.token_hex(_REFERENCE_BYTES)
            _LOGGER.exception("fault %s while sending message %s (%s)", reference, message.id, message.kind)
            error = f"{type(fault).__name__} (reference {reference})"
            await self._queue.note_failed(message.id, error=error)
            self._on_outcome("failed")

    async def _send(self, message: Outgoing) -> None:
        chat = message.telegram_id
        if chat is None or not message.is_reachable:
            await self._queue.note_unreachable(message.id)
            self._on_outcome(Arrival.UNREACHABLE.value)
            return
        if message.was_interrupted and not self._is_worth_a_second(message):
            await self._queue.note_unknown(message.id)
            self._on_outcome(Arrival.UNKNOWN.value)
            return
        wait_seconds = self._pace.take_turn(chat, within_seconds=self._options.longest_wait_seconds)
        if wait_seconds is None:
            await self._queue.put_off(message.id, seconds=self._options.seconds_between_in_a_chat, error=None)
            return
        await asyncio.sleep(wait_seconds)
        content = await self._compose(message)
        if content is None:
            await self._queue.note_stale(message.id)
            self._on_outcome("stale")
            return
        if await self._queue.begin(message.id, lease_seconds=self._options.lease_seconds):
            await self._conclude(message, chat, await self._messenger.send(chat, content))

    async def _conclude(self, message: Outgoing, chat: int, attempt: Attempt) -> None:
        self._throttled_in_a_row = self._throttled_in_a_row + 1 if attempt.arrival is Arrival.THROTTLED else 0
        self._on_outcome(attempt.arrival.value)
        match attempt.arrival:
            case Arrival.SENT:
                await self._queue.note_sent(message.id, message_id=attempt.message_id)
            case Arrival.UNREACHABLE:
                await self._queue.note_unreachable(message.id)
                await self._on_unreachable(message)
            case Arrival.REFUSED:
                _LOGGER.error("Telegram refuses message %s (%s): %s", message.id, message.kind, attempt.error)
                await self._queue.note_failed(message.id, error=attempt.error)
            case Arrival.THROTTLED:
                self._pace.hold_back(
                    chat, seconds=attempt.wait_seconds, everybody=self._throttled_in_a_row >= _THROTTLED_IN_A_ROW
                )
                await self._queue.put_off(message.id, seconds=attempt.wait_seconds, error=attempt.error)
            case Arrival.UNKNOWN if self._is_worth_a_second(message):
                await self._queue.put_off(message.id, seconds=self._pause_after(message), error=attempt.error)
            case Arrival.UNKNOWN:
                await self._queue.note_unknown(message.id)
            case Arrival.AWAY if message.attempts + 1 >= self._options.most_attempts:
                await self._queue.note_failed(message.id, error=attempt.error)
            case Arrival.AWAY:
                pause_seconds = self._pause_after(message)
                self._pace.hold_back(chat, seconds=min(pause_seconds, self._options.first_pause_seconds), everybody=True)
                await self._queue.put_off(message.id, seconds=pause_seconds, error=attempt.error)

    def _is_worth_a_second(self, message: Outgoing) -> bool:
        """Whether not being told would be worse than being told twice."""
        return message.priority is Priority.MONEY and message.attempts < self._options.most_unknown

    def _pause_after(self, message: Outgoing) -> float:
        doubled: float = self._options.first_pause_seconds * 2.0 ** min(message.attempts, _MOST_DOUBLINGS)
        return min(doubled, self._options.most_pause_seconds)

    async def _finish(self) -> None:
        """Wait for what is under way; what takes too long is looked at again by whoever sends next."""
        under_way = set(self._under_way)
        if not under_way:
            return
        _done, late = await asyncio.wait(under_way, timeout=self._options.shutdown_seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
