"""Serves a browser page's own files, and nothing else, under a policy that lets it load nothing from elsewhere."""

from pathlib import Path

from aiohttp import web

_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class PageFiles:
    """Handlers for a page at `address`, and for its files under `static`."""

    def __init__(self, folder: Path, *, address: str = "/", static: str = "/static") -> None:
        self._folder = folder.resolve()
        self._address = address
        self._static = static

    def add_to(self, application: web.Application) -> None:
        """Register the routes."""
        application.router.add_get(self._address, self.index)
        application.router.add_get(f"{self._static}/{{path:.+}}", self.static)

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """Serve the page."""
        return self._serve("index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Serve one of the page's files."""
        return self._serve(request.match_info["path"])

    def _serve(self, path: str) -> web.StreamResponse:
        wanted = (self._folder / path).resolve()
        kind = _TYPES.get(wanted.suffix)
        if kind is None or not wanted.is_relative_to(self._folder) or not wanted.is_file():
            raise web.HTTPNotFound
        return web.Response(body=wanted.read_bytes(), content_type=kind, charset=_charset(kind), headers=_HEADERS)


def _charset(kind: str) -> str | None:
    return "utf-8" if kind.startswith("text/") else None
