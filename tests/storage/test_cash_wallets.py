"""Cash over the counter for wallets, counts, the bank, and corrections: what is in the drawer is what was written down."""

from datetime import timedelta

import pytest

from domain.errors import (
    CashboxChangedError,
    CashboxTooLowError,
    CashDayOverError,
    CashNotCorrectableError,
    DeskWalletTooLowError,
    InvalidInputError,
    NotAGuestError,
    NotFoundError,
    NotPermittedError,
)
from domain.finance.cash import CashTransaction
from domain.ids import CashCountId, CashTransactionId, new_id
from storage.audit import audit
from storage.database import fetch_one
from storage.prepared import Query, outside
from storage.tables.door import cash_transactions
from tests.builders.cash import (
    add_guest,
    at_the_door,
    correct,
    count,
    new_transaction_id,
    pay_out,
    take_seat,
    to_bank,
    top_up,
)
from tests.builders.drawer import drawer_minor, movements, wallet_minor
from tests.cast import Cast


async def seat_transaction(cast: Cast, *, amount_minor: int = 8_000) -> CashTransactionId:
    """Let somebody pay for a seat, and return the drawer's movement."""
    session = await at_the_door(cast.world, cast.taught)
    seat = await take_seat(cast.world, cast.staff, session, cast.poor, amount_minor=amount_minor)
    query = Query(
        cash_transactions.select()
        .with_only_columns(cash_transactions.c.id)
        .where(cash_transactions.c.enrollment_id == outside("id")),
        CashTransactionId,
    )
    found = await fetch_one(cast.world.database, query, id=seat.id)
    assert found is not None
    return found


class TestCashTopUp:
    async def test_moves_cash_into_a_wallet_once(self, cast: Cast) -> None:
        world, id_ = cast.world, new_transaction_id()
        before = await drawer_minor(world)
        for _ in range(2):
            await top_up(world, cast.staff, cast.poor, 5_000, transaction_id=id_)
        assert (await drawer_minor(world), await wallet_minor(world, cast.poor)) == (before + 5_000, 5_000)
        assert await audit(world.database) == []

    async def test_of_a_guest_is_the_same(self, cast: Cast) -> None:
        guest = await add_guest(cast.world)
        await top_up(cast.world, cast.staff, guest, 100)
        assert await wallet_minor(cast.world, guest) == 100

    async def test_is_for_staff_of_the_branch_alone(self, cast: Cast) -> None:
        before = await movements(cast.world)
        elsewhere = await cast.world.add_staff("Dina", branch=await cast.world.add_branch("Zamalek"))
        for who in (*cast.refused, elsewhere, await cast.elsewhere.add_staff("Amr")):
            if who is not cast.staff:
                with pytest.raises((NotFoundError, NotPermittedError)):
                    await top_up(cast.world, who, cast.poor, 100)
        assert await movements(cast.world) == before

    async def test_of_somebody_elsewhere_finds_nobody(self, cast: Cast) -> None:
        with pytest.raises(NotFoundError):
            await top_up(cast.world, cast.staff, cast.outsider, 100)

    async def test_with_an_id_of_something_else_is_refused(self, cast: Cast) -> None:
        done = await top_up(cast.world, cast.staff, cast.poor, 100)
        with pytest.raises(NotFoundError):
            await top_up(cast.world, cast.staff, cast.member, 100, transaction_id=done.id)


