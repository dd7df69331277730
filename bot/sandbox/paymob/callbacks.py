"""Processed callbacks: written and signed when something happened, perhaps harmed on purpose, then delivered by HTTP."""

import copy
import itertools
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from bot.sandbox.paymob.account import PaymobAccount
from bot.sandbox.paymob.faults import CallbackOf, PaymobFaultRule
from bot.sandbox.paymob.signing import CallbackType, sign
from bot.sandbox.wakeup import Wakeup

KEPT_CALLBACKS = 20_000
_KEPT_ATTEMPTS = 50

State = Literal["sending", "held", "delivered", "refused", "given_up", "lost", "no_address"]
"""`held` waits for a release, `refused` was answered 4xx, `given_up` was tried as often as Paymob tries."""

_FORGED = "0" * 128
_DEFAULT_CHANGES: dict[str, dict[str, Any]] = {
    "tampered_unsigned": {"order.merchant_order_id": "somebody-elses", "refunded_amount_cents": 1, "is_refund": True},
    "tampered_signed": {"amount_cents": 1},
    "wrong_amount": {"amount_cents": 1},
    "wrong_currency": {"currency": "USD"},
    "wrong_integration": {"integration_id": 1},
    "wrong_owner": {"owner": 1},
}
_SIGNED_AFTER_CHANGES = frozenset({"wrong_amount", "wrong_currency", "wrong_integration", "wrong_owner"})


@dataclass(slots=True, eq=False)
class Callback:
    """One callback: what is posted, where to, and how that went. `copies` are the bodies that are posted."""

    number: int
    order_id: int
    type: CallbackType
    subject: CallbackOf
    url: str
    signature: str
    copies: list[bytes]
    state: State = "sending"
    concurrently: bool = False
    waits_for_next: bool = False
    faults: list[str] = field(default_factory=list)
    resent_of: int | None = None
    attempts: list[int | str] = field(default_factory=list)

    @property
    def obj(self) -> dict[str, Any]:
        """Return what the callback says."""
        found: dict[str, Any] = orjson.loads(self.copies[0])["obj"]
        return found

    def note(self, outcome: int | str) -> None:
        """Remember a status or a failure."""
        if len(self.attempts) < _KEPT_ATTEMPTS:
            self.attempts.append(outcome)

    def as_json(self) -> dict[str, Any]:
        """Return the callback for a driver."""
        return {
            "n": self.number,
            "order_id": self.order_id,
            "type": self.type,
            "subject": self.subject,
            "state": self.state,
            "url": self.url,
            "hmac": self.signature,
            "obj": self.obj,
            "copies": len(self.copies),
            "faults": self.faults,
            "resent_of": self.resent_of,
            "attempts": self.attempts,
        }


class CallbackLog:
    """The latest callbacks, numbered from 1, the youngest last."""

    def __init__(self, account: PaymobAccount) -> None:
        self.changed = Wakeup()
        self._account = account
        self._by_number: OrderedDict[int, Callback] = OrderedDict()
        self._numbers = itertools.count(1)

    @property
    def kept(self) -> list[Callback]:
        """Return the kept callbacks, oldest first."""
        return list(self._by_number.values())

    def find(self, number: int) -> Callback | None:
        """Return a callback that is still kept."""
        return self._by_number.get(number)

    def write(
        self,
        *,
        order_id: int,
        kind: CallbackType,
        subject: CallbackOf,
        url: str | None,
        obj: dict[str, Any],
        rules: Iterable[PaymobFaultRule] = (),
    ) -> Callback:
        """Write and sign a callback, with the harm that `rules` do to it."""
        said, signature = copy.deepcopy(obj), sign(self._account.hmac_secret, kind, obj)
        callback = Callback(next(self._numbers), order_id, kind, subject, url or "", signature, [])
        copies, is_identical = 1, True
        for rule in rules:
            callback.faults.append(rule.kind)
            match rule.kind:
                case "duplicated":
                    copies, is_identical, callback.concurrently = rule.copies, rule.identical, rule.concurrently
                case "lost":
                    callback.state = "lost"
                case "delayed" | "reordered":
                    callback.state = "held"
                    callback.waits_for_next = rule.kind == "reordered"
                case "forged":
                    callback.signature = _FORGED
                case "slid_digits":
                    _slide_digits(said)
                case _:
                    change(said, rule.changes or _DEFAULT_CHANGES[rule.kind])
                    if rule.kind in _SIGNED_AFTER_CHANGES:
                        callback.signature = sign(self._account.hmac_secret, kind, said)
        callback.copies = [_body(kind, said, 0 if is_identical else index) for index in range(copies)]
        if url is None:
            callback.state = "no_address"
        return self._keep(callback)

    def repeat(self, original: Callback, *, changes: dict[str, Any], is_signed_again: bool) -> Callback:
        """Write an earlier callback once more, to the byte where nothing is changed."""
        obj = original.obj
        change(obj, changes)
        signature = sign(self._account.hmac_secret, original.type, obj) if is_signed_again else original.signature
        body = _body(original.type, obj, 0) if changes else original.copies[0]
        again = Callback(
            next(self._numbers), original.order_id, original.type, original.subject, original.url, signature, [body]
        )
        again.resent_of = original.number
        again.state = "sending" if original.url else "no_address"
        return self._keep(again)

    def _keep(self, callback: Callback) -> Callback:
        self._by_number[callback.number] = callback
        if len(self._by_number) > KEPT_CALLBACKS:
            self._by_number.popitem(last=False)
        self.changed.notify()
        return callback


def change(obj: dict[str, Any], changes: dict[str, Any]) -> None:
    """Set values by dotted paths, and make what lies on the way an object where it is none."""
    for path, value in changes.items():
        *parents, name = path.split(".")
        place = obj
        for parent in parents:
            if not isinstance(place.get(parent), dict):
                place[parent] = {}
            place = place[parent]
        place[name] = value


def _slide_digits(obj: dict[str, Any]) -> None:
    """Move a digit over the border of two signed fields: the signature still fits, the amount is another."""
    digits = str(obj["amount_cents"])
    obj["amount_cents"] = int(digits[:-1] or 0)
    obj["created_at"] = digits[-1] + obj["created_at"]


def _body(kind: CallbackType, obj: dict[str, Any], index: int) -> bytes:
    extra = {"accept_fees": 0, "issuer_bank": None, "transaction_processed_callback_responses": "x" * index}
    return orjson.dumps({"type": kind, "obj": obj, **(extra if kind == "TRANSACTION" else {})})
