"""Paymob over HTTP: checkouts, inquiries, refunds and voids. Facts from Paymob's developer pages.

What may be repeated without harm is, a few times, with growing pauses out of step; a refund or a void never is. A
person waits for a checkout, so it is given up early, and while Paymob is down the breaker answers in its place.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlencode

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.gateways.breaker import CircuitBreaker
from bot.gateways.paymob_reports import inquired
from domain.finance.gateway import (
    Checkout,
    CheckoutRequest,
    GatewayDownError,
    GatewayOutcomeUnknownError,
    GatewayRefusedError,
    Report,
)
from domain.finance.gateway_model import Gateway

_CONNECT_SECONDS: Final = 1.5
_ANSWER_SECONDS: Final = 2.0  # for a checkout, which somebody is waiting for
_WAITED_FOR_SECONDS: Final = 4.0  # all tries of it together
_PATIENT_SECONDS: Final = 20.0  # for what nobody waits for
_PAUSES_SECONDS: Final = (0.1, 0.4)
_TOKEN_SECONDS: Final = 50 * 60.0  # Paymob's own last about sixty minutes
_LONGEST_NAME: Final = 50
_NOWHERE: Final = "students.rollcall.invalid"  # Paymob insists on an address; we do not ask people for one


T = TypeVar("T", bound=BaseModel)


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Intention(_Answer):
    intention_order_id: int = Field(gt=0)
    client_secret: str = Field(min_length=1)


class _Token(_Answer):
    token: str = Field(min_length=1)


class _Made(_Answer):
    """A refund or a void: what it says of itself is looked at when its callback comes."""

    id: int = Field(gt=0)
    success: bool
    pending: bool = False


class _Order(_Answer):
    transactions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PaymobKeys:
    """The merchant's account, as the dashboard shows it, and the addresses on both sides. Nothing of it is ever shown."""

    base_url: str
    checkout_url: str
    secret_key: str = field(repr=False)
    public_key: str = field(repr=False)
    api_key: str | None = field(repr=False)
    integration_ids: tuple[int, ...]
    our_url: Callable[[], str]
    """Where Paymob and browsers reach us; asked when it is needed, since a free port is known only then."""


