"""Every button that the team is shown, pressed by whoever may not: nothing is done, and nothing is given away."""

from datetime import timedelta

import pytest

from tests.builders.door import open_check_in
from tests.conversations.phone import Person
from tests.conversations.studio import Studio

PATHS = (
    ("/today", "Ballet I", "Roster"),
    ("/today", "Ballet I", "Roster", "Mona"),
    ("/today", "Ballet I", "Change", "Teacher"),
    ("/today", "Ballet I", "Cancel the class", "The teacher cannot come"),
    ("/today", "Ballet I", "Walk-in cash", "New guest"),
    ("/sessions", "Extra class"),
    ("/cashbox", "Count"),
    ("/cashbox", "The day"),
    ("/timetable", "Holidays"),
)


async def drawn_for(person: Person, command: str, *labels: str) -> set[str]:
    """Walk a path, and return what every button on the way carries."""
    await person.says(command)
    found = {key.data for key in (await person.screen()).keys}
    for label in labels:
        if (await person.view()).find_key(label) is None:
            break
        await person.taps(label)
        found |= {key.data for key in (await person.screen()).keys}
    return {data for data in found if data}


class TestButtonsOfTheTeam:
    @pytest.mark.parametrize("who", ["a student", "staff of another branch", "a stranger"])
    async def test_do_nothing_for_anybody_else(self, studio: Studio, who: str) -> None:
        world, cast = studio.world, studio.cast
        session = await world.add_session(cast.taught, starts_in=timedelta(minutes=30))
        await world.book(cast.owner, session)
        await open_check_in(world, session)
        hana = studio.phone("hana")
        await hana.starts()
        drawn: set[str] = set()
        for path in PATHS:
            drawn |= await drawn_for(hana, *path)
        assert len(drawn) > 40
        other = await self.somebody(studio, who)
        before = await studio.kept()
        for data in sorted(drawn):
            await other.forges(data)
            shown = str(await other.screen()).replace("For example: Mona Adel", "")
            assert "Mona Adel" not in shown, data
        assert await studio.kept() == before

    async def somebody(self, studio: Studio, who: str) -> Person:
        if who == "a stranger":
            person = studio.phone("jack")
        elif who == "a student":
            person = studio.phone("nour")
        else:
            branch = await studio.world.add_branch("Zamalek")
            person = studio.give_phone(await studio.world.add_staff("Sara Fahmy", branch=branch), "sara")
        await person.starts()
        return person
