"""Whatever people and the clock do to a waitlist: no seat is sold twice, and none is held for ever."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.enrollments.model import EnrollmentStatus
from domain.errors import RefusalError
from domain.ids import EnrollmentId, WaitlistEntryId, new_id
from storage.audit import audit
from storage.database import Database
from storage.engine import open_database
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.money import enrollments
from storage.tables.types import Instant
from tests.builders.waitlist import Line
from tests.factories import Person, World

PEOPLE, CHAIRS = 5, 2
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["book", "cancel", "join", "leave", "accept", "pass", "offer", "tick", "wait", "sleep"]),
        st.integers(0, PEOPLE - 1),
    ),
    min_size=5,
    max_size=30,
)
OVERDUE = Query(
    sa.select(enrollments.c.id).where(
        enrollments.c.status == constant(EnrollmentStatus.HELD),
        enrollments.c.held_until <= outside("now", Instant()),
    ),
    EnrollmentId,
)


class Play:
    """A class of two chairs, and five people who want to be in it."""

    def __init__(self, line: Line, people: list[Person]) -> None:
        self.line, self.people = line, people
        self.seats: dict[int, EnrollmentId] = {}
        self.places: dict[int, WaitlistEntryId] = {}

    async def step(self, what: str, who: int) -> None:
        """Do one thing; a refusal is as good an outcome as any."""
        try:
            await self._do(what, who)
        except RefusalError:
            return

    async def _do(self, what: str, who: int) -> None:
        world, person, line = self.line.world, self.people[who], self.line
        match what:
            case "book":
                booked = await world.book(person, line.session)
                self.seats[who] = booked.id
                await line.settle(booked)
            case "cancel" if who in self.seats:
                await world.cancel(person, self.seats[who])
            case "join":
                entry_id = WaitlistEntryId(new_id())
                await line.join(person, entry_id)
                self.places[who] = entry_id
            case "wait":
                world.clock.advance(timedelta(minutes=7))
            case "sleep":
                world.clock.advance(timedelta(hours=3))
            case _:
                await self._do_with_place(what, who)

    async def _do_with_place(self, what: str, who: int) -> None:
        person, line, entry_id = self.people[who], self.line, self.places.get(who)
        match what:
            case "offer":
                await line.offer()
            case "tick":
                await line.tick()
            case "leave" if entry_id is not None:
                await line.leave(person, entry_id)
            case "pass" if entry_id is not None:
                await line.pass_on(person, entry_id)
            case "accept" if entry_id is not None:
                self.seats[who] = (await line.accept(person, entry_id)).id


async def play(database: Database, steps: list[tuple[str, int]]) -> None:
    world = await World.open(database)
    session = await world.add_session(await world.add_class(), starts_in=timedelta(hours=26), capacity=CHAIRS)
    people = await world.add_students(PEOPLE, money_minor=20_000)
    playing = Play(Line(world, session), people)
    for what, who in steps:
        await playing.step(what, who)
        assert await audit(database) == []
    await playing.line.tick()
    assert await database.fetch(OVERDUE, now=world.clock.now()) == []
    world.clock.set(session.starts_at)
    await playing.line.tick()
    async with playing.line.units() as work:
        closing = await work.waitlist.find_closing_facts(center_id=world.center_id, session_id=session.id)
    assert closing is not None
    assert closing.places == ()
    assert await audit(database) == []


async def _with_database(template: Path, steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copyfile(template, Path(folder) / "rollcall.db")
        database = open_database(f"sqlite+aiosqlite:///{path}")
        try:
            await play(database, steps)
        finally:
            await database.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_seat_is_never_oversold_nor_held_for_ever(sqlite_template: Path, steps: list[tuple[str, int]]) -> None:
    asyncio.run(_with_database(sqlite_template, steps))


async def test_the_same_holds_on_postgresql(postgres_url: str) -> None:
    steps = [("book", 0), ("book", 1), ("join", 2), ("join", 3), ("join", 4), ("cancel", 0), ("offer", 0), ("accept", 2)]
    steps += [("cancel", 1), ("tick", 0), ("pass", 3), ("tick", 0), ("wait", 0), ("wait", 0), ("wait", 0), ("tick", 0)]
    database = open_database(postgres_url)
    try:
        await play(database, steps)
    finally:
        await database.close()
