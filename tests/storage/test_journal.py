import sqlite3

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause
from domain.ids import AccountId, EntryId, new_id
from domain.writes.base import Write
from domain.writes.money import AddEntry, AddPosting
from storage.audit import audit
from tests.cast import Cast
from tests.postgres_server import driver_url

REFUSED = (sqlite3.IntegrityError, asyncpg.RestrictViolationError, asyncpg.IntegrityConstraintViolationError)
IMMUTABLE = ("entries", "postings", "audit_log")


def lines(cast: Cast, *amounts: int, entry_id: EntryId | None = None) -> list[Write]:
    """Postings between the member's wallet and the drawer, and the entry that closes them."""
    world, id_ = cast.world, entry_id or EntryId(new_id())
    accounts = (wallet_account(cast.member.owner.wallet_id), world.branch.cashbox_id)
    postings = [
        AddPosting(id_, line, world.center_id, accounts[line % 2], amount) for line, amount in enumerate(amounts, start=1)
    ]
    closing = AddEntry(id_, world.center_id, EntryCause.CASH_TOP_UP, new_id(), None, None, None, world.clock.now())
    return [*postings, closing]


class TestJournal:
    @pytest.mark.parametrize("table", IMMUTABLE)
    @pytest.mark.parametrize("change", ["UPDATE {} SET center_id = center_id", "DELETE FROM {}"])
    async def test_refuses_any_change(self, cast: Cast, table: str, change: str) -> None:
        with pytest.raises(REFUSED, match="never changed"):
            await cast.world.database.execute(change.format(table))

    @pytest.mark.parametrize("amounts", [(5, -4), (5,), (-5,), (5, -2, -2), (5, 5)])
    async def test_refuses_an_entry_that_does_not_balance(self, cast: Cast, amounts: tuple[int, ...]) -> None:
        with pytest.raises(REFUSED, match="does not balance"):
            await cast.world.database.apply(lines(cast, *amounts))
        assert await audit(cast.world.database) == []

    async def test_refuses_an_entry_without_lines(self, cast: Cast) -> None:
        with pytest.raises(REFUSED, match="does not balance"):
            await cast.world.database.apply(lines(cast))

    async def test_takes_an_entry_of_three_lines(self, cast: Cast) -> None:
        await cast.world.database.apply(lines(cast, 5, -2, -3))
        assert "entry_unbalanced" not in {each.code for each in await audit(cast.world.database)}

    async def test_refuses_lines_for_an_entry_that_is_closed(self, cast: Cast) -> None:
        entry_id = EntryId(new_id())
        await cast.world.database.apply(lines(cast, 5, -5, entry_id=entry_id))
        late = AddPosting(entry_id, 3, cast.world.center_id, cast.world.branch.cashbox_id, 7)
        with pytest.raises(REFUSED, match="is sealed"):
            await cast.world.database.apply([late])

    async def test_refuses_lines_whose_entry_never_comes(self, cast: Cast) -> None:
        with pytest.raises(REFUSED):
            await cast.world.database.apply(lines(cast, 5, -5)[:-1])
        assert await audit(cast.world.database) == []

    async def test_refuses_a_line_of_nothing(self, cast: Cast) -> None:
        with pytest.raises(REFUSED, match="amount_not_zero"):
            await cast.world.database.apply(lines(cast, 0, 0))

    async def test_refuses_the_account_of_another_center(self, cast: Cast) -> None:
        movement = Movement(cast.world.branch.cashbox_id, wallet_account(cast.outsider.owner.wallet_id), 5)
        with pytest.raises(REFUSED):
            await self._post(cast, movement)

    async def test_refuses_an_account_that_is_not_there(self, cast: Cast) -> None:
        with pytest.raises(REFUSED):
            await self._post(cast, Movement(cast.world.branch.cashbox_id, AccountId(new_id()), 5))

    async def _post(self, cast: Cast, movement: Movement) -> None:
        writes = entry(
            movement,
            cause=EntryCause.CASH_TOP_UP,
            subject_id=new_id(),
            center_id=cast.world.center_id,
            actor_id=None,
            now=cast.world.clock.now(),
        )
        await cast.world.database.apply(writes)


class TestJournalOfOneKind:
    @pytest.mark.parametrize("table", IMMUTABLE)
    async def test_refuses_to_be_emptied_on_postgresql(self, postgres_cast: Cast, table: str) -> None:
        with pytest.raises(asyncpg.RestrictViolationError, match="never changed"):
            await postgres_cast.world.database.execute(f"TRUNCATE {table} CASCADE")

    async def test_refuses_a_line_that_another_transaction_adds_before_the_entry_is_seen(
        self, postgres_cast: Cast, postgres_url: str
    ) -> None:
        entry_id = EntryId(new_id())
        late = f"VALUES ('{entry_id}', 3, '{postgres_cast.world.center_id}', '{postgres_cast.world.branch.cashbox_id}', 7)"
        other = await asyncpg.connect(driver_url(make_url(postgres_url)))
        try:
            await other.execute(f"BEGIN; INSERT INTO postings {late}")
            await postgres_cast.world.database.apply(lines(postgres_cast, 5, -5, entry_id=entry_id))
            with pytest.raises(asyncpg.CheckViolationError, match="does not balance"):
                await other.execute("COMMIT")
        finally:
            await other.close()

    @pytest.mark.parametrize("table", IMMUTABLE)
    async def test_refuses_to_be_replaced_on_sqlite(self, sqlite_cast: Cast, table: str) -> None:
        with pytest.raises(sqlite3.IntegrityError, match=r"never changed|is sealed"):
            await sqlite_cast.world.database.execute(f"REPLACE INTO {table} SELECT * FROM {table}")
