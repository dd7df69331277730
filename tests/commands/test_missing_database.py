"""Commands that read a database whose file is not there: that is said, and none is made."""

from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.mark.parametrize(
    "command",
    [["audit"], ["export", "--to", "exported"], ["move", "--to", "postgresql+asyncpg://rollcall@127.0.0.1:9/rollcall"]],
    ids=lambda command: command[0],
)
def test_a_mistyped_file_is_neither_read_nor_made(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    missing = tmp_path / "bakcup.db"
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"sqlite+aiosqlite:///{missing}")
    assert main(command) == 2
    assert f"There is no database {missing}: check ROLLCALL_DATABASE_URL." in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_is_no_database_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.db").write_text("not a database at all, by far" * 50, encoding="utf-8")
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'notes.db'}")
    assert main(["audit"]) == 2
    assert "The database cannot be read" in capsys.readouterr().err
