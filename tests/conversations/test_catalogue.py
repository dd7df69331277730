"""An owner keeps branches, classes and packages in the chat; staff keep what is theirs of it."""

import pytest

from handlers.buttons.admin import OpenBranch
from handlers.callback_data import encode
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import sql_id


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


@pytest.fixture
def hana(studio: Studio) -> Person:
    """Staff of Maadi."""
    return studio.phone("hana")


async def open_class(person: Person, title: str = "Ballet I") -> None:
    await person.starts()
    await person.taps("🎓 Classes")
    await person.taps(f"🎓 {title}")
    await person.reads("Teacher: Salma Nabil")


async def price(studio: Studio) -> int:
    card = await studio.world.confirmed_terms(studio.cast.member, studio.cast.session)
    return card.price_minor


class TestQuestions:
    async def test_of_who_has_lost_the_role_are_closed_by_the_first_answer(self, studio: Studio, hana: Person) -> None:
        await open_class(hana)
        await hana.taps("✏️ Title")
        await hana.reads("What is the class called?")
        await studio.database.execute("UPDATE role_assignments SET revoked_at = granted_at WHERE role = 'STAFF'")
        await hana.says("Ballet One")
        await hana.reads("You have no role here at the moment")
        before = await studio.kept()
        await hana.says("Ballet Two")
        await hana.reads("Please use the buttons", "You have no role here at the moment")
        assert await studio.kept() == before

    async def test_about_what_was_put_away_are_closed_by_the_first_answer(
        self, studio: Studio, hana: Person, tarek: Person
    ) -> None:
        await studio.world.add_class("Salsa")
        await open_class(hana, "Salsa")
        await hana.taps("✏️ Title")
        await hana.reads("What is the class called?")
        await open_class(tarek, "Salsa")
        await tarek.taps("Put away")
        await tarek.taps("Yes, put it away")
        await tarek.reads("It was put away")
        await hana.says("Salsa II")
        await hana.reads("not available any more")
        await hana.says("Salsa III")
        await hana.reads("Please use the buttons")


