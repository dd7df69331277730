"""The chats between the bot and the people: their messages, keyboards, and who blocked whom."""

import time
from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.events import EventHub
from bot.sandbox.people import SandboxPerson
from bot.sandbox.wakeup import Wakeup

KEPT_MESSAGES = 200
TYPING_SECONDS = 5.0
_LONGEST_ID = 20

Message = dict[str, Any]


class Chat:
    """The private chat with one person. Messages are Bot API objects and are replaced, never changed."""

    def __init__(self, person: SandboxPerson) -> None:
        self.person = person
        self.user = person.as_user()
        self.as_chat = person.as_chat()
        self.messages: dict[int, Message] = {}
        self.reply_keyboard: dict[str, Any] | None = None
        self.revision = 0
        self.unread = 0
        self.is_blocked = False
        self.has_written = person.has_started
        self.changed = Wakeup()
        self._typing_until = 0.0

    @property
    def is_typing(self) -> bool:
        """Say whether the bot showed a chat action in the last seconds and has written nothing since."""
        return time.monotonic() < self._typing_until

    def show_typing(self) -> None:
        """Show a chat action for a few seconds of machine time."""
        self._typing_until = time.monotonic() + TYPING_SECONDS

    def stop_typing(self) -> None:
        """Take the chat action away, as every message of the bot does."""
        self._typing_until = 0.0

    def is_from_bot(self, message: Message) -> bool:
        """Say whether the bot wrote this message."""
        return bool(message["from"]["is_bot"])


class Chats:
    """Every person's chat; message ids run through all of them, as they do for a real account."""

    def __init__(self, events: EventHub) -> None:
        self._events = events
        self._by_id: dict[int, Chat] = {}
        self._by_slug: dict[str, Chat] = {}
        self._last_message_id = 0

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._by_id.values())

    def add(self, person: SandboxPerson) -> Chat:
        """Let one more person have a phone; raise ValueError if the id or the slug is taken."""
        if person.id in self._by_id or person.slug in self._by_slug:
            raise ValueError(f"there is somebody with id {person.id} or slug {person.slug} already")
        chat = self._by_id[person.id] = self._by_slug[person.slug] = Chat(person)
        return chat

    def find(self, key: str) -> Chat | None:
        """Return the chat of the person with this slug or (in digits) id."""
        if key.isascii() and key.isdigit():
            return self._by_id.get(int(key)) if len(key) < _LONGEST_ID else None
        return self._by_slug.get(key)

    def free_id(self) -> int:
        """Return an id that nobody has."""
        return max(self._by_id, default=7_000_000_000) + 1

    def existing(self, chat_id: object) -> Chat:
        """Return the chat that a bot means, or raise ApiError."""
        chat = self._by_id.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: object) -> Chat:
        """Return the chat that a bot may write to, or raise ApiError."""
        chat = self.existing(chat_id)
        if chat.is_blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.has_written:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def next_message_id(self) -> int:
        """Return the id of the next message anywhere."""
        self._last_message_id += 1
        return self._last_message_id

    def store(self, chat: Chat, message: Message) -> None:
        """Keep a new message, or the new version of one that is kept."""
        is_new = message["message_id"] not in chat.messages
        chat.messages[message["message_id"]] = message
        if is_new and len(chat.messages) > KEPT_MESSAGES:
            del chat.messages[next(iter(chat.messages))]
        if is_new and message["from"]["is_bot"]:
            chat.unread += 1
            chat.stop_typing()
        self.touch(chat)

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for both sides."""
        del chat.messages[message_id]
        self.touch(chat)

    def touch(self, chat: Chat) -> None:
        """Let everybody who looks at this chat know that it changed."""
        chat.revision += 1
        chat.changed.notify()
        if self._events.has_listeners:
            self._events.publish("chat", person=chat.person.id, revision=chat.revision)
