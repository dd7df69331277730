"""The people who hold the phones of the sandbox's Telegram."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_SLUG = re.compile(r"(?=.*[a-z])[a-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class SandboxPerson:
    """Somebody with a Telegram account; `note` and `group` are only shown by the browser page.

    `has_started`: they opened the bot's chat at some time before, so that it may write to them.
    """

    id: int
    slug: str
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    phone: str = ""
    note: str = ""
    group: str = ""
    has_started: bool = False

    def __post_init__(self) -> None:
        """Refuse what the driver's paths could not address."""
        if self.id <= 0:
            raise ValueError("a person's id is a positive number")
        if _SLUG.fullmatch(self.slug) is None:
            raise ValueError("a slug is 1-64 of a-z 0-9 _ - with at least one letter")

    def as_user(self) -> dict[str, Any]:
        """Return the Bot API's User object of this person."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, **self._names()}
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def as_chat(self) -> dict[str, Any]:
        """Return the Bot API's Chat object of the private chat with this person."""
        return {"id": self.id, **self._names(), "type": "private"}

    def _names(self) -> dict[str, Any]:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value}


@dataclass(frozen=True, slots=True)
class Landmark:
    """An instant worth moving the clock to, labelled in each language ("1 hour before the next class")."""

    label: Mapping[str, str]
    at: datetime
