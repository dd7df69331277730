"""One call to Telegram seen through to a known end: throttling waited out, repeated only where that cannot double."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.telegram.backoff import Backoff, told_seconds
from bot.telegram.transport import ConnectionFailedError

Result = TypeVar("Result")
# Everybody throttled at the same moment is told the same wait; this keeps them from coming back at the same moment.
_RETRY_JITTER_SECONDS = 0.25
_TIMEOUTS_REPEATED = 1


class PersonUnreachableError(Exception):
    """The person blocked the bot, left Telegram or never wrote to it: nothing reaches them until they write again."""


class Outcome(Enum):
    """What became of a call."""

    DELIVERED = "delivered"
    UNCHANGED = "unchanged"
    """The message already looks like that: as good as delivered."""
    TOO_LATE = "too late"
    """The tap is too old to be answered: nobody waits for it any more."""
    UNKNOWN = "unknown"
    """It may or may not have arrived, and repeating it could double it."""
    NOT_DELIVERED = "not delivered"
    """It certainly did not arrive, and the time for it is over."""


@dataclass(frozen=True, slots=True)
class Delivery(Generic[Result]):
    """How a call ended, with its result where it was delivered."""

    outcome: Outcome
    result: Result | None = None


_AS_GOOD_AS_DONE = {
    "message is not modified": Outcome.UNCHANGED,
    "query is too old": Outcome.TOO_LATE,
    "query id is invalid": Outcome.TOO_LATE,
    "query_id_invalid": Outcome.TOO_LATE,
}
UNREACHABLE_SIGNS = ("chat not found", "peer_id_invalid")


async def deliver(
    call: Callable[[], Awaitable[Result]], *, is_repeatable: bool, deadline_seconds: float = 60.0
) -> Delivery[Result]:
    """Make `call` until it ended, waiting as long as Telegram says; no attempt starts after the deadline.

    `is_repeatable` says that doing it twice is doing it once (edits, answers to taps, deletions): it is then repeated
    after a lost answer, too. A send is repeated only where it certainly did not arrive. Raises PersonUnreachableError,
    and the library's BadRequest and other errors that repeating would not mend.
    """
    attempts = _Attempts(is_repeatable=is_repeatable, deadline_seconds=deadline_seconds)
    while True:
        try:
            return Delivery(Outcome.DELIVERED, await call())
        except RetryAfter as throttled:
            pause = told_seconds(throttled) + random.uniform(0, _RETRY_JITTER_SECONDS)  # noqa: S311 -- spreads load
        except Forbidden as refusal:
            raise PersonUnreachableError(refusal.message) from refusal
        except BadRequest as refusal:
            return Delivery(_meaning(refusal))
        except NetworkError as fault:
            repeat_after = attempts.pause_after(fault)
            if repeat_after is None:
                return Delivery(attempts.end())
            pause = repeat_after
        if not attempts.has_time_for(pause):
            return Delivery(attempts.end())
        await asyncio.sleep(pause)


class _Attempts:
    """What the attempts so far allow to do next, and to say at the end."""

    def __init__(self, *, is_repeatable: bool, deadline_seconds: float) -> None:
        self._is_repeatable = is_repeatable
        self._clock = asyncio.get_running_loop().time
        self._deadline = self._clock() + deadline_seconds
        self._backoff = Backoff(most_seconds=5.0)
        self._timeouts = 0
        self._may_have_arrived = False

    def pause_after(self, fault: NetworkError) -> float | None:
        """Return how long to wait before the next attempt, None where there must be none."""
        if isinstance(fault, ConnectionFailedError):
            return self._backoff.next_delay_seconds()
        self._may_have_arrived = True
        if not self._is_repeatable:
            return None
        if isinstance(fault, TimedOut):
            self._timeouts += 1
            return 0.0 if self._timeouts <= _TIMEOUTS_REPEATED else None
        return self._backoff.next_delay_seconds()

    def has_time_for(self, pause_seconds: float) -> bool:
        return self._clock() + pause_seconds <= self._deadline

    def end(self) -> Outcome:
        return Outcome.UNKNOWN if self._may_have_arrived else Outcome.NOT_DELIVERED


def _meaning(refusal: BadRequest) -> Outcome:
    """Tell a refusal that is none from one that is; raises PersonUnreachableError or the refusal itself."""
    message = refusal.message.lower()
    for sign, outcome in _AS_GOOD_AS_DONE.items():
        if sign in message:
            return outcome
    if any(sign in message for sign in UNREACHABLE_SIGNS):
        raise PersonUnreachableError(refusal.message) from refusal
    raise refusal
