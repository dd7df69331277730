"""Clients of a running sandbox for its tests: the bot's side and the drivers' side, over real HTTP."""

import base64
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox import Sandbox

TOKEN = "12345:sandbox-token"
MONA, OMAR = 101, 102
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@dataclass(frozen=True, slots=True)
class BotClient:
    """Calls methods as a bot would, with JSON bodies."""

    http: aiohttp.ClientSession
    url: str
    sandbox: Sandbox

    async def answer(self, method: str, *, token: str = TOKEN, **parameters: Any) -> dict[str, Any]:
        """Return the whole answer, whatever it is; the HTTP status must agree with it."""
        async with self.http.post(f"{self.url}/bot{token}/{method}", json=parameters) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == body.get("error_code", 200)
            return body

    async def call(self, method: str, **parameters: Any) -> Any:
        """Return the result of a call that must succeed."""
        body = await self.answer(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """Return the description of the refusal of a call that must fail with 400."""
        body = await self.answer(method, **parameters)
        assert body["error_code"] == 400, body
        return str(body["description"])

    async def send(self, text: str = "hello", chat_id: int = MONA, **parameters: Any) -> int:
        """Send a text and return its message id."""
        message = await self.call("sendMessage", chat_id=chat_id, text=text, **parameters)
        return int(message["message_id"])


@dataclass(frozen=True, slots=True)
class Driver:
    """Drives the people, the clock and the trouble."""

    http: aiohttp.ClientSession
    url: str

    async def get(self, path: str, status: int = 200) -> Any:
        async with self.http.get(f"{self.url}/sandbox/{path}") as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        async with self.http.post(f"{self.url}/sandbox/{path}", json=body) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def clear_faults(self) -> None:
        async with self.http.delete(f"{self.url}/sandbox/faults") as response:
            assert (await response.json()) == {"faults": []}


def keyboard(*data: str, **more: Any) -> dict[str, Any]:
    """Return an inline keyboard with a row for each button."""
    return {"inline_keyboard": [[{"text": "press", "callback_data": item, **more}] for item in data]}
