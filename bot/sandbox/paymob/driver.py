"""The drivers' JSON about Paymob: pay without a browser, make trouble, look at callbacks and let them go."""

from typing import Any

from aiohttp import web

from bot.sandbox.calls import CallLog
from bot.sandbox.driver_bodies import CallsView, Nothing
from bot.sandbox.driver_routes import DriverError, json_response, read_body, read_query
from bot.sandbox.paymob import driver_bodies as bodies
from bot.sandbox.paymob.callbacks import Callback
from bot.sandbox.paymob.faults import PaymobFaultRule
from bot.sandbox.paymob.gateway import Paymob
from bot.sandbox.paymob.ledger import Order, Transaction
from bot.sandbox.paymob.refusals import PaymobRefusalError


class PaymobDriver:
    """Handlers for `/sandbox/paymob/...`."""

    def __init__(self, paymob: Paymob, calls: CallLog) -> None:
        self._paymob = paymob
        self._calls = calls

    def add_to(self, application: web.Application) -> None:
        """Register the routes."""
        router, root = application.router, "/sandbox/paymob"
        router.add_get(f"{root}/orders", self.orders)
        router.add_get(f"{root}/orders/{{order}}", self.order)
        actions = (self.pay, self.decline, self.pay_twice, self.settle, self.expire, self.refund, self.void, self.save_card)
        for action in actions:
            router.add_post(f"{root}/orders/{{order}}/{action.__name__}", action)
        router.add_get(f"{root}/callbacks", self.callbacks)
        router.add_post(f"{root}/callbacks/release", self.release_all)
        router.add_post(f"{root}/callbacks/{{n:\\d{{1,18}}}}/release", self.release)
        router.add_post(f"{root}/callbacks/{{n:\\d{{1,18}}}}/resend", self.resend)
        router.add_get(f"{root}/faults", self.faults)
        router.add_post(f"{root}/faults", self.add_fault)
        router.add_delete(f"{root}/faults", self.clear_faults)
        router.add_get(f"{root}/calls", self.calls)

    # --- orders ---

    async def orders(self, _request: web.Request) -> web.Response:
        """List every checkout."""
        return json_response({"orders": [self._present(order) for order in self._paymob.ledger.orders]})

    async def order(self, request: web.Request) -> web.Response:
        """Show one checkout."""
        return json_response(self._present(self._order(request)))

    async def pay(self, request: web.Request) -> web.Response:
        """Pay."""
        order, body = self._order(request), await read_body(request, bodies.Attempt)
        return self._tried(order, self._paymob.pay(order, body.as_choice()))

    async def pay_twice(self, request: web.Request) -> web.Response:
        """Pay in two windows."""
        order, body = self._order(request), await read_body(request, bodies.Attempt)
        return self._tried(order, self._paymob.pay_twice(order, body.as_choice()))

    async def decline(self, request: web.Request) -> web.Response:
        """Try to pay, and be declined."""
        order, body = self._order(request), await read_body(request, bodies.Attempt)
        return self._tried(order, self._paymob.decline(order, body.as_choice()))

    async def settle(self, request: web.Request) -> web.Response:
        """End what is pending."""
        order, body = self._order(request), await read_body(request, bodies.Settle)
        return self._tried(order, self._paymob.settle(order, is_success=body.success))

    async def expire(self, request: web.Request) -> web.Response:
        """Let a checkout's time be up."""
        order, _ = self._order(request), await read_body(request, Nothing)
        self._paymob.expire(order)
        return json_response(self._present(order))

    async def refund(self, request: web.Request) -> web.Response:
        """Give money back from the dashboard."""
        order, body = self._order(request), await read_body(request, bodies.Refund)
        parent = self._payment(order, body.transaction_id)
        amount = body.amount_cents or parent.amount_cents - parent.refunded_amount_cents
        try:
            return self._tried(order, [self._paymob.refund(parent.id, amount)])
        except PaymobRefusalError as refusal:
            raise DriverError(400, str(refusal)) from refusal

    async def void(self, request: web.Request) -> web.Response:
        """Take a payment back from the dashboard."""
        order, body = self._order(request), await read_body(request, bodies.Void)
        try:
            return self._tried(order, [self._paymob.void(self._payment(order, body.transaction_id).id)])
        except PaymobRefusalError as refusal:
            raise DriverError(400, str(refusal)) from refusal

    async def save_card(self, request: web.Request) -> web.Response:
        """Save the payer's card."""
        order, _ = self._order(request), await read_body(request, Nothing)
        return json_response(self._paymob.save_card(order).as_json())

    # --- callbacks ---

    async def callbacks(self, request: web.Request) -> web.Response:
        """List callbacks, at once or when none of them is on its way."""
        view = read_query(request, bodies.CallbacksView)
        log = self._paymob.callbacks

        def wanted() -> list[Callback]:
            return [
                callback
                for callback in log.kept
                if callback.number > view.after and view.order in {None, callback.order_id}
            ]

        def is_quiet() -> bool:
            return all(callback.state != "sending" for callback in wanted())

        await log.changed.until(is_quiet, seconds=view.wait)
        return json_response({"callbacks": [callback.as_json() for callback in wanted()]})

    async def release(self, request: web.Request) -> web.Response:
        """Deliver one callback that is held."""
        callback = self._callback(request)
        if callback.state != "held":
            raise DriverError(400, "this callback is not held")
        self._paymob.delivery.release(callback)
        return json_response(callback.as_json())

    async def release_all(self, _request: web.Request) -> web.Response:
        """Deliver every callback that is held, oldest first."""
        held = [callback for callback in self._paymob.callbacks.kept if callback.state == "held"]
        for callback in held:
            self._paymob.delivery.release(callback)
        return json_response({"released": [callback.number for callback in held]})

    async def resend(self, request: web.Request) -> web.Response:
        """Deliver a callback once more, whatever came of it."""
        callback, body = self._callback(request), await read_body(request, bodies.Resend)
        again = self._paymob.callbacks.repeat(callback, changes=body.changes, is_signed_again=body.sign)
        self._paymob.delivery.send(again)
        return json_response(again.as_json(), 201)

    # --- trouble, and the record ---

    async def faults(self, _request: web.Request) -> web.Response:
        """List the trouble in force."""
        return json_response({"faults": self._paymob.faults.as_json()})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Make trouble."""
        self._paymob.faults.add(await read_body(request, PaymobFaultRule))
        return json_response({"faults": self._paymob.faults.as_json()}, 201)

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """End all trouble; what is held stays held."""
        self._paymob.faults.clear()
        return json_response({"faults": []})

    async def calls(self, request: web.Request) -> web.Response:
        """Return the calls to the API after one's number; status 0 is a dropped connection."""
        return json_response({"calls": self._calls.after(read_query(request, CallsView).after)})

    # --- what the path names ---

    def _order(self, request: web.Request) -> Order:
        order = self._paymob.ledger.find_order(request.match_info["order"])
        if order is None:
            raise DriverError(404, "there is no such order")
        return order

    def _callback(self, request: web.Request) -> Callback:
        callback = self._paymob.callbacks.find(int(request.match_info["n"]))
        if callback is None:
            raise DriverError(404, "there is no such callback")
        return callback

    def _payment(self, order: Order, transaction_id: int | None) -> Transaction:
        payments = [attempt for attempt in order.transactions if attempt.is_payment]
        found = [attempt for attempt in payments if transaction_id in {None, attempt.id}]
        if not found:
            raise DriverError(400, "there is no such payment on this order")
        return found[-1]

    def _tried(self, order: Order, attempts: list[Transaction]) -> web.Response:
        documents = self._paymob.documents
        return json_response(
            {
                "order": self._present(order),
                "transaction_ids": [attempt.id for attempt in attempts],
                "redirect": documents.redirect(attempts[-1]),
            }
        )

    def _present(self, order: Order) -> dict[str, Any]:
        request = order.request
        return {
            "id": order.id,
            "intention_id": order.intention_id,
            "client_secret": order.client_secret,
            "special_reference": request.special_reference,
            "amount_cents": request.amount,
            "currency": request.currency,
            "state": order.state(self._paymob.ledger.now()),
            "expires_at": order.expires_at.isoformat() if order.expires_at else None,
            "checkout": f"/paymob/unifiedcheckout/?publicKey={self._paymob.account.public_key}"
            f"&clientSecret={order.client_secret}",
            "transactions": [self._paymob.documents.transaction(attempt) for attempt in order.transactions],
        }
