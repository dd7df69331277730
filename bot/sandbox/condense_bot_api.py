"""Condenses a machine-readable description of the Bot API into `bot_api.json`, which the sandbox validates against.

The source is the JSON that the public project PaulSonOfLars/telegram-bot-api-spec publishes as `api.json`:

    {"version": "Bot API X.Y",
     "methods": {NAME: {"fields": [{"name", "types": ["Integer", "Array of BotCommand", …], "required", "description"}]}},
     "types":   {NAME: {"fields": […as above…]} or {"subtypes": [NAME, …]}}}

The result keeps what validation needs: each method's parameters, and the objects that can be reached from them.
A field is written as its types joined by `|`, with a `!` at the end where it is required; `String=photo` is a string with
that one value, as the discriminating field of a union's member has it.

Usage: python -m bot.sandbox.condense_bot_api path/to/api.json
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("bot_api.json")
_CONSTANT = re.compile(r"(?:must be|always) [\"“]?([a-z0-9_]+)[\"”]?$")
_ARRAY = "Array of "


def condense(source: dict[str, Any]) -> dict[str, Any]:
    """Return the condensed form of a whole description."""
    methods = {name: _fields(method) for name, method in source["methods"].items()}
    types: dict[str, Any] = {}
    waiting = [name for fields in methods.values() for name in _named_types(fields)]
    while waiting:
        name = waiting.pop()
        if name in types or name not in source["types"]:
            continue
        subtypes = source["types"][name].get("subtypes", [])
        types[name] = subtypes or _fields(source["types"][name])
        waiting.extend(subtypes or _named_types(types[name]))
    return {"version": source["version"], "methods": methods, "types": dict(sorted(types.items()))}


def _fields(described: dict[str, Any]) -> dict[str, str]:
    return {field["name"]: _expression(field) for field in described.get("fields", [])}


def _expression(field: dict[str, Any]) -> str:
    types = list(field["types"])
    constant = _CONSTANT.search(field["description"]) if types == ["String"] and field["required"] else None
    if constant is not None:
        types = [f"String={constant[1]}"]
    return "|".join(types) + ("!" if field["required"] else "")


def _named_types(fields: dict[str, str]) -> Iterator[str]:
    for expression in fields.values():
        for option in expression.removesuffix("!").split("|"):
            yield option.replace(_ARRAY, "")


def main(arguments: list[str]) -> None:
    """Read the description named on the command line and write the condensed one beside this module."""
    source = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    TARGET.write_text(json.dumps(condense(source), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
