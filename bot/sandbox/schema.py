"""Checks the parameters of a call against the Bot API's own description, unknown ones included.

The description (`bot_api.json`, made by `condense_bot_api`) is compiled into closures once, so that a call costs a
handful of dictionary look-ups. Parameters arrive as JSON values or as form strings; Telegram takes objects as
JSON-serialized strings, and numbers and booleans as words, in both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import check_inline_keyboard, check_reply_keyboard

BOT_API_DESCRIPTION = Path(__file__).with_name("bot_api.json")

Check = Callable[[Any], Any]
Parameters = dict[str, Any]

_ARRAY = "Array of "
_LONGEST_INTEGER = 19
_SCALARS = frozenset({"Integer", "Float", "String", "Boolean", "InputFile"})
_FURTHER_RULES: Mapping[str, Callable[[dict[str, Any]], None]] = {
    "InlineKeyboardMarkup": check_inline_keyboard,
    "ReplyKeyboardMarkup": check_reply_keyboard,
}
_MISSING = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "callback_query_id": "query ID is not specified",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a multipart request."""

    file_name: str
    mime_type: str
    content: bytes

    def summary(self) -> dict[str, Any]:
        """Return what a record of calls keeps of it."""
        return {"file_name": self.file_name, "size": len(self.content)}


class UnfitError(Exception):
    """A value that is not of the described type; carries what Telegram would call it."""


