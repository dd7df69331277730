"""A wrong setting stops the start with one clear sentence: no traceback, and no secret shown."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import open_database
from tests.conversations.studio import SECRET, Studio
from tests.postgres_server import run_synchronously
from tests.processes.command_line import CommandLine
from tests.processes.product import Finished, Product

WRONG = [
    ("bot_token", "", "ROLLCALL_BOT_TOKEN is missing"),
    ("bot_token", "s3cret-without-number", "ROLLCALL_BOT_TOKEN is wrong"),
    ("database_url", "mysql://s3cret@db/x", "ROLLCALL_DATABASE_URL is wrong"),
    ("database_url", "sqlite+aiosqlite://", "ROLLCALL_DATABASE_URL is wrong"),
    ("database_url", "sqlite+aiosqlite:////nowhere/at/all.db", "check ROLLCALL_DATABASE_URL"),
    ("database_url", "postgresql+asyncpg://me:s3cret@127.0.0.1:9/x", "check ROLLCALL_DATABASE_URL"),
    ("telegram_api_url", "api.telegram.org", "ROLLCALL_TELEGRAM_API_URL is wrong"),
    ("telegram_api_url", "http://", "ROLLCALL_TELEGRAM_API_URL is wrong"),
    ("admin_ids", "1,two", "ROLLCALL_ADMIN_IDS is wrong"),
    ("http_port", "70000", "ROLLCALL_HTTP_PORT is wrong"),
    ("http_port", "http", "ROLLCALL_HTTP_PORT is wrong"),
    ("currency", "POUND", "ROLLCALL_CURRENCY is wrong"),
    ("timezone", "Cairo", "ROLLCALL_TIMEZONE is wrong"),
    ("default_language", "fr", "ROLLCALL_DEFAULT_LANGUAGE is wrong"),
    ("log_level", "LOUD", "ROLLCALL_LOG_LEVEL is wrong"),
    ("log_format", "xml", "ROLLCALL_LOG_FORMAT is wrong"),
]


def assert_one_clear_sentence(finished: Finished, part: str) -> None:
    """What stands on standard error besides the log is one line of ours, the last one."""
    *log, sentence = finished.errors.splitlines()
    assert (finished.exit_code, sentence[:10]) == (2, "rollcall: ")
    assert part in sentence
    assert not [line for line in log if line.startswith(("rollcall:", "Traceback"))]
    assert "s3cret" not in finished.errors
    assert SECRET not in finished.errors


class TestWrongSetting:
    @pytest.mark.parametrize(("name", "value", "part"), WRONG)
    def test_stops_the_start_with_one_clear_sentence(self, shell: CommandLine, name: str, value: str, part: str) -> None:
        shell.set(**{name: value})
        assert_one_clear_sentence(shell.run("run"), part)

    def test_in_the_env_file_is_found_too(self, shell: CommandLine, tmp_path: Path) -> None:
        tmp_path.joinpath(".env").write_text("ROLLCALL_CURRENCY=POUND\n", encoding="utf-8")
        assert_one_clear_sentence(shell.run("run"), "ROLLCALL_CURRENCY is wrong")

    def test_is_one_that_the_example_file_explains(self) -> None:
        example = Path(__file__).parents[2].joinpath(".env.example").read_text(encoding="utf-8")
        assert [name for name, _, _ in WRONG if f"ROLLCALL_{name.upper()}" not in example] == []


class TestWrongDatabase:
    def test_file_of_something_else_is_one_sentence(self, shell: CommandLine, tmp_path: Path) -> None:
        path = tmp_path / "letter.db"
        path.write_text("Dear Sir or Madam, this is not a database at all. " * 100, encoding="utf-8")
        shell.set(database_url=f"sqlite+aiosqlite:///{path}")
        assert_one_clear_sentence(shell.run("run"), "check ROLLCALL_DATABASE_URL")

    def test_that_the_server_does_not_have_is_one_sentence(self, shell: CommandLine, postgres_url: str) -> None:
        shell.set(database_url=f"{postgres_url}_of_nobody")
        assert_one_clear_sentence(shell.run("run"), "check ROLLCALL_DATABASE_URL")

    def test_with_an_old_schema_on_postgresql_says_what_to_do(self, shell: CommandLine, postgres_url: str) -> None:
        run_synchronously(execute(postgres_url, "UPDATE alembic_version SET version_num = '0000'"))
        shell.set(database_url=postgres_url)
        assert_one_clear_sentence(shell.run("run"), "rollcall migrate")

    def test_without_a_schema_on_postgresql_says_what_to_do(self, shell: CommandLine, postgres_url: str) -> None:
        run_synchronously(execute(postgres_url, "DELETE FROM alembic_version"))
        shell.set(database_url=postgres_url)
        assert_one_clear_sentence(shell.run("run"), "rollcall migrate")

    def test_of_another_bot_is_not_served(self, shell: CommandLine, sqlite_url: str) -> None:
        shell.set(database_url=sqlite_url)
        assert shell.run("seed").exit_code == 0
        with closing(sqlite3.connect(sqlite_url.partition("///")[2])) as connection, connection:
            connection.execute("UPDATE centers SET bot_id = 424242")
        assert_one_clear_sentence(shell.run("run"), "used by another bot (for Nile Studio)")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestWrongWorld:
    async def test_token_that_telegram_does_not_know_is_one_sentence(self, studio: Studio, product: Product) -> None:
        stranger = product.with_settings(bot_token="7000123:s3cret-of-nobody")
        assert_one_clear_sentence(await stranger.finish("run"), "Telegram does not accept the bot token")

    async def test_port_that_is_taken_says_which_setting(self, product: Product) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            finished = await product.with_settings(http_port=str(port)).finish("run")
        assert_one_clear_sentence(finished, "ROLLCALL_HTTP_PORT")


async def execute(url: str, sql: str) -> None:
    database = open_database(url, pool_size=1)
    await database.execute(sql)
    await database.close()