class TestPayOutGuest:
    async def test_gives_a_guests_money_back_in_cash(self, cast: Cast) -> None:
        world, guest, id_ = cast.world, await add_guest(cast.world), new_transaction_id()
        await top_up(world, cast.staff, guest, 8_000)
        before = await drawer_minor(world)
        for _ in range(2):
            await pay_out(world, cast.staff, guest, 3_000, transaction_id=id_)
        assert (await drawer_minor(world), await wallet_minor(world, guest)) == (before - 3_000, 5_000)
        assert await audit(world.database) == []

    async def test_is_refused_to_whoever_has_telegram(self, cast: Cast) -> None:
        with pytest.raises(NotAGuestError):
            await pay_out(cast.world, cast.staff, cast.member, 100)

    async def test_is_refused_beyond_the_wallet(self, cast: Cast) -> None:
        guest = await add_guest(cast.world)
        await top_up(cast.world, cast.staff, guest, 100)
        with pytest.raises(DeskWalletTooLowError) as caught:
            await pay_out(cast.world, cast.staff, guest, 101)
        assert caught.value.available_minor == 100

    async def test_is_refused_beyond_the_drawer(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        await top_up(world, cast.staff, guest, 100)
        await to_bank(world, cast.admin, await drawer_minor(world))
        with pytest.raises(CashboxTooLowError) as caught:
            await pay_out(world, cast.staff, guest, 100)
        assert caught.value.balance_minor == 0


class TestCountCashbox:
    @pytest.mark.parametrize("difference", [-2_000, 0, 500])
    async def test_posts_what_differs_once(self, cast: Cast, difference: int) -> None:
        world, id_ = cast.world, CashCountId(new_id())
        recorded = await drawer_minor(world)
        for _ in range(2):
            done = await count(world, cast.staff, recorded + difference, recorded_minor=recorded, count_id=id_)
            assert done.difference_minor == difference
        assert await drawer_minor(world) == recorded + difference
        assert [kind for _, kind, _ in await movements(world)].count("COUNT") == (1 if difference else 0)
        assert await audit(world.database) == []

    async def test_asks_again_where_cash_moved_meanwhile(self, cast: Cast) -> None:
        recorded = await drawer_minor(cast.world)
        await top_up(cast.world, cast.staff, cast.poor, 100)
        with pytest.raises(CashboxChangedError):
            await count(cast.world, cast.staff, recorded, recorded_minor=recorded)

    async def test_by_denomination_must_come_to_the_total(self, cast: Cast) -> None:
        recorded = await drawer_minor(cast.world)
        notes = {"20000": 4, "5000": 2}
        with pytest.raises(InvalidInputError):
            await count(cast.world, cast.staff, 90_001, recorded_minor=recorded, denominations=notes)
        done = await count(cast.world, cast.staff, 90_000, recorded_minor=recorded, denominations=notes)
        assert done.counted_minor == await drawer_minor(cast.world)

    async def test_is_nothing_for_admins(self, cast: Cast) -> None:
        with pytest.raises(NotPermittedError):
            await count(cast.world, cast.admin, 0, recorded_minor=0)


class TestTakeToBank:
    async def test_empties_the_drawer_into_the_safe_once(self, cast: Cast) -> None:
        world, id_ = cast.world, new_transaction_id()
        everything = await drawer_minor(world)
        for _ in range(2):
            await to_bank(world, cast.staff, everything, transaction_id=id_)
        assert await drawer_minor(world) == 0
        assert await audit(world.database) == []

    async def test_never_takes_more_than_is_there(self, cast: Cast) -> None:
        everything = await drawer_minor(cast.world)
        with pytest.raises(CashboxTooLowError):
            await to_bank(cast.world, cast.admin, everything + 1)


class TestCorrectCash:
    async def test_of_a_seat_leaves_the_right_amount(self, cast: Cast) -> None:
        world, before = cast.world, await drawer_minor(cast.world)
        wrong, id_ = await seat_transaction(cast, amount_minor=80_000), new_transaction_id()
        for _ in range(2):
            await correct(world, cast.staff, wrong, right_minor=8_000, correction_id=id_)
        assert await drawer_minor(world) == before + 8_000
        kinds = [(direction, kind) for direction, kind, _ in await movements(world)]
        assert sorted(kinds[-3:]) == [("IN", "ENROLLMENT"), ("IN", "ENROLLMENT"), ("OUT", "CORRECTION")]
        assert await audit(world.database) == []

    async def test_of_a_seat_that_was_not_paid_leaves_nothing(self, cast: Cast) -> None:
        world, before = cast.world, await drawer_minor(cast.world)
        await correct(world, cast.staff, await seat_transaction(cast))
        assert await drawer_minor(world) == before
        assert await audit(world.database) == []

    async def test_of_a_top_up_takes_what_the_wallet_can_give(self, cast: Cast) -> None:
        world = cast.world
        wrong = await top_up(world, cast.staff, cast.poor, 10_000)
        await world.book(cast.poor, await world.add_session(cast.taught))  # 8,000 of it are locked now
        with pytest.raises(DeskWalletTooLowError):
            await correct(world, cast.staff, wrong.id, right_minor=7_999)
        await correct(world, cast.staff, wrong.id, right_minor=8_000)
        assert await wallet_minor(world, cast.poor) == 8_000
        assert await audit(world.database) == []

    async def test_of_a_pay_out_comes_back(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        await top_up(world, cast.staff, guest, 8_000)
        wrong = await pay_out(world, cast.staff, guest, 8_000)
        await correct(world, cast.staff, wrong.id, right_minor=800)
        assert await wallet_minor(world, guest) == 7_200
        assert await audit(world.database) == []

    async def test_of_the_bank_comes_back(self, cast: Cast) -> None:
        world, before = cast.world, await drawer_minor(cast.world)
        wrong = await to_bank(world, cast.staff, before)
        await correct(world, cast.staff, wrong.id)
        assert await drawer_minor(world) == before
        assert await audit(world.database) == []

    async def test_by_staff_is_of_the_same_day_and_by_an_admin_of_any(self, cast: Cast) -> None:
        world = cast.world
        wrong = await top_up(world, cast.staff, cast.poor, 100)
        world.clock.advance(timedelta(hours=14))  # midnight in Cairo
        with pytest.raises(CashDayOverError):
            await correct(world, cast.staff, wrong.id)
        await correct(world, cast.admin, wrong.id)
        assert await audit(world.database) == []

    async def test_is_made_once(self, cast: Cast) -> None:
        wrong = await top_up(cast.world, cast.staff, cast.poor, 100)
        await correct(cast.world, cast.staff, wrong.id)
        with pytest.raises(CashNotCorrectableError):
            await correct(cast.world, cast.staff, wrong.id)

    async def test_needs_a_reason_and_another_amount(self, cast: Cast) -> None:
        wrong = await top_up(cast.world, cast.staff, cast.poor, 100)
        for reason, right in (("  ", 50), ("typed wrong", 100), ("typed wrong", 0)):
            with pytest.raises(InvalidInputError):
                await correct(cast.world, cast.staff, wrong.id, reason=reason, right_minor=right)

    async def test_of_another_branch_or_center_is_not_there(self, cast: Cast) -> None:
        wrong: CashTransaction = await top_up(cast.world, cast.staff, cast.poor, 100)
        elsewhere = await cast.world.add_staff("Dina", branch=await cast.world.add_branch("Zamalek"))
        for who in (elsewhere, await cast.elsewhere.add_admin()):
            with pytest.raises(NotFoundError):
                await correct(cast.world, who, wrong.id)
        with pytest.raises(NotPermittedError):
            await correct(cast.world, cast.member, wrong.id)
