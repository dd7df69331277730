"""A guest finds everything again in the chat, by the phone that was typed at the desk."""

from tests.builders.cash import add_guest, at_the_door, take_seat, top_up
from tests.conversations.phone import Person
from tests.conversations.studio import Studio

JACKS_PHONE, YASMINS_PHONE = "+201001234565", "+201001234566"


async def join(person: Person, phone: str, *, language: str = "English") -> None:
    await person.starts()
    await person.taps(language)
    await person.taps("Jack" if language == "English" else "ياسمين")
    await person.shares_contact(phone)


class TestFirstContact:
    async def test_brings_along_what_the_guest_had(self, studio: Studio, jack: Person) -> None:
        world, cast = studio.world, studio.cast
        guest = await add_guest(world, "Jack R.", phone=JACKS_PHONE)
        await top_up(world, cast.staff, guest, 8_000)
        await world.add_package(guest, cast.taught, credits_total=5, price_minor=30_000)
        await take_seat(world, cast.staff, await at_the_door(world, cast.taught), guest)
        await join(jack, JACKS_PHONE)
        view = await jack.wait_until(
            lambda view: any("This is yours now" in bubble.text for bubble in view.bubbles), what="what came along"
        )
        said = next(bubble.text for bubble in view.bubbles if "This is yours now" in bubble.text)
        assert all(part in said for part in ("1 booking", "5 credits", "EGP 80 in your wallet"))
        await jack.says("/wallet")
        await jack.reads("EGP 80 to spend", "Brought over from your other profile")
        await jack.says("/bookings")
        await jack.key("Today 10:30 · Ballet I")
        await studio.adds_up()

    async def test_of_nobody_known_says_nothing_of_it(self, studio: Studio, jack: Person) -> None:
        await join(jack, JACKS_PHONE)
        await jack.reads("Which class")
        assert not any("know you from before" in bubble.text for bubble in (await jack.view()).bubbles)

    async def test_refuses_a_phone_that_another_has(self, studio: Studio, jack: Person, yasmin: Person) -> None:
        await join(jack, JACKS_PHONE)
        await jack.reads("Which class")
        await studio.database.execute(f"UPDATE people SET phone = '{YASMINS_PHONE}' WHERE phone = '{JACKS_PHONE}'")
        await yasmin.starts()
        await yasmin.taps("English")
        await yasmin.taps("ياسمين")
        await yasmin.shares_contact(YASMINS_PHONE)
        await yasmin.reads("Somebody else uses this phone here", "reception")


class TestProfile:
    async def test_brings_along_what_the_guest_had(self, studio: Studio, omar: Person) -> None:
        guest = await add_guest(studio.world, "Omar K.", phone=JACKS_PHONE)
        await top_up(studio.world, studio.cast.staff, guest, 8_000)
        await omar.says("/profile")
        await omar.taps("Phone")
        await omar.shares_contact(JACKS_PHONE)
        await omar.wait_until(
            lambda view: any("EGP 80 in your wallet" in bubble.text for bubble in view.bubbles), what="what came along"
        )
        await omar.says("/wallet")
        await omar.reads("EGP 380 to spend")
        await studio.adds_up()
