"""A student's profile in the chat: changed by typing, by the contact button, by switches; taken along, and erased."""

import json

from domain.people.leaving import GivenUp
from handlers.callback_data import ConfirmErase, encode
from storage.repositories.people import MEMBER
from tests.conversations.phone import Person
from tests.conversations.studio import Studio


async def opened(person: Person) -> Person:
    await person.says("/profile")
    await person.reads("My profile")
    return person


async def is_known(studio: Studio, telegram_id: int | None) -> bool:
    return bool(await studio.database.fetch(MEMBER, center_id=studio.world.center_id, telegram_id=telegram_id))


class TestName:
    async def test_is_asked_for_and_changed(self, mona: Person) -> None:
        await (await opened(mona)).taps("Name")
        await mona.reads("What name")
        await mona.says("x" * 65)
        await mona.reads("too long", "What name")
        await mona.says("Mona <b>A.")
        await mona.reads("From now on you are Mona <b>A.", "My profile")

    async def test_question_survives_a_restart(self, closed_studio: Studio) -> None:
        mona = closed_studio.phone("mona")
        async with closed_studio.bot():
            await (await opened(mona)).taps("Name")
        async with closed_studio.bot():
            await mona.says("Mona A.")
            await mona.reads("From now on you are Mona A.")

    async def test_question_is_left_by_cancel_by_a_command_and_by_another_button(self, mona: Person) -> None:
        await (await opened(mona)).taps("Name")
        await mona.says("/cancel")
        await mona.reads("My profile", "Mona Adel")
        for away in ("/bookings", "/start"):
            await (await opened(mona)).taps("Name")
            await mona.says(away)
            await mona.says("Not a name")
            await mona.reads("use the buttons")
        assert "Mona Adel" in (await (await opened(mona)).screen()).text

    async def test_delivered_again_is_answered_but_not_taken_twice(self, studio: Studio, mona: Person) -> None:
        await (await opened(mona)).taps("Name")
        await studio.faults(kind="redeliver", count=1)
        await mona.says("Mona A.")
        await mona.reads("My profile", "Mona A.")
        await (await opened(mona)).taps("Name")
        await mona.reads("What name")


class TestPhone:
    async def test_is_taken_from_the_contact_button_alone(self, studio: Studio, mona: Person) -> None:
        await (await opened(mona)).taps("Phone")
        await mona.wait_until(lambda view: view.reply_keyboard == ("📱 Share my number", "Cancel"))
        await mona.says("01001234567")
        await mona.reads("cannot be checked")
        await mona.shares_contact("+201001234567", user_id=1)
        await mona.reads("somebody else's")
        await mona.shares_contact("201001234567")
        await mona.reads("My profile", "+201001234567")
        assert (await mona.view()).reply_keyboard == ()

    async def test_question_is_left_by_its_keyboard(self, mona: Person) -> None:
        await (await opened(mona)).taps("Phone")
        await mona.says("Cancel")
        await mona.reads("My profile", "No phone number")
        assert (await mona.view()).reply_keyboard == ()


class TestReminders:
    async def test_are_switched_off_and_on(self, mona: Person) -> None:
        await (await opened(mona)).taps("2 hours before: switch off")
        await mona.reads("🔕 2 hours before: no", "🔔 A day before: yes")
        await mona.taps("2 hours before: switch on")
        await mona.reads("🔔 2 hours before: yes")


class TestMyData:
    async def test_comes_as_a_file(self, studio: Studio, mona: Person) -> None:
        await (await opened(mona)).taps("My data")
        await mona.reads("Everything that Nile Studio keeps about you")
        (call,) = studio.calls("sendDocument")
        assert "my-data-2026-11-23.json" in json.dumps(call, default=str)


class TestErasing:
    async def test_gives_up_what_is_left_after_two_questions(self, studio: Studio, mona: Person) -> None:
        await (await opened(mona)).taps("Erase me")
        await mona.reads("1 coming booking", "EGP 200 and 8 credits", "cannot be undone")
        await mona.taps("Give it up")
        await mona.reads("Give up EGP 200 and 8 credits")
        confirm = await mona.key("Give up and erase me")
        await mona.presses(confirm)
        await mona.reads("You are erased")
        assert await studio.live_seats() == []
        await studio.adds_up()
        await mona.presses(confirm)  # pressed again: the same answer, and nobody is written down for it
        await mona.reads("You are erased")
        assert not await is_known(studio, studio.cast.owner.telegram_id)

    async def test_leaves_a_stranger_whom_only_start_makes_known(self, studio: Studio, nour: Person) -> None:
        await (await opened(nour)).taps("Erase me")
        await nour.taps("Erase me for good")
        await nour.reads("You are erased")
        await nour.does("block")
        await nour.does("unblock")
        popup = await nour.forges("1h")
        assert "/start" in popup.text
        assert not await is_known(studio, studio.cast.poor.telegram_id)
        await nour.starts()
        await nour.reads("Welcome", "Which language")

    async def test_can_be_thought_better_of(self, studio: Studio, mona: Person) -> None:
        await (await opened(mona)).taps("Erase me")
        await mona.taps("No, keep me")
        await mona.reads("My profile")
        assert len(await studio.live_seats()) == 1

    async def test_of_other_amounts_than_are_there_asks_again(self, studio: Studio, mona: Person) -> None:
        await opened(mona)
        await mona.forges(encode(ConfirmErase(GivenUp(0, 0))))
        await mona.reads("changed in the meantime", "EGP 200 and 8 credits")
        assert await is_known(studio, studio.cast.owner.telegram_id)

    async def test_is_nothing_for_the_team(self, studio: Studio) -> None:
        hana = studio.phone("hana")
        await hana.says("/profile")
        await hana.reads("no such command")
        await hana.forges(encode(ConfirmErase(GivenUp(0, 0))))
        assert await is_known(studio, studio.cast.staff.telegram_id)


class TestHelp:
    async def test_says_what_one_can_do_now(self, mona: Person, nour: Person) -> None:
        await mona.says("/help")
        await mona.reads("credits of your package are used first", "Open your booking and cancel it", "/profile")
        await nour.says("/help")
        await nour.reads("you need a package or money", "until when a booking")

    async def test_of_the_team_has_its_own_commands_only(self, studio: Studio) -> None:
        hana = studio.phone("hana")
        await hana.says("/help")
        assert "/profile" not in await hana.reads("classes of today", "/sessions")
