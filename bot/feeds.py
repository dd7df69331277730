"""Personal calendar feeds over HTTP: ``GET /calendar/<secret>.ics``.

The address is the only key, so it is written into no log and no answer, and what is unknown, malformed, renewed, blocked
or erased answers alike: 404 without a word.
"""

import hashlib
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import ETag, web

from domain.clock import Clock
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from domain.sessions.calendar_feed import is_secret
from domain.sessions.calendar_views import CalendarViews
from domain.writes.base import ConflictError, DatabaseAwayError
from handlers.calendar_files import feed
from handlers.i18n import Translator

ROUTE: Final = "/calendar/{secret}.ics"
_KEPT: Final = timedelta(days=30)  # long enough for every calendar application to see a cancellation
_RETRY_SECONDS: Final = "60"


def add_calendar_feeds(
    application: web.Application,
    *,
    views: CalendarViews,
    organization: OrganizationViews,
    center: Center,
    clock: Clock,
) -> None:
    """Let the application answer for the feeds of one center's people, under the name and in the time that it has now."""

    async def show(request: web.Request) -> web.Response:
        try:
            present = await organization.find_served(center_id=center.id) or center
            content = await _feed(request.match_info["secret"], views=views, center=present, clock=clock)
        except (DatabaseAwayError, ConflictError):
            return web.Response(status=503, headers={"Retry-After": _RETRY_SECONDS})
        if content is None:
            raise web.HTTPNotFound
        return _answer(request, content)

    application.router.add_get(ROUTE, show)


async def _feed(secret: str, *, views: CalendarViews, center: Center, clock: Clock) -> bytes | None:
    """Return the feed of whose secret it is, from a while ago on; None for nobody's."""
    owner = await views.find_feed_owner(center_id=center.id, secret=secret) if is_secret(secret) else None
    if owner is None:
        return None
    entries = await views.list_entries(center_id=center.id, student_id=owner.person_id, since=clock.now() - _KEPT)
    translator = Translator(owner.language or center.default_language, ZoneInfo(center.timezone))
    return feed(translator, center_name=center.name, entries=entries)


def _answer(request: web.Request, content: bytes) -> web.Response:
    """Send the feed, or only say that it is what the application has already."""
    etag = hashlib.sha256(content).hexdigest()
    is_known = any(known.value in {etag, "*"} for known in request.if_none_match or ())
    response = web.Response(status=304) if is_known else web.Response(body=content, content_type="text/calendar")
    if not is_known:
        response.charset = "utf-8"
    response.etag = ETag(value=etag)
    response.headers["Cache-Control"] = "private, no-cache"  # kept by its owner alone, and asked for each time
    response.headers["X-Robots-Tag"] = "noindex"
    return response
