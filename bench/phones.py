"""Everybody's phones, driven over the sandbox's JSON: open a session's card, tap its button, see what became of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
import orjson

from bench.processes import slug
from domain.ids import SessionId
from handlers.start_payload import session_payload

T = TypeVar("T")

BOOKED_SIGN = "✅"
FULL_SIGN = "🔴"
_LONG_POLL_SECONDS = 10.0
_PATIENCE_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.02
_DRIVER_CONNECTIONS = 64
_CALLS_OF_A_TAP = ("answerCallbackQuery", "editMessageText")


@dataclass(frozen=True, slots=True)
class Card:
    """A card on somebody's screen, with the button that is to be tapped."""

    place: int
    message_id: int
    data: str
    revision: int


@dataclass(frozen=True, slots=True)
class Told:
    """How long it took to tell a crowd, and how many of the bot's calls the API refused (mostly: too late)."""

    seconds: float
    refused_calls: int


class PhonesFailedError(Exception):
    """The bot did not do in time what was waited for."""


class Phones:
    """One HTTP session with a sandbox."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        connector = aiohttp.TCPConnector(limit=_DRIVER_CONNECTIONS)
        self._session = aiohttp.ClientSession(self._url, connector=connector)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    async def open_cards(self, wanted: Iterable[tuple[int, SessionId]]) -> list[Card]:
        """Have the students at these places follow a session's link, and return the cards that the bot shows them."""
        return await at_once(wanted, lambda each: self._open_card(*each), limit=16)

    async def book(self, card: Card) -> None:
        """Tap, and wait until the tap is answered and the screen edited."""
        await self._call("POST", f"people/{slug(card.place)}/tap?wait={_LONG_POLL_SECONDS:g}", _tap(card))
        await self._screen(card.place, after=card.revision, is_there=lambda message: message["edit_date"] is not None)

    async def tap_all(self, cards: Sequence[Card]) -> Told:
        """Let everybody tap at once, and wait until the last tap is answered and the last screen edited."""
        calls = await self._call("GET", "calls")
        seen = calls["calls"][-1]["n"] if calls["calls"] else 0
        begun = time.monotonic()
        taps = asyncio.gather(*(self._call("POST", f"people/{slug(card.place)}/tap", _tap(card)) for card in cards))
        left, last, refused = dict.fromkeys(_CALLS_OF_A_TAP, len(cards)), begun, 0
        while max(left.values()) > 0:
            for call in (await self._call("GET", f"calls?after={seen}"))["calls"]:
                seen, last = call["n"], call["at_monotonic"]
                if call["method"] in left:
                    left[call["method"]] -= 1
                    refused += call["status"] != 200
            if time.monotonic() - begun > _PATIENCE_SECONDS:
                raise PhonesFailedError(f"still to come: {left}")
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        await taps
        return Told(float(last - begun), refused)

    async def screens(self, cards: Sequence[Card]) -> list[str]:
        """Return what the tapped messages say now."""

        async def text(card: Card) -> str:
            chat = await self._call("GET", f"chats/{slug(card.place)}")
            return next(str(each["text"]) for each in chat["messages"] if each["message_id"] == card.message_id)

        return await at_once(cards, text, limit=16)

    async def count_chats_told_twice(self, text: str) -> int:
        """Return to how many chats the bot has sent a text more than once, by its latest calls."""
        calls = (await self._call("GET", "calls"))["calls"]
        told = Counter(
            call["parameters"].get("chat_id")
            for call in calls
            if call["method"] == "sendMessage" and text in str(call["parameters"].get("text"))
        )
        return sum(times > 1 for times in told.values())

    async def slow_down(self, seconds: float) -> None:
        """Have every call of the bot take this long (0: as fast as it can)."""
        await self._call("DELETE", "faults")
        if seconds:
            await self._call("POST", "faults", {"kind": "slow", "delay_seconds": seconds})

    async def tap_through(self, card: Card, labels: Sequence[str], *, pause_seconds: float, until: float) -> list[float]:
        """Tap one button of a message after the other, round and round, until an instant of the monotonic clock.

        Of a screen's buttons the first that contains one of the labels is tapped, by the order of the labels. Return how
        many seconds each tap took until it was answered and the screen showed something else.
        """
        took: list[float] = []
        screen = await self._message(card.place, card.message_id)
        while time.monotonic() < until:
            keys = [key for row in screen["reply_markup"]["inline_keyboard"] for key in row]
            wanted = next(key for label in labels for key in keys if label in key["text"])
            begun = time.monotonic()
            tap = {"message_id": card.message_id, "data": wanted["callback_data"]}
            await self._call("POST", f"people/{slug(card.place)}/tap?wait={_LONG_POLL_SECONDS:g}", tap)
            screen = await self._changed(card, screen)
            took.append(time.monotonic() - begun)
            await asyncio.sleep(pause_seconds)
        return took

    async def _changed(self, card: Card, was: dict[str, Any]) -> dict[str, Any]:
        """Wait until a message shows something else, and return it."""
        deadline, after = time.monotonic() + _PATIENCE_SECONDS, 0
        while time.monotonic() < deadline:
            chat = await self._call("GET", f"chats/{slug(card.place)}?after={after}&wait={_LONG_POLL_SECONDS:g}")
            message = next(each for each in chat["messages"] if each["message_id"] == card.message_id)
            if (message["text"], message["reply_markup"]) != (was["text"], was["reply_markup"]):
                return dict(message)
            after = chat["revision"]
        raise PhonesFailedError(f"a tap of {slug(card.place)} changed nothing")

    async def _message(self, place: int, message_id: int) -> dict[str, Any]:
        chat = await self._call("GET", f"chats/{slug(place)}")
        return next(dict(each) for each in chat["messages"] if each["message_id"] == message_id)

    async def _open_card(self, place: int, session_id: SessionId) -> Card:
        before = await self._call("GET", f"chats/{slug(place)}")
        latest = max((message["message_id"] for message in before["messages"]), default=0)
        await self._call("POST", f"people/{slug(place)}/start", {"payload": session_payload(session_id)})
        message, revision = await self._screen(
            place,
            after=before["revision"],
            is_there=lambda each: each["message_id"] > latest and each["reply_markup"] is not None,
        )
        button = message["reply_markup"]["inline_keyboard"][0][0]
        return Card(place, message["message_id"], button["callback_data"], revision)

    async def _screen(
        self, place: int, *, after: int, is_there: Callable[[dict[str, Any]], bool]
    ) -> tuple[dict[str, Any], int]:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            chat = await self._call("GET", f"chats/{slug(place)}?after={after}&wait={_LONG_POLL_SECONDS:g}")
            message = chat["messages"][-1] if chat["messages"] else None
            if message is not None and is_there(message):
                return message, chat["revision"]
            after = chat["revision"]
        raise PhonesFailedError(f"the bot left {slug(place)} without an answer")

    async def _call(self, method: str, path: str, body: object = None) -> Any:
        assert self._session is not None
        async with self._session.request(method, f"/sandbox/{path}", json=body) as response:
            if response.status >= 400:
                raise PhonesFailedError(await response.text())
            return orjson.loads(await response.read())


async def at_once(items: Iterable[Any], act: Callable[[Any], Awaitable[T]], *, limit: int) -> list[T]:
    """Act on every item, on at most ``limit`` at the same time, and return the results in order."""
    turns = asyncio.Semaphore(limit)

    async def one(item: Any) -> T:
        async with turns:
            return await act(item)

    return await asyncio.gather(*map(one, items))


def _tap(card: Card) -> dict[str, object]:
    return {"message_id": card.message_id, "data": card.data}