class TestClass:
    async def test_is_created_by_tapping_what_is_offered(self, studio: Studio, tarek: Person) -> None:
        await tarek.starts()
        await tarek.taps("🎓 Classes")
        await tarek.taps("New class")
        await tarek.says("Tap Dance")
        for label in ("Dance", "Beginners", "Salma Nabil", "EGP 120", "15 seats", "90 minutes"):
            await tarek.taps(label)
        await tarek.reads("Who booked and doesn't come", "🎁 The credit is used, whoever comes.")
        await tarek.taps("who comes pays")
        await tarek.taps("50 %")
        await tarek.taps("2 hours before")
        await tarek.reads("Title: Tap Dance", "Price: EGP 120", "No-show fee: 50 %", "Is that right?")
        await tarek.taps("Create it")
        await tarek.reads("🎓 Tap Dance", "Teacher: Salma Nabil", "0 classes in the calendar")
        await studio.adds_up()

    async def test_pressed_twice_is_one(self, studio: Studio, tarek: Person) -> None:
        await tarek.starts()
        await tarek.taps("🎓 Classes")
        await tarek.taps("New class")
        await tarek.says("Salsa")
        for label in (
            "Dance",
            "Beginners",
            "Salma Nabil",
            "free",
            "6 seats",
            "1 hour",
            "everybody pays",
            "until it begins",
        ):
            await tarek.taps(label)
        create = await tarek.key("Create it")
        await tarek.presses(create)
        await tarek.reads("🎓 Salsa", "Price: free")
        before = await studio.kept()
        await tarek.presses(create)
        await tarek.reads("🎓 Salsa")
        assert await studio.kept() == before

    async def test_says_what_a_new_price_means_and_keeps_what_is_booked(self, studio: Studio, tarek: Person) -> None:
        locked = await studio.world.book(studio.cast.member, studio.cast.session)
        await open_class(tarek)
        await tarek.taps("✏️ Price")
        await tarek.reads("Price: EGP 80", "holds for bookings made from now on")
        await tarek.says("٩٥٫٥")
        await tarek.reads("🎓 Ballet I", "Price: EGP 95.50")
        found = await studio.database.execute(
            f"UPDATE enrollments SET price_minor = 8000 WHERE id = '{sql_id(locked.id)}' AND price_minor = 8000"
        )
        assert found == 1
        await studio.adds_up()

    @pytest.mark.parametrize(
        ("field", "typed", "answer"),
        [
            ("Price", "-5", "Please type a number"),
            ("Price", "200000", "That is too much: at most EGP 100,000"),
            ("Price", "0", "an amount above zero"),
            ("Price", "1.234", "too many digits"),
            ("Seats", "0", "That is too little: at least 1"),
            ("Seats", "many", "Please type a number"),
            ("Title", "x" * 65, "at most 64 letters"),
            ("Title", "\u200f", "nothing to be seen"),
        ],
    )
    async def test_asks_again_for_what_does_not_fit(
        self, studio: Studio, tarek: Person, field: str, typed: str, answer: str
    ) -> None:
        await open_class(tarek)
        await tarek.taps(f"✏️ {field}")
        before = await studio.kept()
        await tarek.says(typed)
        await tarek.reads(answer)
        assert await studio.kept() == before

    async def test_loses_its_fee_with_the_policy_that_knows_one(self, studio: Studio, tarek: Person) -> None:
        await open_class(tarek)
        await tarek.taps("✏️ Who doesn't come")
        await tarek.taps("who comes pays")
        await tarek.taps("✏️ No-show fee")
        await tarek.reads("💳 Who pays from the wallet", "🎁 Who pays with a package")
        await tarek.taps("100 %")
        await tarek.reads("No-show fee: 100 %")
        await tarek.taps("✏️ Who doesn't come")
        await tarek.taps("you decide")
        await tarek.reads("Who doesn't come: you decide")
        assert "✏️ No-show fee" not in await tarek.labels()

    async def test_in_the_calendar_cannot_be_put_away(self, studio: Studio, tarek: Person) -> None:
        await open_class(tarek)
        await tarek.taps("Put away")
        await tarek.reads("cannot be put away yet", "1 class in the calendar")

    async def test_that_nobody_needs_is_put_away(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_class("Old Class")
        await open_class(tarek, "Old Class")
        await tarek.taps("Put away")
        confirm = await tarek.key("Yes, put it away")
        await tarek.presses(confirm)
        await tarek.reads("It was put away")
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.reads("It was put away")
        assert await studio.kept() == before

    async def test_is_found_by_words(self, studio: Studio, tarek: Person) -> None:
        for number in range(10):
            await studio.world.add_class(f"Yoga {number}")
        await tarek.starts()
        await tarek.taps("🎓 Classes")
        await tarek.taps("Search")
        await tarek.says("yoga")
        await tarek.reads("🔎 yoga")
        await tarek.taps("More")
        await tarek.wait_until(lambda view: view.find_key("Yoga 9"))
        assert not [label for label in await tarek.labels() if "Ballet" in label]
        await tarek.taps("Show all")
        await tarek.wait_until(lambda view: view.find_key("Ballet I"))


class TestStaff:
    async def test_edit_what_a_class_is_and_not_its_terms(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await open_class(tarek)
        terms = [await tarek.key("✏️ Price"), await tarek.key("Put away")]
        await tarek.taps("✏️ Price")
        terms.append(await tarek.key("EGP 100"))
        await open_class(hana)
        assert [label for label in await hana.labels() if "✏️" in label] == [
            "✏️ Title",
            "✏️ Subject",
            "✏️ Level",
            "✏️ Teacher",
        ]
        before = await studio.kept()
        for key in terms:
            await hana.forges(key.data)
            await hana.reads("You are here as staff")
        assert await studio.kept() == before
        assert await price(studio) == 8_000
        await open_class(hana)
        await hana.taps("✏️ Teacher")
        await hana.says("Karim Adel")
        await hana.reads("Teacher: Karim Adel")

    async def test_sell_packages(self, studio: Studio, hana: Person, omar: Person) -> None:
        await hana.says("/packages")
        await hana.taps("New package")
        for label in ("8 classes", "EGP 576", "8 classes"):
            await hana.taps(label)
        await hana.reads("Class: Ballet I", "Price: EGP 576", "Is that right?")
        await hana.taps("Create it")
        await hana.reads("🎁 8 classes · Ballet I", "EGP 72 each instead of EGP 80", "Bought 0 times")
        await omar.says("/packages")
        await omar.taps("Buy a package")
        await omar.reads("8 classes EGP 576")
        await hana.taps("Sell it no more")
        await hana.reads("Not on sale")
        await omar.taps("8 classes")
        await omar.reads("not available any more")

    async def test_see_no_administration_of_the_center(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await tarek.says("/settings")
        keys = [await tarek.key(label) for label in ("Branches", "Invitations", "✏️ Name", "Link for students")]
        await tarek.starts()
        keys += [await tarek.key(label) for label in ("👥 People", "📜 Audit log", "⚙️ Settings")]
        await hana.starts()
        before = await studio.kept()
        for key in keys:
            await hana.forges(key.data)
            await hana.reads("You are here as staff")
        assert await studio.kept() == before
        for command in ("/people", "/settings"):
            answer = await hana.says(command)
            assert "no such command" in answer.text


class TestPackage:
    async def test_once_bought_goes_on_when_it_is_edited_and_put_away(
        self, studio: Studio, tarek: Person, mona: Person
    ) -> None:
        await tarek.says("/packages")
        await tarek.taps("🎁 Ballet I")
        await tarek.reads("Bought 1 time", "7 unused credits")
        await tarek.taps("✏️ Price")
        await tarek.says("600")
        await tarek.reads("Price: EGP 600")
        await tarek.taps("Put away")
        await tarek.reads("What was bought of it goes on")
        await tarek.taps("Yes, put it away")
        await tarek.reads("It was put away")
        await mona.says("/packages")
        await mona.taps("7 of 8 left")
        await mona.reads("Bought Mon 23 Nov for EGP 560", "7 of 8 credits left")
        await studio.adds_up()

    async def test_of_one_class_are_listed(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_class("Jazz")
        await tarek.says("/packages")
        await tarek.taps("Of one class")
        await tarek.taps("🎓 Jazz")
        await tarek.reads("There is nothing here yet")
        await tarek.taps("Show all")
        await tarek.wait_until(lambda view: view.find_key("🎁 Ballet I"))


class TestBranch:
    async def test_is_opened_with_its_cashbox_and_edited(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/settings")
        await tarek.taps("Branches")
        await tarek.taps("New branch")
        await tarek.says("Zamalek")
        await tarek.taps("No address")
        await tarek.taps("Create it")
        await tarek.reads("📍 Zamalek", "Address: none")
        await tarek.taps("✏️ Address")
        await tarek.says("5 Nile <b>Corniche</b>")
        await tarek.reads("Address: 5 Nile <b>Corniche</b>")
        await studio.adds_up()

    async def test_has_a_name_of_its_own(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await tarek.says("/settings")
        await tarek.taps("Branches")
        await tarek.taps("📍 Zamalek")
        await tarek.taps("✏️ Name")
        await tarek.says("Maadi")
        await tarek.reads("There is a branch of this name already: Maadi")

    async def test_in_use_says_what_to_do(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/settings")
        await tarek.taps("Branches")
        await tarek.taps("📍 Maadi")
        await tarek.taps("Put away")
        await tarek.reads("cannot be put away yet", "1 class in the calendar", "1 member of staff", "in the cashbox")

    async def test_of_another_center_does_not_exist(self, studio: Studio, tarek: Person) -> None:
        elsewhere = studio.cast.elsewhere.branch
        await studio.world.add_branch("Zamalek")
        await tarek.says("/settings")
        await tarek.taps("Branches")
        own = await tarek.key("📍 Maadi")
        assert own.data == encode(OpenBranch(studio.world.branch.id))
        await tarek.forges(encode(OpenBranch(elsewhere.id)))
        await tarek.reads("not available any more")
