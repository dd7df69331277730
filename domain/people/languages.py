"""The languages that the chat speaks, by their two letters."""

from typing import Final

LANGUAGES: Final = ("en", "ar")
