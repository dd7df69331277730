"""A database from a newer version: one sentence, nothing touched."""

import sqlite3

import pytest
from sqlalchemy import make_url

from bot.__main__ import main


@pytest.fixture
def from_the_future(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with sqlite3.connect(str(make_url(sqlite_url).database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", sqlite_url)
    return sqlite_url


@pytest.mark.parametrize("command", ["migrate", "seed", "audit"])
def test_is_refused_in_one_sentence(from_the_future: str, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([command]) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said == "rollcall: The database has schema 9999, made by a newer version of Rollcall: install that one again."
