"""A student finds a session, books it, looks at it and cancels it, in both languages."""

from datetime import timedelta

import pytest

from handlers.start_payload import session_payload
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio


async def in_arabic(person: Person) -> None:
    await person.says("/language")
    await person.taps("العربية")
    await person.reads("Nile Studio", "أي حصة")


class TestBooking:
    async def test_takes_two_taps_from_start_with_money(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        await omar.reads("EGP 80 is locked", "Free to cancel until Tue 24 Nov 08:00", "11 seats left")
        popup = await omar.taps("Book for EGP 80")
        await omar.reads("✅ Booked", "EGP 80 is locked in your wallet")
        assert "Booked" in popup.text
        assert await studio.statuses_of(studio.cast.member) == [("LOCKED", "WALLET")]
        await studio.adds_up()

    async def test_takes_a_credit_before_money(self, studio: Studio, mona: Person) -> None:
        session = await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=2))
        await mona.starts()
        await mona.taps("Wed 10:00")
        await mona.reads("Takes 1 of your 7 credits.")
        await mona.taps("Book with 1 credit")
        await mona.reads("✅ Booked", "Paid with 1 credit of Ballet I")
        assert await studio.statuses_of(studio.cast.owner, session) == [("PAID", "PACKAGE")]
        await studio.adds_up()

    async def test_of_a_free_class_takes_neither(self, studio: Studio, nour: Person) -> None:
        free = await studio.world.add_class("Open day", price_minor=0)
        session = await studio.world.add_session(free)
        await nour.starts()
        await nour.taps("Open day")
        await nour.taps("Book for free")
        await nour.reads("✅ Booked", "Free of charge")
        assert await studio.statuses_of(studio.cast.poor, session) == [("PAID", None)]

    async def test_in_arabic_says_the_same(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await in_arabic(omar)
        await omar.taps("Ballet I")
        await omar.taps("احجز مقابل 80")
        await omar.reads("✅ تم الحجز", "Ballet I", "80")
        await omar.taps("إلغاء هذا الحجز")
        await omar.taps("نعم، ألغِه")
        await omar.reads("❌ أُلغي الحجز")
        assert await studio.statuses_of(studio.cast.member) == [("CANCELLED", "WALLET")]
        await studio.adds_up()

    async def test_pressed_again_shows_the_first_outcome(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        await omar.presses(confirm)
        await omar.reads("✅ Booked")
        await omar.taps("Home")
        await omar.reads("You are booked: Ballet I")
        popup = await omar.presses(confirm)
        await omar.reads("✅ Booked")
        assert "Booked" in popup.text
        assert len(await studio.statuses_of(studio.cast.member)) == 1

    async def test_pressed_again_after_cancelling_shows_that_it_is_cancelled(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        await omar.presses(confirm)
        await omar.taps("Cancel this booking")
        await omar.taps("Yes, cancel it")
        await omar.reads("❌ Cancelled")
        await omar.taps("Home")
        await omar.reads("Which class")
        await omar.presses(confirm)
        await omar.reads("❌ Cancelled")
        assert await studio.live_seats() == [studio.cast.owner.id]

    async def test_of_a_session_by_its_link_begins_at_the_card(self, studio: Studio, omar: Person) -> None:
        await omar.starts(session_payload(studio.cast.session.id))
        await omar.reads("Ballet I", "11 seats left")
        await omar.taps("Book for")
        await omar.reads("✅ Booked")


class TestLooking:
    async def test_at_my_bookings_and_a_bookings_card(self, mona: Person) -> None:
        await mona.starts()
        await mona.taps("My bookings")
        await mona.reads("Tap one to see it")
        await mona.taps("Tomorrow 10:00 · Ballet I")
        await mona.reads("✅ Booked", "Tue 24 Nov, 10:00–11:00", "Maadi, 12 Road 9", "Salma Nabil", "1 credit of Ballet I")

    async def test_at_credits_and_wallet(self, mona: Person, nour: Person) -> None:
        await mona.starts()
        await mona.taps("Packages")
        await mona.reads("Ballet I: 7 credits left")
        await mona.taps("Wallet")
        await mona.reads("EGP 200 to spend", "−EGP 560", "Bought Ballet I")
        await nour.says("/packages")
        await nour.reads("You have no credits")
        await nour.says("/wallet")
        await nour.reads("wallet is empty")

    async def test_at_money_that_is_locked_for_a_booking(self, omar: Person) -> None:
        await omar.presses(await card_of(omar))
        await omar.reads("✅ Booked")
        await omar.says("/wallet")
        await omar.reads("EGP 220 to spend", "EGP 80 locked", "Ballet I")

    async def test_at_all_classes_page_by_page(self, studio: Studio, nour: Person) -> None:
        for day in range(2, 12):
            await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=day))
        await nour.starts()
        await nour.taps("All classes")
        await nour.reads("Soonest first")
        first = await nour.labels()
        await nour.taps("Later")
        await nour.wait_until(lambda view: view.find_key("First page"), what="the second page")
        assert not set(first[:8]) & set(await nour.labels())


class TestCancelling:
    @pytest.mark.parametrize(
        ("who", "comes_back"), [("mona", "1 credit is back"), ("omar", "EGP 80 in your wallet is free")]
    )
    async def test_says_what_comes_back_and_gives_it(self, studio: Studio, who: str, comes_back: str) -> None:
        person = studio.phone(who)
        if who == "omar":
            await person.presses(await card_of(person))
        else:
            await person.says("/bookings")
            await person.taps("Ballet I")
        await person.taps("Cancel this booking")
        await person.reads("Cancel Ballet I, Tue 24 Nov 10:00?")
        await person.taps("Yes, cancel it")
        await person.reads("❌ Cancelled", comes_back)
        await studio.adds_up()

    async def test_pressed_again_shows_the_first_outcome(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        await mona.taps("Cancel this booking")
        confirm = await mona.key("Yes, cancel it")
        await mona.presses(confirm)
        await mona.reads("❌ Cancelled")
        before = await studio.kept()
        await mona.taps("My bookings")
        await mona.reads("no bookings ahead")
        await mona.presses(confirm)
        await mona.reads("❌ Cancelled", "1 credit is back")
        assert await studio.kept() == before

    async def test_can_be_thought_better_of(self, studio: Studio, mona: Person) -> None:
        before = await studio.kept()
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        await mona.taps("Cancel this booking")
        await mona.taps("No, keep it")
        await mona.reads("✅ Booked")
        assert await studio.kept() == before


async def card_of(person: Person) -> Key:
    await person.starts()
    await person.taps("Ballet I")
    return await person.key("Book for")
