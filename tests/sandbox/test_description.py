"""The condensed description of the Bot API, and what is compiled of it."""

from typing import Any

import pytest

from bot.sandbox.condense_bot_api import condense
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.sandbox.schema import BOT_API_DESCRIPTION, load_schema


def field(name: str, *types: str, required: bool = True, description: str = "") -> dict[str, Any]:
    return {"name": name, "types": types, "required": required, "description": description}


SOURCE = {
    "version": "Bot API 0.1",
    "methods": {
        "draw": {"fields": [field("shape", "Shape"), field("size", "Integer", "String", required=False)]},
        "getMe": {},
    },
    "types": {
        "Shape": {"subtypes": ["Circle", "Group"]},
        "Circle": {"fields": [field("type", "String", description="Type of the shape, must be circle")]},
        "Group": {"fields": [field("members", "Array of Shape")]},
        "Unreachable": {"fields": [field("x", "Integer")]},
    },
}


def test_condensed_description_keeps_what_parameters_reach() -> None:
    assert condense(SOURCE) == {
        "version": "Bot API 0.1",
        "methods": {"draw": {"shape": "Shape!", "size": "Integer|String"}, "getMe": {}},
        "types": {
            "Circle": {"type": "String=circle!"},
            "Group": {"members": "Array of Shape!"},
            "Shape": ["Circle", "Group"],
        },
    }


def test_every_simulated_method_is_described() -> None:
    assert set(METHODS) <= set(load_schema())
    assert BOT_API_DESCRIPTION.stat().st_size < 150_000


@pytest.mark.parametrize(
    ("method", "given", "expected"),
    [
        ("getUpdates", {"timeout": "5", "allowed_updates": '["message"]'}, {"timeout": 5, "allowed_updates": ["message"]}),
        ("sendMessage", {"chat_id": "7", "text": "7", "protect_content": "true"}, None),
        (
            "sendLocation",
            {"chat_id": 1, "latitude": "1.5", "longitude": 2},
            {"chat_id": 1, "latitude": 1.5, "longitude": 2.0},
        ),
        ("getMe", {"anything": None}, {}),
    ],
)
def test_values_become_their_types(method: str, given: dict[str, Any], expected: dict[str, Any] | None) -> None:
    checked = load_schema()[method].check(given)
    assert checked == ({"chat_id": 7, "text": "7", "protect_content": True} if expected is None else expected)


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("getUpdates", {"timeout": True}),
        ("getUpdates", {"timeout": 1.5}),
        ("getUpdates", {"timeout": "1_000"}),
        ("getUpdates", {"timeout": "9" * 30}),
        ("getUpdates", {"allowed_updates": "message"}),
        ("getUpdates", {"allowed_updates": [1]}),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "maybe"}),
        ("sendLocation", {"chat_id": 1, "latitude": "north", "longitude": 2}),
        ("setChatMenuButton", {"menu_button": {"type": "web_app"}}),
        ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "poem", "media": "x"}]}),
    ],
)
def test_wrong_types_are_refused(method: str, given: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refused:
        load_schema()[method].check(given)
    assert refused.value.code == 400
