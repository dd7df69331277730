"""The team writes to many people at once: as it will be read, once, with its progress on one message."""

import asyncio
import re

import pytest

from domain.notifications.model import MutableNotification
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio

CROWD = 60
TEXT = "The side door is open today.\n\nBring <warm> socks & a towel."


@pytest.fixture(autouse=True)
async def readers(studio: Studio) -> None:
    """Everybody has opened the bot's chat: Telegram lets no bot begin one."""
    await asyncio.gather(*(studio.phone(slug).starts() for slug in ("mona", "omar", "nour")))


@pytest.fixture
def hana(studio: Studio) -> Person:
    """The receptionist."""
    return studio.phone("hana")


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


async def open_question(person: Person) -> None:
    await person.starts()
    await person.taps("Ballet I")
    await person.taps("Write to everybody")
    await person.reads("An announcement", "Everybody with a seat in Ballet I, Tue 24 Nov 10:00")


async def send_key(person: Person, text: str = TEXT) -> Key:
    await open_question(person)
    await person.says(text)
    return await person.key("Send to")


async def messages_of(studio: Studio, slug: str) -> list[str]:
    return [bubble.text for bubble in (await studio.phone(slug).view()).bubbles if "📣" in bubble.text]


class TestToASession:
    async def test_is_shown_as_it_will_be_read_and_reaches_who_has_a_seat(
        self, studio: Studio, hana: Person, mona: Person
    ) -> None:
        key = await send_key(hana)
        preview = await hana.reads("in the name of Nile Studio", "It goes to 1 person", "<warm> socks & a towel")
        await hana.presses(key)
        read = await mona.reads("📣 Nile Studio", "Ballet I, Tue 24 Nov 10:00", TEXT)
        assert read in preview
        await hana.reads("🏁 Sent", "✅ 1 person has got it")
        assert await messages_of(studio, "omar") == []
        await studio.adds_up()

    async def test_pressed_twice_is_sent_once(self, studio: Studio, hana: Person, mona: Person) -> None:
        key = await send_key(hana)
        await hana.presses(key)
        await hana.presses(key)
        await hana.reads("🏁 Sent")
        await hana.presses(key)
        await hana.reads("🏁 Sent", "✅ 1 person has got it")
        assert len(await messages_of(studio, "mona")) == 1

    async def test_leads_its_reader_to_the_class_and_stays(self, studio: Studio, hana: Person, mona: Person) -> None:
        await hana.presses(await send_key(hana))
        await mona.reads(TEXT)
        await mona.taps("See the class")
        await mona.reads("Ballet I", "You have a seat in this class")
        assert len(await messages_of(studio, "mona")) == 1

    async def test_comes_to_who_has_switched_news_off(self, studio: Studio, hana: Person, mona: Person) -> None:
        await mute(studio)
        await hana.presses(await send_key(hana))
        await mona.reads(TEXT)

    async def test_typed_again_takes_the_other_texts_place(self, hana: Person, mona: Person) -> None:
        old = await send_key(hana)
        await hana.says("Another text")
        await hana.reads("Another text", "To change it")
        await hana.presses(old)
        await hana.reads("Another text", "To change it")
        await hana.taps("Send to")
        await mona.reads("Another text")

    async def test_is_read_in_arabic(self, studio: Studio, hana: Person, mona: Person) -> None:
        await studio.database.execute("UPDATE people SET language = 'ar'")
        await hana.starts()
        await hana.taps("Ballet I")
        await hana.taps("اكتب للجميع")
        await hana.says("Bring socks")
        await hana.reads("هكذا ستُقرأ، باسم Nile Studio", "ستصل إلى شخص واحد", "كل من له مقعد في Ballet I")
        await hana.taps("أرسل إلى شخص واحد")
        await mona.reads("📣 Nile Studio", "Bring socks")
        await hana.reads("تم الإرسال", "وصلت إلى شخص واحد")


class TestRefusals:
    async def test_says_the_limit_and_how_long_it_is(self, hana: Person) -> None:
        await open_question(hana)
        await hana.says("x" * 3_001)
        await hana.reads("it has 3001 letters, and at most 3000 can be sent")
        await hana.says("x" * 3_000)
        await hana.reads("in the name of Nile Studio")

    async def test_wants_words(self, hana: Person) -> None:
        await open_question(hana)
        await hana.says("\u200d \u3164")
        await hana.reads("Please type the message")
        await hana.does("photo")
        await hana.reads("Pictures and files cannot be sent")

    async def test_asks_once_more_for_the_same_text(self, studio: Studio, hana: Person, mona: Person) -> None:
        await hana.presses(await send_key(hana))
        await mona.reads(TEXT)
        await hana.presses(await send_key(hana))
        await hana.reads("less than a minute ago")
        assert len(await messages_of(studio, "mona")) == 1
        await hana.taps("Send it again to 1 person")
        await mona.wait_until(lambda view: sum(TEXT in bubble.text for bubble in view.bubbles) == 2)

    async def test_has_nobody_to_tell(self, studio: Studio, hana: Person, mona: Person) -> None:
        await studio.database.execute("UPDATE people SET unreachable_at = created_at WHERE name = 'Mona Adel'")
        await hana.starts()
        await hana.taps("Ballet I")
        await hana.taps("Write to everybody")
        await hana.reads("nobody to tell", "1 person cannot be reached")
        await hana.taps("Back")
        await hana.reads("Seats taken: 1 of 12")

    async def test_is_not_there_for_other_branches_and_students(self, studio: Studio, hana: Person, omar: Person) -> None:
        key = await send_key(hana)
        ask = await asked_button(hana)
        other = await studio.world.add_staff("Sara Adly", branch=await studio.world.add_branch("Zamalek"))
        sara = studio.give_phone(other, "sara")
        for person in (sara, omar):
            await person.starts()
            for data in (ask, key.data):
                popup = await person.forges(data)
                assert "An announcement" not in popup.text
                await person.reads("Nile Studio")
        assert await messages_of(studio, "mona") == []

    async def test_wide_ones_are_not_there_for_staff(self, studio: Studio, hana: Person, tarek: Person) -> None:
        await tarek.starts()
        await tarek.taps("Announcements")
        wide = (await tarek.key("To every student")).data
        await hana.starts()
        await hana.taps("Announcements")
        assert not [label for label in await hana.labels() if "every student" in label]
        await hana.forges(wide)
        await hana.reads("not available")


