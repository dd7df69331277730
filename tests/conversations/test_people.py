"""An admin finds people, invites the team, takes roles away, blocks, notes, and erases."""

import re

import pytest

from domain.ids import new_id
from domain.permissions import Role
from domain.writes.people import AddRole
from handlers.buttons.members import ConfirmTakeRole, OpenPerson, SetBlock
from handlers.callback_data import encode
from tests.conversations.ledger import known
from tests.conversations.phone import Person
from tests.conversations.studio import JACK, Studio
from tests.factories import OPENING_DAY


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


async def open_card(tarek: Person, name: str) -> None:
    await tarek.says("/people")
    await tarek.taps("Search")
    await tarek.says(name.split(maxsplit=1)[0].lower())
    await tarek.taps(f"{name}")
    await tarek.reads(f"👤 {name}")


class TestPeople:
    async def test_are_found_and_seen_at_a_glance(self, tarek: Person) -> None:
        await open_card(tarek, "Mona Adel")
        await tarek.reads("student", "Wallet: EGP 200", "Ballet I: 7 of 8 credits left", "🕓 Tue 24 Nov 10:00 Ballet I")

    async def test_whose_names_hold_signs_of_the_search_are_not_everybody(self, tarek: Person) -> None:
        await tarek.says("/people")
        await tarek.taps("Search")
        await tarek.says("%")
        await tarek.reads("Nobody is called so")

    async def test_are_paged_by_name(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_students(10, name="Zein")
        await tarek.says("/people")
        await tarek.taps("More")
        await tarek.wait_until(lambda view: view.find_key("Zein"))
        await tarek.taps("First page")
        await tarek.wait_until(lambda view: view.find_key("Adam") is None and view.find_key("Hana Zaki"))

    async def test_are_renamed_and_noted_on(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("✏️ Name")
        await tarek.says("Omar <i>Khaled</i>")
        await tarek.reads("👤 Omar <i>Khaled</i>")
        await tarek.taps("📝 Note")
        await tarek.says("x" * 501)
        await tarek.reads("at most 500 letters")
        await tarek.says("knee injury")
        await tarek.reads("📝 knee injury")
        await tarek.taps("📝 Note")
        await tarek.taps("Remove the note")
        await tarek.wait_until(lambda view: view.screen and "knee" not in view.screen.text)

    async def test_are_handed_out_as_a_file(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Mona Adel")
        await tarek.taps("Their data")
        await tarek.wait_until(lambda view: "All that Nile Studio keeps on Mona Adel" in str(view))
        await tarek.starts()
        await tarek.taps("Audit log")
        await tarek.taps("took data out")
        await tarek.reads("Tarek Mansour took data out", "📎 Mona Adel")

    async def test_of_another_center_do_not_exist(self, studio: Studio, tarek: Person) -> None:
        outsider = studio.cast.outsider.id
        await tarek.starts()
        before = await studio.kept()
        for data in (OpenPerson(outsider), SetBlock(outsider, is_blocked=True), ConfirmTakeRole(outsider, outsider)):
            await tarek.forges(encode(data))
            await tarek.reads("not available any more")
        assert await studio.kept() == before


class TestBlocking:
    async def test_holds_at_once_and_is_taken_back(self, studio: Studio, tarek: Person, omar: Person) -> None:
        await omar.starts()
        key = await omar.key("Ballet I")
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("⛔ Block")
        await tarek.taps("Yes, block")
        await tarek.reads("⛔ Blocked")
        popup = await omar.presses(key)
        assert "cannot use this chat" in popup.text
        await tarek.taps("Unblock")
        await omar.presses(key)
        await omar.reads("Ballet I", "EGP 80")

    async def test_is_nothing_that_admins_do_to_themselves(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Tarek Mansour")
        before = await studio.kept()
        await tarek.taps("⛔ Block")
        await tarek.taps("Yes, block")
        await tarek.reads("Somebody has to stay an admin")
        assert await studio.kept() == before


class TestRoles:
    async def test_taken_away_end_at_once_on_open_screens_too(self, studio: Studio, tarek: Person, omar: Person) -> None:
        world = studio.world
        role = AddRole(new_id(), world.center_id, studio.cast.member.id, Role.STAFF, world.branch.id, None, OPENING_DAY)
        await world.database.apply([role])
        await omar.says("/role")
        await omar.taps("staff")
        key = await omar.key("🎓 Classes")
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("➖ staff")
        await tarek.reads("Take the role", "at once")
        confirm = await tarek.key("Yes, take it away")
        await tarek.presses(confirm)
        await tarek.reads("👤 Omar Khaled", "🎭 student")
        await omar.presses(key)
        await omar.reads("out of date", "Which class would you like to book?")
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.reads("👤 Omar Khaled")
        assert await studio.kept() == before

    async def test_taken_away_end_on_a_screen_that_cannot_be_drawn_again(self, studio: Studio, tarek: Person) -> None:
        hana = studio.phone("hana")
        await hana.starts()
        await hana.taps("Ballet I")
        key = await hana.key("📋 Roster")
        await open_card(tarek, "Hana Zaki")
        await tarek.taps("➖ staff")
        await tarek.taps("Yes, take it away")
        await tarek.reads("👤 Hana Zaki")
        await hana.presses(key)
        await hana.reads("not available any more", "You have no role here at the moment")

    async def test_taken_away_end_in_the_list_of_commands_without_a_start(
        self, studio: Studio, tarek: Person, omar: Person
    ) -> None:
        world = studio.world
        role = AddRole(new_id(), world.center_id, studio.cast.member.id, Role.STAFF, world.branch.id, None, OPENING_DAY)
        await world.database.apply([role])
        await omar.says("/role")
        await omar.taps("staff")
        await omar.wait_until(lambda view: "today" in view.commands)
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("➖ staff")
        await tarek.taps("Yes, take it away")
        await omar.wait_until(lambda view: "bookings" in view.commands and "today" not in view.commands)

    async def test_taken_from_oneself_end_on_ones_own_screen_too(self, studio: Studio, tarek: Person) -> None:
        world = studio.world
        await world.add_admin("Laila Fahmy")
        role = AddRole(new_id(), world.center_id, studio.cast.admin.id, Role.STAFF, world.branch.id, None, OPENING_DAY)
        await world.database.apply([role])
        await tarek.starts()
        await open_card(tarek, "Tarek Mansour")
        await tarek.taps("➖ admin")
        await tarek.taps("Yes, take it away")
        await tarek.reads("You are here as staff")
        assert not [label for label in await tarek.labels() if "Audit log" in label or "People" in label]
        await tarek.wait_until(lambda view: "people" not in view.commands)

    async def test_of_the_last_admin_stay(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Tarek Mansour")
        before = await studio.kept()
        await tarek.taps("➖ admin")
        await tarek.taps("Yes, take it away")
        await tarek.reads("Somebody has to stay an admin")
        assert await studio.kept() == before

    async def test_of_one_of_two_admins_can_go(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_admin("Laila Fahmy")
        await open_card(tarek, "Laila Fahmy")
        await tarek.taps("➖ admin")
        await tarek.taps("Yes, take it away")
        await tarek.wait_until(lambda view: view.screen and "🎭" not in view.screen.text)


class TestInvites:
    async def invited(self, tarek: Person, whom: str) -> str:
        await tarek.says("/people")
        await tarek.taps("Invite to the team")
        await tarek.taps(whom)
        await tarek.wait_until(lambda view: "?start=i" in str(view))
        found = re.search(r"\?start=(\S+)", str(await tarek.view()))
        assert found is not None
        return found[1]

    async def test_made_in_the_chat_give_their_role_once(
        self, studio: Studio, tarek: Person, jack: Person, omar: Person
    ) -> None:
        payload = await self.invited(tarek, "Staff at Maadi")
        await omar.starts(payload)
        await omar.reads("You are here as staff")
        await jack.starts(payload)
        await jack.reads("used already or has expired")
        assert (await known(studio.database, JACK)).role is None

    async def test_pressed_twice_are_one_link(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/people")
        await tarek.taps("Invite to the team")
        key = await tarek.key("Admin")
        await tarek.presses(key)
        await tarek.wait_until(lambda view: "?start=i" in str(view))
        before = await studio.kept()
        await tarek.presses(key)
        await tarek.wait_until(lambda view: str(view).count("?start=i") == 2)
        assert len(set(re.findall(r"\?start=(\S+)", str(await tarek.view())))) == 1
        assert await studio.kept() == before

    async def test_taken_back_give_nothing(self, studio: Studio, tarek: Person, omar: Person) -> None:
        payload = await self.invited(tarek, "Admin")
        await tarek.says("/people")
        await tarek.taps("📨 Invitations")
        await tarek.taps("✖️ Admin")
        await tarek.reads("No invitation is open")
        await omar.starts(payload)
        await omar.reads("used already or has expired")


class TestErasing:
    async def test_waives_what_is_left_for_a_reason(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("🗑️ Erase")
        await tarek.reads("They still have EGP 300")
        await tarek.taps("No, keep")
        await tarek.reads("👤 Omar Khaled", "Wallet: EGP 300")
        await tarek.taps("🗑️ Erase")
        await tarek.says("moved away")
        await tarek.reads("EGP 300 is waived: moved away", "cannot be undone")
        confirm = await tarek.key("Erase for good")
        await tarek.presses(confirm)
        await tarek.reads("People")
        assert not [label for label in await tarek.labels() if "Omar" in label]
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.reads("not available any more")
        assert await studio.kept() == before
        await studio.adds_up()

    async def test_asks_no_reason_where_nothing_is_left(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Nour Hassan")
        await tarek.taps("🗑️ Erase")
        await tarek.reads("Erase Nour Hassan for good?")
        await tarek.taps("No, keep")
        await tarek.reads("👤 Nour Hassan")

    async def test_without_the_reason_is_refused(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("🗑️ Erase")
        await tarek.says("moved away")
        confirm = await tarek.key("Erase for good")
        await tarek.taps("No, keep")
        await tarek.reads("👤 Omar Khaled")
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.wait_until(lambda view: view.screen and "👤 Omar Khaled" not in view.screen.text)
        assert await studio.kept() == before


class TestMerging:
    async def test_says_which_roles_end_and_keeps_the_last_admin(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("Merge with another")
        await tarek.says("tarek")
        await tarek.taps("Tarek Mansour")
        await tarek.reads("Omar Khaled stays", "The roles of Tarek Mansour end")
        before = await studio.kept()
        await tarek.taps("Yes, make them one")
        await tarek.reads("Somebody has to stay an admin")
        assert await studio.kept() == before

    async def test_makes_two_one_with_all_that_they_have(self, studio: Studio, tarek: Person) -> None:
        await open_card(tarek, "Omar Khaled")
        await tarek.taps("Merge with another")
        await tarek.says("nour")
        await tarek.taps("Nour Hassan")
        await tarek.reads("Make these two one?", "Omar Khaled", "EGP 300", "Nour Hassan", "cannot be undone")
        await tarek.reads("Omar Khaled stays", "Nour Hassan cannot use this chat from their account any more")
        confirm = await tarek.key("Yes, make them one")
        await tarek.presses(confirm)
        await tarek.reads("The two are one person now", "Omar Khaled", "Wallet: EGP 300")
        before = await studio.kept()
        await tarek.presses(confirm)
        await tarek.wait_until(lambda view: view.screen and "are one person now" not in view.screen.text)
        assert await studio.kept() == before
        await studio.adds_up()
