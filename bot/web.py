"""The web server: whether we are alive and ready, and the counters. Everything else is 404 without a word more."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.telemetry import Metrics

_MOST_BODY_BYTES = 64 * 1024


def build_application(*, metrics: Metrics, is_ready: Callable[[], Awaitable[bool]]) -> web.Application:
    """Return the application; ``is_ready`` asks the database and its schema."""
    application = web.Application(client_max_size=_MOST_BODY_BYTES, middlewares=[_say_no_more])

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_request: web.Request) -> web.Response:
        ready = await is_ready()
        return web.Response(text="ready" if ready else "not ready", status=200 if ready else 503)

    async def show_metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", show_metrics)
    return application


@web.middleware
async def _say_no_more(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Answer errors by their status alone: nothing of the request is reflected."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.Response(status=error.status)


class WebServer:
    """Listens while the block runs."""

    def __init__(self, application: web.Application, *, host: str, port: int) -> None:
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        self._host, self._port = host, port

    @property
    def url(self) -> str:
        """Where it listens, for who is on this machine; a free port that was asked for is known once it does."""
        host, port = self._runner.addresses[0][:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def __aenter__(self) -> Self:
        """Begin to listen. Raises OSError where the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop listening."""
        await self._runner.cleanup()
