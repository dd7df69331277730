"""Paymob's signatures: HMAC-SHA512 over some values of a callback's `obj`, joined without a separator.

Source: Paymob's developer pages, "HMAC calculation". The fields that are missing here are not protected by anything.
"""

import hashlib
import hmac
from typing import Any, Literal

CallbackType = Literal["TRANSACTION", "TOKEN"]

SIGNED_FIELDS: dict[CallbackType, tuple[str, ...]] = {
    "TRANSACTION": (
        "amount_cents",
        "created_at",
        "currency",
        "error_occured",
        "has_parent_transaction",
        "id",
        "integration_id",
        "is_3d_secure",
        "is_auth",
        "is_capture",
        "is_refunded",
        "is_standalone_payment",
        "is_voided",
        "order.id",
        "owner",
        "pending",
        "source_data.pan",
        "source_data.sub_type",
        "source_data.type",
        "success",
    ),
    "TOKEN": ("card_subtype", "created_at", "email", "id", "masked_pan", "merchant_id", "order_id", "token"),
}


def signed_text(kind: CallbackType, obj: dict[str, Any]) -> str:
    """Return what is signed of a callback's `obj`."""
    return "".join(_written(_value(obj, path)) for path in SIGNED_FIELDS[kind])


def sign(secret: str, kind: CallbackType, obj: dict[str, Any]) -> str:
    """Return the signature in lower-case hex."""
    return hmac.new(secret.encode(), signed_text(kind, obj).encode(), hashlib.sha512).hexdigest()


def _value(obj: dict[str, Any], path: str) -> Any:
    value: Any = obj
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None  # what a forger left out is signed as null
    return value


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
