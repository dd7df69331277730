"""Lets staff stand at the door: opens and finishes sessions, marks heads, settles, corrects and decides."""

from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.attendance import CorrectAttendance, MarkAttendance, MarkEveryone
from domain.enrollments.decisions import Decide
from domain.enrollments.finalisation import FinaliseSession
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionKind, DecisionOutcome
from domain.enrollments.settling import SettleSession
from domain.ids import DecisionId, EnrollmentId
from domain.permissions import Operation
from domain.sessions.model import SessionStatus
from domain.writes.record import audit_row
from storage.database import Database
from storage.prepared import Query, outside
from storage.tables.door import decisions
from storage.tables.money import enrollments, wallets
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, Scheduled, World, sql_id

_SEAT = Query(
    sa.select(
        enrollments.c.status, enrollments.c.attended_at, enrollments.c.marked_absent_at, enrollments.c.made_good
    ).where(enrollments.c.id == outside("enrollment_id", sa.Uuid())),
    lambda status, attended, absent, made_good: (
        str(status)
        + (" attended" if attended else "")
        + (" absent" if absent else "")
        + (f" {made_good}" if made_good else "")
    ),
)
_PURSE = Query(
    sa.select(wallets.c.balance_minor, wallets.c.locked_minor).where(wallets.c.id == outside("wallet_id", sa.Uuid())),
    lambda balance, locked: (balance, locked),
)
_CASES = Query(
    sa.select(decisions.c.id, decisions.c.kind, decisions.c.amount_minor, decisions.c.outcome)
    .where(decisions.c.enrollment_id == outside("enrollment_id", sa.Uuid()))
    .order_by(decisions.c.id),
    lambda id_, kind, amount, outcome: (DecisionId(id_), kind, amount, outcome),
)


async def set_status(world: World, session: Scheduled, status: SessionStatus) -> None:
    """Move a session to a status, without anything that follows from it."""
    await world.database.execute(f"UPDATE sessions SET status = '{status}' WHERE id = '{sql_id(session.id)}'")


async def open_check_in(world: World, session: Scheduled) -> None:
    """Open check-in, and finalise as its event does."""
    await set_status(world, session, SessionStatus.CHECKING_IN)
    await finalise(world, session)


async def finalise(world: World, session: Scheduled) -> None:
    """Capture the STRICT seats of a session."""
    await FinaliseSession(unit_of_work_factory(world.database), world.clock)(world.center_id, session.id)


async def finish(world: World, session: Scheduled, *, by: Person | None) -> None:
    """Finish a session, by somebody or by the clock, and settle it as its event does."""
    await set_status(world, session, SessionStatus.FINISHED)
    if by is not None:
        row = audit_row(
            Operation.FINISH_SESSION,
            actor=by.actor,
            now=world.clock.now(),
            object_type="session",
            object_id=session.id,
        )
        await world.database.apply([row])
    await settle(world, session)


async def settle(world: World, session: Scheduled) -> None:
    """Settle a finished session."""
    await SettleSession(unit_of_work_factory(world.database), world.clock)(world.center_id, session.id)


async def mark(world: World, by: Person, enrollment_id: EnrollmentId, what: Mark = Mark.ATTENDED) -> None:
    """Tap a head."""
    tap = MarkAttendance(unit_of_work_factory(world.database), world.clock)
    await tap(actor=by.actor, enrollment_id=enrollment_id, mark=what)


async def mark_everyone(world: World, by: Person, session: Scheduled) -> int | None:
    """Tap "everyone attended"."""
    return await MarkEveryone(unit_of_work_factory(world.database), world.clock)(actor=by.actor, session_id=session.id)


async def correct(world: World, by: Person, enrollment_id: EnrollmentId, *, has_attended: bool) -> None:
    """Correct a mark of a finished session."""
    tap = CorrectAttendance(unit_of_work_factory(world.database), world.clock)
    await tap(actor=by.actor, enrollment_id=enrollment_id, has_attended=has_attended)


async def decide(world: World, by: Person, enrollment_id: EnrollmentId, outcome: DecisionOutcome) -> DecisionOutcome:
    """Decide the latest case of a seat."""
    decision_id = (await cases(world.database, enrollment_id))[-1][0]
    tap = Decide(unit_of_work_factory(world.database), world.clock)
    return await tap(actor=by.actor, decision_id=decision_id, outcome=outcome)


async def seat(database: Database, enrollment_id: EnrollmentId) -> str:
    """Return a seat's status and mark in words, e.g. ``PAID attended``."""
    return (await database.fetch(_SEAT, enrollment_id=enrollment_id))[0]


async def purse(database: Database, student: Person) -> tuple[int, int]:
    """Return the balance of somebody's wallet, and how much of it is locked."""
    return (await database.fetch(_PURSE, wallet_id=student.wallet_id))[0]


async def cases(database: Database, enrollment_id: UUID) -> list[tuple[DecisionId, DecisionKind, int, str | None]]:
    """Return the cases of a seat, the oldest first."""
    return await database.fetch(_CASES, enrollment_id=enrollment_id)
