"""The studio with its bot running, once on each database."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.phone import Person
from tests.conversations.studio import Studio, opened_studio


@pytest.fixture
async def closed_studio(database_url: str) -> AsyncIterator[Studio]:
    """The center, the people and the sandbox, without a bot: for tests that start and stop it themselves."""
    async with opened_studio(database_url) as studio:
        yield studio


@pytest.fixture
async def studio(closed_studio: Studio) -> AsyncIterator[Studio]:
    """The whole product, running."""
    async with closed_studio.bot():
        yield closed_studio


@pytest.fixture
def mona(studio: Studio) -> Person:
    """Owns eight credits of Ballet I, EGP 200 and a seat in tomorrow's session."""
    return studio.phone("mona")


@pytest.fixture
def omar(studio: Studio) -> Person:
    """Has EGP 300 and no seat."""
    return studio.phone("omar")


@pytest.fixture
def nour(studio: Studio) -> Person:
    """Has nothing."""
    return studio.phone("nour")


@pytest.fixture
def jack(studio: Studio) -> Person:
    """Has never written to the bot; his client is English."""
    return studio.phone("jack")


@pytest.fixture
def yasmin(studio: Studio) -> Person:
    """Has never written to the bot; her client is Arabic."""
    return studio.phone("yasmin")
