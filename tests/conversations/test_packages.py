"""A student looks into the shop, buys a package from the wallet, and follows every credit and every piastre."""

from datetime import timedelta

import pytest

from domain.ids import ClassPackageId, new_id
from domain.writes.catalogue import AddClassPackage
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio
from tests.factories import sql_id

PRICE = 28_000


@pytest.fixture
async def offered(studio: Studio) -> ClassPackageId:
    """A package of four sessions that Omar can just afford."""
    package_id, world = ClassPackageId(new_id()), studio.world
    added = AddClassPackage(
        package_id,
        world.center_id,
        studio.cast.taught.id,
        "Quartet",
        4,
        PRICE,
        is_active=True,
        created_at=world.clock.now(),
    )
    await world.database.apply([added])
    return package_id


async def confirm_key(person: Person) -> Key:
    await person.says("/packages")
    await person.taps("Buy a package")
    await person.taps("Quartet")
    return await person.key("Buy for")


class TestBuying:
    async def test_says_exactly_what_happens_and_does_it(
        self, studio: Studio, omar: Person, offered: ClassPackageId
    ) -> None:
        confirm = await confirm_key(omar)
        await omar.reads("4 classes, EGP 70 each", "EGP 280 is taken", "EGP 20 is left", "4 credits for Ballet I")
        popup = await omar.presses(confirm)
        await omar.reads("Quartet", "4 of 4 credits left")
        assert "yours" in popup.text
        await omar.says("/wallet")
        await omar.reads("EGP 20 to spend", "−EGP 280", "Bought Quartet", "+EGP 300", "Topped up in cash, Maadi")
        await studio.adds_up()

    async def test_pressed_again_shows_the_first_outcome(
        self, studio: Studio, omar: Person, offered: ClassPackageId
    ) -> None:
        confirm = await confirm_key(omar)
        await omar.presses(confirm)
        await omar.reads("4 of 4 credits left")
        before = await studio.kept()
        await omar.taps("Home")
        await omar.reads("Which class")
        await omar.presses(confirm)
        await omar.reads("4 of 4 credits left")
        assert await studio.kept() == before

    async def test_asks_again_at_another_price(self, studio: Studio, omar: Person, offered: ClassPackageId) -> None:
        confirm, before = await confirm_key(omar), await studio.kept()
        await studio.database.execute(f"UPDATE class_packages SET price_minor = 29000 WHERE id = '{sql_id(offered)}'")
        await omar.presses(confirm)
        await omar.reads("changed since you opened it", "EGP 290 is taken")
        assert await studio.kept() == before
        await omar.taps("Buy for EGP 290")
        await omar.reads("4 of 4 credits left")

    async def test_offers_the_others_when_it_is_not_sold_any_more(
        self, studio: Studio, omar: Person, offered: ClassPackageId
    ) -> None:
        confirm, before = await confirm_key(omar), await studio.kept()
        await studio.database.execute(f"UPDATE class_packages SET is_active = FALSE WHERE id = '{sql_id(offered)}'")
        await omar.presses(confirm)
        await omar.reads("not sold any more", "8 classes EGP 560 · EGP 70 each")
        assert await studio.kept() == before

    async def test_says_how_much_is_missing(self, studio: Studio, nour: Person, offered: ClassPackageId) -> None:
        await nour.starts()
        await nour.taps("Ballet I")
        await nour.taps("Packages for this class")
        await nour.taps("Quartet")
        await nour.reads("Price: EGP 280", "EGP 280 is missing", "reception")
        assert not [label for label in await nour.labels() if "Buy" in label]

    async def test_is_nothing_for_the_team(self, studio: Studio, omar: Person, offered: ClassPackageId) -> None:
        confirm, before = await confirm_key(omar), await studio.kept()
        for who in ("hana", "tarek"):
            person = studio.phone(who)
            await person.starts()
            await person.forges(confirm.data)
            await person.reads("You are here as")
        assert await studio.kept() == before


class TestCredits:
    async def test_are_readable_one_by_one(self, studio: Studio, mona: Person) -> None:
        await mona.says("/packages")
        await mona.taps("7 of 8 left")
        await mona.reads("Ballet I", "7 of 8 credits left", "✅ Tue 24 Nov 10:00 Ballet I — booked Mon 23 Nov")

    async def test_of_somebody_else_are_not_there(self, studio: Studio, mona: Person, omar: Person) -> None:
        await mona.says("/packages")
        package = await mona.key("7 of 8 left")
        await omar.starts()
        await omar.forges(package.data)
        await omar.reads("not available any more")


class TestMoneyOfABooking:
    async def test_stands_line_by_line(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        await omar.taps("Book for")
        await omar.reads("Mon 23 Nov 10:00: EGP 80 locked")
        studio.clock.advance(timedelta(hours=1))
        await omar.taps("Cancel this booking")
        await omar.taps("Yes, cancel it")
        await omar.reads("Mon 23 Nov 10:00: EGP 80 locked", "Mon 23 Nov 11:00: EGP 80 free again")

    async def test_that_is_locked_leads_to_it(self, omar: Person) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        await omar.taps("Book for")
        await omar.says("/wallet")
        await omar.taps("🔒")
        await omar.reads("✅ Booked", "EGP 80 is locked")
