"""A person with a phone: what they read, what they say and tap. All of it over the sandbox's HTTP.

Nothing here sleeps: whoever expects something waits for it with a long poll, until a deadline; what is on the screen
then is the failure's text.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sandbox.clients import Driver

DEADLINE_SECONDS = 20.0
_NEWEST = 3
_LONGEST_POLL_SECONDS = 5.0
_INVISIBLE = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))


def as_read(text: str) -> str:
    """Return a text as eyes see it, without the marks that only steer its direction."""
    return text.translate(_INVISIBLE)


@dataclass(frozen=True, slots=True)
class Key:
    """An inline button of a message."""

    message_id: int
    label: str
    data: str
    style: str | None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of the chat."""

    message_id: int
    is_from_bot: bool
    text: str
    html: str
    keys: tuple[Key, ...]

    def __str__(self) -> str:
        """Show it as it stands in a failure's text."""
        who = "bot" if self.is_from_bot else "person"
        return f"{who}: {self.text}" + "".join(f"\n    [{key.label}]" for key in self.keys)


@dataclass(frozen=True, slots=True)
class View:
    """A chat at one moment."""

    revision: int
    bubbles: tuple[Bubble, ...]
    reply_keyboard: tuple[str, ...]
    commands: tuple[str, ...]

    @property
    def screen(self) -> Bubble | None:
        """The bot's newest message."""
        return next((bubble for bubble in reversed(self.bubbles) if bubble.is_from_bot), None)

    def find_key(self, label: str) -> Key | None:
        """Return the newest button whose label contains a text."""
        for bubble in reversed(self.bubbles):
            for key in bubble.keys:
                if label in key.label:
                    return key
        return None

    def answers_to(self, message_id: int) -> tuple[Bubble, ...]:
        """Return what the bot has written after a message."""
        return tuple(bubble for bubble in self.bubbles if bubble.is_from_bot and bubble.message_id > message_id)

    def __str__(self) -> str:
        """Show the whole chat, for a failure's text."""
        return "\n".join(map(str, self.bubbles)) or "(an empty chat)"


