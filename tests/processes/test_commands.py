"""The other commands, from the empty database to the first admin."""

import json

import aiohttp
import pytest

from tests.conversations.ledger import known
from tests.conversations.studio import JACK, Studio
from tests.processes.product import Product, free_port


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str, studio: Studio) -> str:
    """A database without a schema, beside the studio's."""
    if database_url.startswith("sqlite"):
        return database_url.replace("rollcall.db", "empty.db")
    from tests.postgres_server import temporary_database

    database = temporary_database(request.getfixturevalue("postgres_server"))
    request.addfinalizer(lambda: database.__exit__(None, None, None))
    return database.__enter__()


class TestEmptyDatabase:
    async def test_is_migrated_seeded_once_and_adds_up(self, product: Product, empty_url: str) -> None:
        empty = product.with_settings(database_url=empty_url)
        migrated, again = await empty.finish("migrate"), await empty.finish("migrate")
        assert ("none →" in migrated.output, "as before" in again.output) == (True, True)
        for _ in range(2):
            seeded = await empty.finish("seed")
            assert (seeded.exit_code, seeded.output) == (0, "The example center is there.\n")
        audit = await empty.finish("audit", "--json")
        assert (audit.exit_code, json.loads(audit.output)) == (0, [])

    async def test_that_was_seeded_is_served(self, studio: Studio, product: Product, empty_url: str) -> None:
        empty = product.with_settings(database_url=empty_url)
        assert (await empty.finish("migrate")).exit_code == 0
        assert (await empty.finish("seed")).exit_code == 0
        async with empty.running():
            await studio.phone("jack").starts()
            await studio.phone("jack").reads("Welcome to Nile Studio")


class TestInvite:
    async def test_prints_a_link_that_makes_an_admin_once(self, studio: Studio, product: Product) -> None:
        invited = await product.finish("invite", "--role", "admin")
        link, _, hint = invited.output.partition("\n")
        assert link.startswith("https://t.me/studio_bot?start=")
        assert "once" in hint
        async with product.running():
            omar, nour = studio.phone("omar"), studio.phone("nour")
            await omar.starts(link.partition("=")[2])
            await omar.reads("You are here as admin")
            await nour.starts(link.partition("=")[2])
            await nour.reads("was used already")

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    async def test_of_staff_needs_a_branch_that_exists(self, product: Product) -> None:
        without = await product.finish("invite", "--role", "staff")
        unknown = await product.finish("invite", "--role", "staff", "--branch", "Heliopolis")
        assert (without.exit_code, unknown.exit_code) == (2, 2)
        assert "--branch" in without.errors
        assert "there is: Maadi" in unknown.errors
        known_branch = await product.finish("invite", "--role", "staff", "--branch", "maadi")
        assert known_branch.exit_code == 0


class TestAudit:
    async def test_prints_each_discrepancy_and_fails(self, studio: Studio, product: Product) -> None:
        await studio.database.execute("UPDATE sessions SET seats_taken = seats_taken + 1")
        audit = await product.finish("audit")
        assert audit.exit_code == 1
        assert "sessions" in audit.output
        assert "1 discrepancies." in audit.output


class TestWebServer:
    async def test_of_the_running_bot_is_alive_ready_and_counts(self, studio: Studio, product: Product) -> None:
        port = free_port()
        async with product.with_settings(http_port=str(port)).running(), aiohttp.ClientSession() as http:
            await studio.phone("jack").starts()
            await studio.phone("jack").forges("1?")
            await studio.phone("jack").reads("out of date")
            for path, expected in (("healthz", "ok"), ("readyz", "ready")):
                async with http.get(f"http://127.0.0.1:{port}/{path}") as response:
                    assert await response.text() == expected
            async with http.get(f"http://127.0.0.1:{port}/metrics") as response:
                text = await response.text()
        assert 'rollcall_refusals_total{code="out_of_date"' in text
        assert not (await known(studio.database, JACK)).has_joined
