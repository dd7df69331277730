"""The drawer in the chat: what moved, corrections, counts, the bank, and the day."""

from datetime import timedelta

import pytest

from domain.sessions.model import SessionStatus
from tests.builders.cash import add_guest, at_the_door, set_status, take_seat, top_up
from tests.builders.drawer import drawer_minor, wallet_minor
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


@pytest.fixture
def hana(studio: Studio) -> Person:
    """Works at the reception of Maadi."""
    return studio.phone("hana")


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """Is an admin."""
    return studio.phone("tarek")


class TestDrawer:
    async def test_shows_what_moved_today(self, studio: Studio, hana: Person) -> None:
        await top_up(studio.world, studio.cast.staff, studio.cast.poor, 1_500)
        await hana.says("/cashbox")
        await hana.reads("Cashbox Maadi", "should be in the drawer", "Nobody has counted it yet")
        await hana.taps("+EGP 15 ·")
        await hana.reads("+EGP 15", "top-up of a wallet", "For: Nour Hassan", "By: Hana Zaki")

    async def test_turns_pages(self, studio: Studio, hana: Person) -> None:
        for number in range(8):
            await top_up(studio.world, studio.cast.staff, studio.cast.poor, 100 + number)
        await hana.says("/cashbox")
        await hana.taps("Older")
        await hana.taps("First page")
        assert len([label for label in await hana.labels() if "+EGP" in label]) == 8

    async def test_of_yesterday_is_not_todays(self, studio: Studio, hana: Person) -> None:
        studio.clock.advance(timedelta(days=1))
        await hana.says("/cashbox")
        await hana.reads("Nothing moved today")

    async def test_of_another_branch_is_not_there(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await tarek.says("/cashbox")
        await tarek.taps("Zamalek")
        count = await tarek.key("To the bank")
        await hana.starts()
        await hana.forges(count.data)
        await hana.reads("not available any more")

    async def test_is_nothing_for_students(self, studio: Studio, hana: Person, omar: Person) -> None:
        await hana.says("/cashbox")
        bank = await hana.key("To the bank")
        await omar.says("/cashbox")
        await omar.reads("There is no such command here")
        await omar.forges(bank.data)
        assert "drawer" not in (await omar.screen()).text


class TestCorrection:
    async def test_sets_a_wrong_amount_right(self, studio: Studio, hana: Person) -> None:
        await top_up(studio.world, studio.cast.staff, studio.cast.poor, 80_000)
        await hana.says("/cashbox")
        await hana.taps("+EGP 800")
        await hana.taps("Correct it")
        await hana.says("typed <800> instead of 80")
        await hana.reads("What is the right amount?", "typed <800> instead of 80")
        await hana.says("80")
        await hana.reads("EGP 800 is taken out", "EGP 80 is written down as taken")
        confirm = await hana.key("Correct it")
        await hana.presses(confirm)
        await hana.reads("Corrected", "This was corrected")
        await hana.presses(confirm)
        await hana.reads("correction", "Reason: typed <800> instead of 80")
        assert await wallet_minor(studio.world, studio.cast.poor) == 8_000
        nour = studio.phone("nour")
        await nour.says("/wallet")
        await nour.reads("EGP 80 to spend", "Correction:", "typed <800> instead of 80")
        await studio.adds_up()

    async def test_of_what_never_moved_leaves_nothing(self, studio: Studio, hana: Person) -> None:
        before = await drawer_minor(studio.world)
        await top_up(studio.world, studio.cast.staff, studio.cast.poor, 700)
        await hana.says("/cashbox")
        await hana.taps("+EGP 7 ")
        await hana.taps("Correct it")
        await hana.says("wrong person")
        await hana.taps("Nothing at all")
        await hana.taps("Correct it")
        await hana.reads("Corrected")
        assert await drawer_minor(studio.world) == before
        await studio.adds_up()

    async def test_on_a_later_day_is_an_admins(self, studio: Studio, hana: Person, tarek: Person) -> None:
        done = await top_up(studio.world, studio.cast.staff, studio.cast.poor, 700)
        await hana.says("/cashbox")
        await hana.taps("+EGP 7 ")
        movement = await hana.key("Correct it")
        studio.clock.advance(timedelta(days=1))
        await hana.presses(movement)
        await hana.says("too late")
        await hana.taps("Nothing at all")
        await hana.taps("Correct it")
        await hana.reads("Only an admin can correct this now")
        await tarek.starts()
        await tarek.forges(movement.data)
        await tarek.says("an admin may")
        await tarek.taps("Nothing at all")
        await tarek.taps("Correct it")
        await tarek.reads("Corrected")
        assert done.amount_minor == 700
        await studio.adds_up()


class TestCount:
    async def test_says_the_difference_before_it_is_posted(self, studio: Studio, hana: Person) -> None:
        recorded = await drawer_minor(studio.world)
        await hana.says("/cashbox")
        await hana.taps("Count")
        text = await hana.reads("type the total")
        assert str(recorded // 100) not in text  # it would be copied
        await hana.says(str(recorded // 100 - 20))
        await hana.reads("EGP 20 is missing")
        assert await drawer_minor(studio.world) == recorded
        confirm = await hana.key("EGP 20 short")
        await hana.presses(confirm)
        await hana.reads("Counted: EGP 20 short, posted", "Last counted")
        await hana.presses(confirm)
        assert await drawer_minor(studio.world) == recorded - 2_000
        await studio.adds_up()

    async def test_goes_note_by_note(self, studio: Studio, hana: Person) -> None:
        await hana.says("/cashbox")
        await hana.taps("Count")
        await hana.taps("By notes and coins")
        await hana.reads("How many of EGP 200?")
        await hana.says("3 0 ١")
        await hana.reads("How many of EGP 20?", "Together: EGP 650")
        await hana.taps("EGP 100")
        await hana.says("many")
        await hana.reads("whole number")
        await hana.says("2")
        await hana.reads("Together: EGP 850")
        await hana.taps("Finished")
        await hana.reads("Counted: EGP 850")
        await hana.taps("Write it down")
        await hana.reads("EGP 850 should be in the drawer")
        await studio.adds_up()

    async def test_asks_again_where_cash_came_in_meanwhile(self, studio: Studio, hana: Person) -> None:
        recorded = await drawer_minor(studio.world)
        await hana.says("/cashbox")
        await hana.taps("Count")
        await hana.says(str(recorded // 100))
        await hana.reads("exactly right")
        await top_up(studio.world, studio.cast.staff, studio.cast.poor, 1_000)
        await hana.taps("Write it down")
        await hana.reads("Cash moved in the drawer", "EGP 10 is missing")
        assert await drawer_minor(studio.world) == recorded + 1_000


class TestBank:
    async def test_takes_all_or_some_but_never_more(self, studio: Studio, hana: Person) -> None:
        before = await drawer_minor(studio.world)
        await hana.says("/cashbox")
        await hana.taps("To the bank")
        await hana.says("1000000")
        await hana.reads("more than is possible")
        await hana.says("100")
        await hana.taps("EGP 100 taken out")
        await hana.reads("EGP 100 taken out, for the bank")
        await hana.taps("To the bank")
        await hana.taps("All of it")
        await hana.taps("taken out")
        await hana.reads("EGP 0 should be in the drawer")
        assert before > 10_000
        await studio.adds_up()


class TestDay:
    async def test_puts_heads_and_cash_side_by_side(self, studio: Studio, hana: Person, tarek: Person) -> None:
        world, cast = studio.world, studio.cast
        session = await at_the_door(world, cast.taught)
        await take_seat(world, cast.staff, session, cast.poor)
        await take_seat(world, cast.staff, session, await add_guest(world), amount_minor=5_000)
        await hana.says("/cashbox")
        await hana.taps("The day")
        await hana.reads("2 booked, 0 came", "Cash: 2 seats, expected EGP 160, taken EGP 130", "Expected EGP 0")
        await set_status(world, session, SessionStatus.FINISHED)
        studio.clock.advance(timedelta(days=1))
        await tarek.says("/cashbox")
        await tarek.taps("The day")
        await tarek.taps("Day before")
        await tarek.reads("Expected EGP 160, taken EGP 130", "EGP 30 under")
