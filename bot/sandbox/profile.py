"""What a bot sets up once for its chats: commands by scope and language, descriptions, menu buttons."""

import re
from typing import Any

from bot.sandbox.errors import bad_request

MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})

Command = dict[str, Any]
_Scope = tuple[str, int | None, int | None]


class BotProfile:
    """The bot's settings at Telegram."""

    def __init__(self) -> None:
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self.default_menu_button: dict[str, Any] = {"type": "commands"}
        self.menu_buttons: dict[int, dict[str, Any]] = {}
        self._commands: dict[tuple[_Scope, str], list[Command]] = {}

    def set_commands(self, commands: list[Command], scope: dict[str, Any] | None, language: str) -> None:
        """Replace the commands of one scope and language, or raise ApiError."""
        if not commands:
            raise bad_request("command list is empty")
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if _COMMAND.fullmatch(command["command"]) is None:
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= MAX_COMMAND_DESCRIPTION:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._commands[_scope(scope), checked_language(language)] = commands

    def commands(self, scope: dict[str, Any] | None, language: str) -> list[Command]:
        """Return what was set for exactly this scope and language."""
        return self._commands.get((_scope(scope), checked_language(language)), [])

    def delete_commands(self, scope: dict[str, Any] | None, language: str) -> None:
        """Forget what was set for exactly this scope and language."""
        self._commands.pop((_scope(scope), checked_language(language)), None)

    def commands_for(self, person_id: int, language_code: str) -> list[Command]:
        """Return the commands that a person sees: the narrowest scope first, in it their language first."""
        language = language_code[:2].lower()
        for scope in (("chat", person_id, None), ("all_private_chats", None, None), ("default", None, None)):
            for spoken in (language, ""):
                found = self._commands.get((scope, spoken))
                if found:
                    return found
        return []

    def menu_button_for(self, person_id: int) -> dict[str, Any]:
        """Return the button beside the input field of a person's chat."""
        button = self.menu_buttons.get(person_id, self.default_menu_button)
        return self.default_menu_button if button["type"] == "default" else button


def checked_language(code: str) -> str:
    """Return a two-letter language code or the empty one, or raise ApiError."""
    if _LANGUAGE.fullmatch(code) is None:
        raise bad_request("invalid language code specified")
    return code


def _scope(scope: dict[str, Any] | None) -> _Scope:
    kind = scope["type"] if scope else "default"
    if scope is None or kind not in _CHAT_SCOPES:
        return kind, None, None
    return kind, scope["chat_id"], scope.get("user_id")
