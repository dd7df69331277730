"""What people tap: the confirm buttons of their session cards, and the use case that they set off."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bench.center import BenchCenter
from domain.clock import SystemClock
from domain.enrollments.booking import BookSession, plan_booking
from domain.enrollments.model import Enrollment
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import ConfirmedTerms, quote_seat, terms_shown
from domain.errors import RefusalError
from domain.ids import EnrollmentId, SessionId, new_id
from domain.permissions import Actor
from domain.writes.base import Write
from storage.database import Database
from storage.repositories.enrollments import StoredEnrollments
from storage.unit_of_work import unit_of_work_factory


@dataclass(frozen=True, slots=True)
class Tap:
    """One student's confirm button, and what its card was drawn from."""

    actor: Actor
    session_id: SessionId
    enrollment_id: EnrollmentId
    confirmed: ConfirmedTerms
    facts: BookingFacts


async def draw_cards(database: Database, students: Sequence[Actor], sessions: Sequence[SessionId]) -> list[Tap]:
    """Show each student a session: equally many each, and of both kinds of student (every other one has credits)."""
    enrollments = StoredEnrollments(database)
    taps = []
    for place, actor in enumerate(students):
        session_id, enrollment_id = sessions[(place + place // len(sessions)) % len(sessions)], EnrollmentId(new_id())
        facts = await enrollments.find_booking_facts(
            center_id=actor.center_id,
            session_id=session_id,
            student_id=actor.person_id,
            enrollment_id=enrollment_id,
        )
        if facts is None:
            raise LookupError("the center has no such session")
        confirmed = terms_shown(facts.session, quote_seat(facts.session, credit=facts.credit, wallet=facts.wallet))
        taps.append(Tap(actor, session_id, enrollment_id, confirmed, facts))
    return taps


def planned_writes(taps: Sequence[Tap]) -> list[tuple[Write, ...]]:
    """Return the writes of each booking in lock order: what a floor writes, too."""
    now = SystemClock().now()
    plans = [
        plan_booking(tap.facts, actor=tap.actor, enrollment_id=tap.enrollment_id, confirmed=tap.confirmed, now=now)
        for tap in taps
    ]
    return [tuple(sorted(plan.writes, key=lambda write: write.rank)) for plan in plans]


async def book_at_once(database: Database, taps: Sequence[Tap]) -> list[Enrollment | RefusalError]:
    """Let everybody tap at the same instant; raise whatever is neither a booking nor a refusal."""
    book = BookSession(unit_of_work_factory(database), SystemClock())

    async def outcome(tap: Tap) -> Enrollment | RefusalError:
        try:
            return await book(
                actor=tap.actor, session_id=tap.session_id, enrollment_id=tap.enrollment_id, confirmed=tap.confirmed
            )
        except RefusalError as refusal:
            return refusal

    return await asyncio.gather(*map(outcome, taps))


async def warm_up(database: Database, center: BenchCenter) -> None:
    """Open every connection and prepare every statement, as they are in a bot that has run for a minute."""
    await book_at_once(database, await draw_cards(database, center.early_students, [center.early_session]))
