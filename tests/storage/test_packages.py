from datetime import timedelta
from uuid import uuid4

import pytest

from domain.enrollments.history import Outcome
from domain.errors import NotFoundError, NotPermittedError, OfferChangedError, PackageNotOnSaleError, WalletTooLowError
from domain.ids import ClassPackageId, StudentPackageId, new_id
from domain.packages.buying import BuyPackage, ShownOffer
from domain.packages.ports import Purchase
from domain.packages.views import CreditUse, PurchaseCursor, UseCursor
from domain.writes.catalogue import AddClassPackage
from storage.audit import audit
from storage.queries.means import StoredMeansViews
from storage.queries.packages import StoredPackageViews
from storage.unit_of_work import unit_of_work_factory
from tests.cast import Cast
from tests.factories import Person, Taught, World, sql_id

PRICE, SESSIONS = 28_000, 4
SHOWN = ShownOffer(PRICE, SESSIONS)


async def on_sale(world: World, taught: Taught, *, name: str = "Ballet 4", price_minor: int = PRICE) -> ClassPackageId:
    """Put a package into the shop."""
    package_id = ClassPackageId(new_id())
    await world.database.apply(
        [
            AddClassPackage(
                package_id,
                world.center_id,
                taught.id,
                name,
                SESSIONS,
                price_minor,
                is_active=True,
                created_at=world.clock.now(),
            )
        ]
    )
    return package_id


async def buy(
    world: World,
    person: Person,
    package_id: ClassPackageId,
    *,
    shown: ShownOffer = SHOWN,
    student_package_id: StudentPackageId | None = None,
) -> Purchase:
    """Press the confirm button: one drawn now, unless an older one's id is given."""
    return await BuyPackage(unit_of_work_factory(world.database), world.clock)(
        actor=person.actor,
        class_package_id=package_id,
        student_package_id=student_package_id or StudentPackageId(new_id()),
        shown=shown,
    )


async def balance(world: World, person: Person) -> int:
    means = await StoredMeansViews(world.database).find_means(center_id=world.center_id, student_id=person.id)
    assert means.wallet is not None
    return means.wallet.balance_minor


