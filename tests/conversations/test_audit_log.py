"""Who did this? The audit log answers in the chat, and as a file."""

import csv
from io import StringIO

import pytest

from domain.organization.audit_views import AuditFilter
from handlers.admin.audit_log import csv_of
from handlers.buttons.audit_log import ListAudit, OpenAuditRow, SendAuditFile
from handlers.callback_data import encode
from handlers.i18n import Translator
from storage.queries.audit_log import StoredAuditLogViews
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import ZONE


@pytest.fixture
def tarek(studio: Studio) -> Person:
    """The admin."""
    return studio.phone("tarek")


async def open_log(tarek: Person) -> None:
    await tarek.starts()
    await tarek.taps("📜 Audit log")
    await tarek.reads("Audit log")


class TestAuditLog:
    async def test_shows_who_did_what_newest_first(self, studio: Studio, tarek: Person, omar: Person) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        await omar.taps("Book for")
        await omar.reads("Booked")
        await open_log(tarek)
        labels = await tarek.labels()
        assert "Omar Khaled · booked" in labels[0]
        await tarek.taps("Omar Khaled · booked")
        await tarek.reads("Omar Khaled booked a seat", "Status: booked, money locked", "Amount: EGP 80")

    async def test_is_narrowed_by_group_person_and_time(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/settings")
        await tarek.taps("✏️ Quiet until")
        await tarek.taps("07:00")
        await tarek.reads("07:00")
        await open_log(tarek)
        await tarek.taps("Narrow")
        await tarek.taps("Center and branches")
        await tarek.reads("Center and branches")
        assert "changed the settings" in (await tarek.labels())[0]
        await tarek.taps("changed the settings")
        await tarek.taps("All of theirs")
        await tarek.reads("By: Tarek Mansour")
        await tarek.taps("Narrow")
        await tarek.taps("The last 24 hours")
        await tarek.reads("By: Tarek Mansour", "The last 24 hours")
        await tarek.taps("Narrow")
        await tarek.taps("Money")
        await tarek.reads("There is nothing here yet")

    async def test_is_paged(self, studio: Studio, tarek: Person) -> None:
        for student in await studio.world.add_students(10, money_minor=10_000):
            await studio.world.book(student, studio.cast.session)
        await open_log(tarek)
        await tarek.taps("Older")
        await tarek.taps("First page")
        assert len([label for label in await tarek.labels() if "booked" in label]) == 8

    async def test_is_sent_as_a_file(self, studio: Studio, tarek: Person) -> None:
        await open_log(tarek)
        await tarek.taps("As a file")
        await tarek.wait_until(lambda view: "The audit log: 2 rows" in str(view))

    async def test_as_a_file_holds_no_formulas(self, studio: Studio) -> None:
        await studio.database.execute("UPDATE people SET name = '=1+1'")
        world = studio.world
        rows = await StoredAuditLogViews(studio.database).list_rows(
            center_id=world.center_id, chosen=AuditFilter(), now=world.clock.now(), limit=5
        )
        content = csv_of(Translator("en", ZONE), rows, currency="EGP").decode("utf-8-sig")
        lines = list(csv.reader(StringIO(content)))
        assert lines[0][:4] == ["When", "Who", "As", "What"]
        assert lines[1][1:4] == ["'=1+1", "student", "booked a seat"]

    async def test_as_a_file_quotes_every_cell_where_a_semicolon_may_end_one(self, studio: Studio) -> None:
        await studio.database.execute("UPDATE people SET name = 'Mona;=1+1'")
        world = studio.world
        rows = await StoredAuditLogViews(studio.database).list_rows(
            center_id=world.center_id, chosen=AuditFilter(), now=world.clock.now(), limit=5
        )
        content = csv_of(Translator("en", ZONE), rows, currency="EGP").decode("utf-8-sig")
        assert '"Mona;=1+1"' in content
        assert csv_of(Translator("en", ZONE), [], currency="EGP", is_first=False) == b""

    async def test_is_narrowed_to_what_was_done_to_a_person(self, studio: Studio, tarek: Person) -> None:
        await tarek.says("/people")
        await tarek.taps("Omar Khaled")
        await tarek.taps("✏️ Name")
        await tarek.says("Omar Khalid")
        await tarek.reads("👤 Omar Khalid")
        await tarek.taps("What was done to them")
        await tarek.reads("On: Omar Khalid")
        assert "Tarek Mansour · changed a person" in (await tarek.labels())[0]

    async def test_names_the_branch_of_a_role(self, studio: Studio, tarek: Person) -> None:
        await studio.world.add_branch("Zamalek")
        await tarek.says("/people")
        await tarek.taps("Invite to the team")
        await tarek.taps("Staff at Zamalek")
        await tarek.wait_until(lambda view: "?start=i" in str(view))
        await open_log(tarek)
        await tarek.taps("changed roles")
        await tarek.reads("Role: staff", "Branch: Zamalek")

    async def test_is_for_admins_alone(self, studio: Studio, tarek: Person, mona: Person) -> None:
        rows = await StoredAuditLogViews(studio.database).list_rows(
            center_id=studio.world.center_id, chosen=AuditFilter(), now=studio.world.clock.now(), limit=1
        )
        for who in ("hana", "mona"):
            person = studio.phone(who)
            await person.starts()
            for data in (
                ListAudit(AuditFilter(), None),
                OpenAuditRow(rows[0].id, AuditFilter()),
                SendAuditFile(AuditFilter()),
            ):
                await person.forges(encode(data))
                view = await person.view()
                assert "Audit log" not in (view.screen.text if view.screen else "")
        assert studio.calls("sendDocument") == []
