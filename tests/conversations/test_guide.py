"""The guide behind /help: its pages are turned in one message, and only those of one's role are there."""

from datetime import timedelta

from handlers.buttons.guide import OpenTopic
from handlers.callback_data import encode
from handlers.guide_topics import GuideTopic
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


async def helped(person: Person) -> Person:
    await person.says("/help")
    await person.reads("Tap a topic")
    return person


class TestGuide:
    async def test_is_turned_in_one_message(self, studio: Studio, mona: Person) -> None:
        await (await helped(mona)).taps("📅 Booking")
        await mona.reads("📅 Booking", "the seat is yours")
        first = await mona.screen()
        await mona.taps("↩️ Cancelling ▶️")
        await mona.reads("↩️ Cancelling", "My bookings")
        assert (await mona.screen()).message_id == first.message_id
        assert len(studio.calls("editMessageMedia")) == 2
        assert not studio.calls("sendPhoto")

    async def test_leaves_no_picture_behind(self, mona: Person) -> None:
        await (await helped(mona)).taps("📅 Booking")
        page = await mona.screen()
        await mona.taps("📖 All topics")
        await mona.reads("Help", "Tap a topic")
        await mona.wait_until(lambda view: all(each.message_id != page.message_id for each in view.bubbles))
        await mona.taps("📅 Booking")
        await mona.taps("🏠 Home")
        await mona.reads("Which class")

    async def test_pressed_twice_is_the_same_page(self, mona: Person) -> None:
        key = await (await helped(mona)).key("📅 Booking")
        await mona.presses(key)
        await mona.presses(key)
        await mona.reads("📅 Booking", "the seat is yours")

    async def test_speaks_arabic(self, mona: Person) -> None:
        await mona.says("/language")
        await mona.taps("العربية")
        await mona.says("/help")
        await mona.taps("📅 الحجز")
        await mona.reads("📅 الحجز", "اضغط الزر الأخضر")
        assert (await mona.labels())[0].endswith("◀️")

    async def test_has_the_pages_of_the_role_alone(self, studio: Studio, mona: Person) -> None:
        hana, tarek = studio.phone("hana"), studio.phone("tarek")
        await (await helped(hana)).taps("📋 Roster")
        await hana.reads("One tap a head")
        await (await helped(tarek)).taps("🎓 Classes and prices")
        await tarek.reads("You decide")
        await helped(mona)
        assert not any("Roster" in label for label in await mona.labels())
        await mona.forges(encode(OpenTopic(GuideTopic.ROSTER)))
        await mona.reads("out of date", "Which class")


async def test_a_button_below_a_picture_that_stays_leads_on_below_it(studio: Studio) -> None:
    tarek = studio.phone("tarek")
    await tarek.starts()
    studio.clock.advance(timedelta(hours=11, minutes=1))
    await tarek.wait_until(lambda view: "Collected" in str(view), what="the digest")
    digest = await tarek.screen()
    await tarek.presses(next(key for key in digest.keys if "All classes" in key.label))
    await tarek.reads("All classes", "Tap one to see it")
    assert any(each.message_id == digest.message_id for each in (await tarek.view()).bubbles)
