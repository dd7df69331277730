"""`rollcall audit` of a file that is not there: said, not made."""

from pathlib import Path

import pytest

from bot.__main__ import main


def test_a_mistyped_backup_is_not_found_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "bakcup.db"
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", f"sqlite+aiosqlite:///{missing}")
    assert main(["audit"]) == 2
    assert f"There is no database {missing} to audit" in capsys.readouterr().err
    assert not missing.exists()
