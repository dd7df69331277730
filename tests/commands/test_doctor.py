"""`rollcall doctor` and `rollcall export`: what they say, and their exit codes."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import doctor
from bot.commands.doctor import Finding
from tests.sandbox_process import SandboxProcess, sandbox_process

TOKEN = "7000123:AAE-of_the_doctor_tests_0123456789"


@pytest.fixture
def sandbox() -> Iterator[SandboxProcess]:
    """A Bot API of its own, in a process of its own: commands run their own event loop."""
    with sandbox_process(TOKEN) as running:
        yield running


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Settings of an installation that lacks nothing but Telegram."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("ROLLCALL_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("ROLLCALL_TELEGRAM_API_URL", "http://127.0.0.1:9")
    return monkeypatch


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    exit_code = main(arguments)
    said = capsys.readouterr()
    assert TOKEN not in said.out + said.err
    return exit_code, said.out


class TestDoctor:
    def test_finds_nothing_wrong_with_a_good_installation(
        self, environment: pytest.MonkeyPatch, sandbox: SandboxProcess, capsys: pytest.CaptureFixture[str]
    ) -> None:
        environment.setenv("ROLLCALL_TELEGRAM_API_URL", sandbox.url)
        exit_code, said = run(capsys, "doctor")
        assert (exit_code, "✗" in said) == (0, False), said
        for subject in ("languages", "time zones", "settings", "database", "journal", "disk", "token", "updates", "clock"):
            assert f"ok  {subject}: " in said

    def test_says_what_to_do_where_telegram_is_away(
        self, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        exit_code, said = run(capsys, "doctor")
        assert exit_code == 1
        assert "✗   token: Telegram cannot be asked" in said
        assert "ROLLCALL_TELEGRAM_API_URL" in said

    def test_compares_where_updates_go_with_the_settings(
        self, environment: pytest.MonkeyPatch, sandbox: SandboxProcess, capsys: pytest.CaptureFixture[str]
    ) -> None:
        environment.setenv("ROLLCALL_TELEGRAM_API_URL", sandbox.url)
        environment.setenv("ROLLCALL_PUBLIC_URL", "https://classes.example.com")
        environment.setenv("ROLLCALL_WEBHOOK_SECRET", "of_the_doctor")
        exit_code, said = run(capsys, "doctor")
        assert exit_code == 1
        assert "posts updates nowhere, the settings say https://classes.example.com/telegram" in said
        assert "of_the_doctor" not in said

    @pytest.mark.parametrize(
        ("name", "value", "says"),
        [
            ("BOT_TOKEN", "", "ROLLCALL_BOT_TOKEN is missing"),
            ("TIMEZONE", "Africa/Nowhere", "ROLLCALL_TIMEZONE is wrong"),
            ("PUBLIC_URL", "https://classes.example.com", "ROLLCALL_WEBHOOK_SECRET is missing"),
        ],
    )
    def test_names_the_setting_that_is_wrong(
        self, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, says: str
    ) -> None:
        environment.setenv(f"ROLLCALL_{name}", value)
        exit_code, said = run(capsys, "doctor")
        assert exit_code == 1
        assert says in said

    def test_names_a_setting_that_there_is_not(
        self, environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / ".env").write_text(
            "ROLLCALL_CENTRE_NAME=Nile Studio\nROLLCALL_HTTP_PORT=0\nOTHER=1\n", encoding="utf-8"
        )
        exit_code, said = run(capsys, "doctor")
        assert exit_code == 1
        assert "there is no ROLLCALL_CENTRE_NAME → write ROLLCALL_CENTER_NAME" in said
        assert "OTHER" not in said

    def test_makes_no_database_by_looking(
        self, environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        environment.setenv("ROLLCALL_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
        assert "ok  database: not there yet" in run(capsys, "doctor")[1]
        assert not (tmp_path / "new.db").exists()

    def test_tells_a_full_disk_and_a_missing_server(
        self, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        environment.setattr(doctor, "_LEAST_FREE_BYTES", 2**70)
        assert "✗   disk: " in run(capsys, "doctor")[1]
        environment.setenv("ROLLCALL_DATABASE_URL", "postgresql+asyncpg://somebody:s3cret@127.0.0.1:9/none")
        said = run(capsys, "doctor")[1]
        assert "✗   database: cannot be reached" in said
        assert "s3cret" not in said

    def test_hides_secrets_in_whatever_it_says(self) -> None:
        assert TOKEN not in str(Finding("token", TOKEN, "copy it again"))


class TestExport:
    def test_writes_every_table_into_an_empty_folder(
        self, environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(capsys, "seed")
        exit_code, said = run(capsys, "export", "--to", str(tmp_path / "out"))
        assert (exit_code, "people: 18" in said) == (0, True), said
        with (tmp_path / "out" / "people.csv").open(encoding="utf-8", newline="") as file:
            assert "عمر خالد" in {row["name"] for row in csv.DictReader(file)}
        assert (tmp_path / "out" / "people.csv").stat().st_mode & 0o077 == 0

    def test_refuses_a_folder_with_something_in_it(
        self, environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "kept.txt").write_text("kept")
        assert main(["export", "--to", str(tmp_path)]) == 2
        assert "is not empty" in capsys.readouterr().err
        assert [path.name for path in tmp_path.glob("*.csv")] == []
