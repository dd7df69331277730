"""The other commands, from the empty database to the first admin."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.conversations.studio import Studio
from tests.postgres_server import temporary_database
from tests.processes.command_line import CommandLine
from tests.processes.product import Finished, Product, free_port


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    with temporary_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database without a schema."""
    return str(request.getfixturevalue(f"empty_{request.param}_url"))


class TestEmptyDatabase:
    def test_is_migrated_seeded_once_and_adds_up(self, shell: CommandLine, empty_url: str) -> None:
        shell.set(database_url=empty_url)
        migrated, again = shell.run("migrate"), shell.run("migrate")
        assert ("none →" in migrated.output, "as before" in again.output) == (True, True)
        first, second = shell.run("seed"), shell.run("seed")
        assert (first.exit_code, second.exit_code) == (0, 0)
        audit = shell.run("audit", "--json")
        assert (audit.exit_code, json.loads(audit.output)) == (0, [])

    def test_on_postgresql_is_not_seeded_before_it_is_migrated(self, shell: CommandLine, empty_postgres_url: str) -> None:
        shell.set(database_url=empty_postgres_url)
        refused = shell.run("seed")
        assert refused.exit_code == 2
        assert "rollcall migrate" in refused.errors


class TestInvite:
    async def test_prints_a_link_that_makes_an_admin_once(self, studio: Studio, shell: CommandLine) -> None:
        invited = await run(shell, studio, "invite", "--role", "admin")
        link, _, hint = invited.output.partition("\n")
        assert link.startswith("https://t.me/studio_bot?start=")
        assert "once" in hint
        async with studio.bot():
            omar, nour = studio.phone("omar"), studio.phone("nour")
            await omar.starts(link.partition("=")[2])
            await omar.reads("You are here as admin")
            await nour.starts(link.partition("=")[2])
            await nour.reads("was used already")

    async def test_of_staff_needs_a_branch_that_exists(self, studio: Studio, shell: CommandLine) -> None:
        without = await run(shell, studio, "invite", "--role", "staff")
        unknown = await run(shell, studio, "invite", "--role", "staff", "--branch", "Heliopolis")
        there = await run(shell, studio, "invite", "--role", "staff", "--branch", "maadi")
        assert (without.exit_code, unknown.exit_code, there.exit_code) == (2, 2, 0)
        assert "--branch" in without.errors
        assert "there is: Maadi" in unknown.errors


class TestAudit:
    async def test_prints_each_discrepancy_and_fails(self, studio: Studio, shell: CommandLine) -> None:
        await studio.database.execute("UPDATE sessions SET seats_taken = seats_taken + 1")
        audit = await run(shell, studio, "audit")
        assert audit.exit_code == 1
        assert "sessions" in audit.output
        assert "1 discrepancies." in audit.output


class TestWebServer:
    async def test_of_the_running_bot_is_alive_ready_and_counts(self, studio: Studio, product: Product) -> None:
        port = free_port()
        async with product.with_settings(http_port=str(port)).running(), aiohttp.ClientSession() as http:
            await studio.phone("jack").starts()
            await studio.phone("jack").forges("1?")
            await studio.phone("jack").reads("out of date", "Which language")
            answers = {
                path: await get(http, f"http://127.0.0.1:{port}/{path}") for path in ("healthz", "readyz", "metrics")
            }
        assert (answers["healthz"], answers["readyz"]) == ("ok", "ready")
        assert 'rollcall_refusals_total{code="out_of_date",role="NONE"} 1.0' in answers["metrics"]


async def get(http: aiohttp.ClientSession, url: str) -> str:
    async with http.get(url) as response:
        return await response.text()


async def run(shell: CommandLine, studio: Studio, *arguments: str) -> Finished:
    """Run a command on the studio's installation, in a thread: it brings its own event loop."""
    shell.set(database_url=studio.settings.database_url, telegram_api_url=studio.settings.telegram_api_url)
    return await asyncio.to_thread(shell.run, *arguments)
