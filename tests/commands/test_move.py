"""Growing from SQLite to PostgreSQL: everything arrives, and adds up; or nothing does."""

import asyncio

import pytest

from bot.__main__ import main
from bot.example.load import load_example_center
from domain.clock import SystemClock
from storage.audit import audit
from storage.engine import open_database
from storage.transfer import TransferError, tables_in_order, transfer


@pytest.fixture
def studio_url(sqlite_url: str) -> str:
    async def load() -> None:
        database = open_database(sqlite_url)
        await load_example_center(database, clock=SystemClock(), bot_id=1)
        await database.close()

    asyncio.run(load())
    return sqlite_url


async def count(url: str, table: str) -> int:
    database = open_database(url)
    try:
        return await database.execute(f"UPDATE {table} SET name = name")  # touches every row, and so counts them
    finally:
        await database.close()


class TestMove:
    async def test_everything_arrives_and_adds_up(self, studio_url: str, postgres_url: str) -> None:
        rows = await transfer(studio_url, postgres_url)
        database = open_database(postgres_url)
        assert await audit(database) == []
        await database.close()
        assert rows["people"] == await count(studio_url, "people") == await count(postgres_url, "people")
        assert rows["postings"] > 0
        assert rows["entries"] > 0

    async def test_refuses_a_target_that_is_in_use(self, studio_url: str, postgres_url: str) -> None:
        await transfer(studio_url, postgres_url)
        with pytest.raises(TransferError, match="not empty"):
            await transfer(studio_url, postgres_url)

    def test_command_says_what_it_did(
        self, studio_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ROLLCALL_DATABASE_URL", studio_url)
        assert main(["move", "--to", postgres_url]) == 0
        assert "the audit found 0 discrepancies" in capsys.readouterr().out

    def test_command_refuses_what_is_not_postgresql(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["move", "--to", "mysql://somewhere/else"]) == 2
        assert "--to is wrong" in capsys.readouterr().err

    def test_postings_come_before_the_entries_that_seal_them(self) -> None:
        names = [table.name for table in tables_in_order()]
        assert names.index("accounts") < names.index("postings") < names.index("entries")
