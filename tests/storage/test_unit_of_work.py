from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

from domain.enrollments.booking import BookSession
from domain.writes.base import GuardFailedError, LockRank, Write
from domain.writes.people import RenamePerson
from domain.writes.seats import GiveSeatBack
from storage.audit import audit
from storage.prepared import Query
from storage.unit_of_work import StoredUnitOfWork, unit_of_work_factory
from tests.cast import Cast
from tests.factories import new_enrollment_id
from tests.storage.test_guards import name_of_owner

T = TypeVar("T")


class ListeningDatabase:
    """Passes everything on, and remembers the lists of writes."""

    def __init__(self, cast: Cast) -> None:
        self._database = cast.world.database
        self.backend = self._database.backend
        self.applied: list[list[Write]] = []

    async def fetch(self, query: Query[T], /, **parameters: Any) -> list[T]:
        return await self._database.fetch(query, **parameters)

    async def claim(self, query: Query[T], /, **parameters: Any) -> list[T]:
        return await self._database.claim(query, **parameters)

    async def apply(self, writes: Sequence[Write]) -> None:
        self.applied.append(list(writes))
        await self._database.apply(writes)

    async def execute(self, sql: str, *arguments: Any) -> int:
        return await self._database.execute(sql, *arguments)

    async def close(self) -> None:
        await self._database.close()


class TestUnitOfWork:
    async def test_applies_writes_in_lock_order_with_the_session_last(self, cast: Cast) -> None:
        listening = ListeningDatabase(cast)
        terms = await cast.world.confirmed_terms(cast.member, cast.session)
        await BookSession(unit_of_work_factory(listening), cast.world.clock)(
            actor=cast.member.actor, session_id=cast.session.id, enrollment_id=new_enrollment_id(), confirmed=terms
        )
        (writes,) = listening.applied
        assert [write.rank for write in writes] == sorted(write.rank for write in writes)
        assert writes[0].rank is LockRank.WALLET
        assert writes[-1].rank is LockRank.SESSION

    async def test_left_without_commit_keeps_nothing(self, cast: Cast) -> None:
        async with StoredUnitOfWork(cast.world.database) as work:
            work.add(RenamePerson(cast.world.center_id, cast.owner.id, "Somebody"))
        async with work:
            await work.commit()
        assert await name_of_owner(cast) == cast.owner.name

    async def test_left_by_an_error_keeps_nothing(self, cast: Cast) -> None:
        async def fail() -> None:
            async with StoredUnitOfWork(cast.world.database) as work:
                work.add(RenamePerson(cast.world.center_id, cast.owner.id, "Somebody"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        assert await name_of_owner(cast) == cast.owner.name

    async def test_with_a_failing_guard_keeps_nothing(self, cast: Cast) -> None:
        empty = await cast.world.add_session(cast.taught)
        async with StoredUnitOfWork(cast.world.database) as work:
            work.add(GiveSeatBack(empty.id), RenamePerson(cast.world.center_id, cast.owner.id, "Somebody"))
            with pytest.raises(GuardFailedError, match="GiveSeatBack"):
                await work.commit()
        assert await name_of_owner(cast) == cast.owner.name
        assert await audit(cast.world.database) == []
