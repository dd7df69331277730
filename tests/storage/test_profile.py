"""A student's own profile: name, phone, reminders, and the file with everything."""

import re

import pytest

from domain.errors import InvalidInputError, NotPermittedError
from domain.notifications.model import MutableNotification
from domain.people.administering import RenameSomebody
from domain.people.model import Member
from domain.people.profile import (
    ASK_NEW_NAME,
    ASK_NEW_PHONE,
    AskMember,
    ChangeName,
    ChangePhone,
    FindMember,
    LeaveQuestion,
    SetReminder,
)
from storage.database import Database
from storage.queries.people_data import RECORD, StoredProfileViews
from storage.tables.types import metadata
from storage.unit_of_work import unit_of_work_factory
from tests.builders.notices import message_to
from tests.cast import Cast
from tests.factories import Person, World

KIND = MutableNotification.REMINDER_HOURS_BEFORE


async def member_of(world: World, person: Person) -> Member:
    find = FindMember(unit_of_work_factory(world.database))
    found = await find(center_id=world.center_id, telegram_id=person.telegram_id or 0)
    assert found is not None
    return found


async def asked(cast: Cast, question: str) -> Member:
    ask = AskMember(unit_of_work_factory(cast.world.database), cast.world.clock)
    return await ask(member=await member_of(cast.world, cast.member), question=question, shown_on=1)


async def audited(database: Database, person: Person) -> list[object]:
    record = await StoredProfileViews(database).find_record(center_id=person.actor.center_id, person_id=person.id)
    return [line["after"] for line in record.sections["what_you_did"]]


def change_name(cast: Cast) -> ChangeName:
    return ChangeName(unit_of_work_factory(cast.world.database), cast.world.clock)


def change_phone(cast: Cast) -> ChangePhone:
    return ChangePhone(unit_of_work_factory(cast.world.database), cast.world.clock, "EG")


class TestName:
    async def test_typed_when_asked_is_kept_and_audited_without_itself(self, cast: Cast) -> None:
        member = await change_name(cast)(member=await asked(cast, ASK_NEW_NAME), typed=" Omar  K. ", message_id=5)
        assert (member.name, member.dialog.step) == ("Omar K.", "idle")
        assert await audited(cast.world.database, cast.member) == [{"changed": "name"}]

    async def test_delivered_again_answers_nothing_not_even_the_next_question(self, cast: Cast) -> None:
        await change_name(cast)(member=await asked(cast, ASK_NEW_NAME), typed="Omar K.", message_id=5)
        await change_name(cast)(member=await member_of(cast.world, cast.member), typed="Twice", message_id=5)
        await change_name(cast)(member=await asked(cast, ASK_NEW_NAME), typed="Thrice", message_id=5)
        member = await member_of(cast.world, cast.member)
        assert (member.name, member.dialog.step) == ("Omar K.", ASK_NEW_NAME)

    async def test_not_asked_for_is_not_taken(self, cast: Cast) -> None:
        member = await change_name(cast)(member=await member_of(cast.world, cast.member), typed="X", message_id=5)
        assert member.name == cast.member.name

    async def test_that_does_not_fit_keeps_the_question_open(self, cast: Cast) -> None:
        with pytest.raises(InvalidInputError):
            await change_name(cast)(member=await asked(cast, ASK_NEW_NAME), typed="x" * 65, message_id=5)
        member = await member_of(cast.world, cast.member)
        assert (member.name, member.dialog.step) == (cast.member.name, ASK_NEW_NAME)

    async def test_question_can_be_left(self, cast: Cast) -> None:
        leave = LeaveQuestion(unit_of_work_factory(cast.world.database), cast.world.clock)
        left = await leave(member=await asked(cast, ASK_NEW_NAME))
        assert left.dialog.step == "idle"
        assert (await leave(member=left)).dialog == left.dialog

    async def test_is_no_affair_of_the_team(self, cast: Cast) -> None:
        ask = AskMember(unit_of_work_factory(cast.world.database), cast.world.clock)
        with pytest.raises(NotPermittedError):
            await ask(member=await member_of(cast.world, cast.staff), question=ASK_NEW_NAME, shown_on=1)


