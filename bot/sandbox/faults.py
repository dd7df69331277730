"""Trouble on demand: what Telegram and the network do to a bot, switched on by a driver and reproducible by its seed."""

import random
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.errors import ApiError, query_too_old

FaultKind = Literal[
    "too_many_requests",
    "server_error",
    "drop_before",
    "drop_after",
    "slow",
    "redeliver",
    "redeliver_new_id",
    "payment_twice",
    "pre_checkout_twice",
    "query_too_old",
    "conflict",
]
UpdateFault = Literal["redeliver", "redeliver_new_id", "payment_twice", "pre_checkout_twice"]
_ONLY_METHOD = {"query_too_old": "answerCallbackQuery", "conflict": "getUpdates"}
_OF_UPDATES = frozenset({"redeliver", "redeliver_new_id", "payment_twice", "pre_checkout_twice"})
_SERVER_ERRORS = {500: "Internal Server Error", 502: "Bad Gateway"}
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class FaultRule(BaseModel):
    """What goes wrong, for which methods (None: all), how likely, and how often (None: until it is taken back)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: FaultKind
    methods: list[str] | None = None
    probability: float = Field(default=1.0, ge=0, le=1)
    seed: int = 0
    count: int | None = Field(default=None, ge=1)
    retry_after: int = Field(default=1, ge=1, le=3600)
    delay_seconds: float = Field(default=0.05, ge=0, le=600)
    status: Literal[500, 502] = 502


@dataclass(frozen=True, slots=True)
class Misfortune:
    """What befalls one call: wait, then fail or lose the connection before or after the method acts."""

    delay_seconds: float = 0.0
    error: ApiError | None = None
    drop_before: bool = False
    drop_after: bool = False


UNHARMED = Misfortune()


@dataclass(slots=True)
class _ActiveRule:
    rule: FaultRule
    left: int | None
    rng: random.Random = field(repr=False)

    def strikes(self, method: str) -> bool:
        rule = self.rule
        if self.left == 0 or method != _ONLY_METHOD.get(rule.kind, method):
            return False
        if rule.methods is not None and method not in rule.methods:
            return False
        if rule.probability < 1 and self.rng.random() >= rule.probability:
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Faults:
    """The rules in force."""

    def __init__(self) -> None:
        self._of_calls: list[_ActiveRule] = []
        self._of_updates: list[_ActiveRule] = []

    def add(self, rule: FaultRule) -> None:
        """Put a rule in force beside the others."""
        active = _ActiveRule(rule, rule.count, random.Random(rule.seed))  # noqa: S311 -- reproducible, not secret
        (self._of_updates if rule.kind in _OF_UPDATES else self._of_calls).append(active)

    def clear(self) -> None:
        """Take back every rule."""
        self._of_calls.clear()
        self._of_updates.clear()

    def as_json(self) -> list[dict[str, Any]]:
        """Return the rules in force, and how many times each will still strike."""
        return [active.rule.model_dump() | {"left": active.left} for active in (*self._of_calls, *self._of_updates)]

    def befall(self, method: str) -> Misfortune:
        """Decide what happens to a call of `method`; delays add up, of the rest the first that strikes counts."""
        if not self._of_calls:
            return UNHARMED
        delay, struck = 0.0, None
        for active in self._of_calls:
            if struck is not None and active.rule.kind != "slow":
                continue
            if not active.strikes(method):
                continue
            if active.rule.kind == "slow":
                delay += active.rule.delay_seconds
            else:
                struck = active.rule
        if struck is None:
            return Misfortune(delay)
        return Misfortune(delay, _error(struck), struck.kind == "drop_before", struck.kind == "drop_after")

    def repeats(self, kind: UpdateFault) -> bool:
        """Decide whether an update is handed out once more."""
        return any(active.rule.kind == kind and active.strikes("") for active in self._of_updates)


def _error(rule: FaultRule) -> ApiError | None:
    if rule.kind == "too_many_requests":
        seconds = rule.retry_after
        return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    if rule.kind == "server_error":
        return ApiError(rule.status, _SERVER_ERRORS[rule.status])
    if rule.kind == "query_too_old":
        return query_too_old()
    return ApiError(409, OTHER_POLLER) if rule.kind == "conflict" else None
