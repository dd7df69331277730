"""What a message says: text, captions, keyboards and files, checked as Telegram checks them."""

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.entities import Entity, parse_html, trim, utf16_length
from bot.sandbox.errors import bad_request, not_simulated
from bot.sandbox.schema import Parameters, Upload
from bot.sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
_OTHER_PARSE_MODES = frozenset({"markdown", "markdownv2"})


def compose_text(parameters: Parameters) -> Message:
    """Return the `text` and `entities` of a message, or raise ApiError."""
    text, entities = _formatted(parameters, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT // 2 and utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def compose_caption(parameters: Parameters) -> Message:
    """Return the `caption` and `caption_entities` of a message, both absent where there is none, or raise ApiError."""
    text, entities = _formatted(parameters, "caption", "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def compose_media(world: World, given: Upload | str, *, is_photo: bool) -> Message:
    """Return the `photo` or `document` of a message, or raise ApiError."""
    stored = world.files.take(given, is_photo=is_photo)
    return {"photo": stored.as_photo()} if is_photo else {"document": stored.as_document()}


def inline_keyboard(parameters: Parameters) -> Message:
    """Return the `reply_markup` that stays with a message: an inline keyboard with a button at least.

    Raise ApiError for a Pay button, which only invoices have.
    """
    markup = parameters.get("reply_markup")
    if markup is None or not any(markup.get("inline_keyboard", ())):
        return {}
    if any("pay" in button for row in markup["inline_keyboard"] for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")
    return {"reply_markup": markup}


def apply_reply_keyboard(chat: Chat, parameters: Parameters) -> None:
    """Show or take away the keyboard under the input field, where a message says so."""
    markup = parameters.get("reply_markup")
    if markup is None or "inline_keyboard" in markup:
        return
    chat.reply_keyboard = markup if "keyboard" in markup else None


def reply_to(chat: Chat, parameters: Parameters) -> Message:
    """Return the message that a new one answers, or raise ApiError."""
    wanted = parameters.get("reply_parameters")
    if wanted is None:
        return {}
    replied = chat.messages.get(wanted["message_id"])
    if replied is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    if replied is None:
        return {}
    return {"reply_to_message": {key: value for key, value in replied.items() if key != "reply_to_message"}}


def _formatted(parameters: Parameters, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    text: str = parameters.get(name, "")
    if "\r" in text:
        text = text.replace("\r", "")
    mode = parameters.get("parse_mode", "").lower()
    if mode == "html":
        return trim(*parse_html(text))
    if mode in _OTHER_PARSE_MODES:
        raise not_simulated(f"parse_mode {parameters['parse_mode']}")
    if mode:
        raise bad_request("unsupported parse_mode")
    return trim(text, _within(text, parameters.get(entities_name, [])))


def _within(text: str, entities: list[Entity]) -> list[Entity]:
    length = utf16_length(text) if entities else 0
    for entity in entities:
        if not 0 <= entity["offset"] < entity["offset"] + entity["length"] <= length:
            raise bad_request("entity begins or ends outside of the text")
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def remember(world: World, chat: Chat, content: Message) -> dict[str, Any]:
    """Put a new message of the bot into the chat and return it."""
    message: Message = {
        "message_id": world.chats.next_message_id(),
        "from": world.bot_user_brief,
        "chat": chat.as_chat,
        "date": world.unix_now(),
        **content,
    }
    world.chats.store(chat, message)
    return message
