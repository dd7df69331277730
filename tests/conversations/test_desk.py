"""Staff at the desk: walk-ins, people, top-ups and pay-outs, as tapped and read."""

from datetime import timedelta

import pytest

from tests.builders.cash import add_guest, at_the_door, top_up
from tests.builders.drawer import drawer_minor, movements
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled


@pytest.fixture
def hana(studio: Studio) -> Person:
    """Works at the reception of Maadi."""
    return studio.phone("hana")


@pytest.fixture
async def ballet(studio: Studio) -> Scheduled:
    """A session that begins in half an hour, with its door open."""
    return await at_the_door(studio.world, studio.cast.taught)


async def begin_walk_in(hana: Person) -> None:
    await hana.starts()
    await hana.taps("Ballet I")
    await hana.taps("Walk-in cash")
    await hana.reads("Type a part of the name")


class TestWalkIn:
    async def test_of_a_student_who_is_found_by_name(self, studio: Studio, hana: Person, ballet: Scheduled) -> None:
        before = await drawer_minor(studio.world)
        await begin_walk_in(hana)
        await hana.says("NOUR")
        await hana.taps("Nour Hassan")
        await hana.reads("Nour Hassan", "EGP 80 in cash goes into the drawer of Maadi")
        await hana.taps("EGP 80 taken")
        await hana.reads("EGP 80 taken from Nour Hassan: 1 of 12 seats are taken", "Seats taken: 1 of 12")
        assert await studio.statuses_of(studio.cast.poor, ballet) == [("PAID", "CASH")]
        assert await drawer_minor(studio.world) == before + 8_000
        await studio.adds_up()

    async def test_of_a_new_guest_with_a_phone(self, studio: Studio, hana: Person, ballet: Scheduled) -> None:
        await begin_walk_in(hana)
        await hana.taps("New guest")
        await hana.says("زياد مرسي")
        await hana.reads("What is the phone?")
        await hana.says("٠١٠٠ ١٢٣ ٤٥٩٩")
        await hana.reads("زياد مرسي (new guest)")
        await hana.taps("EGP 80 taken")
        await hana.reads("EGP 80 taken from زياد مرسي")
        await begin_walk_in(hana)
        await hana.says("4599")
        await hana.taps("زياد مرسي · …4599 · guest")
        await hana.taps("EGP 80 taken")
        await hana.reads("has a seat in this class already")
        await studio.adds_up()

    async def test_of_a_guest_without_a_phone_for_another_amount(
        self, studio: Studio, hana: Person, ballet: Scheduled
    ) -> None:
        await begin_walk_in(hana)
        await hana.taps("New guest")
        await hana.says("Ziad")
        await hana.taps("Without a phone")
        older = await hana.key("EGP 80 taken")
        await hana.says("fifty")
        await hana.reads("Please type an amount above zero")
        await hana.says("50")
        await hana.reads("EGP 50 in cash", "The price is EGP 80")
        await hana.presses(older)
        assert not await studio.live_seats(ballet)  # what it said is not what is asked any more

    async def test_pressed_twice_takes_the_cash_once(self, studio: Studio, hana: Person, ballet: Scheduled) -> None:
        await begin_walk_in(hana)
        await hana.says("nour")
        await hana.taps("Nour Hassan")
        confirm = await hana.key("EGP 80 taken")
        await hana.presses(confirm)
        before = await studio.kept()
        await hana.taps("Home")
        await hana.presses(confirm)
        await hana.reads("EGP 80 taken from Nour Hassan")
        assert await studio.kept() == before

    async def test_offers_who_has_the_phone_of_a_new_guest(self, studio: Studio, hana: Person, ballet: Scheduled) -> None:
        await add_guest(studio.world, "Ziad Morsi")
        await begin_walk_in(hana)
        await hana.taps("New guest")
        await hana.says("Z. Morsi")
        await hana.says("+20 100 123 4599")
        await hana.reads("known already")
        await hana.taps("Ziad Morsi")
        await hana.taps("EGP 80 taken")
        await hana.reads("EGP 80 taken from Ziad Morsi")

    async def test_says_that_the_last_seat_is_gone(self, studio: Studio, hana: Person) -> None:
        session = await at_the_door(studio.world, studio.cast.taught, capacity=1)
        await begin_walk_in(hana)
        await hana.says("nour")
        await hana.taps("Nour Hassan")
        await studio.world.book(studio.cast.member, session)
        await hana.taps("EGP 80 taken")
        await hana.reads("Session is full", "Seats taken: 1 of 1")
        await studio.adds_up()

    async def test_is_not_offered_on_another_day_or_to_others(self, studio: Studio, hana: Person) -> None:
        await hana.starts()
        await hana.taps("Ballet I")  # tomorrow's
        await hana.reads("Seats taken")
        assert not [label for label in await hana.labels() if "Walk-in" in label]

    async def test_is_nothing_for_students_admins_and_other_branches(
        self, studio: Studio, hana: Person, ballet: Scheduled
    ) -> None:
        await begin_walk_in(hana)
        await hana.says("nour")
        picked = await hana.key("Nour Hassan")
        await hana.taps("Nour Hassan")
        confirm = await hana.key("EGP 80 taken")
        elsewhere = await studio.world.add_staff("Dina Samir", branch=await studio.world.add_branch("Zamalek"))
        others = [studio.phone("omar"), studio.phone("tarek"), studio.give_phone(elsewhere, "dina")]
        before = await studio.kept()
        for person in others:
            await person.starts()
            for key in (picked, confirm):
                await person.forges(key.data)
                assert "Nour" not in (await person.screen()).text
        assert await studio.kept() == before