class PaymobGateway:
    """See ``domain.finance.gateway.PaymentGateway``. Open it before it is used."""

    def __init__(self, keys: PaymobKeys, *, breaker: CircuitBreaker | None = None) -> None:
        self._keys = keys
        self._breaker = breaker or CircuitBreaker()
        self._session: aiohttp.ClientSession | None = None
        self._token: str | None = None
        self._token_until = 0.0
        self._getting_token = asyncio.Lock()

    provider = Gateway.PAYMOB
    needs_phone = True
    refunds_by_hand = False

    async def __aenter__(self) -> Self:
        """Open the connections."""
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close them."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make an intention, and return its order's id and the address of its page."""
        body = self._intention(request)
        try:
            async with asyncio.timeout(_WAITED_FOR_SECONDS):
                said = await self._repeat(lambda: self._with_secret_key("/v1/intention/", body, _ANSWER_SECONDS))
        except TimeoutError:
            raise GatewayOutcomeUnknownError("no answer") from None
        answer = _understood(_Intention, said)
        query = urlencode({"publicKey": self._keys.public_key, "clientSecret": answer.client_secret})
        return Checkout(str(answer.intention_order_id), f"{self._keys.checkout_url}?{query}")

    async def inquire(self, order_id: str) -> tuple[Report, ...]:
        """Return every attempt on the order: the last may be a failure that hides a success."""
        said = await self._repeat(lambda: self._with_token(f"/api/ecommerce/orders/{order_id}"))
        order = _understood(_Order, said)
        return tuple(inquired(transaction) for transaction in order.transactions)

    async def refund(self, transaction_id: str, *, amount_minor: int) -> str:
        """Ask for a refund, once."""
        body = {"transaction_id": int(transaction_id), "amount_cents": amount_minor}
        return await self._give_back("/api/acceptance/void_refund/refund", body)

    async def void(self, transaction_id: str) -> str:
        """Ask for a void, once."""
        return await self._give_back("/api/acceptance/void_refund/void", {"transaction_id": int(transaction_id)})

    async def _give_back(self, path: str, body: dict[str, Any]) -> str:
        made = _understood(_Made, await self._with_secret_key(path, body, _PATIENT_SECONDS))
        if made.pending:
            raise GatewayOutcomeUnknownError
        if not made.success:
            raise GatewayRefusedError("not successful")
        return str(made.id)

    def _intention(self, request: CheckoutRequest) -> dict[str, Any]:
        first_name, _, last_name = request.payer.name.strip().partition(" ")
        ours = self._keys.our_url()
        return {
            "amount": request.amount_minor,
            "currency": request.currency,
            "payment_methods": list(self._keys.integration_ids),
            "items": [{"name": request.title[:_LONGEST_NAME], "amount": request.amount_minor, "quantity": 1}],
            "billing_data": {
                "first_name": first_name[:_LONGEST_NAME],
                "last_name": last_name.strip()[:_LONGEST_NAME] or first_name[:_LONGEST_NAME],
                "email": f"{request.payment_key}@{_NOWHERE}",
                "phone_number": request.payer.phone,
            },
            "special_reference": request.reference,
            "expiration": request.lifetime_seconds,
            "notification_url": f"{ours}/payments/paymob",
            "redirection_url": f"{ours}/payments/paymob/return?payment={request.payment_key}",
        }

    async def _with_secret_key(self, path: str, body: dict[str, Any], seconds: float) -> Any:
        headers = {"Authorization": f"Token {self._keys.secret_key}"}
        return await self._call("POST", path, body=body, headers=headers, seconds=seconds)

    async def _with_token(self, path: str) -> Any:
        """Inquire; a token that is not valid any more is replaced once."""
        token = await self._fresh_token()
        try:
            return await self._inquired(path, token)
        except GatewayRefusedError as refusal:
            if refusal.args[:1] != (HTTPStatus.UNAUTHORIZED,):
                raise
        self._forget(token)
        return await self._inquired(path, await self._fresh_token())

    async def _inquired(self, path: str, token: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return await self._call("GET", path, body=None, headers=headers, seconds=_PATIENT_SECONDS)

    def _forget(self, token: str) -> None:
        if self._token == token:
            self._token = None

    async def _fresh_token(self) -> str:
        async with self._getting_token:
            if self._token is None or time.monotonic() >= self._token_until:
                if self._keys.api_key is None:
                    raise GatewayDownError("no API key")
                body = {"api_key": self._keys.api_key}
                answer = await self._call("POST", "/api/auth/tokens", body=body, headers={}, seconds=_PATIENT_SECONDS)
                self._token = _understood(_Token, answer).token
                self._token_until = time.monotonic() + _TOKEN_SECONDS
            return self._token

    async def _repeat(self, call: Callable[[], Any]) -> Any:
        """Make a call that may be repeated: once more after each pause, unless the breaker or a refusal ends it."""
        for pause_seconds in _PAUSES_SECONDS:
            try:
                return await call()
            except (GatewayDownError, GatewayOutcomeUnknownError):
                if self._breaker.is_open:
                    raise
            await asyncio.sleep(pause_seconds * (0.5 + random.random()))  # noqa: S311 -- jitter, not a secret
        return await call()

    async def _call(
        self, method: str, path: str, *, body: dict[str, Any] | None, headers: dict[str, str], seconds: float
    ) -> Any:
        """Make one call. Raises GatewayDownError, GatewayRefusedError (its status first), GatewayOutcomeUnknownError.

        None of them quotes what was sent or answered but a refusal's text, which is about the call alone.
        """
        if self._session is None or not self._breaker.admit():
            raise GatewayDownError("the breaker is open")
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=_CONNECT_SECONDS)
        try:
            async with self._session.request(
                method, self._keys.base_url + path, json=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, said = response.status, await _json(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            self._breaker.note_failure()
            raise GatewayDownError("no connection") from None
        except (aiohttp.ClientError, TimeoutError):
            self._breaker.note_failure()
            raise GatewayOutcomeUnknownError("no answer") from None
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or (status < HTTPStatus.MULTIPLE_CHOICES and said is None):
            self._breaker.note_failure()
            raise GatewayOutcomeUnknownError(f"HTTP {status}")
        self._breaker.note_success()
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise GatewayDownError("too many calls")
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise GatewayRefusedError(status, _reason(said))
        return said


def _understood(model: type[T], said: Any) -> T:
    """Return an answer by its shape. One that we do not understand may mean anything: the outcome is unknown."""
    try:
        return model.model_validate(said)
    except ValidationError:
        raise GatewayOutcomeUnknownError("an answer of another shape") from None


async def _json(response: aiohttp.ClientResponse) -> dict[str, Any] | None:
    try:
        said = await response.json(content_type=None)
    except (ValueError, UnicodeDecodeError):
        return None
    return said if isinstance(said, dict) else None


def _reason(said: dict[str, Any] | None) -> str:
    """Return what Paymob says of a refusal: one text, or the names of the fields that it does not like."""
    if not said:
        return ""
    text = said.get("message") or said.get("detail")
    return text if isinstance(text, str) else ", ".join(sorted(map(str, said)))
