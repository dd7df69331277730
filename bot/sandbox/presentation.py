"""The chats as drivers see them: plain JSON with a text, safe HTML, and addresses of files."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.rendering import render_html
from bot.sandbox.world import World

_SHOWN_PHOTOS = 12


def present_person(chat: Chat) -> dict[str, Any]:
    """Return a person as drivers see them."""
    person = chat.person
    return {
        "id": person.id,
        "slug": person.slug,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "phone": person.phone,
        "note": person.note,
        "group": person.group,
        "blocked": chat.is_blocked,
        "unread": chat.unread,
    }


def present_chat(world: World, chat: Chat) -> dict[str, Any]:
    """Return a whole chat as drivers see it."""
    person = chat.person
    return {
        "person": present_person(chat),
        "revision": chat.revision,
        "messages": [present_message(world, chat, message) for message in chat.messages.values()],
        "reply_keyboard": chat.reply_keyboard,
        "typing": chat.is_typing,
        "commands": world.profile.commands_for(person.id, person.language_code),
        "menu_button": world.profile.menu_button_for(person.id),
        "description": world.profile.descriptions.get(person.language_code[:2]) or world.profile.descriptions.get("", ""),
    }


def present_message(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    """Return a message as drivers see it; a caption is its text."""
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    return {
        "message_id": message["message_id"],
        "from": "bot" if chat.is_from_bot(message) else "person",
        "date": _iso(message["date"]),
        "edit_date": _iso(message["edit_date"]) if "edit_date" in message else None,
        "text": text,
        "html": render_html(text, entities),
        "entities": entities,
        "reply_markup": message.get("reply_markup"),
        "caption": message.get("caption"),
        "photo": _photo(message["photo"][-1]) if "photo" in message else None,
        "document": _document(message["document"]) if "document" in message else None,
        "invoice": _invoice(world, message) if "invoice" in message else None,
        "successful_payment": message.get("successful_payment"),
        "contact": message.get("contact"),
        "sticker": message.get("sticker"),
        "reply_to_message_id": message.get("reply_to_message", {}).get("message_id"),
    }


def newest_photos(chats: Iterable[Chat]) -> list[dict[str, Any]]:
    """Return the latest photos that people were sent, the newest first."""
    sent = [(chat, message) for chat in chats for message in chat.messages.values() if "photo" in message]
    sent.sort(key=lambda found: found[1]["message_id"], reverse=True)
    return [
        {
            "person": " ".join(filter(None, (chat.person.first_name, chat.person.last_name))),
            "slug": chat.person.slug,
            "message_id": message["message_id"],
            "caption": message.get("caption", ""),
            **_photo(message["photo"][-1]),
        }
        for chat, message in sent[:_SHOWN_PHOTOS]
    ]


def _photo(size: dict[str, Any]) -> dict[str, Any]:
    return {"url": _url(size), "width": size["width"], "height": size["height"]}


def _invoice(world: World, message: Message) -> dict[str, Any]:
    kept = world.invoices.find(message["message_id"])
    return {**message["invoice"], "paid": kept is not None and kept.is_paid}


def _document(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": _url(document),
        "file_name": document["file_name"],
        "mime_type": document["mime_type"],
        "size": document["file_size"],
    }


def _url(described: dict[str, Any]) -> str:
    return f"/sandbox/files/{described['file_id']}"


def _iso(unix: int) -> str:
    return datetime.fromtimestamp(unix, UTC).isoformat()
