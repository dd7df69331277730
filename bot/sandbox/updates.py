"""The bot's queue of updates: kept until confirmed, handed out by long polling (or, see `webhooks`, by HTTP)."""

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import OTHER_POLLER, Faults, UpdateFault
from bot.sandbox.wakeup import Wakeup

FIRST_UPDATE_ID = 100_000_001
KEPT_UPDATES = 100_000
_LARGEST_ID = 2**53
ONLY_WHEN_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""The kinds of updates that a bot gets only if it names them in `allowed_updates`."""

_REPEATED: dict[str, UpdateFault] = {
    "callback_query": "redeliver_new_id",
    "successful_payment": "payment_twice",
    "pre_checkout_query": "pre_checkout_twice",
}
"""What may come once more under another update id, and the fault that lets it."""

_WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True, slots=True)
class QueuedUpdate:
    """An update as it stood when it happened, serialized; `person_id` says whose order it belongs to."""

    update_id: int
    person_id: int | None
    body: bytes


class UpdateQueue:
    """Everything that happened and that the bot has not confirmed yet, in order."""

    def __init__(self, faults: Faults) -> None:
        self.allowed: Sequence[str] = ()
        self.on_put: Callable[[QueuedUpdate], None] | None = None
        self._faults = faults
        self._pending: OrderedDict[int, QueuedUpdate] = OrderedDict()
        self._again: deque[QueuedUpdate] = deque()
        self._next_id = FIRST_UPDATE_ID
        self._poller: object = None
        self._changed = Wakeup()

    @property
    def pending(self) -> list[QueuedUpdate]:
        """Return what is not confirmed yet, oldest first."""
        return list(self._pending.values())

    def put(self, kind: str, content: dict[str, Any], person_id: int) -> int:
        """Queue something that happened, unless the bot does not want to know, and return its update id."""
        update_id = self._add({kind: content}, person_id) if self._is_wanted(kind) else self._take_id()
        fault = _REPEATED.get("successful_payment" if "successful_payment" in content else kind)
        if fault is not None and self._is_wanted(kind) and self._faults.repeats(fault):
            self._add({kind: content}, person_id)
        return update_id

    def put_raw(self, update: Any) -> int:
        """Queue any JSON exactly as a driver wrote it; only an object without an id gets one. Return where it queues.

        Raise ValueError for what JSON cannot say to the bot (numbers beyond 64 bits).
        """
        is_object = isinstance(update, dict)
        if is_object and "update_id" not in update:
            return self._add(update, None)
        update_id = update["update_id"] if is_object else None
        if type(update_id) is not int or not 0 < update_id < _LARGEST_ID:
            update_id = self._take_id()
        self._next_id = max(self._next_id, update_id + 1)
        is_late = next(reversed(self._pending), 0) > update_id
        self._enqueue(QueuedUpdate(update_id, None, _serialize(update)))
        if is_late:
            self._pending = OrderedDict(sorted(self._pending.items()))
        return update_id

    def forget_all(self) -> None:
        """Drop what is pending, as `drop_pending_updates` asks for."""
        self._pending.clear()
        self._again.clear()

    def confirm(self, update: QueuedUpdate) -> bool:
        """Take one delivered update off the queue; return whether it is (by a fault) to be delivered again."""
        self._pending.pop(update.update_id, None)
        return self._faults.repeats("redeliver")

    async def poll(self, *, offset: int, limit: int, seconds: float, has_webhook: bool) -> list[QueuedUpdate]:
        """Confirm everything below `offset` and return what follows, waiting for something to happen.

        A second poller ends the first one's wait with 409, as Telegram does.
        """
        if has_webhook:
            raise ApiError(409, _WEBHOOK_IS_ACTIVE)
        me = self._poller = object()
        self._changed.notify()
        self._confirm_up_to(offset)
        await self._changed.until(lambda: self._has_news() or self._poller is not me, seconds=seconds)
        if self._poller is not me:
            raise ApiError(409, OTHER_POLLER)
        self._poller = None
        again = [self._again.popleft() for _ in range(min(limit, len(self._again)))]
        return again + list(islice(self._pending.values(), limit - len(again)))

    def _has_news(self) -> bool:
        return bool(self._pending or self._again)

    def _is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED_FOR

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _add(self, update: dict[str, Any], person_id: int | None) -> int:
        update_id = self._take_id()
        self._enqueue(QueuedUpdate(update_id, person_id, _serialize({**update, "update_id": update_id})))
        return update_id

    def _enqueue(self, update: QueuedUpdate) -> None:
        self._pending[update.update_id] = update
        if len(self._pending) > KEPT_UPDATES:  # nobody has asked for a long time
            self._pending.popitem(last=False)
        if self.on_put is not None:
            self.on_put(update)
        self._changed.notify()

    def _confirm_up_to(self, offset: int) -> None:
        if offset < 0:  # only the last ones are wanted; all before are forgotten
            offset = next(islice(reversed(self._pending), -offset - 1, None), offset)
        while self._pending and next(iter(self._pending)) < offset:
            _, update = self._pending.popitem(last=False)
            if self._faults.repeats("redeliver"):
                self._again.append(update)


def _serialize(update: Any) -> bytes:
    try:
        return orjson.dumps(update)
    except TypeError as error:
        raise ValueError(str(error)) from error
