"""What Paymob's API answers to calls that do not fit: a status, and a text for each field or one for all."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

Texts = dict[str, Any]

_TEXTS = {
    "missing": "This field is required.",
    "int_type": "A valid integer is required.",
    "string_type": "Not a valid string.",
    "list_type": "Expected a list of items.",
    "extra_forbidden": "Unknown field.",
    "too_short": "This list may not be empty.",
    "string_too_short": "This field may not be blank.",
}


class PaymobRefusalError(Exception):
    """A call that Paymob refuses."""

    def __init__(self, status: int, body: Texts) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body


def invalid_fields(error: ValidationError) -> PaymobRefusalError:
    """Build the refusal that says for each field what is wrong with it; positions in lists are left out, as Paymob does."""
    body: Texts = {}
    for detail in error.errors(include_url=False, include_input=False):
        *parents, name = [part for part in detail["loc"] if isinstance(part, str)] or ["non_field_errors"]
        place = body
        for parent in parents:
            place = place.setdefault(parent, {})
            if not isinstance(place, dict):  # the parent itself is wrong, which says enough
                break
        else:
            place.setdefault(name, [_text(detail)])
    return PaymobRefusalError(400, body)


def invalid_field(name: str, text: str) -> PaymobRefusalError:
    """Build the refusal of one field."""
    return PaymobRefusalError(400, {name: [text]})


def refused(text: str) -> PaymobRefusalError:
    """Build the refusal of a refund or a void."""
    return PaymobRefusalError(400, {"message": text})


def not_found(text: str = "Not found.") -> PaymobRefusalError:
    """Build the refusal of a call about something that is not there."""
    return PaymobRefusalError(404, {"detail": text})


def unauthorized(text: str) -> PaymobRefusalError:
    """Build the refusal of a call without the right key."""
    return PaymobRefusalError(401, {"detail": text})


def _text(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "string_too_long":
            return f"Ensure this field has no more than {context['max_length']} characters."
        case "greater_than_equal":
            return f"Ensure this value is greater than or equal to {context['ge']}."
        case "value_error":
            return str(context["error"])
        case kind:
            return _TEXTS.get(kind, detail["msg"])
