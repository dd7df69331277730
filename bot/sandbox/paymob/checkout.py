"""What the checkout page asks: what there is to pay, and that somebody pays, is declined, or leaves."""

import hmac
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.driver_routes import DriverError, json_response, read_body, read_query
from bot.sandbox.paymob.gateway import Choice, Paymob
from bot.sandbox.paymob.ledger import Order


class _Keys(BaseModel):
    """The keys of the page's address: whose checkout, and which."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    public_key: str = Field(alias="publicKey")
    client_secret: str = Field(alias="clientSecret")


class _Attempt(_Keys):
    """A button of the page pressed."""

    action: Literal["pay", "pay_twice", "decline", "leave"]
    integration_id: int | None = None


class Checkout:
    """Handlers for the checkout page's own requests."""

    def __init__(self, paymob: Paymob) -> None:
        self._paymob = paymob

    def add_to(self, application: web.Application, prefix: str) -> None:
        """Register the routes under `prefix`."""
        application.router.add_get(f"{prefix}/intention", self.intention)
        application.router.add_post(f"{prefix}/attempt", self.attempt)

    async def intention(self, request: web.Request) -> web.Response:
        """Show what there is to pay."""
        return json_response(self._present(self._order(read_query(request, _Keys))))

    async def attempt(self, request: web.Request) -> web.Response:
        """Do what the button says, and tell where the browser goes then; callbacks are on their way meanwhile."""
        body = await read_body(request, _Attempt)
        order = self._order(body)
        choice = Choice(integration_id=self._offered(order, body.integration_id))
        if body.action == "leave":
            return json_response({"redirect": order.request.redirection_url, **self._present(order)})
        act = {"pay": self._paymob.pay, "pay_twice": self._paymob.pay_twice, "decline": self._paymob.decline}
        last = act[body.action](order, choice)[-1]
        return json_response({"redirect": self._paymob.documents.redirect(last), **self._present(order)})

    def _order(self, keys: _Keys) -> Order:
        order = self._paymob.ledger.find_order(keys.client_secret)
        is_ours = hmac.compare_digest(keys.public_key.encode(), self._paymob.account.public_key.encode())
        if not is_ours or order is None or order.client_secret != keys.client_secret:
            raise DriverError(404, "there is no such checkout")
        return order

    def _offered(self, order: Order, integration_id: int | None) -> int | None:
        if integration_id is not None and integration_id not in order.request.payment_methods:
            raise DriverError(400, "this checkout does not offer that")
        return integration_id

    def _present(self, order: Order) -> dict[str, Any]:
        request, account, now = order.request, self._paymob.account, self._paymob.ledger.now()
        last = order.transactions[-1] if order.transactions else None
        return {
            "merchant": account.merchant_name,
            "amount_cents": request.amount,
            "currency": request.currency,
            "items": [{"name": item.name, "amount_cents": item.amount} for item in request.items],
            "payer": f"{request.billing_data.first_name} {request.billing_data.last_name}",
            "order_id": order.id,
            "methods": [{"id": number, "kind": account.method_of(number)} for number in request.payment_methods],
            "state": order.state(now),
            "was_declined": last is not None and not last.success and not last.pending,
            "expires_in_seconds": (order.expires_at - now).total_seconds() if order.expires_at else None,
            "return_url": self._paymob.documents.redirect(last) if last is not None else request.redirection_url,
        }