class TestBuyPackage:
    async def test_takes_the_price_and_gives_the_credits(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        bought = await buy(cast.world, cast.member, package_id)
        views = StoredPackageViews(cast.world.database)
        (owned,) = await views.list_owned(center_id=cast.world.center_id, student_id=cast.member.id, limit=9)
        assert (owned.student_package_id, owned.credits_left) == (bought.student_package_id, SESSIONS)
        assert await balance(cast.world, cast.member) == 30_000 - PRICE
        assert await audit(cast.world.database) == []

    async def test_pressed_again_returns_the_first_purchase(self, cast: Cast) -> None:
        package_id, button = await on_sale(cast.world, cast.taught), StudentPackageId(new_id())
        first = await buy(cast.world, cast.member, package_id, student_package_id=button)
        await cast.world.top_up(cast.member, PRICE)
        await cast.world.database.execute(f"UPDATE class_packages SET price_minor = 1 WHERE id = '{sql_id(package_id)}'")
        assert await buy(cast.world, cast.member, package_id, student_package_id=button) == first
        assert await balance(cast.world, cast.member) == 30_000

    async def test_asks_again_when_the_offer_is_not_the_one_shown(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        for shown in (ShownOffer(PRICE - 1, SESSIONS), ShownOffer(PRICE, SESSIONS + 1)):
            with pytest.raises(OfferChangedError):
                await buy(cast.world, cast.member, package_id, shown=shown)
        assert await balance(cast.world, cast.member) == 30_000

    async def test_says_how_much_there_is_when_it_is_not_enough(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        await cast.world.book(cast.member, cast.session)  # locks EGP 80 of 300
        with pytest.raises(WalletTooLowError) as refusal:
            await buy(cast.world, cast.member, package_id)
        assert (refusal.value.price_minor, refusal.value.available_minor) == (PRICE, 22_000)
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("change", ["is_active = FALSE", "archived_at = '2026-11-01T00:00:00.000000Z'"])
    async def test_refuses_what_is_not_sold_any_more(self, cast: Cast, change: str) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        await cast.world.database.execute(f"UPDATE class_packages SET {change} WHERE id = '{sql_id(package_id)}'")
        with pytest.raises(PackageNotOnSaleError):
            await buy(cast.world, cast.member, package_id)
        views = StoredPackageViews(cast.world.database)
        shop = await views.list_shop(center_id=cast.world.center_id, class_id=cast.taught.id, limit=9)
        assert package_id not in {line.class_package_id for line in shop}

    async def test_refuses_everybody_who_is_no_student_of_the_center(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        for person in (cast.blocked, cast.unjoined, cast.staff, cast.admin):
            with pytest.raises(NotPermittedError):
                await buy(cast.world, person, package_id)
        with pytest.raises(NotFoundError):
            await buy(cast.world, cast.outsider, package_id)

    async def test_with_the_id_of_another_purchase_gets_nothing(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        with pytest.raises(NotFoundError):
            await buy(cast.world, cast.member, package_id, student_package_id=cast.package_id)
        with pytest.raises(NotFoundError):
            await buy(cast.world, cast.owner, package_id, student_package_id=cast.package_id)
        assert await balance(cast.world, cast.member) == 30_000


class TestOwnedPackages:
    async def test_are_paged_latest_first(self, world: World) -> None:
        taught, student = await world.add_class(), await world.add_student()
        bought = []
        for _ in range(3):
            world.clock.advance(timedelta(minutes=1))
            bought.append(await world.add_package(student, taught))
        views = StoredPackageViews(world.database)
        first = await views.list_owned(center_id=world.center_id, student_id=student.id, limit=2)
        cursor = PurchaseCursor(first[-1].purchased_at, first[-1].student_package_id)
        rest = await views.list_owned(center_id=world.center_id, student_id=student.id, limit=2, after=cursor)
        assert [each.student_package_id for each in (*first, *rest)] == bought[::-1]

    async def test_tell_what_each_credit_was_used_for(self, cast: Cast) -> None:
        world = cast.world
        world.clock.advance(timedelta(hours=1))
        later = await world.book(cast.owner, await world.add_session(cast.taught, starts_in=timedelta(days=3)))
        await world.cancel(cast.owner, later.id)
        uses = await uses_read_by(cast, cast.owner)
        assert [(use.outcome, use.was_returned) for use in uses] == [(Outcome.CANCELLED, True), (None, False)]
        cursor = UseCursor(uses[0].booked_at, uses[0].enrollment_id)
        assert await uses_read_by(cast, cast.owner, after=cursor) == uses[1:]

    async def test_of_others_do_not_exist(self, cast: Cast) -> None:
        views = StoredPackageViews(cast.world.database)
        for person in cast.refused:
            found = await views.find_owned(
                center_id=person.actor.center_id, student_id=person.id, student_package_id=cast.package_id
            )
            assert found is None
            assert await uses_read_by(cast, person) == []


async def uses_read_by(cast: Cast, person: Person, *, after: UseCursor | None = None) -> list[CreditUse]:
    """Let a person read what the owner's credits were used for."""
    return await StoredPackageViews(cast.world.database).list_uses(
        center_id=person.actor.center_id,
        student_id=person.id,
        student_package_id=cast.package_id,
        now=cast.world.clock.now(),
        limit=9,
        after=after,
    )


class TestShop:
    async def test_stands_by_class_and_price_on_every_page(self, world: World) -> None:
        ballet, yoga = await world.add_class("Ballet"), await world.add_class("Yoga")
        for taught, name, price_minor in (
            (yoga, "c", 9_000),
            (ballet, "b", 8_000),
            (ballet, "a", 7_000),
            (yoga, "d", 9_500),
        ):
            await on_sale(world, taught, name=name, price_minor=price_minor)
        views, names, after = StoredPackageViews(world.database), [], None
        while page := await views.list_shop(center_id=world.center_id, class_id=None, limit=1, after=after):
            names.append(page[0].name)
            after = page[0].class_package_id
        assert names == ["a", "b", "c", "d"]
        of_yoga = await views.list_shop(center_id=world.center_id, class_id=yoga.id, limit=9)
        assert [line.name for line in of_yoga] == ["c", "d"]

    async def test_says_what_one_session_comes_to(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught, price_minor=10_000)
        views = StoredPackageViews(cast.world.database)
        found = await views.find_offer(center_id=cast.world.center_id, reader_id=cast.owner.id, class_package_id=package_id)
        assert found is not None
        assert (found.line.per_session_minor, found.line.single_price_minor) == (2_500, 8_000)
        assert (found.credits_left, found.available_minor, found.missing_minor) == (7, 20_000, 0)

    async def test_of_another_center_does_not_exist(self, cast: Cast) -> None:
        package_id = await on_sale(cast.world, cast.taught)
        views = StoredPackageViews(cast.world.database)
        elsewhere = cast.elsewhere.center_id
        assert await views.list_shop(center_id=elsewhere, class_id=None, limit=9) == []
        for unknown in (package_id, ClassPackageId(uuid4())):
            offer = await views.find_offer(center_id=elsewhere, reader_id=cast.outsider.id, class_package_id=unknown)
            assert offer is None
