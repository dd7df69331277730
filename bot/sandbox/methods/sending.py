"""Methods that put something new into a chat."""

from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.content import (
    apply_reply_keyboard,
    compose_caption,
    compose_media,
    compose_text,
    inline_keyboard,
    remember,
    reply_to,
)
from bot.sandbox.schema import Parameters
from bot.sandbox.world import World

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(world: World, parameters: Parameters) -> Any:
    """Send a text."""
    if "text" in parameters and not parameters["text"]:
        raise bad_request("message text is empty")
    chat = world.chats.writable(parameters["chat_id"])
    return _send(world, chat, parameters, compose_text(parameters))


async def send_photo(world: World, parameters: Parameters) -> Any:
    """Send a picture with a caption."""
    chat = world.chats.writable(parameters["chat_id"])
    caption = compose_caption(parameters)
    return _send(world, chat, parameters, compose_media(world, parameters["photo"], is_photo=True) | caption)


async def send_document(world: World, parameters: Parameters) -> Any:
    """Send a file with a caption."""
    chat = world.chats.writable(parameters["chat_id"])
    caption = compose_caption(parameters)
    return _send(world, chat, parameters, compose_media(world, parameters["document"], is_photo=False) | caption)


async def send_chat_action(world: World, parameters: Parameters) -> Any:
    """Show that the bot is busy with something for this person."""
    if parameters["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.chats.writable(parameters["chat_id"])
    chat.show_typing()
    world.events.publish("typing", person=chat.person.id)
    return True


def _send(world: World, chat: Chat, parameters: Parameters, content: dict[str, Any]) -> dict[str, Any]:
    content |= inline_keyboard(parameters) | reply_to(chat, parameters)
    if parameters.get("protect_content"):
        content["has_protected_content"] = True
    if "link_preview_options" in parameters:
        content["link_preview_options"] = parameters["link_preview_options"]
    apply_reply_keyboard(chat, parameters)
    return remember(world, chat, content)
