"""Paymob's API, as the merchant's server calls it: intentions, refunds, voids, tokens, inquiries."""

import asyncio
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.sandbox.calls import DROPPED, CallLog
from bot.sandbox.paymob import requests
from bot.sandbox.paymob.faults import ApiCall, PaymobFaultRule
from bot.sandbox.paymob.gateway import Paymob
from bot.sandbox.paymob.refusals import PaymobRefusalError, invalid_fields, not_found, refused, unauthorized

TOKEN_LIFETIME = timedelta(minutes=60)
KEPT_TOKENS = 1_000
_LONGEST_ID = 18

Answer = tuple[int, Any]
Model = TypeVar("Model", bound=BaseModel)


class _DroppedError(Exception):
    """The connection is to be lost."""


class PaymobApi:
    """Takes calls apart, lets trouble befall them, answers as Paymob does, and records everything."""

    def __init__(self, paymob: Paymob, calls: CallLog) -> None:
        self._paymob = paymob
        self._calls = calls
        self._tokens: dict[str, datetime] = {}

    def add_to(self, application: web.Application, prefix: str) -> None:
        """Register the routes under `prefix`."""
        router = application.router
        router.add_post(f"{prefix}/v1/intention/", self.create_intention)
        router.add_post(f"{prefix}/api/acceptance/void_refund/refund", self.refund)
        router.add_post(f"{prefix}/api/acceptance/void_refund/void", self.void)
        router.add_post(f"{prefix}/api/auth/tokens", self.issue_token)
        router.add_get(f"{prefix}/api/acceptance/transactions/{{id}}", self.transaction)
        router.add_get(f"{prefix}/api/ecommerce/orders/{{id}}", self.order)
        router.add_post(f"{prefix}/api/ecommerce/orders/transaction_inquiry", self.inquire)

    async def create_intention(self, request: web.Request) -> web.Response:
        """Make a checkout."""

        def work(given: Any) -> Answer:
            self._require_secret_key(request)
            order = self._paymob.create_intention(_checked(requests.IntentionRequest, given))
            return 201, self._paymob.documents.intention(order)

        return await self._answer(request, "intention", work)

    async def refund(self, request: web.Request) -> web.Response:
        """Give money back."""

        def work(given: Any) -> Answer:
            self._require_secret_key(request)
            asked = _checked(requests.RefundRequest, given)
            child = self._paymob.refund(asked.transaction_id, asked.amount_cents)
            return 201, self._paymob.documents.transaction(child)

        return await self._answer(request, "refund", work)

    async def void(self, request: web.Request) -> web.Response:
        """Take a payment back."""

        def work(given: Any) -> Answer:
            self._require_secret_key(request)
            child = self._paymob.void(_checked(requests.VoidRequest, given).transaction_id)
            return 201, self._paymob.documents.transaction(child)

        return await self._answer(request, "void", work)

    async def issue_token(self, request: web.Request) -> web.Response:
        """Issue a token for inquiries."""

        def work(given: Any) -> Answer:
            account = self._paymob.account
            if not _same(_checked(requests.TokenRequest, given).api_key, account.api_key):
                raise unauthorized("incorrect credentials")
            token = secrets.token_urlsafe(32)
            self._tokens[token] = self._paymob.ledger.now() + TOKEN_LIFETIME
            if len(self._tokens) > KEPT_TOKENS:
                del self._tokens[next(iter(self._tokens))]
            return 201, {"profile": {"id": account.owner, "active": True}, "token": token}

        return await self._answer(request, "token", work)

    async def transaction(self, request: web.Request) -> web.Response:
        """Show one transaction."""

        def work(_given: Any) -> Answer:
            self._require_token(request)
            found = self._paymob.ledger.find_transaction(_id(request))
            if found is None:
                raise not_found()
            return 200, self._paymob.documents.transaction(found)

        return await self._answer(request, "transaction", work)

    async def order(self, request: web.Request) -> web.Response:
        """Show an order with every attempt on it."""

        def work(_given: Any) -> Answer:
            self._require_token(request)
            found = self._paymob.ledger.find_order(str(_id(request)))
            if found is None:
                raise not_found()
            return 200, self._paymob.documents.order(found)

        return await self._answer(request, "order", work)

    async def inquire(self, request: web.Request) -> web.Response:
        """Show the last attempt on an order, which the merchant may name by a reference of their own."""

        def work(given: Any) -> Answer:
            self._require_token(request)
            asked = _checked(requests.InquiryRequest, given)
            key = asked.merchant_order_id or str(asked.order_id)
            found = self._paymob.ledger.find_order(key)
            if found is None or not found.transactions:
                raise not_found()
            return 200, self._paymob.documents.transaction(found.transactions[-1])

        return await self._answer(request, "inquiry", work)

    # --- what every call has in common ---

    async def _answer(self, request: web.Request, call: ApiCall, work: Callable[[Any], Answer]) -> web.Response:
        given: Any = {}
        try:
            given = await _json(request) if request.method == "POST" else {"id": request.match_info["id"]}
            rules = self._paymob.faults.of_call(call)
            await _befall([rule for rule in rules if not rule.after_work])
            status, body = work(given)
            await _befall([rule for rule in rules if rule.after_work])
        except PaymobRefusalError as refusal:
            status, body = refusal.status, refusal.body
        except _DroppedError:
            self._calls.add(call, given, DROPPED)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        self._calls.add(call, given, status)
        return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")

    def _require_secret_key(self, request: web.Request) -> None:
        if not _same(request.headers.get("Authorization", ""), f"Token {self._paymob.account.secret_key}"):
            raise unauthorized("Authentication credentials were not provided.")

    def _require_token(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        expires_at = self._tokens.get(token) if scheme == "Bearer" else None
        if expires_at is None or self._paymob.ledger.now() >= expires_at:
            raise unauthorized("incorrect credentials")


async def _befall(rules: list[PaymobFaultRule]) -> None:
    """Let trouble happen: delays first, then what ends the call."""
    for rule in rules:
        await asyncio.sleep(rule.pause_seconds)
    for rule in rules:
        if rule.kind == "server_error":
            raise PaymobRefusalError(rule.status, {"detail": "Server Error"})
        if rule.kind in {"drop", "hang"}:
            raise _DroppedError
        if rule.kind == "refund_refused":
            raise refused("Insufficient balance to perform this transaction")


async def _json(request: web.Request) -> Any:
    if request.content_type != "application/json":
        raise PaymobRefusalError(415, {"detail": f'Unsupported media type "{request.content_type}" in request.'})
    try:
        given = orjson.loads(await request.read())
    except orjson.JSONDecodeError as error:
        raise PaymobRefusalError(400, {"detail": f"JSON parse error - {error}"}) from error
    if not isinstance(given, dict):
        raise PaymobRefusalError(400, {"non_field_errors": ["Invalid data. Expected a dictionary."]})
    return given


def _checked(model: type[Model], given: Any) -> Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise invalid_fields(error) from error


def _id(request: web.Request) -> int:
    written = request.match_info["id"]
    if not (written.isascii() and written.isdecimal() and len(written) <= _LONGEST_ID):
        raise not_found()
    return int(written)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
