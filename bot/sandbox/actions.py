"""What people do with their phones, and the updates that the bot gets of it."""

import re
from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.entities import utf16_length
from bot.sandbox.invoices import PreCheckoutQuery
from bot.sandbox.keyboards import has_button
from bot.sandbox.queries import CallbackQuery
from bot.sandbox.schema import Upload
from bot.sandbox.world import World

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]+)?(?=\s|$)")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_TYPED = 4096


class ImpossibleError(Exception):
    """Something that a person with an unmodified client cannot do."""


class PeoplesActions:
    """Acts for the people: each method is one thing done on a phone."""

    def __init__(self, world: World) -> None:
        self._world = world

    def say(self, chat: Chat, text: str) -> tuple[int, int]:
        """Write a text; return the ids of the message and of its update."""
        if not text.strip():
            raise ImpossibleError("a text is not empty")
        if utf16_length(text) > _MAX_TYPED:
            raise ImpossibleError(f"a client cuts what is longer than {_MAX_TYPED} into several messages")
        return self._write(chat, _typed(text))

    def start(self, chat: Chat, payload: str) -> tuple[int, int]:
        """Press Start, or follow a deep link; this also ends a block, as the client's Restart does."""
        if payload and _PAYLOAD.fullmatch(payload) is None:
            raise ImpossibleError("a start payload is 1-64 of A-Z a-z 0-9 _ -")
        if chat.is_blocked:
            self.unblock(chat)
        return self.say(chat, f"/start {payload}" if payload else "/start")

    def tap(self, chat: Chat, message_id: int, data: str, *, is_forged: bool) -> tuple[CallbackQuery, int]:
        """Tap an inline button; a forged tap may carry anything, from any message."""
        message = chat.messages.get(message_id)
        if not is_forged and (message is None or not has_button(message.get("reply_markup"), data)):
            raise ImpossibleError("that message shows no such button")
        self._refuse_blocked(chat)
        query = self._world.queries.open(chat.person.id)
        content = {
            "id": query.id,
            "from": chat.user,
            "message": message or {"chat": chat.as_chat, "message_id": message_id, "date": 0},
            "chat_instance": str(-chat.person.id * 7919),
            "data": data,
        }
        return query, self._world.updates.put("callback_query", content, chat.person.id)

    def begin_payment(self, chat: Chat, message_id: int) -> tuple[PreCheckoutQuery, int]:
        """Press Pay and confirm; the bot is asked first."""
        invoice = self._world.invoices.find(message_id)
        if invoice is None or message_id not in chat.messages:
            raise ImpossibleError("that message is no invoice of this chat")
        if invoice.is_paid:
            raise ImpossibleError("this invoice has been paid")
        self._refuse_blocked(chat)
        query = self._world.invoices.ask(chat.person.id, invoice)
        content = {
            "id": query.id,
            "from": chat.user,
            "currency": invoice.currency,
            "total_amount": invoice.total_amount,
            "invoice_payload": invoice.payload,
        }
        return query, self._world.updates.put("pre_checkout_query", content, chat.person.id)

    def finish_payment(self, chat: Chat, query: PreCheckoutQuery) -> tuple[dict[str, Any], int, int]:
        """Let the money move; return the payment, and the ids of the message about it and of its update."""
        payment = self._world.invoices.successful_payment(query.invoice, chat.person.id)
        return payment, *self._write(chat, {"successful_payment": payment})

    def share_contact(self, chat: Chat, phone: str, user_id: int | None) -> tuple[int, int]:
        """Share a phone number: one's own, or somebody else's from the address book."""
        person = chat.person
        contact = {"phone_number": phone, "first_name": person.first_name, "user_id": person.id}
        if user_id is not None and user_id != person.id:
            contact |= {"first_name": "Somebody else", "user_id": user_id}
        elif person.last_name:
            contact["last_name"] = person.last_name
        return self._write(chat, {"contact": contact})

    def send_photo(self, chat: Chat, upload: Upload, caption: str) -> tuple[int, int]:
        """Send a picture."""
        photo = self._world.files.keep_photo(upload).as_photo()
        return self._write(chat, {"photo": photo, **({"caption": caption} if caption else {})})

    def send_sticker(self, chat: Chat) -> tuple[int, int]:
        """Send a sticker."""
        sticker = {
            "file_id": "CAACsticker",
            "file_unique_id": "AgADsticker",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._write(chat, {"sticker": sticker})

    def edit(self, chat: Chat, message_id: int, text: str) -> tuple[int, int]:
        """Edit a text that one wrote oneself."""
        message = chat.messages.get(message_id)
        if message is None or chat.is_from_bot(message) or "text" not in message:
            raise ImpossibleError("people edit only texts of their own")
        self._refuse_blocked(chat)
        kept = {key: value for key, value in message.items() if key != "entities"}
        edited = kept | _typed(text) | {"edit_date": self._world.unix_now()}
        self._world.chats.store(chat, edited)
        return message_id, self._world.updates.put("edited_message", edited, chat.person.id)

    def block(self, chat: Chat) -> int:
        """Block the bot; return the update's id."""
        chat.is_blocked = True
        return self._changed_membership(chat, "member", "kicked")

    def unblock(self, chat: Chat) -> int:
        """Let the bot write again; return the update's id."""
        chat.is_blocked = False
        return self._changed_membership(chat, "kicked", "member")

    def _changed_membership(self, chat: Chat, old: str, new: str) -> int:
        content = {
            "chat": chat.as_chat,
            "from": chat.user,
            "date": self._world.unix_now(),
            "old_chat_member": self._membership(old),
            "new_chat_member": self._membership(new),
        }
        self._world.chats.touch(chat)
        return self._world.updates.put("my_chat_member", content, chat.person.id)

    def _membership(self, status: str) -> dict[str, Any]:
        member = {"user": self._world.bot_user_brief, "status": status}
        return member | {"until_date": 0} if status == "kicked" else member

    def _write(self, chat: Chat, content: Message) -> tuple[int, int]:
        self._refuse_blocked(chat)
        message = {
            "message_id": self._world.chats.next_message_id(),
            "from": chat.user,
            "chat": chat.as_chat,
            "date": self._world.unix_now(),
            **content,
        }
        chat.has_written = True
        chat.unread = 0
        if chat.reply_keyboard is not None and chat.reply_keyboard.get("one_time_keyboard"):
            chat.reply_keyboard = None
        self._world.chats.store(chat, message)
        return message["message_id"], self._world.updates.put("message", message, chat.person.id)

    def _refuse_blocked(self, chat: Chat) -> None:
        if chat.is_blocked:
            raise ImpossibleError("this person has blocked the bot and must unblock it first")


def _typed(text: str) -> Message:
    command = _COMMAND.match(text)
    if command is None:
        return {"text": text}
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": command.end()}]}
