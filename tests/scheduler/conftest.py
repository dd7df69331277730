"""The cast, and what runs without anybody's tap, on each database."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.engine import open_database
from tests.cast import Cast, gather_cast
from tests.factories import World


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database of this test's own, migrated and empty, once of each kind."""
    database = open_database(database_url, pool_size=4)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def cast(database: Database) -> Cast:
    """The fixed cast, at the opening day."""
    return await gather_cast(await World.open(database))
