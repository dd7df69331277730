import asyncio
from dataclasses import dataclass, field

import pytest

from bot.telegram.lease import LeaseKeeper
from tests.telegram_link.api_server import until


@dataclass
class SharedLease:
    """A lease that grants while it is free, fails while its database is away, and counts."""

    duration_seconds: float = 0.3
    is_free: bool = True
    is_away: bool = False
    hangs: bool = False
    asked: int = 0
    released: int = 0
    never: asyncio.Event = field(default_factory=asyncio.Event)

    async def hold(self) -> bool:
        self.asked += 1
        if self.hangs:
            await self.never.wait()
        if self.is_away:
            raise ConnectionError
        return self.is_free

    async def release(self) -> None:
        self.released += 1
        if self.is_away:
            raise ConnectionError


@pytest.fixture
def lease() -> SharedLease:
    return SharedLease()


class TestLeaseKeeper:
    async def test_holds_renews_and_gives_back(self, lease: SharedLease) -> None:
        async with LeaseKeeper(lease) as keeper:
            assert keeper.lost.is_set()
            await until(lambda: lease.asked >= 4)
            assert keeper.is_held
        assert keeper.lost.is_set()
        assert lease.released == 1

    async def test_stands_by_until_the_other_lets_go(self, lease: SharedLease) -> None:
        lease.is_free = False
        async with LeaseKeeper(lease) as keeper:
            await until(lambda: lease.asked >= 2)
            assert keeper.lost.is_set()
            lease.is_free = True
            await until(keeper.held.is_set)

    async def test_knows_at_once_when_another_took_it(self, lease: SharedLease) -> None:
        async with LeaseKeeper(lease) as keeper:
            await keeper.held.wait()
            lease.is_free = False
            await keeper.lost.wait()
            assert not keeper.is_held

    @pytest.mark.parametrize("trouble", ["is_away", "hangs"])
    async def test_lets_go_only_when_it_runs_out(self, lease: SharedLease, trouble: str) -> None:
        async with LeaseKeeper(lease) as keeper:
            await keeper.held.wait()
            setattr(lease, trouble, True)
            asked_before = lease.asked
            await until(lambda: lease.asked > asked_before)
            assert keeper.is_held
            await keeper.lost.wait()
            assert not keeper.is_held

    async def test_comes_back_when_its_database_does(self, lease: SharedLease) -> None:
        lease.is_away = True
        async with LeaseKeeper(lease) as keeper:
            await until(lambda: lease.asked >= 2)
            lease.is_away = False
            await keeper.held.wait()
            lease.is_away = True
