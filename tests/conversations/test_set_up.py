"""From nothing to the first booking: the first admin is led through, and can stop and go on at any point."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import run_bot
from bot.sandbox import MovableClock, Sandbox, SandboxPerson, run_sandbox
from bot.settings import Settings
from handlers.buttons.admin import ListClasses
from handlers.callback_data import encode
from storage.engine import open_database
from tests.conversations.phone import Person
from tests.conversations.studio import JACK, STOP_SECONDS, TOKEN, YASMIN
from tests.factories import FixedClock
from tests.sandbox.clients import Driver

PEOPLE = (
    SandboxPerson(JACK, "jack", "Jack", last_name="Reed", language_code="en"),
    SandboxPerson(YASMIN, "yasmin", "Yasmin", last_name="Fouad", language_code="en"),
)


@pytest.fixture
async def driver(database_url: str) -> AsyncIterator[Driver]:
    """A bot on an empty database, whose settings name Jack an admin."""
    clock = MovableClock(FixedClock())
    sandbox = Sandbox(token=TOKEN, bot_username="studio_bot", clock=clock, people=PEOPLE)
    async with run_sandbox(sandbox) as running, aiohttp.ClientSession() as http:
        settings = Settings(  # type: ignore[call-arg]
            _env_file=None,
            bot_token=SecretStr(TOKEN),
            telegram_api_url=running.url,
            database_url=database_url,
            http_port=0,
            admin_ids=frozenset({JACK}),
        )
        database, stop = open_database(database_url), asyncio.Event()
        task = asyncio.create_task(run_bot(settings, database=database, clock=clock, stop=stop))
        try:
            yield Driver(http, running.url)
        finally:
            stop.set()
            await asyncio.wait_for(task, STOP_SECONDS)
            await database.close()


async def join(person: Person) -> None:
    await person.starts()
    await person.taps("English")
    await person.taps("I am")
    await person.reads("phone number")
    await person.says("Skip")


@pytest.fixture
async def jack(driver: Driver) -> Person:
    """The first admin, who has just joined."""
    jack = Person(driver, "jack")
    await join(jack)
    await jack.reads("You are here as admin", "A few taps, and students can book")
    return jack


async def taps(person: Person, *labels: str) -> None:
    for label in labels:
        await person.taps(label)


async def make_class(jack: Person) -> None:
    await jack.taps("Class")
    await jack.says("Ballet I")
    await taps(jack, "Dance", "Beginners", "Jack Reed", "EGP 80", "12 seats", "1 hour", "everybody pays")
    await taps(jack, "2 hours before", "Create it")


class TestSetUp:
    async def test_leads_from_nothing_to_a_booking(self, jack: Person, driver: Driver) -> None:
        await taps(jack, "Next: 🏠 Center", "My studio", "Egyptian Pound", "Cairo", "English", "That's right")
        await jack.reads("✅ My studio, EGP, Cairo, English", "▫️ A branch")
        await taps(jack, "Next: 📍 Branch", "Main branch", "No address", "Create it")
        await jack.reads("✅ A branch", "▫️ A class")
        await make_class(jack)
        await jack.reads("✅ A class", "▫️ Its place in the timetable")
        await taps(jack, "Next: 🗓️ Timetable", "Mon", "Wed", "Go on", "18:00", "Put it into the timetable")
        await jack.reads("Your center is ready", "✅ Its place in the timetable", "▫️ A package")
        await taps(jack, "Next: 🎁 Package", "8 classes", "EGP 576", "8 classes", "Create it")
        await jack.reads("🎁 8 classes · Ballet I")
        yasmin = Person(driver, "yasmin")
        await join(yasmin)
        await yasmin.taps("18:00 · Ballet I")
        await yasmin.reads("Ballet I", "Main branch", "EGP 80")

    async def test_can_be_left_and_taken_up_again(self, jack: Person) -> None:
        await taps(jack, "Next: 🏠 Center", "My studio", "Egyptian Pound")
        await jack.says("/start")
        await jack.reads("▫️ My studio, EGP, Cairo, English")
        await taps(jack, "📍 Branch")
        await jack.says("Maadi")
        await jack.taps("Cancel")
        await jack.reads("▫️ A branch")
        await taps(jack, "📍 Branch")
        await jack.says("Maadi")
        await taps(jack, "No address", "Create it")
        await jack.says("/start")
        await jack.reads("✅ A branch", "▫️ A class")

    async def test_form_goes_on_where_it_was_left(self, jack: Person) -> None:
        await taps(jack, "Next: 🏠 Center", "My studio", "Egyptian Pound")
        await jack.says("/start")
        await jack.taps("Next: 🏠 Center")
        await jack.reads("You go on where you left", "Your center · 3 of 4", "Egyptian Pound")
        await taps(jack, "Cancel", "Next: 🏠 Center")
        assert "1 of 4" in await jack.reads("Your center")

    async def test_what_is_made_can_be_put_right_before_all_is_there(self, jack: Person) -> None:
        await taps(jack, "Next: 🏠 Center", "My studio", "Egyptian Pound", "Cairo", "English", "That's right")
        await make_class(jack)
        await jack.reads("✅ A class", "▫️ A branch")
        await taps(jack, "🎓 Classes", "Ballet I")
        await jack.reads("Ballet I", "EGP 80")

    async def test_lets_a_currency_of_another_kind_be_chosen(self, jack: Person) -> None:
        await taps(jack, "Next: 🏠 Center")
        await jack.says("Gulf Studio")
        await taps(jack, "Kuwaiti Dinar", "Kuwait", "العربية", "That's right")
        await jack.reads("✅ Gulf Studio, KWD")
        await jack.taps("Class")
        await jack.says("Ballet I")
        await taps(jack, "Dance", "Beginners", "Jack Reed")
        await jack.says("7.5")
        await jack.reads("Price: KWD 7.500")

    async def test_answers_typed_wrongly_are_asked_again(self, jack: Person) -> None:
        await jack.taps("Class")
        await jack.says("x" * 65)
        await jack.reads("at most 64 letters", "What is the class called?")
        await jack.says("Ballet I")
        await jack.reads("Title: Ballet I", "What is it about?")

    async def test_lengths_are_typed_in_hours_too_and_nothing_is_typed_at_the_end(self, jack: Person) -> None:
        await jack.taps("Class")
        await jack.says("Ballet I")
        await taps(jack, "Dance", "Beginners", "Jack Reed", "EGP 80", "12 seats", "1 hour", "everybody pays")
        await jack.says("2 years")
        await jack.reads("how many minutes, hours or days")
        await jack.says("٢ ساعة")
        await jack.reads("Free to cancel: 2 hours before", "Is that right?")
        await jack.says("60")
        await jack.reads("Please use the buttons", "Free to cancel: 2 hours before")

    async def test_currency_of_another_kind_waits_until_no_class_has_a_price(self, jack: Person) -> None:
        await make_class(jack)
        await taps(jack, "Center", "My studio", "Kuwaiti Dinar", "Kuwait", "English", "That's right")
        await jack.reads("Put your classes away first")
        await jack.says("/start")
        await jack.says("/settings")
        await jack.reads("Settings")
        await jack.forges(encode(ListClasses(0, is_search=False)))
        await taps(jack, "🎓 Ballet I", "Put away", "Yes, put it away")
        await jack.says("/settings")
        await taps(jack, "✏️ Currency", "Kuwaiti Dinar")
        await jack.reads("Currency: Kuwaiti Dinar (KWD)", "Timetable ahead")

    async def test_of_an_old_form_changes_nothing_any_more(self, jack: Person) -> None:
        await jack.taps("📍 Branch")
        key = await jack.key("Main branch")
        await jack.taps("Cancel")
        await jack.reads("▫️ A branch")
        await jack.presses(key)
        await jack.reads("out of date", "▫️ A branch")

    async def test_of_a_form_that_another_took_the_place_of_made_nothing(self, jack: Person) -> None:
        await jack.taps("📍 Branch")
        await jack.says("Maadi")
        await jack.taps("No address")
        await jack.reads("Is that right?")
        create = await jack.key("Create it")
        await jack.says("/start")
        await jack.taps("🎓 Class")
        await jack.presses(create)
        await jack.reads("out of date", "▫️ A branch")
