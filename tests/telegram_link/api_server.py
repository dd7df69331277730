"""A small Bot API over real HTTP whose faults are told to it call by call."""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

TOKEN = "4242:very-secret_Token"


@dataclass(frozen=True)
class Call:
    method: str
    parameters: dict[str, Any]
    content_type: str


@dataclass
class FakeBotApi:
    """Remembers every call; answers with the next scripted fault of its method, else as Telegram would."""

    calls: list[Call] = field(default_factory=list)
    updates: list[object] = field(default_factory=list)
    faults: dict[str, deque[Callable[[web.Request], web.StreamResponse]]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    gates: dict[int, asyncio.Event] = field(default_factory=dict)
    url: str = ""
    polls_waiting: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def of(self, method: str) -> list[dict[str, Any]]:
        return [call.parameters for call in self.calls if call.method == method]

    def fail(self, method: str, status: int, description: str = "Fault", **parameters: object) -> None:
        body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
        self.faults[method].append(lambda _: web.json_response(body, status=status))

    def answer_raw(self, method: str, status: int, page: Callable[[web.Request], str]) -> None:
        self.faults[method].append(lambda request: web.Response(status=status, text=page(request)))

    def drop_after_acting(self, method: str) -> None:
        self.faults[method].append(_drop)

    def hold_replies_to(self, chat_id: int) -> asyncio.Event:
        return self.gates.setdefault(chat_id, asyncio.Event())

    async def add_updates(self, *updates: object) -> None:
        async with self._changed:
            self.updates.extend(updates)
            self._changed.notify_all()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "description": "Unauthorized"}, status=401)
        method = request.match_info["method"]
        parameters = await _parameters(request)
        self.calls.append(Call(method, parameters, request.content_type))
        if (gate := self.gates.get(parameters.get("chat_id", 0))) is not None:
            await gate.wait()
        if self.faults[method]:
            return self.faults[method].popleft()(request)
        return web.json_response({"ok": True, "result": await self._result(method, parameters)})

    async def _result(self, method: str, parameters: dict[str, Any]) -> object:
        if method == "getUpdates":
            return await self._unconfirmed(parameters)
        if method == "getMe":
            return {"id": 4242, "is_bot": True, "first_name": "Bot", "username": "rollcall_bot"}
        if method in {"sendMessage", "editMessageText", "sendDocument"}:
            chat = {"id": int(parameters["chat_id"]), "type": "private"}
            return {"message_id": len(self.calls), "date": 0, "chat": chat, "text": "…"}
        return True

    async def _unconfirmed(self, parameters: dict[str, Any]) -> list[object]:
        offset = parameters.get("offset") or 0
        self.updates = [update for update in self.updates if not isinstance(update, dict) or update["update_id"] >= offset]
        self.polls_waiting += 1
        try:
            async with asyncio.timeout(parameters.get("timeout", 0)), self._changed:
                await self._changed.wait_for(lambda: self.updates)
        except TimeoutError:
            pass
        finally:
            self.polls_waiting -= 1
        return self.updates[: parameters.get("limit", 100)]


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        read: dict[str, Any] = json.loads(await request.read())
        return read
    form = await request.post()
    return {
        name: value if isinstance(value, str) else {"filename": value.filename, "content": value.file.read()}
        for name, value in form.items()
        if not isinstance(value, bytes | bytearray)
    }


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def tap(update_id: int, person_id: int, data: str = "book") -> dict[str, Any]:
    """An update as Telegram sends it when somebody presses a button."""
    person = {"id": person_id, "is_bot": False, "first_name": f"P{person_id}"}
    return {
        "update_id": update_id,
        "callback_query": {"id": str(update_id), "from": person, "chat_instance": "1", "data": data},
    }


async def stays(condition: Callable[[], object], during_seconds: float) -> None:
    """Fail where the condition ceases to hold within the time."""
    with contextlib.suppress(TimeoutError):
        await until(lambda: not condition(), during_seconds)
        pytest.fail("it ceased to hold")


async def until(condition: Callable[[], object], deadline_seconds: float = 5.0) -> None:
    """Wait until the condition holds, failing after the deadline."""
    async with asyncio.timeout(deadline_seconds):
        while not condition():  # noqa: ASYNC110 -- conditions of any kind, most with nothing to signal them
            await asyncio.sleep(0.002)
