"""Moving in from another system: a dry run that tells, an import that adds up, and nothing of a file with a mistake."""

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.example.load import load_example_center
from domain.clock import SystemClock
from storage.audit import audit
from storage.engine import open_database

GOOD = """name,phone,language,wallet,class,credits,credits_value
Aya Nasser,01012345670,en,120.50,Ballet I,4,280
Aya Nasser,01012345670,,,hatha  yoga,2,200
كريم عادل,٠١٠١٢٣٤٥٦٧١,ar,٣٠٠,,,
"""
BAD = """name,phone,wallet,class,credits
,01012345670,10,,
Aya,12,10,,
Aya,01012345672,-5,,
Aya,01012345673,0.005,,
Aya,01012345674,0,Zumba,3
Aya,01012345675,0,,3
"""


@pytest.fixture
def studio(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    async def load() -> None:
        database = open_database(database_url)
        await load_example_center(database, clock=SystemClock(), bot_id=42)
        await database.close()

    asyncio.run(load())
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", database_url)
    monkeypatch.setenv("ROLLCALL_BOT_TOKEN", "42:a-token-that-nobody-asks")
    return database_url


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def discrepancies(url: str) -> int:
    async def look() -> int:
        database = open_database(url)
        try:
            return len(await audit(database))
        finally:
            await database.close()

    return asyncio.run(look())


class TestImport:
    def test_dry_run_tells_and_writes_nothing(
        self, studio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path, GOOD)
        assert main(["import", path]) == main(["import", path]) == 0
        said = capsys.readouterr().out
        assert said.count("2 people would be added, with 6 credits and EGP 420.50 in their wallets.") == 2

    def test_applied_adds_up_and_a_second_time_changes_nothing(
        self, studio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path, GOOD)
        assert main(["import", path, "--apply"]) == 0
        assert "2 people added" in capsys.readouterr().out
        assert discrepancies(studio) == 0
        assert main(["import", path, "--apply"]) == 0
        assert "0 people added" in capsys.readouterr().out

    def test_whoever_joined_with_the_phone_gets_theirs_once(
        self, studio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path, "name,phone,wallet\nMona Adel,+201001234561,50\n")
        assert main(["import", path, "--apply"]) == main(["import", path, "--apply"]) == 0
        said = capsys.readouterr().out
        assert said.count("1 joined with the same phone before, and get theirs.") == 1
        assert said.count("1 lines passed over") == 1
        assert discrepancies(studio) == 0

    def test_names_every_mistake_by_its_line_and_takes_nothing(
        self, studio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["import", write(tmp_path, BAD), "--apply"]) == 1
        said = capsys.readouterr().out
        assert [f"line {number}:" in said for number in range(2, 8)] == [True] * 6
        assert "6 problems; nothing was imported." in said
        assert main(["import", write(tmp_path, GOOD)]) == 0
        assert "2 people would be added" in capsys.readouterr().out

    @pytest.mark.parametrize("text", ["naam,telefoon\nx,y\n", "", "name;phone\nx;y\n"])
    def test_says_which_columns_it_wants(
        self, studio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
    ) -> None:
        assert main(["import", write(tmp_path, text)]) == 2
        assert "The first line names the columns" in capsys.readouterr().err
