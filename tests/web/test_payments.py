"""The gateway's reports and the page that browsers come back to, over HTTP."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession

from bot.gateways.paymob_reports import signature_of, signed_text
from bot.payments import ReturnPage, add_gateway_reports, add_return_page
from bot.telemetry import Metrics
from bot.web import WebServer, build_application
from domain.finance.gateway_receiving import ReceiveGatewayEvent
from domain.organization.model import Center
from domain.writes.base import DatabaseAwayError
from handlers.i18n import load_catalogs
from storage.engine import open_database
from storage.queries.owner import StoredOrganizationViews
from storage.queries.payments import StoredPaymentViews
from tests.builders.gateway import READER, SECRET, Till
from tests.cast import Cast, gather_cast
from tests.factories import World, sql_id


@pytest.fixture
async def cast(database_url: str) -> AsyncIterator[Cast]:
    database = open_database(database_url, pool_size=2)
    try:
        yield await gather_cast(await World.open(database))
    finally:
        await database.close()


@pytest.fixture
def till(cast: Cast) -> Till:
    return Till(cast.world)


@asynccontextmanager
async def served(cast: Cast, receive: ReceiveGatewayEvent) -> AsyncIterator[ClientSession]:
    async def is_ready() -> bool:
        return True

    load_catalogs()
    application = build_application(metrics=Metrics(), is_ready=is_ready)
    center = Center(cast.world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
    add_gateway_reports(application, receive=receive, center=center)
    add_return_page(
        application,
        ReturnPage(
            center,
            StoredOrganizationViews(cast.world.database),
            StoredPaymentViews(cast.world.database),
            "studio_bot",
        ),
    )
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    async with WebServer(application, host="127.0.0.1", port=port), ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


@pytest.fixture
async def client(cast: Cast, till: Till) -> AsyncIterator[ClientSession]:
    async with served(cast, ReceiveGatewayEvent(till.units, cast.world.clock, READER)) as session:
        yield session


async def post(client: ClientSession, said: dict[str, Any], signature: str | None = None) -> int:
    hmac = signature or signature_of(SECRET, signed_text("TRANSACTION", said))
    body = orjson.dumps({"type": "TRANSACTION", "obj": said})
    async with client.post("/payments/paymob", params={"hmac": hmac}, data=body) as response:
        assert await response.read() == b""
        return response.status


class TestReports:
    async def test_are_kept_and_answered_and_processed_later(self, cast: Cast, till: Till, client: ClientSession) -> None:
        said = till.transaction(await till.top_up(cast.poor))
        assert await post(client, said) == 200
        assert (await till.outcomes(), await till.wallet(cast.poor)) == ([None], (0, 0))
        await till.process()
        assert await till.wallet(cast.poor) == (10_000, 0)

    async def test_are_kept_once(self, cast: Cast, till: Till, client: ClientSession) -> None:
        said = till.transaction(await till.top_up(cast.poor))
        assert [await post(client, said), await post(client, said)] == [200, 200]
        assert await till.outcomes() == [None]

    async def test_that_are_forged_are_not_kept(self, cast: Cast, till: Till, client: ClientSession) -> None:
        said = till.transaction(await till.top_up(cast.poor))
        assert await post(client, said, "0" * 128) == 401
        assert await till.outcomes() == []

    @pytest.mark.parametrize("body", [b"", b"\xff", b"{}", b"[" * 10_000])
    async def test_of_nonsense_are_refused(self, client: ClientSession, body: bytes) -> None:
        async with client.post("/payments/paymob?hmac=00", data=body) as response:
            assert (response.status, await response.read()) == (401, b"")

    async def test_come_again_where_the_database_is_away(self, cast: Cast, till: Till) -> None:
        def nowhere() -> Any:
            raise DatabaseAwayError

        said = till.transaction(await till.top_up(cast.poor))
        async with served(cast, ReceiveGatewayEvent(nowhere, cast.world.clock, READER)) as session:
            assert await post(session, said) == 503


class TestReturnPage:
    async def test_says_how_things_stand_and_leads_back(self, cast: Cast, till: Till, client: ClientSession) -> None:
        order = await till.top_up(cast.poor)
        address = f"/payments/paymob/return?payment={order.payment_id.hex}"
        async with client.get(address) as response:
            pending = await response.text()
        await till.paid(order)
        async with client.get(address) as response:
            paid, headers = await response.text(), response.headers
        assert "no confirmation" in pending
        assert "refresh" in pending
        assert "received" in paid
        assert "https://t.me/studio_bot?start=p" in paid
        assert headers["Cache-Control"] == "no-store"

    async def test_has_the_name_that_the_center_has_now(self, cast: Cast, till: Till, client: ClientSession) -> None:
        order = await till.top_up(cast.poor)
        await cast.world.database.execute("UPDATE centers SET name = 'Delta House'")
        async with client.get(f"/payments/paymob/return?payment={order.payment_id.hex}") as response:
            text = await response.text()
        assert "Delta House" in text
        assert "Nile Studio" not in text

    async def test_is_in_the_payers_language(self, cast: Cast, till: Till, client: ClientSession) -> None:
        order = await till.top_up(cast.poor)
        await cast.world.database.execute(f"UPDATE people SET language = 'ar' WHERE id = '{sql_id(cast.poor.id)}'")
        async with client.get(f"/payments/paymob/return?payment={order.payment_id.hex}") as response:
            text = await response.text()
        assert 'lang="ar" dir="rtl"' in text
        assert "العودة إلى المحادثة" in text

    async def test_moves_no_money_and_shows_nothing_of_the_browsers(
        self, cast: Cast, till: Till, client: ClientSession
    ) -> None:
        order = await till.top_up(cast.poor)
        query = f"payment={order.payment_id.hex}&success=true&amount_cents=1&order=<script>&data.message=Hello"
        async with client.get(f"/payments/paymob/return?{query}") as response:
            text = await response.text()
        assert "script" not in text
        assert "Hello" not in text
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("PENDING", 0))

    @pytest.mark.parametrize("payment", ["", "x", "0" * 32])
    async def test_of_nothing_is_nothing(self, client: ClientSession, payment: str) -> None:
        async with client.get(f"/payments/paymob/return?payment={payment}") as response:
            assert (response.status, await response.read()) == (404, b"")
