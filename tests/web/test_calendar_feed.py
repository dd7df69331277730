"""A person's calendar feed as a calendar application reads it."""

import logging
import socket
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from icalendar import Calendar

from bot.feeds import add_calendar_feeds
from bot.telemetry import Metrics
from bot.web import WebServer, build_application
from domain.organization.model import Center
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed, fingerprint_of
from handlers.i18n import load_catalogs
from storage.engine import open_database
from storage.queries.calendar import StoredCalendarViews
from storage.queries.owner import StoredOrganizationViews
from storage.unit_of_work import unit_of_work_factory
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
async def client(cast: Cast) -> AsyncIterator[ClientSession]:
    async def is_ready() -> bool:
        return True

    load_catalogs()
    application = build_application(metrics=Metrics(), is_ready=is_ready)
    center = Center(cast.world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
    views = StoredCalendarViews(cast.world.database)
    add_calendar_feeds(
        application,
        views=views,
        organization=StoredOrganizationViews(cast.world.database),
        center=center,
        clock=cast.world.clock,
    )
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    async with WebServer(application, host="127.0.0.1", port=port), ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


@pytest.fixture
async def secret(cast: Cast) -> str:
    return await OpenCalendarFeed(unit_of_work_factory(cast.world.database), cast.world.clock)(actor=cast.owner.actor)


async def statuses(client: ClientSession, secret: str) -> list[str]:
    async with client.get(f"/calendar/{secret}.ics") as response:
        assert response.status == 200
        return [str(event["status"]) for event in Calendar.from_ical(await response.read()).events]


class TestFeed:
    async def test_follows_bookings_and_cancellations(self, cast: Cast, client: ClientSession, secret: str) -> None:
        assert await statuses(client, secret) == ["CONFIRMED"]
        later = await cast.world.add_session(cast.taught, starts_in=timedelta(days=2))
        await cast.world.book(cast.owner, later)
        assert await statuses(client, secret) == ["CONFIRMED", "CONFIRMED"]
        await cast.world.cancel(cast.owner, cast.booking.id)
        assert await statuses(client, secret) == ["CANCELLED", "CONFIRMED"]

    async def test_forgets_after_thirty_days(self, cast: Cast, client: ClientSession, secret: str) -> None:
        await cast.world.cancel(cast.owner, cast.booking.id)
        cast.world.clock.advance(timedelta(days=30, seconds=1))
        assert await statuses(client, secret) == []

    async def test_shows_nothing_of_others(self, cast: Cast, client: ClientSession, secret: str) -> None:
        await cast.world.book(cast.member, cast.session)
        assert await statuses(client, secret) == ["CONFIRMED"]

    async def test_is_sent_again_only_when_it_changed(self, cast: Cast, client: ClientSession, secret: str) -> None:
        path = f"/calendar/{secret}.ics"
        async with client.get(path) as first:
            assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
            assert first.headers["Cache-Control"] == "private, no-cache"
            tag = first.headers["ETag"]
        async with client.get(path, headers={"If-None-Match": tag}) as same:
            assert (same.status, await same.read(), same.headers["ETag"]) == (304, b"", tag)
        await cast.world.cancel(cast.owner, cast.booking.id)
        async with client.get(path, headers={"If-None-Match": tag}) as changed:
            assert changed.status == 200
            assert changed.headers["ETag"] != tag


class TestAddress:
    @pytest.mark.parametrize("wrong", ["", "x", "A" * 32, "A" * 31 + "%0A", "..%2f..%2fmetrics", "A" * 3000, "\u0661" * 32])
    async def test_that_is_unknown_or_malformed_is_404_without_a_word(
        self, client: ClientSession, secret: str, wrong: str
    ) -> None:
        assert secret
        async with client.get(f"/calendar/{wrong}.ics") as response:
            assert (response.status, await response.text()) == (404, "")

    async def test_dies_at_once_when_it_is_renewed(self, cast: Cast, client: ClientSession, secret: str) -> None:
        renew = RenewCalendarFeed(unit_of_work_factory(cast.world.database), cast.world.clock)
        new = await renew(actor=cast.owner.actor, fingerprint=fingerprint_of(secret))
        async with client.get(f"/calendar/{secret}.ics") as response:
            assert (response.status, await response.text()) == (404, "")
        assert await statuses(client, new) == ["CONFIRMED"]

    async def test_of_somebody_blocked_answers_as_if_it_never_was(
        self, cast: Cast, client: ClientSession, secret: str
    ) -> None:
        await cast.world.database.execute(f"UPDATE people SET blocked_at = created_at WHERE id = '{sql_id(cast.owner.id)}'")
        async with client.get(f"/calendar/{secret}.ics") as response:
            assert (response.status, await response.text()) == (404, "")

    async def test_is_written_into_no_log(
        self, client: ClientSession, secret: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        caplog.set_level(logging.INFO, logger="aiosqlite")  # as the program does: below that it tells every parameter
        await statuses(client, secret)
        assert secret not in caplog.text
