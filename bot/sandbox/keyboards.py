"""Telegram's rules for keyboards that types alone do not say: limits, and exactly one action a button."""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request

MAX_BUTTONS = 100
MAX_BUTTONS_IN_A_ROW = 8
MAX_CALLBACK_DATA_BYTES = 64
STYLES = frozenset({"danger", "success", "primary"})
_DECORATIONS = frozenset({"text", "style", "icon_custom_emoji_id"})


def check_inline_keyboard(markup: dict[str, Any]) -> None:
    """Refuse an InlineKeyboardMarkup that Telegram would not show."""
    rows = markup["inline_keyboard"]
    _check_size(rows)
    for row in rows:
        for button in row:
            _check_inline_button(button)


def check_reply_keyboard(markup: dict[str, Any]) -> None:
    """Refuse a ReplyKeyboardMarkup that Telegram would not show."""
    rows = markup["keyboard"]
    _check_size(rows)
    for row in rows:
        for button in row:
            _check_style(button)
            if not button["text"]:
                raise bad_request("keyboard button text must be non-empty")


def has_button(markup: dict[str, Any] | None, data: str) -> bool:
    """Say whether a button of this inline keyboard sends `data`."""
    rows = markup["inline_keyboard"] if markup else []
    return any(button.get("callback_data") == data for row in rows for button in row)


def _check_size(rows: list[list[dict[str, Any]]]) -> None:
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_A_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _check_inline_button(button: dict[str, Any]) -> None:
    actions = button.keys() - _DECORATIONS
    if not button["text"]:
        raise bad_request("BUTTON_TEXT_INVALID")
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    _check_style(button)
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not is_link(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_style(button: dict[str, Any]) -> None:
    if "style" in button and button["style"] not in STYLES:
        raise bad_request("invalid button style specified")


def is_link(url: str) -> bool:
    """Say whether Telegram makes a link of this address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc)
