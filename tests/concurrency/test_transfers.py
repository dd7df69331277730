"""Transfers that race: from one wallet, to and fro between two, and the same one pressed by many."""

from uuid import UUID

from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause
from domain.finance.transferring import TransferMoney
from domain.finance.wallets_admin import WalletRef
from domain.ids import new_id
from domain.writes.money import CreditWallet
from storage.audit import audit
from storage.database import Database
from tests.builders.finance import balance_of, center_wallet, student_wallet
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.factories import Person, sql_id

PRESSES = 6


async def press(
    contest: Contest,
    line: StartingLine,
    database: Database,
    admin: Person,
    source: WalletRef,
    target: WalletRef,
    *,
    transfer_id: UUID | None = None,
    amount_minor: int = 5_000,
) -> object:
    """Let an admin confirm a transfer."""
    return await TransferMoney(line.units(database), contest.world.clock)(
        actor=admin.actor,
        transfer_id=transfer_id or new_id(),
        source=source,
        target=target,
        amount_minor=amount_minor,
        reason="race",
    )


async def move_what_was_read(
    contest: Contest, line: StartingLine, database: Database, source: Person, target: Person, amount_minor: int
) -> None:
    """Move money as somebody does who looks first, and then writes what they think is left."""
    read_minor = await balance_of(contest.world, student_wallet(source))
    await line.wait()
    giver, taker = source.owner.wallet_id, target.owner.wallet_id
    posted = entry(
        Movement(wallet_account(giver), wallet_account(taker), amount_minor),
        cause=EntryCause.WALLET_TRANSFER,
        subject_id=new_id(),
        center_id=contest.world.center_id,
        actor_id=None,
        now=contest.world.clock.now(),
    )
    await database.apply([CreditWallet(taker, amount_minor), *posted])
    left_minor = read_minor - amount_minor
    await database.execute(f"UPDATE wallets SET balance_minor = {left_minor} WHERE id = '{sql_id(giver)}'")


class TestOneWallet:
    async def test_gives_what_is_in_it_and_no_more(self, contest: Contest) -> None:
        world = contest.world
        admin, giver = await world.add_admin(), await world.add_student(money_minor=12_000)
        takers = await world.add_students(PRESSES)
        results = await contest.everybody(
            PRESSES,
            lambda number, line: press(
                contest,
                line,
                contest.database_of(number),
                admin,
                student_wallet(giver),
                student_wallet(takers[number]),
            ),
        )
        assert outcomes(results) == {"Transfer": 2, "DeskWalletTooLowError": PRESSES - 2}
        assert await balance_of(world, student_wallet(giver)) == 2_000
        assert await audit(world.database) == []

    async def test_gives_more_than_is_in_it_without_the_guard(self, contest: Contest) -> None:
        world = contest.world
        giver, takers = await world.add_student(money_minor=12_000), await world.add_students(PRESSES)
        await contest.everybody(
            PRESSES,
            lambda number, line: move_what_was_read(
                contest, line, contest.database_of(number), giver, takers[number], 5_000
            ),
        )
        assert sum([await balance_of(world, student_wallet(each)) for each in takers]) == PRESSES * 5_000
        assert "wallet_balance" in {each.code for each in await audit(world.database)}


class TestTheSameTransfer:
    async def test_pressed_by_many_is_made_once(self, contest: Contest) -> None:
        world, id_ = contest.world, new_id()
        admin, giver = await world.add_admin(), await world.add_student(money_minor=50_000)
        results = await contest.everybody(
            PRESSES,
            lambda number, line: press(
                contest,
                line,
                contest.database_of(number),
                admin,
                student_wallet(giver),
                center_wallet(world),
                transfer_id=id_,
            ),
        )
        assert outcomes(results) == {"Transfer": PRESSES}
        assert await balance_of(world, center_wallet(world)) == 5_000
        assert await audit(world.database) == []


class TestToAndFro:
    async def test_between_two_wallets_all_come_through(self, contest: Contest) -> None:
        world, admin = contest.world, await contest.world.add_admin()
        first, second = (student_wallet(each) for each in await world.add_students(2, money_minor=50_000))
        results = await contest.everybody(
            PRESSES,
            lambda number, line: press(
                contest,
                line,
                contest.database_of(number),
                admin,
                *((first, second) if number % 2 else (second, first)),
            ),
        )
        assert outcomes(results) == {"Transfer": PRESSES}
        assert (await balance_of(world, first), await balance_of(world, second)) == (50_000, 50_000)
        assert await audit(world.database) == []
