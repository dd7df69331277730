"""The address that bots call: `/bot<token>/<method>`, and `/file/bot<token>/<path>` for downloads."""

import asyncio
import hmac
from typing import Any

import orjson
from aiohttp import web
from multidict import CIMultiDict

from bot.sandbox.calls import DROPPED
from bot.sandbox.errors import ApiError, bad_request, not_simulated
from bot.sandbox.faults import Misfortune
from bot.sandbox.methods import METHODS
from bot.sandbox.schema import MethodSchema, Upload, load_schema
from bot.sandbox.world import World

_JSON_HEADERS = CIMultiDict({"Content-Type": "application/json"})
LARGEST_REQUEST_BYTES = 60 * 2**20


class BotEndpoint:
    """Takes calls apart, lets trouble befall them, has the methods act, and records everything."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._token = token
        self._schema = {name.lower(): method for name, method in load_schema().items()}  # names are case-insensitive

    def add_to(self, application: web.Application) -> None:
        """Register the routes."""
        application.router.add_route("*", "/bot{token}/{method}", self.call)
        application.router.add_get("/file/bot{token}/{path:.+}", self.download)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the bot."""
        name, given, misfortune = request.match_info["method"], {}, Misfortune()
        try:
            schema = self._known_method(request)
            name = schema.name
            parameters, uploads = await _read(request)
            given = parameters | {field: upload.summary() for field, upload in uploads.items()}
            misfortune = self._world.faults.befall(name)
            if misfortune.delay_seconds:
                await asyncio.sleep(misfortune.delay_seconds)
            if misfortune.error is not None:
                raise misfortune.error
            if misfortune.drop_before:
                return self._drop(request, name, given)
            status, body = 200, {"ok": True, "result": await self._act(schema, parameters, uploads)}
        except ApiError as error:
            status, body = error.code, error.as_json()
        if misfortune.drop_after:
            return self._drop(request, name, given)
        self._world.calls.add(name, given, status)
        return web.Response(status=status, body=orjson.dumps(body), headers=_JSON_HEADERS)

    async def download(self, request: web.Request) -> web.Response:
        """Give a file to the bot."""
        stored = self._world.files.find_path(request.match_info["path"])
        if not self._is_token(request.match_info["token"]) or stored is None:
            error = ApiError(404, "Not Found")
            return web.Response(status=404, body=orjson.dumps(error.as_json()), headers=_JSON_HEADERS)
        return web.Response(body=stored.content, content_type="application/octet-stream")

    def _known_method(self, request: web.Request) -> MethodSchema:
        if not self._is_token(request.match_info["token"]):
            raise ApiError(401, "Unauthorized")
        schema = self._schema.get(request.match_info["method"].lower())
        if schema is None or request.method not in {"GET", "POST"}:
            raise ApiError(404, "Not Found")
        return schema

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())

    async def _act(self, schema: MethodSchema, given: dict[str, Any], uploads: dict[str, Upload]) -> Any:
        act = METHODS.get(schema.name)
        if act is None:
            raise not_simulated(f"the method {schema.name}")
        parameters = schema.check(given, uploads)
        if uploads:
            parameters["attached"] = uploads
        return await act(self._world, parameters)

    def _drop(self, request: web.Request, name: str, given: dict[str, Any]) -> web.Response:
        self._world.calls.add(name, given, DROPPED)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    try:
        return await _read_parameters(request)
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    except ValueError as error:  # broken UTF-8 or a broken multipart body
        raise bad_request("can't parse the request") from error


async def _read_parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Return the parameters and the uploaded files of a call: from the query, JSON, a form or multipart."""
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return given, {}
    kind = request.content_type
    if kind == "application/json":
        return given | _parse_json(await request.read()), {}
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise bad_request("unsupported content type")
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            given[name] = value
    return given, uploads


def _parse_json(body: bytes) -> dict[str, Any]:
    try:
        parsed = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(parsed, dict):
        raise bad_request("JSON object expected")
    return parsed
