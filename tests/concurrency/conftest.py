from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.engine import open_database
from tests.concurrency.race import Contest
from tests.factories import World

CONNECTED = 8


@pytest.fixture
async def databases(database_url: str) -> AsyncIterator[list[Database]]:
    """Several open handles of one database, each with connections of its own, as so many processes would have."""
    opened = [open_database(database_url, pool_size=4) for _ in range(CONNECTED)]
    yield opened
    for database in opened:
        await database.close()


@pytest.fixture
async def contest(databases: list[Database]) -> Contest:
    """A center, and people who all tap at the same instant."""
    return Contest(await World.open(databases[0]), databases)
