"""The HTTP under the library's bot: aiohttp with JSON bodies, a third of the CPU of the library's own client.

The bot token is part of every URL of the Bot API, and HTTP errors like to quote URLs. So no error leaves this module as
it came: each is replaced by one of ours that names only its kind, without cause or context.
"""

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_JSON_HEADERS = {"Content-Type": "application/json"}
_TOKEN_IN_URL = re.compile(r"(?<=/bot)[^/\s'\"<>]+")
# Told to wait, but not how long: Telegram's own limit for one chat is a message a second.
_DEFAULT_RETRY_AFTER_SECONDS = 1


def hide_token(text: str) -> str:
    """Return `text` with the token of every Bot API URL in it blotted out."""
    return _TOKEN_IN_URL.sub("<token>", text)


class ConnectionFailedError(NetworkError):
    """No connection came about, so nothing was sent: the call may be repeated whatever it does."""


class AiohttpRequest(BaseRequest):
    """The library's HTTP port over one aiohttp session with kept-alive connections; fit for both of a bot's slots.

    All limits are in seconds. Waiting for a free connection, connecting, writing and reading each have one, and their
    sum bounds the whole call, so that an answer dripping in byte by byte ends too. Raises ConnectionFailedError where
    nothing was sent, TimedOut and NetworkError where it is unknown whether the call arrived.
    """

    def __init__(
        self,
        *,
        pool_size: int = 256,
        read_timeout: float = 10.0,
        write_timeout: float = 10.0,
        media_write_timeout: float = 30.0,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
        keep_alive_seconds: float = 30.0,
    ) -> None:
        self._pool_size = pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._media_write_timeout = media_write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._keep_alive_seconds = keep_alive_seconds
        self._json_timeout = _client_timeout(read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take where a call does not say, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; a second call, for the bot's other slot, changes nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._pool_size, ttl_dns_cache=300, keepalive_timeout=self._keep_alive_seconds
            )
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; a second call changes nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call and return its status and body; a refusal's body is always JSON that is safe to show."""
        if self._session is None:
            raise NetworkError("The HTTP session is not open.")
        timeout = self._timeout_for(
            (read_timeout, write_timeout, connect_timeout, pool_timeout),
            has_files=request_data is not None and request_data.contains_files,
        )
        try:
            data, headers = _body(request_data)
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, body = response.status, await response.read()
        except Exception as fault:  # noqa: BLE001 -- whatever it is, it may quote the URL
            safe_fault = _without_url(fault)
        else:
            return _presentable(status, body, is_api_call=method == "POST")
        # Raised out here, the fault has no context: nothing that walks the chain can find the URL.
        raise safe_fault

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer, logging nothing of it; raises NetworkError where it is no JSON object."""
        answer = _parsed(payload)
        if isinstance(answer, dict):
            return answer
        raise NetworkError("The answer of the Bot API is not a JSON object.")

    def _timeout_for(self, given: tuple[object, object, object, object], *, has_files: bool) -> aiohttp.ClientTimeout:
        if not has_files and all(value is BaseRequest.DEFAULT_NONE for value in given):
            return self._json_timeout
        write_default = self._media_write_timeout if has_files else self._write_timeout
        defaults = (self._read_timeout, write_default, self._connect_timeout, self._pool_timeout)
        read, write, connect, pool = (
            default if value is BaseRequest.DEFAULT_NONE else _seconds(value)
            for value, default in zip(given, defaults, strict=True)
        )
        return _client_timeout(read, write, connect, pool)


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _client_timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Translate the library's four limits, each None for no limit."""
    until_connected = None if connect is None or pool is None else connect + pool
    whole = None if read is None or write is None or until_connected is None else until_connected + write + read
    return aiohttp.ClientTimeout(total=whole, connect=until_connected, sock_connect=connect, sock_read=read)


def _body(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return _written(request_data.parameters), _JSON_HEADERS
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form, None


def _written(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        # Half a surrogate pair or an integer over 64 bits: legal in Python and in the standard library's JSON.
        return json.dumps(value).encode()


def _parsed(payload: bytes) -> object:
    """Read JSON, None if it is none; as leniently as the library: one odd character must not block the queue."""
    try:
        return orjson.loads(payload)
    except ValueError:
        pass
    try:
        parsed: object = json.loads(payload.decode(errors="replace"))
    except ValueError:
        return None
    return parsed


def _presentable(status: int, body: bytes, *, is_api_call: bool) -> tuple[int, bytes]:
    """Return the answer, a refusal rewritten so that the library's errors quote neither a URL nor a proxy's page."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        if not is_api_call or b'"result"' in body:
            return status, body
        return HTTPStatus.BAD_GATEWAY, _refusal("The answer of the Bot API is incomplete", {})
    answer = _parsed(body)
    fields = answer if isinstance(answer, dict) else {}
    description = fields.get("description")
    if not isinstance(description, str) or not description:
        description = f"HTTP status {status} without an explanation"
    given = fields.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    if status == HTTPStatus.TOO_MANY_REQUESTS and not parameters.get("retry_after"):
        parameters = {"retry_after": _DEFAULT_RETRY_AFTER_SECONDS}
    return status, _refusal(hide_token(description), parameters)


def _refusal(description: str, parameters: dict[str, Any]) -> bytes:
    return _written({"ok": False, "description": description, "parameters": parameters})


def _without_url(fault: Exception) -> NetworkError:
    """Return what may be known of an HTTP fault: its kind, and whether the call can have been sent."""
    kind = type(fault).__name__
    if isinstance(fault, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return ConnectionFailedError(f"No connection to the Bot API ({kind})")
    if isinstance(fault, asyncio.TimeoutError):
        return TimedOut(f"The Bot API did not answer in time ({kind})")
    return NetworkError(f"The call to the Bot API failed ({kind})")
