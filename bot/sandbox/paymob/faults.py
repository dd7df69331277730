"""What goes wrong between a merchant and Paymob, switched on by a driver and reproducible by its seed.

Three families: what befalls a call to the API, how an attempt to pay runs, and what happens to a callback on its way.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

ApiCall = Literal["intention", "refund", "void", "token", "transaction", "order", "inquiry"]
CallbackOf = Literal["payment", "refund", "void", "token"]
ApiFault = Literal["server_error", "slow", "hang", "drop", "refund_refused"]
AttemptFault = Literal["pending_then_success", "failed_then_success", "success_then_failed"]
CallbackFault = Literal[
    "duplicated",
    "delayed",
    "reordered",
    "lost",
    "forged",
    "tampered_unsigned",
    "tampered_signed",
    "slid_digits",
    "wrong_amount",
    "wrong_currency",
    "wrong_integration",
    "wrong_owner",
]
_API_FAULTS = frozenset(get_args(ApiFault))
_ATTEMPT_FAULTS = frozenset(get_args(AttemptFault))
MOST_COPIES = 100
LONGEST_DELAY_SECONDS = 600.0


class PaymobFaultRule(BaseModel):
    """What goes wrong, for which calls or callbacks (None: all), how likely, how often (None: until it is taken back).

    `after_work` lets `server_error`, `hang` and `drop` strike when the work is done: a refund made and not answered.
    `copies` is how many of a duplicated callback arrive, `concurrently` or one after the other, `identical` to the byte or
    not. `changes` replaces what a tampered or wrong callback says, by dotted path into `obj`. `wait` lets an attempt stay
    pending until a driver settles it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ApiFault | AttemptFault | CallbackFault
    calls: list[ApiCall] | None = None
    callbacks: list[CallbackOf] | None = None
    probability: float = Field(default=1.0, ge=0, le=1)
    seed: int = 0
    count: int | None = Field(default=None, ge=1)
    status: Literal[500, 502, 503, 504] = 500
    delay_seconds: float | None = Field(default=None, ge=0, le=LONGEST_DELAY_SECONDS)
    after_work: bool = False
    copies: int = Field(default=2, ge=2, le=MOST_COPIES)
    concurrently: bool = False
    identical: bool = True
    changes: dict[str, Any] = Field(default={})
    wait: bool = False

    @property
    def pause_seconds(self) -> float:
        """Return how long a `slow` call takes longer, and how long one that `hang`s is left without an answer."""
        if self.delay_seconds is not None:
            return self.delay_seconds
        return {"slow": 0.05, "hang": LONGEST_DELAY_SECONDS}.get(self.kind, 0.0)

    @model_validator(mode="after")
    def _refuse_what_has_no_effect(self) -> "PaymobFaultRule":
        if self.calls is not None and self.kind not in _API_FAULTS:
            raise ValueError(f"calls: {self.kind} befalls no calls")
        if self.callbacks is not None and self.kind in _API_FAULTS | _ATTEMPT_FAULTS:
            raise ValueError(f"callbacks: {self.kind} befalls no callbacks")
        return self


@dataclass(slots=True)
class _ActiveRule:
    rule: PaymobFaultRule
    left: int | None
    rng: random.Random = field(repr=False)

    def strikes(self) -> bool:
        if self.left == 0 or (self.rule.probability < 1 and self.rng.random() >= self.rule.probability):
            return False
        if self.left is not None:
            self.left -= 1
        return True


class PaymobFaults:
    """The rules in force."""

    def __init__(self) -> None:
        self._rules: list[_ActiveRule] = []

    def add(self, rule: PaymobFaultRule) -> None:
        """Put a rule in force beside the others."""
        rng = random.Random(rule.seed)  # noqa: S311 -- reproducible, not secret
        self._rules.append(_ActiveRule(rule, rule.count, rng))

    def clear(self) -> None:
        """Take back every rule."""
        self._rules.clear()

    def as_json(self) -> list[dict[str, Any]]:
        """Return the rules in force, and how many times each will still strike."""
        return [active.rule.model_dump() | {"left": active.left} for active in self._rules]

    def of_call(self, call: ApiCall) -> list[PaymobFaultRule]:
        """Return what befalls one call to the API."""
        return self._struck(
            active
            for active in self._rules
            if active.rule.kind in _API_FAULTS
            and (active.rule.calls is None or call in active.rule.calls)
            and (active.rule.kind != "refund_refused" or call == "refund")
        )

    def of_attempt(self) -> PaymobFaultRule | None:
        """Return how an attempt to pay runs, None for as it should; the first rule that strikes counts."""
        of_attempts = (active for active in self._rules if active.rule.kind in _ATTEMPT_FAULTS)
        return next((active.rule for active in of_attempts if active.strikes()), None)

    def of_callback(self, subject: CallbackOf) -> list[PaymobFaultRule]:
        """Return what happens to one callback; several things may."""
        return self._struck(
            active
            for active in self._rules
            if active.rule.kind not in _API_FAULTS | _ATTEMPT_FAULTS
            and (active.rule.callbacks is None or subject in active.rule.callbacks)
            and (active.rule.kind != "slid_digits" or subject != "token")  # a saved card has no amount
        )

    def _struck(self, candidates: Iterable[_ActiveRule]) -> list[PaymobFaultRule]:
        return [active.rule for active in candidates if active.strikes()]
