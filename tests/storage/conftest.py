from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.database import Database
from storage.engine import open_database
from tests.cast import Cast, gather_cast
from tests.factories import World
from tests.postgres_server import temporary_database


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database of this test's own, migrated and empty, once of each kind."""
    async with opened(database_url) as database:
        yield database


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Open the database at the URL for a while."""
    database = open_database(url, pool_size=4)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def world(database: Database) -> World:
    """A center with one branch."""
    return await World.open(database)


@pytest.fixture
async def cast(world: World) -> Cast:
    """The fixed cast, at the opening day."""
    return await gather_cast(world)


@pytest.fixture
async def sqlite_cast(sqlite_url: str) -> AsyncIterator[Cast]:
    """The fixed cast, for what only SQLite does."""
    async with opened(sqlite_url) as database:
        yield await gather_cast(await World.open(database))


@pytest.fixture
async def postgres_cast(postgres_url: str) -> AsyncIterator[Cast]:
    """The fixed cast, for what only PostgreSQL does."""
    async with opened(postgres_url) as database:
        yield await gather_cast(await World.open(database))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of this test's own that has never been migrated, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    with temporary_database(request.getfixturevalue("postgres_server")) as url:
        yield url