@dataclass(frozen=True, slots=True)
class Popup:
    """What a tap was answered with at once."""

    text: str
    is_alert: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the bot's chat open."""

    driver: Driver
    slug: str

    async def view(self, *, after: int | None = None, wait_seconds: float = 0.0) -> View:
        """Look at the chat, at once or when it is beyond a revision."""
        query = "" if after is None else f"?after={after}&wait={wait_seconds}"
        return _view(await self.driver.get(f"chats/{self.slug}{query}"))

    async def wait_until(
        self, condition: Callable[[View], object], *, seconds: float = DEADLINE_SECONDS, what: str = "what was expected"
    ) -> View:
        """Look until a condition holds; fail with what is to be read then."""
        deadline = time.monotonic() + seconds
        view = await self.view()
        while not condition(view):
            left = deadline - time.monotonic()
            assert left > 0, f"{self.slug} never saw {what}; they see:\n{view}"
            view = await self.view(after=view.revision, wait_seconds=min(left, _LONGEST_POLL_SECONDS))
        return view

    async def reads(self, *fragments: str, seconds: float = DEADLINE_SECONDS) -> str:
        """Wait until one of the newest messages contains all of the fragments, and return its text.

        Not the very newest alone: the clock sends messages of its own, below the screen that is being tapped.
        """

        def found(view: View) -> Bubble | None:
            newest = [bubble for bubble in view.bubbles if bubble.is_from_bot][-_NEWEST:]
            return next((bubble for bubble in reversed(newest) if _contains(bubble, fragments)), None)

        view = await self.wait_until(found, seconds=seconds, what=repr(fragments))
        bubble = found(view)
        assert bubble is not None
        return bubble.text

    async def screen(self) -> Bubble:
        """Return the newest screen as it is now."""
        found = (await self.view()).screen
        assert found is not None
        return found

    async def labels(self) -> list[str]:
        """Return the labels of the newest screen's buttons."""
        return [key.label for key in (await self.screen()).keys]

    async def starts(self, payload: str = "") -> Bubble:
        """Press Start, and wait for an answer."""
        sent = await self.driver.post(f"people/{self.slug}/start", payload=payload)
        return await self._answer_to(sent["message_id"])

    async def says(self, text: str) -> Bubble:
        """Write a text, and wait for an answer."""
        return await self._answer_to(await self.sends(text))

    async def sends(self, text: str) -> int:
        """Write a text, and return its message id at once."""
        sent = await self.driver.post(f"people/{self.slug}/say", text=text)
        return int(sent["message_id"])

    async def shares_contact(self, phone: str, *, user_id: int | None = None) -> Bubble:
        """Share a phone number (somebody else's where ``user_id`` says so), and wait for an answer."""
        sent = await self.driver.post(f"people/{self.slug}/contact", phone=phone, user_id=user_id)
        return await self._answer_to(sent["message_id"])

    async def does(self, action: str) -> None:
        """Do what needs no words: ``block``, ``unblock``, ``photo``, ``sticker``."""
        await self.driver.post(f"people/{self.slug}/{action}")

    async def key(self, label: str) -> Key:
        """Wait for a button whose label contains a text."""
        view = await self.wait_until(lambda view: view.find_key(label) is not None, what=f"a button {label!r}")
        found = view.find_key(label)
        assert found is not None
        return found

    async def taps(self, label: str) -> Popup:
        """Tap the newest button whose label contains a text."""
        return await self.presses(await self.key(label))

    async def presses(self, key: Key, *, seconds: float = DEADLINE_SECONDS) -> Popup:
        """Tap a button that was seen before, as it was then."""
        return await self._tap(key.message_id, key.data, seconds=seconds)

    async def forges(self, data: str, *, message_id: int | None = None) -> Popup:
        """Tap what no button says, on the newest screen."""
        return await self._tap(message_id or (await self.screen()).message_id, data, seconds=DEADLINE_SECONDS)

    async def taps_unanswered(self, key: Key) -> str:
        """Tap without waiting for anything; return the query's id."""
        tapped = await self.driver.post(f"people/{self.slug}/tap", message_id=key.message_id, data=key.data, forge=True)
        return str(tapped["callback_query_id"])

    async def _tap(self, message_id: int, data: str, *, seconds: float) -> Popup:
        # Always as a modified client would: the screen may have been redrawn since the button was seen.
        path = f"people/{self.slug}/tap?wait={seconds}"
        tapped = await self.driver.post(path, message_id=message_id, data=data, forge=True)
        assert tapped["answer"] is not None, f"{self.slug} tapped {data!r} and was never answered"
        return Popup(as_read(tapped["answer"]["text"]), tapped["answer"]["show_alert"])

    async def _answer_to(self, message_id: int) -> Bubble:
        view = await self.wait_until(lambda view: view.answers_to(message_id), what="an answer")
        return view.answers_to(message_id)[-1]


def _contains(screen: Bubble | None, fragments: tuple[str, ...]) -> bool:
    return screen is not None and all(fragment in screen.text for fragment in fragments)


def _view(chat: dict[str, Any]) -> View:
    keyboard = (chat["reply_keyboard"] or {}).get("keyboard", [])
    return View(
        revision=chat["revision"],
        bubbles=tuple(_bubble(message) for message in chat["messages"]),
        reply_keyboard=tuple(as_read(button["text"]) for row in keyboard for button in row),
        commands=tuple(command["command"] for command in chat["commands"]),
    )


def _bubble(message: dict[str, Any]) -> Bubble:
    rows = (message["reply_markup"] or {}).get("inline_keyboard", [])
    return Bubble(
        message_id=message["message_id"],
        is_from_bot=message["from"] == "bot",
        text=as_read(message["text"]),
        html=as_read(message["html"]),
        keys=tuple(
            Key(message["message_id"], as_read(button["text"]), button.get("callback_data", ""), button.get("style"))
            for row in rows
            for button in row
        ),
    )
