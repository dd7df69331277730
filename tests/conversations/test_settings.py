"""The center's settings, edited in the chat by an admin: validated, explained, and heeded at once."""

import json

import pytest

from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import sql_id


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


async def edit(person: Person, label: str) -> None:
    await person.says("/settings")
    await person.taps(f"✏️ {label}")


class TestSettings:
    async def test_are_read_by_a_running_bot_at_once(self, studio: Studio, tarek: Person, omar: Person) -> None:
        await edit(tarek, "Name")
        await tarek.says("Nile & Sons")
        await tarek.reads("Settings", "Name: Nile & Sons")
        await omar.starts()
        await omar.reads("Nile & Sons", "Hello Omar")

    async def test_changed_by_another_process_are_read_with_the_next_update(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await omar.reads("Nile Studio")
        await omar.key("Tomorrow 10:00")
        moved = "UPDATE centers SET name = 'Delta House', timezone = 'Asia/Dubai' WHERE id = '{}'"
        await studio.database.execute(moved.format(sql_id(studio.world.center_id)))
        await omar.starts()
        await omar.reads("Delta House")
        await omar.key("Tomorrow 12:00")

    async def test_of_the_first_language_hold_for_an_apology_too(self, studio: Studio, tarek: Person) -> None:
        await edit(tarek, "First language")
        await tarek.taps("العربية")
        await tarek.reads("First language")
        pierre = studio.phone("pierre")  # speaks French, which we do not
        await pierre.starts()
        await studio.database.execute("UPDATE people SET joined_at = created_at WHERE name = 'Pierre'")
        await studio.database.execute("UPDATE dialogs SET step = 'ask.nothing'")  # a fault of ours
        await pierre.says("Bonjour")
        await pierre.reads("عذرًا")

    @pytest.mark.parametrize(
        ("label", "meaning", "tapped", "kept"),
        [
            ("Check-in opens", "can check-in open", "30 minutes before", "Check-in opens: 30 minutes before"),
            ("Quiet from", "no freed seat is offered", "23:00", "Quiet from: 23:00"),
            ("Late reminder", "switch reminders off", "none", "Late reminder: none"),
            ("First language", "keeps it", "العربية", "First language: العربية"),
            ("Timetable ahead", "stay there", "42 days", "Timetable ahead: 42 days"),
            ("Largest amount", "slips of the finger", "EGP 50,000", "Largest amount: EGP 50,000"),
        ],
    )
    async def test_say_what_they_mean_and_are_tapped(
        self, studio: Studio, tarek: Person, label: str, meaning: str, tapped: str, kept: str
    ) -> None:
        await edit(tarek, label)
        await tarek.reads(meaning)
        await tarek.taps(tapped)
        await tarek.reads("Settings", kept)

    @pytest.mark.parametrize(
        ("label", "typed", "answer"),
        [
            ("Check-in opens", "2", "at least 5"),
            ("Early reminder", "3 years", "how many minutes, hours or days"),
            ("Quiet from", "25:00", "time of day on 24 hours"),
            ("Timetable ahead", "١٠٠٠", "at most 180"),
            ("Largest amount", "nothing", "Please type a number"),
            ("Name", "y" * 65, "at most 64 letters"),
        ],
    )
    async def test_refuse_what_does_not_fit(
        self, studio: Studio, tarek: Person, label: str, typed: str, answer: str
    ) -> None:
        await edit(tarek, label)
        before = await studio.kept()
        await tarek.says(typed)
        await tarek.reads(answer)
        assert await studio.kept() == before

    async def test_freeze_the_currency_with_the_first_posting(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/settings")
        assert "✏️ Currency" not in await tarek.labels()

    async def test_hold_the_time_zone_while_classes_are_to_come(self, studio: Studio, tarek: Person) -> None:
        await edit(tarek, "Time zone")
        before = await studio.kept()
        await tarek.taps("Dubai")
        await tarek.reads("can't be changed while classes are in the calendar", "Time zone: Cairo")
        await tarek.says("Atlantis")
        await tarek.reads("We don't know that city")
        assert await studio.kept() == before

    async def test_are_written_down_before_and_after(self, studio: Studio, tarek: Person) -> None:
        await edit(tarek, "Check-in opens")
        await tarek.taps("45 minutes before")
        await tarek.starts()
        await tarek.taps("Audit log")
        await tarek.taps("changed the settings")
        await tarek.reads("Tarek Mansour changed the settings", "Check-in opens: 1 hour before → 45 minutes before")

    async def test_pressed_twice_change_once(self, studio: Studio, tarek: Person) -> None:
        await edit(tarek, "Quiet until")
        key = await tarek.key("07:00")
        await tarek.presses(key)
        await tarek.reads("Quiet until: 07:00")
        before = await studio.kept()
        await tarek.presses(key)
        await tarek.reads("Quiet until: 07:00")
        assert await studio.kept() == before

    async def test_are_nothing_for_students(self, studio: Studio, tarek: Person, omar: Person) -> None:
        await edit(tarek, "Quiet until")
        keys = [await tarek.key("07:00"), await tarek.key("Back")]
        await omar.starts()
        before = await studio.kept()
        for key in keys:
            await omar.forges(key.data)
            await omar.reads("out of date", "Which class")
        assert await studio.kept() == before


class TestLink:
    async def test_for_students_comes_with_its_picture(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/settings")
        await tarek.taps("Link for students")
        await tarek.reads("book your classes here", "https://t.me/studio_bot")
        assert json.dumps(studio.calls("sendPhoto"), default=str)
