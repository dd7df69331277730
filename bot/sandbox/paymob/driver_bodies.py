"""The JSON that drivers send about Paymob, checked at the edge."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.driver_bodies import LONGEST_WAIT_SECONDS
from bot.sandbox.paymob.gateway import Choice


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Attempt(_Body):
    """How somebody pays; what is absent is as the intention says. `late` pays what has expired."""

    integration_id: int | None = Field(default=None, ge=1)
    amount_cents: int | None = Field(default=None, ge=0)
    currency: str | None = None
    owner: int | None = None
    late: bool = False

    def as_choice(self) -> Choice:
        """Return how it is paid."""
        return Choice(self.integration_id, self.amount_cents, self.currency, self.owner, self.late)


class Settle(_Body):
    """How what is pending ends."""

    success: bool = True


class Refund(_Body):
    """Money given back from Paymob's dashboard; None is all that is left. `transaction_id` None is the last payment."""

    amount_cents: int | None = Field(default=None, ge=1)
    transaction_id: int | None = None


class Void(_Body):
    """A payment taken back from Paymob's dashboard; None is the last one."""

    transaction_id: int | None = None


class Resend(_Body):
    """A callback sent once more, perhaps with changes by dotted path into `obj`, which `sign` signs again."""

    changes: dict[str, Any] = Field(default={})
    sign: bool = False


class CallbacksView(_Body):
    """Which callbacks are asked for; `wait` answers when none of them is on its way any more, or time is up."""

    order: int | None = None
    after: int = 0
    wait: float = Field(default=0.0, ge=0, le=LONGEST_WAIT_SECONDS)