@dataclass(frozen=True, slots=True)
class MethodSchema:
    """What one method takes."""

    name: str
    checks: Mapping[str, Check]
    required: tuple[str, ...]

    def check(self, given: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> Parameters:
        """Return the parameters in their own types, or raise ApiError; null counts as not given."""
        parameters: Parameters = {}
        for name, value in given.items():
            if value is None:
                continue
            check = self.checks.get(name)
            if check is None:
                raise bad_request(f'unknown parameter "{name}"')
            try:
                parameters[name] = check(value)
            except UnfitError as unfit:
                raise bad_request(str(unfit) if " " in str(unfit) else f'parameter "{name}" must be {unfit}') from unfit
        for name, upload in (uploads or {}).items():
            if name in self.checks:
                parameters[name] = upload
        for name in self.required:
            if name not in parameters:
                raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
        return parameters


def load_schema(path: Path = BOT_API_DESCRIPTION) -> dict[str, MethodSchema]:
    """Compile the description of every method, by name."""
    described = orjson.loads(path.read_bytes())
    compiler = _Compiler(described["types"])
    return {name: compiler.method(name, fields) for name, fields in described["methods"].items()}


class _Compiler:
    """Turns type expressions into checks; objects are compiled once, and may contain themselves."""

    def __init__(self, types: Mapping[str, Any]) -> None:
        self._types = types
        self._objects: dict[str, Check] = {}

    def method(self, name: str, fields: Mapping[str, str]) -> MethodSchema:
        checks = {field: self._parameter(expression.removesuffix("!")) for field, expression in fields.items()}
        return MethodSchema(name, checks, _required(fields))

    def _parameter(self, expression: str) -> Check:
        check = self._compile(expression)
        wanted = expression.partition("|")[0]
        if all(option in _SCALARS for option in expression.split("|")):
            return check

        def parse_and_check(value: Any) -> Any:
            if isinstance(value, str):
                try:
                    value = orjson.loads(value)
                except orjson.JSONDecodeError as error:
                    raise UnfitError(f"can't parse {wanted} JSON object") from error
            return check(value)

        return parse_and_check

    def _compile(self, expression: str) -> Check:
        options = expression.split("|")
        if all(option.startswith(_ARRAY) for option in options):
            return _array_of(self._compile("|".join(option.removeprefix(_ARRAY) for option in options)))
        scalars = [option for option in options if option in _SCALARS or option.startswith("String=")]
        objects = [member for option in options if option not in scalars for member in self._members(option)]
        if not objects:
            return _scalar_of(scalars)
        if len(objects) == 1 and not scalars:
            return self._object(objects[0])
        return self._one_of(objects, _scalar_of(scalars) if scalars else None)

    def _members(self, option: str) -> list[str]:
        described = self._types[option]
        return [name for member in described for name in self._members(member)] if isinstance(described, list) else [option]

    def _object(self, name: str) -> Check:
        if name not in self._objects:

            def later(value: Any) -> Any:  # stands in while the object's own fields refer to it
                return self._objects[name](value)

            self._objects[name] = later
            fields = self._types[name]
            checks = {field: self._compile(expression.removesuffix("!")) for field, expression in fields.items()}
            self._objects[name] = _object_of(name, checks, _required(fields))
        return self._objects[name]

    def _one_of(self, names: list[str], scalar: Check | None) -> Check:
        members = [(name, self._object(name), self._marks(name)) for name in names]

        def check(value: Any) -> Any:
            if not isinstance(value, dict) and scalar is not None:
                return scalar(value)
            if not isinstance(value, dict):
                raise UnfitError(
                    "object expected as reply markup" if "ForceReply" in names else f"{names[0]} object expected"
                )
            for _, member, marks in members:
                if all(key in value and (constant is None or constant == value[key]) for key, constant in marks):
                    return member(value)
            raise UnfitError(f"can't parse {' or '.join(names)}: no such type")

        return check

    def _marks(self, name: str) -> list[tuple[str, str | None]]:
        """Return what tells this member of a union from the others: its constants, or else all that it requires."""
        fields: Mapping[str, str] = self._types[name]
        constants = [(key, expression[7:-1]) for key, expression in fields.items() if expression.startswith("String=")]
        return [*constants] or [(key, None) for key in _required(fields)]


def _required(fields: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name, expression in fields.items() if expression.endswith("!"))


def _array_of(item_check: Check) -> Check:
    def check(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise UnfitError("Array")
        return [item_check(item) for item in value]

    return check


def _object_of(name: str, checks: Mapping[str, Check], required: tuple[str, ...]) -> Check:
    further = _FURTHER_RULES.get(name)

    def check(value: Any) -> dict[str, Any]:
        if name == "KeyboardButton" and isinstance(value, str):
            value = {"text": value}  # the documented short form
        if not isinstance(value, dict):
            raise UnfitError(f"{name} object expected")
        if name == "InlineKeyboardMarkup" and "inline_keyboard" not in value:
            raise UnfitError("inline keyboard expected")
        result = {key: _checked_field(name, checks, key, item) for key, item in value.items() if item is not None}
        for key in required:
            if key not in result:
                raise UnfitError(f"can't parse {name}: Can't find field \"{key}\"")
        if further is not None:
            further(result)
        return result

    return check


def _checked_field(name: str, checks: Mapping[str, Check], key: str, item: Any) -> Any:
    check = checks.get(key)
    if check is None:
        raise UnfitError(f'can\'t parse {name}: unknown field "{key}"')
    try:
        return check(item)
    except UnfitError as unfit:
        if " " in str(unfit):
            raise
        raise UnfitError(f'can\'t parse {name}: Field "{key}" must be of type {unfit}') from unfit


def _scalar_of(names: list[str]) -> Check:
    if len(names) == 1:
        return _SCALAR_CHECKS.get(names[0]) or _constant(names[0].removeprefix("String="))
    checks = [_SCALAR_CHECKS[name] for name in names]

    def check(value: Any) -> Any:
        for option in checks:
            try:
                return option(value)
            except UnfitError:
                continue
        raise UnfitError("or".join(names))

    return check


def _constant(expected: str) -> Check:
    def check(value: Any) -> str:
        if value != expected:
            raise UnfitError(f"String={expected}")
        return expected

    return check


def _integer(value: Any) -> int:
    if type(value) is int:
        return value
    if (
        isinstance(value, str)
        and value.removeprefix("-").isdecimal()
        and value.isascii()
        and len(value) <= _LONGEST_INTEGER
    ):
        return int(value)
    raise UnfitError("Integer")


def _float(value: Any) -> float:
    if isinstance(value, bool):
        raise UnfitError("Float")
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise UnfitError("Float") from error


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise UnfitError("String")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else None
    if word in {"true", "1"}:
        return True
    if word in {"false", "0"}:
        return False
    raise UnfitError("Boolean")


def _input_file(value: Any) -> Upload:
    if isinstance(value, Upload):
        return value
    raise UnfitError("InputFile")


_SCALAR_CHECKS: Mapping[str, Check] = {
    "Integer": _integer,
    "Float": _float,
    "String": _string,
    "Boolean": _boolean,
    "InputFile": _input_file,
}
