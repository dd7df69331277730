"""How drivers' requests become checked calls, and faults become `{"error": ...}`."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from pydantic import BaseModel, ValidationError

from bot.sandbox.actions import ImpossibleError
from bot.sandbox.chats import Chat, Chats
from bot.sandbox.errors import ApiError

Model = TypeVar("Model", bound=BaseModel)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


class DriverError(Exception):
    """What a driver asked for cannot be done; carries the HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def json_response(content: Any, status: int = 200) -> web.Response:
    """Return an answer in JSON."""
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return web.Response(status=status, body=orjson.dumps(content), headers=headers)


async def read_body(request: web.Request, model: type[Model]) -> Model:
    """Return the checked body of a request, or raise DriverError; no body is an empty object."""
    return _validated(model, (await request.read()) or b"{}")


def read_query(request: web.Request, model: type[Model]) -> Model:
    """Return the checked query of a request, or raise DriverError."""
    return _validated(model, orjson.dumps(dict(request.query)))


def chat_of(request: web.Request, chats: Chats) -> Chat:
    """Return the chat of the `{person}` in the path, or raise DriverError."""
    chat = chats.find(request.match_info["person"])
    if chat is None:
        raise DriverError(404, "there is no such person")
    return chat


def _validated(model: type[Model], body: bytes) -> Model:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DriverError(400, f"{place}: {first['msg']}" if place else first["msg"]) from error


def guard(*, allow_remote: bool) -> Middleware:
    """Make the middleware that keeps other sites' pages out and turns faults into JSON; bots' calls pass untouched."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(("/bot", "/file/bot")):
            return await handler(request)
        if not allow_remote and not _is_loopback(request.host):
            return json_response({"error": "this host name is not served"}, 403)
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            return json_response({"error": "requests of other sites are refused"}, 403)
        return await _answer(request, handler)

    return check


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except DriverError as error:
        return json_response({"error": str(error)}, error.status)
    except (ImpossibleError, ApiError) as error:
        return json_response({"error": str(error)}, 400)
    except web.HTTPException as error:
        if not request.path.startswith("/sandbox"):
            raise
        return json_response({"error": error.reason}, error.status)


def _is_loopback(host: str) -> bool:
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in _LOOPBACK
