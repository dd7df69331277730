"""Paymob's processed callbacks: whether Paymob has signed them, and what they say.

HMAC-SHA512 over some values of ``obj``, joined without a separator (Paymob's developer pages, "HMAC calculation"). Two
traps follow. What is not signed (``merchant_order_id``, ``is_refund``, ``parent_transaction`` …) may say anything and is
never looked at; and digits can slide from one signed value into the next, so their types, our integration and our owner
are insisted upon.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from domain.finance.gateway import Doubt, ForgedReportError, GatewayTransaction, Report, UnreadableReportError
from domain.finance.gateway_model import Gateway

_SIGNED: Final = {
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
_INQUIRED: Final = "INQUIRY"  # what we write above a transaction that we have asked for ourselves
_CREATED_AT = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?")


def signed_text(kind: str, obj: dict[str, Any]) -> str:
    """Return what Paymob signs of a callback's ``obj``. Raises KeyError for a kind that it does not sign."""
    return "".join(_written(_value(obj, path)) for path in _SIGNED[kind])


def signature_of(secret: str, text: str) -> str:
    """Return the signature of a text, in lower-case hex."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def _value(obj: Any, path: str) -> Any:
    for key in path.split("."):
        obj = obj.get(key) if isinstance(obj, dict) else None
    return obj


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _check_instant(text: str) -> str:
    if _CREATED_AT.fullmatch(text) is None:
        raise ValueError("not an instant as Paymob writes it")
    return text


_Id = Annotated[int, Field(gt=0, lt=2**63)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Order(_Model):
    id: _Id


class _Source(_Model):
    pan: str | None = None
    sub_type: str | None = None
    type: str | None = None


class PaymobTransaction(_Model):
    """The signed values of a transaction, by their types. What is not signed is not here."""

    amount_cents: Annotated[int, Field(ge=0, lt=2**53)]
    created_at: Annotated[str, AfterValidator(_check_instant)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    error_occured: bool
    has_parent_transaction: bool
    id: _Id
    integration_id: _Id
    is_3d_secure: bool
    is_auth: bool
    is_capture: bool
    is_refunded: bool
    is_standalone_payment: bool
    is_voided: bool
    order: _Order
    owner: _Id
    pending: bool
    source_data: _Source
    success: bool


@dataclass(frozen=True, slots=True)
class PaymobReports:
    """See ``domain.finance.gateway.GatewayReports``. Without an ``owner``, any merchant's reports pass as ours."""

    hmac_secret: str
    integration_ids: frozenset[int]
    owner: int | None = None

    @property
    def provider(self) -> Gateway:
        """Return whose reports these are."""
        return Gateway.PAYMOB

    def open(self, body: bytes, signature: str) -> Report | None:
        """Check the signature, on bytes and in constant time. Saved cards do not concern us, and are not kept."""
        try:
            given = orjson.loads(body)
            kind, obj = given["type"], given["obj"]
            text = signed_text(kind, obj)
        except (ValueError, KeyError, TypeError):
            raise ForgedReportError from None
        expected = signature_of(self.hmac_secret, text)
        if not hmac.compare_digest(signature.encode(errors="replace"), expected.encode()):
            raise ForgedReportError
        return report_of(body.decode(), obj) if kind == "TRANSACTION" else None

    def read(self, body: str) -> GatewayTransaction:
        """Insist on the types, and say where a report is not about our own integrations or account."""
        try:
            said = PaymobTransaction.model_validate(orjson.loads(body)["obj"])
        except (ValidationError, ValueError, KeyError, TypeError):
            raise UnreadableReportError from None  # the fault would quote what it says of the payer
        return GatewayTransaction(
            id=str(said.id),
            order_id=str(said.order.id),
            amount_minor=said.amount_cents,
            currency=said.currency,
            is_pending=said.pending,
            is_success=said.success and not said.pending and not said.error_occured and not said.is_auth,
            has_parent=said.has_parent_transaction,
            is_voided=said.is_voided,
            is_refunded=said.is_refunded,
            doubt=self._doubt(said),
        )

    def _doubt(self, said: PaymobTransaction) -> Doubt | None:
        if self.owner is not None and said.owner != self.owner:
            return Doubt.OWNER
        return None if said.integration_id in self.integration_ids else Doubt.INTEGRATION


def inquired(obj: dict[str, Any]) -> Report:
    """Return a transaction that Paymob answered to our own question, as it is to be kept."""
    body = orjson.dumps({"type": _INQUIRED, "obj": obj}, option=orjson.OPT_SORT_KEYS).decode()
    return report_of(body, obj)


def report_of(body: str, obj: Any) -> Report:
    """Return a report with the ids that it can be found by."""
    order_id, transaction_id = _value(obj, "order.id"), _value(obj, "id")
    return Report(body, _id_text(order_id), _id_text(transaction_id))


def _id_text(value: Any) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
