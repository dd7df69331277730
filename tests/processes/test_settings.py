"""A wrong setting stops the start with one clear sentence: no traceback, and no secret shown."""

import socket
from pathlib import Path

import pytest

from tests.conversations.studio import SECRET, Studio
from tests.processes.product import Finished, Product

WRONG = [
    ({"bot_token": ""}, "ROLLCALL_BOT_TOKEN is missing"),
    ({"bot_token": "s3cret-without-number"}, "ROLLCALL_BOT_TOKEN is wrong"),
    ({"bot_token": "123456:s3cret-of-nobody"}, "Telegram does not accept the bot token"),
    ({"database_url": "mysql://s3cret@db/x"}, "ROLLCALL_DATABASE_URL is wrong"),
    ({"database_url": "sqlite+aiosqlite://"}, "ROLLCALL_DATABASE_URL is wrong"),
    ({"database_url": "sqlite+aiosqlite:////nowhere/at/all.db"}, "ROLLCALL_DATABASE_URL"),
    ({"database_url": "postgresql+asyncpg://me:s3cret@127.0.0.1:9/x"}, "ROLLCALL_DATABASE_URL"),
    ({"telegram_api_url": "api.telegram.org"}, "ROLLCALL_TELEGRAM_API_URL is wrong"),
    ({"telegram_api_url": "http://"}, "ROLLCALL_TELEGRAM_API_URL is wrong"),
    ({"admin_ids": "1,two"}, "ROLLCALL_ADMIN_IDS is wrong"),
    ({"http_port": "70000"}, "ROLLCALL_HTTP_PORT is wrong"),
    ({"http_port": "http"}, "ROLLCALL_HTTP_PORT is wrong"),
    ({"currency": "POUND"}, "ROLLCALL_CURRENCY is wrong"),
    ({"timezone": "Cairo"}, "ROLLCALL_TIMEZONE is wrong"),
    ({"default_language": "fr"}, "ROLLCALL_DEFAULT_LANGUAGE is wrong"),
    ({"log_level": "LOUD"}, "ROLLCALL_LOG_LEVEL is wrong"),
    ({"log_format": "xml"}, "ROLLCALL_LOG_FORMAT is wrong"),
]


def assert_one_clear_sentence(finished: Finished, beginning: str) -> None:
    assert finished.exit_code == 2
    assert finished.errors.startswith("rollcall: ")
    assert beginning in finished.errors
    assert finished.errors.count("\n") == 1
    assert "Traceback" not in finished.errors
    assert "s3cret" not in finished.errors
    assert SECRET not in finished.errors


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestWrongSetting:
    async def test_stops_the_start_with_one_clear_sentence(self, product: Product) -> None:
        """All of them in one test: an interpreter starts slowly, and several may start at once."""
        for changed, sentence in WRONG:
            finished = await product.with_settings(**changed).finish("run")
            assert_one_clear_sentence(finished, sentence)

    async def test_in_the_env_file_is_found_too(self, product: Product) -> None:
        (product.folder / ".env").write_text("ROLLCALL_CURRENCY=POUND\n", encoding="utf-8")
        assert_one_clear_sentence(await product.finish("run"), "ROLLCALL_CURRENCY is wrong")

    async def test_port_that_is_taken_says_which_setting(self, product: Product) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            finished = await product.with_settings(http_port=str(port)).finish("run")
        assert_one_clear_sentence(finished, "ROLLCALL_HTTP_PORT")


class TestDatabase:
    async def test_of_another_bot_is_not_served(self, studio: Studio, product: Product) -> None:
        await studio.database.execute("UPDATE centers SET bot_id = 424242 WHERE bot_id IS NOT NULL")
        await studio.database.execute("UPDATE centers SET bot_id = 424243 WHERE bot_id IS NULL")
        assert_one_clear_sentence(await product.finish("run"), "used by another bot")

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    async def test_with_an_old_schema_is_refused_with_what_to_do(self, studio: Studio, product: Product) -> None:
        await studio.database.execute("UPDATE alembic_version SET version_num = '0000'")
        assert_one_clear_sentence(await product.finish("run"), "rollcall migrate")

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    async def test_that_the_server_does_not_have_is_one_sentence(self, product: Product) -> None:
        url = product.settings["ROLLCALL_DATABASE_URL"] + "_of_nobody"
        assert_one_clear_sentence(await product.with_settings(database_url=url).finish("run"), "ROLLCALL_DATABASE_URL")


def test_every_sentence_is_of_a_setting_that_is_documented() -> None:
    example = Path(__file__).parents[2].joinpath(".env.example").read_text(encoding="utf-8")
    assert [name for changed, _ in WRONG for name in changed if f"ROLLCALL_{name.upper()}" not in example] == []
