"""What exists for whom: commands, menus, switching, invitations and admins by settings."""

from datetime import timedelta

import pytest

from domain.ids import BranchId
from domain.people.roles import InviteFromServer
from domain.permissions import Role
from handlers.start_payload import invite_payload
from storage.unit_of_work import unit_of_work_factory
from tests.conversations.ledger import known
from tests.conversations.phone import Person
from tests.conversations.studio import JACK, Studio

STUDENT = ("start", "calendar", "bookings", "packages", "wallet", "profile", "language", "role", "help", "cancel")
TEAM = ("start", "today", "sessions", "cashbox", "packages", "timetable", "language", "role", "help", "cancel")
ADMIN = (
    "start",
    "today",
    "sessions",
    "reports",
    "payments",
    "wallets",
    "cashbox",
    "packages",
    "timetable",
    "people",
    "settings",
    "language",
    "role",
    "help",
    "cancel",
)


async def invite(studio: Studio, role: Role, branch_id: BranchId | None = None) -> str:
    """Make an invitation as the command line does, and return what its link carries."""
    make = InviteFromServer(unit_of_work_factory(studio.database), studio.clock)
    return invite_payload(await make(center_id=studio.world.center_id, role=role, branch_id=branch_id))


async def has_commands(person: Person, commands: tuple[str, ...]) -> None:
    await person.wait_until(lambda view: view.commands == commands, what=f"the commands {commands}")


class TestCommands:
    @pytest.mark.parametrize(("who", "commands"), [("mona", STUDENT), ("hana", TEAM), ("tarek", ADMIN)])
    async def test_are_those_of_the_role(self, studio: Studio, who: str, commands: tuple[str, ...]) -> None:
        person = studio.phone(who)
        await person.starts()
        await has_commands(person, commands)

    async def test_of_another_role_do_not_exist(self, studio: Studio, mona: Person) -> None:
        await mona.says("/sessions")
        await mona.reads("There is no such command here", "Hello Mona")
        hana = studio.phone("hana")
        for command in ("/bookings", "/wallet"):
            answer = await hana.says(command)
            assert "There is no such command here" in answer.text

    async def test_help_names_what_exists_and_nothing_else(self, studio: Studio, mona: Person) -> None:
        answer = await mona.says("/help")
        assert all(f"/{command} " in answer.text for command in STUDENT)
        assert "/sessions" not in answer.text
        answer = await studio.phone("hana").says("/help")
        assert "/sessions" in answer.text
        assert "/wallet" not in answer.text

    async def test_cancel_leaves_nothing_to_leave(self, mona: Person) -> None:
        answer = await mona.says("/cancel")
        assert "nothing to leave" in answer.text
        assert "Which class" in answer.text

    async def test_language_changes_screens_and_command_list(self, studio: Studio, mona: Person) -> None:
        await mona.says("/language")
        await mona.taps("العربية")
        await mona.reads("أهلًا Mona Adel")
        chat = await studio.driver.get("chats/mona")
        assert "حجوزاتي" in [command["description"] for command in chat["commands"]]
        assert (await known(studio.database, studio.cast.owner.telegram_id or 0)).language == "ar"


