"""What one tap asks for many seats: done in pieces, wherever it was interrupted, once each."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from domain.enrollments.attendance import MarkEveryone
from domain.enrollments.decisions import DecideAll, Decided
from domain.enrollments.errand_ports import ErrandProgress
from domain.enrollments.in_pieces import GoOnWithErrand
from domain.enrollments.model import DecisionOutcome
from domain.errors import NotPermittedError
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes.base import DatabaseAwayError
from storage.audit import audit
from storage.prepared import Query, outside
from storage.queries.errands import StoredErrandViews
from storage.tables.errands import errands
from storage.tables.money import enrollments
from storage.unit_of_work import unit_of_work_factory
from tests.builders.door import finish, open_check_in, purse, set_status
from tests.cast import Cast
from tests.factories import Person, Scheduled, sql_id

MANY, PIECE = 30, 12
ERRANDS = Query(sa.select(errands.c.id, errands.c.ended_at).order_by(errands.c.created_at), lambda *row: row)
HERE = Query(
    sa.select(sa.func.count())
    .select_from(enrollments)
    .where(enrollments.c.session_id == outside("session_id"), enrollments.c.attended_at.is_not(None)),
    int,
)


@dataclass
class Screens:
    """A message that remembers what it showed."""

    shown: list[ErrandProgress]

    async def redraw(self, progress: ErrandProgress) -> None:
        self.shown.append(progress)


@dataclass
class Hall:
    """A class of many, and what is asked for all of them."""

    cast: Cast
    session: Scheduled
    students: list[Person]
    screens: Screens

    @property
    def go_on(self) -> GoOnWithErrand:
        """The subscriber."""
        world = self.cast.world
        units, views = unit_of_work_factory(world.database), StoredErrandViews(world.database)
        return GoOnWithErrand(units, world.clock, views, self.screens, piece=PIECE)

    async def marks_everyone(self, by: Person) -> int | None:
        world = self.cast.world
        return await MarkEveryone(unit_of_work_factory(world.database), world.clock)(
            actor=by.actor, session_id=self.session.id
        )

    async def decides_all(self, by: Person, outcome: DecisionOutcome) -> Decided | UUID:
        world = self.cast.world
        decide = DecideAll(unit_of_work_factory(world.database), world.clock)
        return await decide(actor=by.actor, outcome=outcome, until=world.clock.now(), message_id=7)

    async def errand(self) -> tuple[UUID, bool]:
        """Return the only errand, and whether it has ended."""
        ((errand_id, ended_at),) = await self.cast.world.database.fetch(ERRANDS)
        return errand_id, ended_at is not None

    async def goes_on(self, times: int) -> None:
        errand_id, _ = await self.errand()
        for _ in range(times):
            await self.go_on(self.cast.world.center_id, errand_id)

    async def here(self) -> int:
        return (await self.cast.world.database.fetch(HERE, session_id=self.session.id))[0]


@pytest.fixture
async def hall(cast: Cast) -> AsyncIterator[Hall]:
    world = cast.world
    taught = await world.add_class("Lecture", policy=AbsenteePolicy.MANUAL, capacity=100)
    session = await world.add_session(taught, starts_in=timedelta(minutes=30), capacity=100)
    students = await world.add_students(MANY, money_minor=8_000)
    for student in students:
        await world.book(student, session)
    await open_check_in(world, session)
    yield Hall(cast, session, students, Screens([]))
    assert await audit(world.database) == []


async def nobody_came(hall: Hall) -> None:
    await finish(hall.cast.world, hall.session, by=hall.cast.staff)


class TestMarkingEveryone:
    async def test_is_ordered_and_done_in_pieces(self, hall: Hall) -> None:
        assert await hall.marks_everyone(hall.cast.staff) is None
        assert await hall.here() == 0
        await hall.goes_on(1)
        assert (await hall.here(), (await hall.errand())[1]) == (PIECE, False)
        await hall.goes_on(2)
        assert (await hall.here(), (await hall.errand())[1]) == (MANY, True)
        await hall.goes_on(1)  # delivered again
        assert await hall.marks_everyone(hall.cast.staff) == 0

    async def test_tapped_twice_and_by_two_is_one_errand(self, hall: Hall) -> None:
        for person in (hall.cast.staff, hall.cast.staff, hall.cast.admin):
            assert await hall.marks_everyone(person) is None
        await hall.goes_on(3)
        assert await hall.here() == MANY

    async def test_killed_in_a_piece_goes_on_there(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        await hall.marks_everyone(hall.cast.staff)

        async def killed(*_given: object) -> None:
            raise DatabaseAwayError

        monkeypatch.setattr(GoOnWithErrand, "_note", killed)
        with pytest.raises(DatabaseAwayError):
            await hall.goes_on(1)
        monkeypatch.undo()
        assert await hall.here() == PIECE
        await hall.goes_on(3)
        assert (await hall.here(), (await hall.errand())[1]) == (MANY, True)

    async def test_by_several_processes_at_once_marks_each_once(self, hall: Hall) -> None:
        await hall.marks_everyone(hall.cast.staff)
        for _ in range(4):
            await asyncio.gather(*(hall.goes_on(1) for _ in range(3)))
        assert (await hall.here(), (await hall.errand())[1]) == (MANY, True)

    async def test_leaves_those_alone_who_were_marked_meanwhile(self, hall: Hall) -> None:
        await hall.marks_everyone(hall.cast.staff)
        await hall.cast.world.database.execute(
            f"UPDATE enrollments SET marked_absent_at = created_at WHERE student_id = '{sql_id(hall.students[0].id)}'"
        )
        await hall.goes_on(3)
        assert await hall.here() == MANY - 1

    async def test_ends_with_the_class(self, hall: Hall) -> None:
        await hall.marks_everyone(hall.cast.staff)
        await hall.goes_on(1)
        await set_status(hall.cast.world, hall.session, SessionStatus.FINISHED)
        await hall.goes_on(3)
        assert (await hall.here(), (await hall.errand())[1]) == (PIECE, True)
        await set_status(hall.cast.world, hall.session, SessionStatus.CONDUCTING)

    async def test_ends_when_who_ordered_it_may_not_any_more(self, hall: Hall) -> None:
        await hall.marks_everyone(hall.cast.staff)
        await hall.cast.world.database.execute(
            f"UPDATE role_assignments SET revoked_at = granted_at WHERE person_id = '{sql_id(hall.cast.staff.id)}'"
        )
        await hall.goes_on(1)
        assert (await hall.here(), (await hall.errand())[1]) == (0, True)

    async def test_is_nobody_elses_to_order(self, hall: Hall) -> None:
        for person in (hall.cast.owner, hall.cast.blocked):
            with pytest.raises(NotPermittedError):
                await hall.marks_everyone(person)


class TestDecidingAll:
    async def test_is_done_in_pieces_and_followed(self, hall: Hall) -> None:
        await nobody_came(hall)
        errand_id = await hall.decides_all(hall.cast.admin, DecisionOutcome.CHARGED)
        assert errand_id == await hall.decides_all(hall.cast.admin, DecisionOutcome.CHARGED)
        await hall.goes_on(4)
        assert [(each.done, each.has_ended) for each in hall.screens.shown] == [(12, False), (24, False), (30, True)]
        assert {await purse(hall.cast.world.database, student) for student in hall.students} == {(0, 0)}

    async def test_killed_in_a_piece_counts_right(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        await nobody_came(hall)
        await hall.decides_all(hall.cast.admin, DecisionOutcome.RELEASED)

        async def killed(*_given: object) -> None:
            raise DatabaseAwayError

        monkeypatch.setattr(GoOnWithErrand, "_note", killed)
        with pytest.raises(DatabaseAwayError):
            await hall.goes_on(1)
        monkeypatch.undo()
        await hall.goes_on(3)
        assert (hall.screens.shown[-1].done, hall.screens.shown[-1].left) == (MANY, 0)
        assert {await purse(hall.cast.world.database, student) for student in hall.students} == {(8_000, 0)}

    async def test_of_a_few_is_done_at_once(self, hall: Hall) -> None:
        await nobody_came(hall)
        await hall.decides_all(hall.cast.admin, DecisionOutcome.RELEASED)
        await hall.goes_on(3)
        assert await hall.decides_all(hall.cast.admin, DecisionOutcome.RELEASED) == Decided(0, 0)
