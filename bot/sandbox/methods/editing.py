"""Methods that change or delete what is in a chat."""

from typing import Any

from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request, not_simulated
from bot.sandbox.methods.content import compose_caption, compose_media, compose_text, inline_keyboard
from bot.sandbox.schema import Parameters, Upload
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 3600
_MEDIA = {"photo": True, "document": False}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")


async def edit_message_text(world: World, parameters: Parameters) -> Any:
    """Replace a message's text, and its keyboard by the given one or by none."""
    if "rich_message" in parameters:
        raise not_simulated("rich messages")
    chat, message = _own_message(world, parameters)
    content = compose_text(parameters)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    if "link_preview_options" in parameters:
        content["link_preview_options"] = parameters["link_preview_options"]
    return _replace(world, chat, message, replaced=_TEXT, content=content | inline_keyboard(parameters))


async def edit_message_caption(world: World, parameters: Parameters) -> Any:
    """Replace the caption of a photo or a document."""
    chat, message = _own_message(world, parameters)
    content = compose_caption(parameters)
    if "photo" not in message and "document" not in message:
        raise bad_request("there is no caption in the message to edit")
    return _replace(world, chat, message, replaced=_CAPTION, content=content | inline_keyboard(parameters))


async def edit_message_media(world: World, parameters: Parameters) -> Any:
    """Replace a message's photo or document together with its caption, or a text by one."""
    chat, message = _own_message(world, parameters)
    media = parameters["media"]
    if media["type"] not in _MEDIA:
        raise not_simulated(f"media of type {media['type']}")
    given = _attached(media["media"], parameters)
    content = compose_media(world, given, is_photo=_MEDIA[media["type"]]) | compose_caption(media)
    replaced = (*_TEXT, *_MEDIA, *_CAPTION)
    return _replace(world, chat, message, replaced=replaced, content=content | inline_keyboard(parameters))


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Any:
    """Replace a message's keyboard alone."""
    chat, message = _own_message(world, parameters)
    return _replace(world, chat, message, replaced=(), content=inline_keyboard(parameters))


async def delete_message(world: World, parameters: Parameters) -> Any:
    """Take a message away from both sides, while it is not older than two days."""
    chat = world.chats.writable(parameters["chat_id"])
    message = chat.messages.get(parameters["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if world.unix_now() - message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.chats.remove(chat, message["message_id"])
    return True


def _own_message(world: World, parameters: Parameters) -> tuple[Chat, Message]:
    if "inline_message_id" in parameters:
        raise not_simulated("inline messages")
    if "chat_id" not in parameters:
        raise bad_request("chat_id is empty")
    if "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    chat = world.chats.writable(parameters["chat_id"])
    message = chat.messages.get(parameters["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message["from"]["is_bot"]:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(world: World, chat: Chat, message: Message, *, replaced: tuple[str, ...], content: Message) -> Message:
    kept = {key: value for key, value in message.items() if key not in replaced and key != "reply_markup"}
    edited = kept | content
    if edited == message:
        raise bad_request(_NOT_MODIFIED)
    if replaced:
        edited["edit_date"] = world.unix_now()
    world.chats.store(chat, edited)
    return edited


def _attached(media: str, parameters: Parameters) -> Upload | str:
    if not media.startswith("attach://"):
        return media
    attached = parameters.get("attached", {}).get(media.removeprefix("attach://"))
    if not isinstance(attached, Upload):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return attached
