from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.writes.base import Write
from domain.writes.people import SetUnreachable, SetVerifiedPhone
from storage.database import fetch_one
from storage.prepared import dialect_of
from storage.queries.bookings import StoredBookingViews
from storage.repositories.people import MEMBER
from storage.tables.types import Instant
from tests.cast import Cast

NAIVE = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 -- what must be refused
CAIRO = timezone(timedelta(hours=2))


async def unreachable_at(cast: Cast) -> datetime | None:
    row = await fetch_one(cast.world.database, MEMBER, center_id=cast.world.center_id, telegram_id=cast.owner.telegram_id)
    assert row is not None
    return row.unreachable_at


class TestNaiveDatetimes:
    async def test_are_refused_in_writes_and_nothing_is_kept(self, cast: Cast) -> None:
        center_id, owner = cast.world.center_id, cast.owner.id
        writes: list[Write] = [
            SetUnreachable(center_id, owner, cast.world.clock.now()),
            SetVerifiedPhone(center_id, owner, "+201001234567", NAIVE),
        ]
        with pytest.raises(ValueError, match="naive"):
            await cast.world.database.apply(writes)
        assert await unreachable_at(cast) is None

    async def test_are_refused_in_queries(self, cast: Cast) -> None:
        views = StoredBookingViews(cast.world.database)
        with pytest.raises(ValueError, match="naive"):
            await views.list_upcoming(center_id=cast.world.center_id, student_id=cast.owner.id, now=NAIVE, limit=1)

    async def test_are_refused_by_sqlalchemy_too(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match="naive"):
            Instant().process_bind_param(NAIVE, dialect_of(cast.world.database.backend))


class TestInstants:
    @pytest.mark.parametrize(
        "instant",
        [
            datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
            datetime(2026, 4, 23, 23, 59, 59, 999_999, tzinfo=CAIRO),
            datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        ],
    )
    async def test_come_back_as_they_went_in_and_in_utc(self, cast: Cast, instant: datetime) -> None:
        await cast.world.database.apply([SetUnreachable(cast.world.center_id, cast.owner.id, instant)])
        found = await unreachable_at(cast)
        assert found == instant
        assert found.utcoffset() == timedelta(0)

    def test_sort_as_text_as_they_do_in_time(self) -> None:
        write = Instant().driver_bind("sqlite")
        assert write is not None
        instants = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(microseconds=1) for year in (1, 999, 1999, 2026, 9999)]
        assert sorted(map(write, instants)) == list(map(write, instants))
        assert write(datetime(2026, 1, 1, 1, 30, tzinfo=CAIRO)) == "2025-12-31T23:30:00.000000Z"
