import pytest

from domain.ids import EntryId, new_id
from domain.writes.base import GuardFailedError, Write
from domain.writes.money import AddPosting
from domain.writes.people import RenamePerson
from storage.database import Database, fetch_one
from storage.guards import WRITES
from storage.repositories.people import MEMBER
from tests.cast import Cast
from tests.storage.guard_cases import CASES, set_scene
from tests.storage.insert_cases import insert_cases


async def name_of_owner(cast: Cast) -> str:
    row = await fetch_one(cast.world.database, MEMBER, center_id=cast.world.center_id, telegram_id=cast.owner.telegram_id)
    assert row is not None
    return row.name


async def assert_stopped(cast: Cast, write: Write, why: str) -> None:
    """The write fails its guard, is known by itself, and the transaction's earlier write is not kept."""
    database: Database = cast.world.database
    with pytest.raises(GuardFailedError) as caught:
        await database.apply([RenamePerson(cast.world.center_id, cast.owner.id, "Canary"), write])
    assert caught.value.write is write, why
    assert await name_of_owner(cast) == cast.owner.name, why


class TestUpdatingWrites:
    @pytest.mark.parametrize("of", CASES)
    async def test_are_stopped_where_their_condition_does_not_hold(self, cast: Cast, of: str) -> None:
        cases = CASES[of](await set_scene(cast))
        for case in cases:
            for why, write in case.stopped.items():
                await assert_stopped(cast, write, f"{type(write).__name__}: {why}")
        for case in cases:
            await cast.world.database.apply([case.passes])  # so that none was stopped for another reason

    async def test_of_a_list_are_all_kept_or_none(self, cast: Cast) -> None:
        renamed = RenamePerson(cast.world.center_id, cast.owner.id, "Mona A.")
        await cast.world.database.apply([renamed])
        assert await name_of_owner(cast) == "Mona A."


class TestInsertingWrites:
    async def test_are_stopped_where_their_row_is_there_already(self, cast: Cast) -> None:
        for case in insert_cases(cast):
            await cast.world.database.apply(case.rows)
            for key, write in case.there_already.items():
                await assert_stopped(cast, write, f"{type(write).__name__}: {key}")

    async def test_of_the_same_line_of_an_entry_are_stopped(self, cast: Cast) -> None:
        line = AddPosting(EntryId(new_id()), 1, cast.world.center_id, cast.world.branch.cashbox_id, 5)
        with pytest.raises(GuardFailedError) as caught:
            await cast.world.database.apply([line, line])
        assert caught.value.write is line


class TestEveryWrite:
    async def test_is_tried(self, cast: Cast) -> None:
        scene = await set_scene(cast)
        updates = {type(case.passes) for cases in CASES.values() for case in cases(scene)}
        inserts = {type(write) for case in insert_cases(cast) for write in case.rows}
        assert updates | inserts == set(WRITES)
