"""A merchant of the sandbox's Paymob for its tests: calls the API, and takes callbacks."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
from aiohttp import web

from bot.sandbox import PaymobAccount
from bot.sandbox.paymob.signing import sign
from tests.sandbox.clients import Driver

ACCOUNT = PaymobAccount(
    secret_key="sk_test",
    public_key="pk_test",
    api_key="the-api-key",
    hmac_secret="the-hmac-secret",
    integration_ids=(11, 12, 13),
    owner=77,
    methods={12: "wallet", 13: "kiosk"},
    merchant_name="Nile Studio",
)
BILLING = {"first_name": "Mona", "last_name": "Adel", "email": "mona@example.org", "phone_number": "+201001234567"}


@dataclass
class Merchant:
    """Somebody who sells: `answers` are the statuses that callbacks get, 200 after those."""

    http: aiohttp.ClientSession
    url: str
    driver: Driver
    hook: str = ""
    answers: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    references: int = 0
    most_at_once: int = 0
    _at_once: int = 0

    async def take(self, request: web.Request) -> web.Response:
        """Take a callback."""
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        self.bodies.append(await request.read())
        self.signatures.append(request.query["hmac"])
        await asyncio.sleep(0.01)
        self._at_once -= 1
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Return what the callbacks said so far."""
        return [orjson.loads(body)["obj"] for body in self.bodies]

    def is_genuine(self, index: int = -1) -> bool:
        """Say whether a callback bears the right signature."""
        body = orjson.loads(self.bodies[index])
        return sign(ACCOUNT.hmac_secret, body["type"], body["obj"]) == self.signatures[index]

    async def post(self, path: str, body: Any, *, key: str | None = None) -> tuple[int, Any]:
        """Call the API with the secret key, or with the header given."""
        headers = {"Authorization": f"Token {ACCOUNT.secret_key}" if key is None else key}
        async with self.http.post(f"{self.url}/paymob{path}", json=body, headers=headers) as response:
            return response.status, await response.json()

    async def get(self, path: str, token: str) -> tuple[int, Any]:
        """Inquire."""
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.get(f"{self.url}/paymob{path}", headers=headers) as response:
            return response.status, await response.json()

    async def token(self) -> str:
        """Get a token for inquiries."""
        status, body = await self.post("/api/auth/tokens", {"api_key": ACCOUNT.api_key}, key="")
        assert status == 201
        return str(body["token"])

    def intention(self, **changes: Any) -> dict[str, Any]:
        """Return the body of a good request, with changes; None takes a field away."""
        self.references += 1
        body = {
            "amount": 45_000,
            "currency": "EGP",
            "payment_methods": [11],
            "items": [{"name": "Ballet, 8 classes", "amount": 45_000}],
            "billing_data": BILLING,
            "special_reference": f"payment-{self.references}",
            "expiration": 1800,
            "notification_url": self.hook,
            "redirection_url": "https://merchant.example/return?from=paymob",
        }
        return {key: value for key, value in (body | changes).items() if value is not None}

    async def checkout(self, **changes: Any) -> int:
        """Make a checkout and return its order's id."""
        status, body = await self.post("/v1/intention/", self.intention(**changes))
        assert status == 201, body
        return int(body["intention_order_id"])

    async def act(self, order_id: int, action: str, status: int = 200, **body: Any) -> Any:
        """Let the payer, or the dashboard, do something."""
        return await self.driver.post(f"paymob/orders/{order_id}/{action}", status, **body)

    async def fault(self, kind: str, **rule: Any) -> None:
        """Make trouble."""
        async with self.http.post(f"{self.url}/sandbox/paymob/faults", json={"kind": kind, **rule}) as response:
            assert response.status == 201, await response.text()

    async def callbacks(self, wait: float = 10) -> list[dict[str, Any]]:
        """Return every callback, once none is on its way."""
        found: list[dict[str, Any]] = (await self.driver.get(f"paymob/callbacks?wait={wait}"))["callbacks"]
        return found
