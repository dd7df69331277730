from domain.ids import ClassPackageId, StudentPackageId, new_id
from domain.packages.buying import BuyPackage, ShownOffer
from domain.packages.ports import Purchase, PurchaseFacts
from domain.packages.purchase import wallet_purchase
from domain.writes.catalogue import AddClassPackage
from domain.writes.money import DebitWallet
from storage.audit import audit
from storage.unit_of_work import StoredUnitOfWork
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.concurrency.rows import wallet_state
from tests.factories import Person, Taught, sql_id

PRESSES, PRICE = 10, 56_000


async def offered(contest: Contest, taught: Taught) -> ClassPackageId:
    package_id, world = ClassPackageId(new_id()), contest.world
    added = AddClassPackage(
        package_id, world.center_id, taught.id, "Ballet 8", 8, PRICE, is_active=True, created_at=world.clock.now()
    )
    await world.database.apply([added])
    return package_id


async def press_all(
    contest: Contest, person: Person, package_id: ClassPackageId, ids: list[StudentPackageId]
) -> list[object]:
    async def press(number: int, line: StartingLine) -> Purchase:
        buy = BuyPackage(line.units(contest.database_of(number)), contest.world.clock)
        return await buy(
            actor=person.actor, class_package_id=package_id, student_package_id=ids[number], shown=ShownOffer(PRICE, 8)
        )

    return list(await contest.everybody(len(ids), press))


def fresh_ids() -> list[StudentPackageId]:
    return [StudentPackageId(new_id()) for _ in range(PRESSES)]


class TestMoneyForOneOfTenPurchases:
    async def test_buys_one(self, contest: Contest) -> None:
        package_id = await offered(contest, await contest.world.add_class())
        student = await contest.world.add_student(money_minor=PRICE + 100)
        results = await press_all(contest, student, package_id, fresh_ids())
        assert outcomes(results) == {"Purchase": 1, "WalletTooLowError": PRESSES - 1}
        assert (await wallet_state(contest.world.database, student.wallet_id)).balance_minor == 100
        assert await audit(contest.world.database) == []

    async def test_buys_all_ten_without_the_guard(self, contest: Contest) -> None:
        world, package_id = contest.world, await offered(contest, await contest.world.add_class())
        student = await world.add_student(money_minor=PRICE)

        async def press(number: int, line: StartingLine) -> None:
            database, id_ = contest.database_of(number), StudentPackageId(new_id())
            facts = await StoredUnitOfWork(database).packages.find_purchase_facts(
                center_id=world.center_id, class_package_id=package_id, buyer_id=student.id, student_package_id=id_
            )
            assert facts is not None
            await line.wait()
            await buy_naively(contest, number, student, facts, id_)

        await contest.everybody(PRESSES, press)
        assert {each.code for each in await audit(world.database)} & {"wallet_balance"}


async def buy_naively(contest: Contest, number: int, student: Person, facts: PurchaseFacts, id_: StudentPackageId) -> None:
    """Buy as one does without guards: the wallet gets the balance that was read, less the price."""
    database = contest.database_of(number)
    writes = wallet_purchase(
        student.owner,
        facts.package,
        student_package_id=id_,
        deferred_account_id=facts.deferred_account_id,
        actor=student.actor,
        now=contest.world.clock.now(),
    )
    await database.apply([write for write in writes if not isinstance(write, DebitWallet)])
    assert facts.wallet is not None
    left_minor = facts.wallet.balance_minor - facts.package.price_minor
    await database.execute(f"UPDATE wallets SET balance_minor = {left_minor} WHERE id = '{sql_id(facts.wallet.id)}'")


class TestConfirmPurchaseButton:
    async def test_pressed_ten_times_at_once_buys_once(self, contest: Contest) -> None:
        package_id = await offered(contest, await contest.world.add_class())
        student = await contest.world.add_student(money_minor=PRICE * PRESSES)
        results = await press_all(contest, student, package_id, fresh_ids()[:1] * PRESSES)
        assert len(set(results)) == 1
        assert outcomes(results) == {"Purchase": PRESSES}
        assert (await wallet_state(contest.world.database, student.wallet_id)).balance_minor == PRICE * (PRESSES - 1)
        assert await audit(contest.world.database) == []
