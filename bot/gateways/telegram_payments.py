"""Telegram Payments behind the gateway's port: the invoice is a message, and the provider is never called by us.

Refunds are made by hand in the provider's own pages; an admin then says how they went.
"""

from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.finance.gateway import (
    Checkout,
    CheckoutRequest,
    ForgedReportError,
    GatewayRefusedError,
    GatewayTransaction,
    Report,
    UnreadableReportError,
)
from domain.finance.gateway_model import Gateway


class TelegramPayments:
    """See ``domain.finance.gateway.PaymentGateway``."""

    provider = Gateway.TELEGRAM
    needs_phone = False
    refunds_by_hand = True

    async def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Return the order that the invoice's payload names; there is no page."""
        return Checkout(request.payment_key, None)

    async def inquire(self, order_id: str) -> tuple[Report, ...]:  # noqa: ARG002 -- the port's signature
        """Return nothing: Telegram keeps its updates until we have taken them, and cannot be asked."""
        return ()

    async def refund(self, transaction_id: str, *, amount_minor: int) -> str:  # noqa: ARG002 -- the port's signature
        """Refuse: it is made by hand."""
        raise GatewayRefusedError("refunds are made by hand")

    async def void(self, transaction_id: str) -> str:  # noqa: ARG002 -- the port's signature
        """Refuse: it is made by hand."""
        raise GatewayRefusedError("refunds are made by hand")


class _Payment(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    payload: Annotated[str, Field(min_length=1)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    total_amount: Annotated[int, Field(gt=0)]
    telegram_payment_charge_id: Annotated[str, Field(min_length=1)]
    provider_payment_charge_id: str


class TelegramReports:
    """See ``domain.finance.gateway.GatewayReports``: reports come as updates, and are kept by ``handlers.chat``."""

    provider = Gateway.TELEGRAM

    def open(self, body: bytes, signature: str) -> Report | None:  # noqa: ARG002 -- the port's signature
        """Let nothing in: Telegram Payments posts nowhere."""
        raise ForgedReportError

    def read(self, body: str) -> GatewayTransaction:
        """Return the payment."""
        try:
            said = _Payment.model_validate(orjson.loads(body))
        except (ValidationError, ValueError):
            raise UnreadableReportError from None
        return GatewayTransaction(
            id=said.telegram_payment_charge_id,
            order_id=said.payload,
            amount_minor=said.total_amount,
            currency=said.currency,
            is_pending=False,
            is_success=True,
            has_parent=False,
            is_voided=False,
            is_refunded=False,
        )
