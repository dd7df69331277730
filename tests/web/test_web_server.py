"""The bot's own web server: alive, ready, counters; everything else is 404 without a word more."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import closing

import aiohttp
import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.telemetry import Metrics
from bot.web import WebServer, build_application


class Database:
    """Whether the database is there, as a test says."""

    is_there = True

    async def is_ready(self) -> bool:
        return self.is_there


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def client(metrics: Metrics, database: Database, port: int) -> AsyncIterator[ClientSession]:
    application = build_application(metrics=metrics, is_ready=database.is_ready)
    async with WebServer(application, host="127.0.0.1", port=port), ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


async def get(client: ClientSession, path: str) -> tuple[int, str]:
    async with client.get(path) as response:
        return response.status, await response.text()


class TestHealth:
    async def test_is_told_while_the_database_is_away(self, client: ClientSession, database: Database) -> None:
        database.is_there = False
        assert await get(client, "/healthz") == (200, "ok")

    async def test_readiness_follows_the_database(self, client: ClientSession, database: Database) -> None:
        assert await get(client, "/readyz") == (200, "ready")
        database.is_there = False
        assert await get(client, "/readyz") == (503, "not ready")


class TestMetrics:
    async def test_count_refusals_by_code_and_role(self, client: ClientSession, metrics: Metrics) -> None:
        metrics.count_refusal("session_full", "STUDENT")
        metrics.count_refusal("session_full", "STUDENT")
        _, text = await get(client, "/metrics")
        samples = {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }
        assert samples["rollcall_refusals_total", "STUDENT", "session_full"] == 2
        assert samples["rollcall_faults_total",] == 0


class TestEverythingElse:
    @pytest.mark.parametrize(
        "path",
        ["/", "/secret-path", "/healthz/", "/healthz?x=secret-path", "/.env", "/%3Csecret-path%3E"],
    )
    async def test_is_not_found_and_nothing_is_reflected(self, client: ClientSession, path: str) -> None:
        status, text = await get(client, path)
        expected = (200, "ok") if path.startswith("/healthz?") else (404, "")
        assert (status, text) == expected

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    async def test_by_another_method_is_refused_without_a_word(self, client: ClientSession, method: str) -> None:
        async with client.request(method, "/healthz", data=b"secret" * 10) as response:
            assert (response.status, await response.text()) == (405, "")

    async def test_a_fault_of_ours_tells_nothing(self, metrics: Metrics, port: int) -> None:
        async def broken() -> bool:
            raise RuntimeError("password=secret-path")

        application = build_application(metrics=metrics, is_ready=broken)
        async with (
            WebServer(application, host="127.0.0.1", port=port),
            ClientSession(f"http://127.0.0.1:{port}") as session,
        ):
            status, text = await get(session, "/readyz")
        assert status == 500
        assert "secret-path" not in text

    async def test_a_body_without_end_is_cut_off(self, client: ClientSession) -> None:
        async def endless() -> AsyncIterator[bytes]:
            for _ in range(64):
                yield b"x" * 65_536
                await asyncio.sleep(0)

        with contextlib.suppress(aiohttp.ClientConnectionError):  # cut off before all of it was sent: as good an answer
            async with client.post("/healthz", data=endless()) as response:
                assert response.status in {404, 405, 413}
        assert await get(client, "/healthz") == (200, "ok")


async def test_a_port_that_is_taken_is_an_error_at_the_start(metrics: Metrics, database: Database, port: int) -> None:
    first, second = (build_application(metrics=metrics, is_ready=database.is_ready) for _ in range(2))
    async with WebServer(first, host="127.0.0.1", port=port):
        with pytest.raises(OSError, match="in use"):
            await WebServer(second, host="127.0.0.1", port=port).__aenter__()