class TestPhone:
    async def test_of_ones_own_is_kept_in_the_international_form(self, cast: Cast) -> None:
        kept = await change_phone(cast)(
            member=await asked(cast, ASK_NEW_PHONE),
            phone="201001234567",
            contact_telegram_id=cast.member.telegram_id,
            message_id=5,
        )
        assert (kept.member.phone, kept.member.dialog.step) == ("+201001234567", "idle")
        assert await audited(cast.world.database, cast.member) == [{"changed": "phone"}]

    @pytest.mark.parametrize(("phone", "of_other", "reason"), [("201001234567", 1, "not_yours"), ("123", 0, "not_a_phone")])
    async def test_that_nobody_vouches_for_is_refused(self, cast: Cast, phone: str, of_other: int, reason: str) -> None:
        member = await asked(cast, ASK_NEW_PHONE)
        with pytest.raises(InvalidInputError) as caught:
            await change_phone(cast)(
                member=member, phone=phone, contact_telegram_id=member.telegram_id + of_other, message_id=5
            )
        assert caught.value.reason == reason
        assert (await member_of(cast.world, cast.member)).phone is None


class TestReminders:
    async def test_switched_off_and_on_again_are_so_once(self, cast: Cast) -> None:
        switch = SetReminder(unit_of_work_factory(cast.world.database), cast.world.clock)
        views, member = StoredProfileViews(cast.world.database), await member_of(cast.world, cast.member)
        seen = []
        for is_wanted in (False, False, True, True):
            await switch(member=member, kind=KIND, is_wanted=is_wanted)
            seen.append(await views.find_muted(center_id=cast.world.center_id, person_id=cast.member.id))
        assert seen == [{KIND}, {KIND}, set(), set()]
        assert len(await audited(cast.world.database, cast.member)) == 2


class TestRecord:
    async def test_holds_everything_of_the_person_and_nothing_of_others(self, cast: Cast) -> None:
        views = StoredProfileViews(cast.world.database)
        record = await views.find_record(center_id=cast.world.center_id, person_id=cast.owner.id)
        sections = record.sections
        assert sections["profile"][0]["name"] == "Mona Adel"
        assert [line["id"] for line in sections["bookings"]] == [cast.booking.id]
        assert [line["id"] for line in sections["packages"]] == [cast.package_id]
        assert sum(int(str(line["change_minor"])) for line in sections["wallet_statement"]) == 20_000
        assert [line["role"] for line in sections["roles"]] == ["STUDENT"]
        assert {line["operation"] for line in sections["what_you_did"]} == {"book_session"}

    async def test_tells_what_others_did_about_them_and_wrote_to_them(self, cast: Cast) -> None:
        world = cast.world
        rename = RenameSomebody(unit_of_work_factory(world.database), world.clock)
        await rename(actor=cast.admin.actor, person_id=cast.owner.id, typed="Mona A. Adel")
        await world.database.apply([message_to(world, cast.owner.id)])
        record = await StoredProfileViews(world.database).find_record(center_id=world.center_id, person_id=cast.owner.id)
        (done,) = record.sections["what_was_done_to_you"]
        assert (done["by_a"], done["operation"], done["after"]) == ("ADMIN", "manage_people", {"changed": "name"})
        assert [line["kind"] for line in record.sections["messages_of_the_last_month"]] == ["PEOPLE_MERGED"]
        assert cast.admin.id not in done.values()

    async def test_has_a_section_for_every_table_that_names_people(self) -> None:
        named = {
            table.name
            for table in metadata.sorted_tables
            if {"person_id", "student_id", "payer_id", "owner_id"} & set(table.c.keys())
        }
        read = {
            table for query in RECORD.values() for table in re.findall(r"(?:FROM|JOIN) (\w+)", query.prepared("sqlite").sql)
        }
        # Where a roster is on a screen, and what the team ordered: the latter is in ``what_you_did``.
        assert named - read == {"door_screens", "errands", "exports"}

    async def test_of_another_centers_person_is_empty(self, cast: Cast) -> None:
        views = StoredProfileViews(cast.world.database)
        record = await views.find_record(center_id=cast.elsewhere.center_id, person_id=cast.owner.id)
        assert not any(record.sections.values())