class TestArabic:
    async def test_is_spoken_from_search_to_receipt(self, studio: Studio, hana: Person, ballet: Scheduled) -> None:
        await hana.says("/language")
        await hana.taps("العربية")
        await hana.taps("Ballet I")
        await hana.taps("دخول نقدي")
        await hana.reads("اكتب جزءًا من الاسم أو الهاتف")
        await hana.says("nour")
        await hana.taps("Nour Hassan")
        await hana.reads("نقدًا إلى درج Maadi", "80 ج.م.")
        await hana.taps("استلمت")
        await hana.reads("استُلم 80 ج.م. من Nour Hassan")


class TestSearch:
    @pytest.mark.parametrize("words", ["مني عادل", "منى  عـادل", "عادل", "٠١٠٠١٢٣٤٥", "+20 100 123"])
    async def test_tolerates_how_people_write(self, studio: Studio, hana: Person, words: str) -> None:
        await add_guest(studio.world, "مُنى عادل", phone="+201001234577")
        await hana.starts()
        await hana.taps("Person at the desk")
        await hana.says(words)
        await hana.reads("1 person")
        assert "مُنى عادل · …4577 · guest" in await hana.labels()

    async def test_shows_no_more_of_a_phone_than_its_end(self, studio: Studio, hana: Person) -> None:
        await add_guest(studio.world)
        await hana.starts()
        await hana.taps("Person at the desk")
        await hana.says("ziad")
        await hana.taps("Ziad Morsi")
        text = await hana.reads("…4599")
        assert "1234599" not in text

    async def test_says_that_nobody_is_there(self, hana: Person) -> None:
        await hana.starts()
        await hana.taps("Person at the desk")
        await hana.says("%")
        await hana.reads("at least one letter")
        await hana.says("<b>Nobody_%")
        await hana.reads("Nobody was found")


class TestWallets:
    async def test_are_topped_up_in_cash(self, studio: Studio, hana: Person, omar: Person) -> None:
        await hana.starts()
        await hana.taps("Person at the desk")
        await hana.says("omar")
        await hana.taps("Omar Khaled")
        text = await hana.reads("Omar Khaled")
        assert "300" not in text  # what a student has is none of the reception's business
        await hana.taps("Top up")
        await hana.says("200.50")
        await hana.reads("EGP 200.50 goes into the drawer of Maadi")
        confirm = await hana.key("EGP 200.50 taken")
        await hana.presses(confirm)
        await hana.reads("in the wallet now")
        await hana.presses(confirm)
        await hana.reads("+EGP 200.50", "top-up of a wallet")
        await omar.says("/wallet")
        await omar.reads("EGP 500.50 to spend", "Topped up in cash, Maadi")
        await studio.adds_up()

    async def test_of_guests_are_paid_out(self, studio: Studio, hana: Person) -> None:
        guest = await add_guest(studio.world)
        await top_up(studio.world, studio.cast.staff, guest, 8_000)
        await hana.starts()
        await hana.taps("Person at the desk")
        await hana.says("ziad")
        await hana.taps("Ziad Morsi")
        await hana.reads("EGP 80 in the guest's wallet")
        await hana.taps("Pay out")
        await hana.says("90")
        await hana.taps("EGP 90 given")
        await hana.reads("Only EGP 80 is free")
        await hana.says("30")
        await hana.taps("EGP 30 given")
        await hana.reads("EGP 30 paid out", "EGP 50 in the guest's wallet")
        await studio.adds_up()

    async def test_of_a_new_guest_are_topped_up(self, studio: Studio, hana: Person) -> None:
        await hana.starts()
        await hana.taps("Person at the desk")
        await hana.taps("New guest")
        await hana.says("Ziad")
        await hana.says("01001234599")
        await hana.reads("Ziad is written down", "…4599")
        await hana.taps("Top up")
        await hana.says("100")
        await hana.taps("EGP 100 taken")
        await hana.reads("EGP 100 in the guest's wallet")
        assert (await movements(studio.world))[-1] == ("IN", "TOP_UP", 10_000)

    async def test_survive_a_restart_between_amount_and_confirmation(self, closed_studio: Studio) -> None:
        hana = closed_studio.phone("hana")
        async with closed_studio.bot():
            await hana.starts()
            await hana.taps("Person at the desk")
            await hana.says("omar")
            await hana.taps("Omar Khaled")
            await hana.taps("Top up")
            await hana.says("10")
        closed_studio.clock.advance(timedelta(minutes=1))
        async with closed_studio.bot():
            await hana.taps("EGP 10 taken")
            await hana.reads("EGP 10 taken")
