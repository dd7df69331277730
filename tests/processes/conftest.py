"""An installation on each database, whose people have phones, and whose bot is a process of its own."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.clock import SystemClock
from tests.conversations.studio import TOKEN, Studio, opened_studio
from tests.factories import FixedClock
from tests.processes.command_line import CommandLine
from tests.processes.product import Product


@pytest.fixture
async def studio(database_url: str) -> AsyncIterator[Studio]:
    """The center, the people and the sandbox; the test starts the bot."""
    now = FixedClock(SystemClock().now())  # a process of its own reads the machine's clock
    async with opened_studio(database_url, clock=now) as studio:
        yield studio


@pytest.fixture
def product(studio: Studio, tmp_path: Path) -> Product:
    """The installation that serves the studio."""
    return Product(
        tmp_path,
        {
            "ROLLCALL_BOT_TOKEN": TOKEN,
            "ROLLCALL_TELEGRAM_API_URL": studio.settings.telegram_api_url,
            "ROLLCALL_DATABASE_URL": studio.settings.database_url,
            "ROLLCALL_HTTP_PORT": "0",
        },
    )


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    """A shell whose environment names a bot, and nothing else of ours."""
    for name in [name for name in os.environ if name.startswith("ROLLCALL_")]:
        monkeypatch.delenv(name)
    shell = CommandLine(monkeypatch, tmp_path)
    shell.set(bot_token=TOKEN, http_port="0")
    return shell
