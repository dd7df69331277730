"""A process of its own in which people tap: ``python -m tests.concurrency.tapper``, orders and results as JSON lines.

It reads one line of orders, gets ready, prints ``ready``, and when another line comes lets everybody tap at once.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from uuid import UUID

from domain.enrollments.booking import BookSession
from domain.enrollments.quote import quote_seat, terms_shown
from domain.errors import RefusalError
from domain.ids import CenterId, PersonId, SessionId
from domain.permissions import Actor, Role
from storage.engine import open_database
from storage.unit_of_work import unit_of_work_factory
from tests.factories import FixedClock, new_enrollment_id


@dataclass(frozen=True, slots=True)
class Orders:
    """What a tapping process is told; ids in hexadecimal."""

    url: str
    center_id: str
    session_id: str
    student_ids: list[str]


async def tap(orders: Orders) -> list[str]:
    """Let each student book once, and return the name of what each got."""
    database = open_database(orders.url, pool_size=4)
    units, session_id = unit_of_work_factory(database), SessionId(UUID(orders.session_id))
    actors = [
        Actor(CenterId(UUID(orders.center_id)), PersonId(UUID(student_id)), Role.STUDENT)
        for student_id in orders.student_ids
    ]
    facts = await units().enrollments.find_booking_facts(
        center_id=actors[0].center_id,
        session_id=session_id,
        student_id=actors[0].person_id,
        enrollment_id=new_enrollment_id(),
    )
    assert facts is not None
    terms = terms_shown(facts.session, quote_seat(facts.session, credit=facts.credit, wallet=facts.wallet))
    book = BookSession(units, FixedClock())

    async def press(actor: Actor) -> str:
        try:
            return type(
                await book(actor=actor, session_id=session_id, enrollment_id=new_enrollment_id(), confirmed=terms)
            ).__name__
        except RefusalError as refusal:
            return type(refusal).__name__

    print("ready", flush=True)  # noqa: T201 -- what the process says
    await asyncio.to_thread(sys.stdin.readline)
    try:
        return list(await asyncio.gather(*(press(actor) for actor in actors)))
    finally:
        await database.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(tap(Orders(**json.loads(sys.stdin.readline()))))))  # noqa: T201 -- what the process says
