"""A replica reads what is long and a moment old anyway; it never decides, and is passed over while it is away."""

from typing import Any

import pytest
import sqlalchemy as sa

from bot.commands.runtime import reads_of
from bot.settings import Settings, SettingsError
from bot.wiring import wire
from domain.organization.model import Center
from domain.writes.base import ConflictError, DatabaseAwayError
from storage.database import Database
from storage.prepared import Query
from storage.replica import ReplicaReads
from tests.cast import Cast


class Watched:
    """A replica that is the same database, and counts who reads it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.backend = database.backend
        self.reads = 0
        self.trouble: Exception | None = None

    async def fetch(self, query: Any, /, **parameters: Any) -> list[Any]:
        self.reads += 1
        if self.trouble is not None:
            raise self.trouble
        return await self._database.fetch(query, **parameters)

    async def close(self) -> None:
        """The database is the test's."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"a replica was asked to {name}")


@pytest.fixture
def watched(cast: Cast) -> Watched:
    return Watched(cast.world.database)


@pytest.fixture
def services(cast: Cast, watched: Watched) -> Any:
    world = cast.world
    center = Center(world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
    reads = ReplicaReads(world.database, watched)
    return wire(world.database, clock=world.clock, center=center, admin_ids=frozenset(), reads=reads).services


_ONE = Query(sa.select(sa.literal(1)), int)


class TestReplica:
    async def test_is_read_for_histories_and_never_for_a_booking(self, cast: Cast, watched: Watched, services: Any) -> None:
        await cast.world.book(cast.member, cast.session)
        assert watched.reads == 0
        assert await services.history.list_classes(center_id=cast.world.center_id, student_id=cast.member.id)
        assert watched.reads == 1

    @pytest.mark.parametrize("trouble", [DatabaseAwayError(), ConflictError()])
    async def test_that_cannot_answer_is_passed_over(
        self, cast: Cast, watched: Watched, caplog: pytest.LogCaptureFixture, trouble: Exception
    ) -> None:
        reads = ReplicaReads(cast.world.database, watched)
        watched.trouble = trouble
        assert [await reads.fetch(_ONE) for _ in range(2)] == [[1], [1]]
        assert caplog.text.count("The replica cannot be read") == 1
        watched.trouble = None
        assert await reads.fetch(_ONE) == [1]


class TestSetting:
    async def test_is_refused_beside_a_sqlite(self, database: Database) -> None:
        settings = Settings(_env_file=None, database_replica_url="postgresql+asyncpg://reader@there/rollcall")  # type: ignore[call-arg]
        if database.backend == "postgresql":
            async with reads_of(settings, database) as reads:
                assert isinstance(reads, ReplicaReads)
            return
        with pytest.raises(SettingsError, match="remove it"):
            async with reads_of(settings, database):
                raise AssertionError("it was let in")

    async def test_left_out_reads_the_database_itself(self, database: Database) -> None:
        async with reads_of(Settings(_env_file=None), database) as reads:  # type: ignore[call-arg]
            assert reads is database