class TestTeam:
    @pytest.mark.parametrize("who", ["hana", "tarek"])
    async def test_sees_sessions_and_their_seats_without_booking(self, studio: Studio, who: str) -> None:
        person = studio.phone(who)
        await person.starts()
        await person.taps("Ballet I")
        await person.reads("Seats taken: 1 of 12", "Salma Nabil")
        assert not [label for label in await person.labels() if "Book" in label]

    async def test_gets_none_of_a_students_buttons_to_work(self, studio: Studio, mona: Person) -> None:
        await mona.starts()
        buttons = [await mona.key("My bookings"), await mona.key("Wallet"), await mona.key("Ballet I")]
        await mona.taps("Ballet I")
        buttons.append(await mona.key("Cancel this booking"))
        await mona.taps("Cancel this booking")
        buttons.append(await mona.key("Yes, cancel it"))
        before = await studio.kept()
        for who in ("hana", "tarek"):
            person = studio.phone(who)
            await person.starts()
            for button in buttons:
                await person.forges(button.data)
                await person.reads("You are here as", "The next classes")
        assert await studio.kept() == before

    async def test_books_nothing_with_a_students_confirm_button(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        confirm, before = await omar.key("Book for"), await studio.kept()
        hana = studio.phone("hana")
        await hana.starts()
        await hana.forges(confirm.data)
        await hana.reads("not available any more", "You are here as staff")
        assert await studio.kept() == before


class TestInvite:
    async def test_gives_its_role_once(self, studio: Studio, omar: Person, nour: Person) -> None:
        link = await invite(studio, Role.STAFF, studio.world.branch.id)
        await omar.starts(link)
        await omar.reads("You are here as staff")
        await has_commands(omar, TEAM)
        before = await studio.kept()
        await nour.starts(link)
        await nour.reads("was used already or has expired", "Which class")
        assert await studio.kept() == before

    async def test_opened_again_by_the_same_person_changes_nothing(self, studio: Studio, omar: Person) -> None:
        link = await invite(studio, Role.ADMIN)
        await omar.starts(link)
        await omar.reads("You are here as admin")
        before = await studio.kept()
        await omar.starts(link)
        await omar.reads("You are here as admin")
        assert await studio.kept() == before

    async def test_of_a_stranger_takes_effect_after_first_contact(self, studio: Studio, jack: Person) -> None:
        await jack.starts(await invite(studio, Role.ADMIN))
        await jack.taps("English")
        await jack.taps("I am")
        await jack.reads("phone number")
        await jack.says("Skip")
        await jack.reads("You are here as admin")
        assert (await known(studio.database, JACK)).role == "ADMIN"

    async def test_that_has_expired_gives_nothing(self, studio: Studio, omar: Person) -> None:
        link = await invite(studio, Role.ADMIN)
        studio.clock.advance(timedelta(days=7))
        await omar.starts(link)
        await omar.reads("was used already or has expired")
        assert (await known(studio.database, studio.cast.member.telegram_id or 0)).role == "STUDENT"

    @pytest.mark.parametrize("payload", ["iforged", "i" + "A" * 63, "s", "sAAAA", "zzz", "i-_-", "1b"])
    async def test_that_was_never_made_gives_nothing(self, studio: Studio, omar: Person, payload: str) -> None:
        before = await studio.kept()
        await omar.starts(payload)
        await omar.reads("Hello Omar Khaled!", "Which class")
        assert await studio.kept() == before


class TestSwitching:
    async def test_changes_menu_and_commands_and_back(self, studio: Studio, omar: Person) -> None:
        await omar.starts(await invite(studio, Role.STAFF, studio.world.branch.id))
        await omar.says("/role")
        await omar.taps("student")
        await omar.reads("Which class")
        await has_commands(omar, STUDENT)
        await omar.says("/role")
        await omar.taps("staff")
        await omar.reads("You are here as staff")
        await has_commands(omar, TEAM)

    async def test_is_not_offered_to_who_has_one_role(self, mona: Person) -> None:
        await mona.says("/role")
        await mona.reads("You are here as student")
        assert await mona.labels() == ["🏠 Home"]

    @pytest.mark.parametrize("role", ["AQ", "Ag"])  # STAFF and ADMIN, as a button would carry them
    async def test_to_a_role_that_one_does_not_have_is_refused(self, studio: Studio, mona: Person, role: str) -> None:
        await mona.starts()
        before = await studio.kept()
        await mona.forges(f"1r{role}")
        await mona.reads("not available any more", "Which class")
        assert await studio.kept() == before
        assert (await known(studio.database, studio.cast.owner.telegram_id or 0)).role == "STUDENT"


class TestAdminsBySettings:
    async def test_are_admins_from_their_first_contact(self, closed_studio: Studio) -> None:
        settings = closed_studio.settings.model_copy(update={"admin_ids": frozenset({JACK})})
        async with closed_studio.bot(settings=settings):
            jack = closed_studio.phone("jack")
            await jack.starts()
            await jack.taps("English")
            await jack.taps("I am")
            await jack.reads("phone number")
            await jack.says("Skip")
            await jack.reads("You are here as admin")

    async def test_are_admins_from_their_next_start_when_named_later(self, closed_studio: Studio) -> None:
        omar_id = closed_studio.cast.member.telegram_id or 0
        settings = closed_studio.settings.model_copy(update={"admin_ids": frozenset({omar_id})})
        async with closed_studio.bot(settings=settings):
            omar = closed_studio.phone("omar")
            await omar.starts()
            await omar.reads("You are here as admin")
            assert (await known(closed_studio.database, omar_id)).role == "ADMIN"
