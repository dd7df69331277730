"""Methods about the bot itself: who it is, its commands, descriptions and menu buttons, and its files."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.profile import checked_language
from bot.sandbox.schema import Parameters
from bot.sandbox.world import World

MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120


async def get_me(world: World, _parameters: Parameters) -> Any:
    """Tell the bot who it is."""
    return world.bot_user


async def set_my_commands(world: World, parameters: Parameters) -> Any:
    """Set the commands of one scope and language."""
    scope = _known_scope(world, parameters)
    world.profile.set_commands(parameters["commands"], scope, parameters.get("language_code", ""))
    _touch(world, scope)
    return True


async def get_my_commands(world: World, parameters: Parameters) -> Any:
    """Return the commands of exactly one scope and language."""
    return world.profile.commands(_known_scope(world, parameters), parameters.get("language_code", ""))


async def delete_my_commands(world: World, parameters: Parameters) -> Any:
    """Forget the commands of one scope and language."""
    scope = _known_scope(world, parameters)
    world.profile.delete_commands(scope, parameters.get("language_code", ""))
    _touch(world, scope)
    return True


async def set_my_description(world: World, parameters: Parameters) -> Any:
    """Set what an empty chat with the bot shows."""
    _set_text(world.profile.descriptions, parameters, "description", MAX_DESCRIPTION)
    return True


async def get_my_description(world: World, parameters: Parameters) -> Any:
    """Return what an empty chat with the bot shows."""
    return {"description": _get_text(world.profile.descriptions, parameters)}


async def set_my_short_description(world: World, parameters: Parameters) -> Any:
    """Set what the bot's profile page shows."""
    _set_text(world.profile.short_descriptions, parameters, "short_description", MAX_SHORT_DESCRIPTION)
    return True


async def get_my_short_description(world: World, parameters: Parameters) -> Any:
    """Return what the bot's profile page shows."""
    return {"short_description": _get_text(world.profile.short_descriptions, parameters)}


async def set_chat_menu_button(world: World, parameters: Parameters) -> Any:
    """Set the button beside the input field, for one chat or for all that have none of their own."""
    button = parameters.get("menu_button", {"type": "default"})
    if "chat_id" not in parameters:
        world.profile.default_menu_button = {"type": "commands"} if button["type"] == "default" else button
        _touch(world, None)
        return True
    chat = world.chats.existing(parameters["chat_id"])
    world.profile.menu_buttons[chat.person.id] = button
    world.chats.touch(chat)
    return True


async def get_chat_menu_button(world: World, parameters: Parameters) -> Any:
    """Return the button of one chat, or of all that have none of their own."""
    if "chat_id" not in parameters:
        return world.profile.default_menu_button
    return world.profile.menu_button_for(world.chats.existing(parameters["chat_id"]).person.id)


async def get_file(world: World, parameters: Parameters) -> Any:
    """Tell where a file can be downloaded."""
    stored = world.files.find(parameters["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.as_json()


def _known_scope(world: World, parameters: Parameters) -> dict[str, Any] | None:
    scope: dict[str, Any] | None = parameters.get("scope")
    if scope is not None and "chat_id" in scope:
        world.chats.existing(scope["chat_id"])
    return scope


def _touch(world: World, scope: dict[str, Any] | None) -> None:
    """Let the chats that a scope covers be looked at again."""
    chats = [world.chats.existing(scope["chat_id"])] if scope is not None and "chat_id" in scope else world.chats
    for chat in chats:
        world.chats.touch(chat)


def _set_text(texts: dict[str, str], parameters: Parameters, name: str, limit: int) -> None:
    text = parameters.get(name, "")
    if len(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    texts[checked_language(parameters.get("language_code", ""))] = text


def _get_text(texts: dict[str, str], parameters: Parameters) -> str:
    """Return the text of a language, or the one for all."""
    return texts.get(checked_language(parameters.get("language_code", ""))) or texts.get("", "")
