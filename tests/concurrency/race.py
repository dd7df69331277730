"""Races that really happen: everybody has read and decided before anybody writes.

Left to chance, most runs would show the contestants one after the other. Here the first commit of each waits until all
have come to theirs, so every one of them rests on the same, soon outdated, facts. The controls wait at the same place.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import TypeVar

from domain.enrollments.booking import BookSession
from domain.enrollments.model import Enrollment
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import ConfirmedTerms
from domain.errors import RefusalError
from domain.ids import EnrollmentId
from domain.ports import UnitOfWorkFactory
from domain.writes.base import Write
from storage.database import Database
from storage.unit_of_work import StoredUnitOfWork
from tests.factories import Person, Scheduled, World, new_enrollment_id

DEADLINE_SECONDS = 60

T = TypeVar("T")


class StartingLine:
    """Where contestants wait for each other."""

    def __init__(self, contestants: int) -> None:
        self._barrier = asyncio.Barrier(contestants)

    async def wait(self) -> None:
        """Wait until everybody is here."""
        await self._barrier.wait()

    def units(self, database: Database, *, after: int = 0) -> UnitOfWorkFactory:
        """Return one contestant's units of work: their first commit waits at the line, or the one ``after`` some others."""
        commits = count(-after)

        async def before_commit() -> None:
            if next(commits) == 0:
                await self.wait()

        return lambda: _WaitingUnitOfWork(database, before_commit)


class _WaitingUnitOfWork(StoredUnitOfWork):
    def __init__(self, database: Database, before_commit: Callable[[], Awaitable[None]]) -> None:
        super().__init__(database)
        self._before_commit = before_commit

    async def commit(self) -> None:
        await self._before_commit()
        await super().commit()


class Contest:
    """A world, and several handles of its database that contestants are spread over."""

    def __init__(self, world: World, databases: Sequence[Database]) -> None:
        self.world = world
        self.databases = databases

    def database_of(self, contestant: int) -> Database:
        """Return the handle of a contestant."""
        return self.databases[contestant % len(self.databases)]

    async def everybody(self, contestants: int, run: Callable[[int, StartingLine], Awaitable[T]]) -> list[T | RefusalError]:
        """Run all contestants at once, and return what each got or was refused with; a fault is raised."""
        line = StartingLine(contestants)

        async def one(number: int) -> T | RefusalError:
            try:
                return await run(number, line)
            except RefusalError as refusal:
                return refusal

        async with asyncio.timeout(DEADLINE_SECONDS):
            return await asyncio.gather(*(one(number) for number in range(contestants)))

    async def book(
        self,
        students: Sequence[Person],
        sessions: Sequence[Scheduled],
        *,
        enrollment_ids: Sequence[EnrollmentId] = (),
    ) -> list[Enrollment | RefusalError]:
        """Let contestant n press the button of sessions[n] for students[n], all at once."""
        terms = await self.terms(students, sessions)
        ids = enrollment_ids or [new_enrollment_id() for _ in students]

        async def press(number: int, line: StartingLine) -> Enrollment:
            book = BookSession(line.units(self.database_of(number)), self.world.clock)
            student, session = students[number], sessions[number]
            return await book(
                actor=student.actor, session_id=session.id, enrollment_id=ids[number], confirmed=terms[number]
            )

        return await self.everybody(len(students), press)

    async def book_naively(
        self,
        students: Sequence[Person],
        sessions: Sequence[Scheduled],
        *,
        may_book: Callable[[BookingFacts], bool],
        writes: Callable[[Person, BookingFacts], Sequence[Write]],
        afterwards: Callable[[BookingFacts], str] | None = None,
    ) -> None:
        """Book as one does without guards: look, then write what one thinks. For controls."""

        async def press(number: int, line: StartingLine) -> None:
            database, student = self.database_of(number), students[number]
            facts = await StoredUnitOfWork(database).enrollments.find_booking_facts(
                center_id=self.world.center_id,
                session_id=sessions[number].id,
                student_id=student.id,
                enrollment_id=new_enrollment_id(),
            )
            assert facts is not None
            await line.wait()
            if may_book(facts):
                await database.apply(writes(student, facts))
                if afterwards is not None:
                    await database.execute(afterwards(facts))

        await self.everybody(len(students), press)

    async def terms(self, students: Sequence[Person], sessions: Sequence[Scheduled]) -> list[ConfirmedTerms]:
        """Return what each contestant's confirm button carries, drawn before anybody taps."""
        return [
            await self.world.confirmed_terms(student, session) for student, session in zip(students, sessions, strict=True)
        ]


def outcomes(results: Sequence[object]) -> Counter[str]:
    """Count what people got by its name: ``Enrollment``, ``SessionFullError`` …"""
    return Counter(type(result).__name__ for result in results)
