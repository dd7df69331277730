"""Taps on inline buttons, each of which the bot may answer once, and soon."""

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import query_too_old
from bot.sandbox.wakeup import Wakeup

KEPT_QUERIES = 20_000


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What the bot showed to the person who tapped."""

    text: str = ""
    show_alert: bool = False
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the answer for a driver."""
        return {"text": self.text, "show_alert": self.show_alert, "url": self.url}


@dataclass(slots=True)
class CallbackQuery:
    """One tap; its age is counted in machine time."""

    id: str
    person_id: int
    born_seconds: float
    answer: QueryAnswer | None = None
    answered: Wakeup = field(default_factory=Wakeup)


class CallbackQueries:
    """The latest taps, by id."""

    def __init__(self, *, lifetime_seconds: float) -> None:
        self.lifetime_seconds = lifetime_seconds
        self._by_id: OrderedDict[str, CallbackQuery] = OrderedDict()
        self._count = 0

    def open(self, person_id: int) -> CallbackQuery:
        """Begin a query; its id looks like Telegram's, which are long and meaningless numbers."""
        self._count += 1
        query = CallbackQuery(str((person_id << 32) + self._count), person_id, time.monotonic())
        self._by_id[query.id] = query
        if len(self._by_id) > KEPT_QUERIES:
            self._by_id.popitem(last=False)
        return query

    def find(self, query_id: str) -> CallbackQuery | None:
        """Return a query that is still remembered."""
        return self._by_id.get(query_id)

    def answer(self, query_id: str, answer: QueryAnswer) -> CallbackQuery:
        """Give a query its one answer, or raise ApiError where it has one, is too old, or never was."""
        query = self._by_id.get(query_id)
        if query is None or query.answer is not None:
            raise query_too_old()
        if time.monotonic() - query.born_seconds > self.lifetime_seconds:
            raise query_too_old()
        query.answer = answer
        query.answered.notify()
        return query
