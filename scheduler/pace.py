"""How fast messages may go out: so many a second overall, so long between two to one chat, and not while told to wait."""

import asyncio
from typing import Final

_MOST_CHATS: Final = 4096


class Pace:
    """Gives out turns, by the machine's monotonic time. Must be made where an event loop runs or will run."""

    def __init__(self, messages_a_second: float, seconds_between_in_a_chat: float) -> None:
        self._between_seconds = 1.0 / messages_a_second
        self._between_in_a_chat_seconds = seconds_between_in_a_chat
        self._next = 0.0
        self._next_of_chat: dict[int, float] = {}
        self._paused_until = 0.0

    @property
    def is_paused(self) -> bool:
        """Whether nobody gets a turn now."""
        return self._now() < self._paused_until

    def take_turn(self, chat: int, *, within_seconds: float) -> float | None:
        """Return how long to wait for a turn, which is then ours; None where it would come too late, and is not."""
        now = self._now()
        turn = max(now, self._next, self._paused_until, self._next_of_chat.get(chat, 0.0))
        if turn - now > within_seconds:
            return None
        self._next = max(now, self._next) + self._between_seconds
        self._next_of_chat[chat] = turn + self._between_in_a_chat_seconds
        if len(self._next_of_chat) > _MOST_CHATS:
            self._next_of_chat = {other: at for other, at in self._next_of_chat.items() if at > now}
        return turn - now

    def hold_back(self, chat: int, *, seconds: float, everybody: bool) -> None:
        """Give a chat no turn for a while, or nobody."""
        until = self._now() + seconds
        self._next_of_chat[chat] = max(self._next_of_chat.get(chat, 0.0), until)
        if everybody:
            self._paused_until = max(self._paused_until, until)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
