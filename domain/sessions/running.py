"""A session on its day: check-in is opened, the class begins, it ends. What follows for seats follows from the events."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import CheckInTooEarlyError, NotFoundError
from domain.ids import SessionId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.life import Transition, transition
from domain.sessions.model import SessionStatus
from domain.sessions.ports import SessionFacts, staff_of
from domain.sessions.record import session_record
from domain.writes.base import Write
from domain.writes.sessions import AdvanceSession


async def session_within_reach(
    work: UnitOfWork, *, actor: Actor, operation: Operation, session_id: SessionId
) -> SessionFacts:
    """Return a session that the actor may do this to. Raises NotFoundError where there is none."""
    facts = await work.sessions.find_session(center_id=actor.center_id, session_id=session_id, staff_id=staff_of(actor))
    if facts is None:
        raise NotFoundError(what="session")
    require(actor, operation, branch_id=facts.branch_id)
    return facts


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of a session's life, taken by a person. Taken again, it shows the first outcome."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def _take(self, *, actor: Actor, operation: Operation, session_id: SessionId, becomes: SessionStatus) -> None:
        require(actor, operation)

        async def decide(work: UnitOfWork) -> None:
            facts = await session_within_reach(work, actor=actor, operation=operation, session_id=session_id)
            if facts.status is becomes:
                return
            step = transition(session_id, facts.status, becomes)
            now = self.clock.now()
            if becomes is SessionStatus.CHECKING_IN and now < facts.opens_at:
                raise CheckInTooEarlyError(session_id=session_id, opens_at=facts.opens_at)
            work.add(
                *_said(step, session_id, actor=actor, clock=self.clock),
                AdvanceSession(session_id, facts.status, becomes),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class OpenCheckIn(_Step):
    """Open the door, some time before the start at the earliest: from then on attendance is marked.

    Raises NotFoundError, InvalidTransitionError, CheckInTooEarlyError (which tells when) and BusyError.
    """

    async def __call__(self, *, actor: Actor, session_id: SessionId) -> None:
        """Open check-in."""
        await self._take(
            actor=actor,
            operation=Operation.CHECK_IN_SESSION,
            session_id=session_id,
            becomes=SessionStatus.CHECKING_IN,
        )


@dataclass(frozen=True, slots=True)
class StartSession(_Step):
    """Begin the class. Raises NotFoundError, InvalidTransitionError and BusyError."""

    async def __call__(self, *, actor: Actor, session_id: SessionId) -> None:
        """Begin."""
        await self._take(
            actor=actor,
            operation=Operation.START_SESSION,
            session_id=session_id,
            becomes=SessionStatus.CONDUCTING,
        )


@dataclass(frozen=True, slots=True)
class FinishSession(_Step):
    """End the class and close attendance. Raises NotFoundError, InvalidTransitionError and BusyError."""

    async def __call__(self, *, actor: Actor, session_id: SessionId) -> None:
        """End."""
        await self._take(
            actor=actor,
            operation=Operation.FINISH_SESSION,
            session_id=session_id,
            becomes=SessionStatus.FINISHED,
        )


def _said(step: Transition, session_id: SessionId, *, actor: Actor, clock: Clock) -> list[Write]:
    return session_record(
        step.operation,
        step.event,
        session_id,
        actor=actor,
        now=clock.now(),
        before={"status": step.was},
        after={"status": step.becomes},
    )