class TestWide:
    async def test_reaches_every_student_but_who_switched_news_off(
        self, studio: Studio, tarek: Person, omar: Person, nour: Person
    ) -> None:
        await mute(studio, "Mona Adel")
        await tarek.starts()
        await tarek.taps("Announcements")
        await tarek.taps("To every student")
        await tarek.reads("Every student of Nile Studio", "It goes to 2 people", "1 person has switched news off")
        await tarek.says("We are closed on Friday")
        await tarek.taps("Send to 2 people")
        await omar.reads("📣 Nile Studio", "closed on Friday")
        await nour.reads("closed on Friday")
        await tarek.reads("🏁 Sent", "✅ 2 people have got it", "1 person has switched news off")
        assert await messages_of(studio, "mona") == []
        await omar.taps("My messages")
        await omar.reads("News of the studio: yes")

    async def test_to_a_class_and_to_a_branch_say_whom(self, tarek: Person, mona: Person) -> None:
        await tarek.starts()
        await tarek.taps("🎓 Classes")
        await tarek.taps("Ballet I")
        await tarek.taps("Write to everybody")
        await tarek.reads("Everybody of Ballet I: a seat to come or in the last 8 weeks, or credits for it")
        await tarek.says("A new teacher comes")
        await tarek.taps("Send to 1 person")
        await mona.reads("🎓 Ballet I", "A new teacher comes")

    async def test_is_in_the_list_with_its_outcome(self, tarek: Person, hana: Person, mona: Person) -> None:
        await hana.presses(await send_key(hana))
        await hana.reads("🏁 Sent")
        await tarek.starts()
        await tarek.taps("Announcements")
        await tarek.taps("✔️ Mon 23 Nov 10:00")
        await tarek.reads("👤 Hana Zaki", "warm", "🏁 Sent", "✅ 1 person has got it")


class TestUnderWay:
    async def test_is_stopped_at_once(self, studio: Studio, tarek: Person, omar: Person) -> None:
        crowd = await many(studio)
        await studio.faults(kind="slow", delay_seconds=0.5, methods=["sendMessage"])
        await begin(tarek)
        await omar.reads("Hello everybody")
        await tarek.taps("⏹️ Stop")
        await tarek.key("Announcements")
        text = await tarek.reads("⏹️ Stopped", "got it", "Not sent to")
        sent, not_sent = (int(number) for number in re.findall(r"[✅✋]\D*(\d+) p", text))
        reached = [phone for phone in crowd if "Hello everybody" in str(await phone.view())]
        assert (sent + not_sent, sent) == (CROWD + 3, len(reached) + 3)

    async def test_of_who_blocks_the_bot_goes_on_with_the_others(self, studio: Studio, tarek: Person, omar: Person) -> None:
        crowd = await many(studio)
        await studio.faults(kind="slow", delay_seconds=0.3, methods=["sendMessage"])
        await begin(tarek)
        await omar.reads("Hello everybody")
        await crowd[-1].does("block")
        await tarek.reads("🏁 Sent", "✅ 62 people have got it", "🚫 1 person could not be told")

    async def test_left_alone_tells_its_author_how_it_ended(self, studio: Studio, tarek: Person) -> None:
        await many(studio)
        await begin(tarek)
        await tarek.taps("🏠 Home")
        await tarek.reads("You are here as")
        await tarek.reads("Every student of Nile Studio", "🏁 Sent", "✅ 63 people have got it")
        await tarek.taps("Open the announcement")
        await tarek.reads("Hello everybody", "🏁 Sent")

    async def test_opened_again_is_followed_there(self, studio: Studio, tarek: Person) -> None:
        await many(studio)
        await begin(tarek)
        await tarek.taps("🏠 Home")
        await tarek.taps("Announcements")
        await tarek.taps("📤")
        await tarek.reads("Hello everybody", "🏁 Sent", "✅ 63 people have got it")


async def begin(admin: Person) -> None:
    await admin.starts()
    await admin.taps("Announcements")
    await admin.taps("To every student")
    await admin.reads("It goes to")
    await admin.says("Hello everybody")
    await admin.taps("📣 Send to")


async def many(studio: Studio) -> list[Person]:
    crowd = await studio.give_phones(CROWD)
    await asyncio.gather(*(phone.starts() for phone in crowd))
    return crowd


async def mute(studio: Studio, name: str = "Mona Adel") -> None:
    kind = MutableNotification.BROADCASTS
    await studio.database.execute(
        f"INSERT INTO muted_notifications (person_id, kind) SELECT id, '{kind}' FROM people WHERE name = '{name}'"
    )


async def asked_button(person: Person) -> str:
    """Return what the button of the session's card carries."""
    await person.taps("Don't send")
    return (await person.key("Write to everybody")).data
