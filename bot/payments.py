"""Payments over HTTP: ``POST /payments/paymob`` for the gateway's reports, ``GET /payments/paymob/return`` for browsers.

A report is kept and answered; acting on it is somebody else's turn. The page only tells how things stand, in the words of
whoever pays: it moves no money, and shows nothing of what the browser brings along.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web
from markupsafe import Markup

from domain.finance.gateway import ForgedReportError
from domain.finance.paying import as_payment_id
from domain.finance.payment_views import PaymentCard, PaymentViews
from domain.ids import CenterId
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from domain.writes.base import ConflictError, DatabaseAwayError, UnknownOutcomeError
from handlers.i18n import Translator, negotiate
from handlers.payment_page import page
from handlers.start_payload import payment_payload

REPORTS: Final = "/payments/paymob"
RETURN: Final = "/payments/paymob/return"
_RETRY_SECONDS: Final = "5"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}


class Receive(Protocol):
    """Keeps a report: ``domain.finance.gateway_receiving.ReceiveGatewayEvent``."""

    async def __call__(self, *, center_id: CenterId, body: bytes, signature: str) -> bool:
        """Return whether it is a new one. Raises ForgedReportError and what databases raise."""
        ...


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """Whose page it is, as the center is called now: ``bot_username`` is None where no link leads back to the chat."""

    center: Center
    organization: OrganizationViews
    views: PaymentViews
    bot_username: str | None


def add_gateway_reports(application: web.Application, *, receive: Receive, center: Center) -> None:
    """Let the application take the gateway's reports.

    Answers 401 to what the gateway has not signed, 503 where it cannot be kept now (it comes again), 200 otherwise.
    """

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        try:
            await receive(center_id=center.id, body=body, signature=request.query.get("hmac", ""))
        except ForgedReportError:
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        except (DatabaseAwayError, ConflictError, UnknownOutcomeError):
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": _RETRY_SECONDS})
        return web.Response(status=HTTPStatus.OK)

    application.router.add_post(REPORTS, take)


def add_return_page(application: web.Application, shown: ReturnPage) -> None:
    """Let the application show browsers that come back from the gateway how their payment stands."""

    async def show(request: web.Request) -> web.Response:
        payment_id = as_payment_id(request.query.get("payment", ""))
        try:
            center = await shown.organization.find_served(center_id=shown.center.id) or shown.center
            card = (
                await shown.views.find_any(center_id=shown.center.id, payment_id=payment_id)
                if payment_id is not None
                else None
            )
        except (DatabaseAwayError, ConflictError):
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": _RETRY_SECONDS})
        if card is None:
            raise web.HTTPNotFound
        html = page(_translator(center, card), card, center_name=center.name, chat_url=_chat_url(shown, card))
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers=_HEADERS)

    application.router.add_get(RETURN, show)


def _translator(center: Center, card: PaymentCard) -> Translator:
    language = card.payer_language or negotiate(None, default=center.default_language)
    return Translator(language, ZoneInfo(center.timezone))


def _chat_url(shown: ReturnPage, card: PaymentCard) -> Markup | None:
    if shown.bot_username is None:
        return None
    return Markup("https://t.me/{}?start={}").format(shown.bot_username, payment_payload(card.payment_id))
