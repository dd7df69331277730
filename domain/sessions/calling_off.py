"""A session that does not take place: cancelled by the center with a reason, and perhaps brought back at another time.

The status is committed at once, and with it how many seats are to be made good; who is made good, and how, is
``domain/enrollments/making_good.py``.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.clock import Clock
from domain.errors import NotFoundError, NotMadeGoodYetError, SessionChangedError
from domain.ids import SessionId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.input import clean_reason
from domain.sessions.life import transition
from domain.sessions.model import SessionStatus
from domain.sessions.ports import SessionFacts, staff_of
from domain.sessions.record import required, session_record
from domain.sessions.running import session_within_reach
from domain.sessions.timetable import future_session_times
from domain.writes.sessions import BringSessionBack, CallSessionOff


@dataclass(frozen=True, slots=True)
class CancelSession:
    """Cancel a session that is not over, and say why.

    ``shown_starts_at`` is when the session was to begin on the screen that asked: an old button does not cancel a session
    that was moved or brought back since. Cancelling what is cancelled changes nothing. Raises NotFoundError,
    InvalidTransitionError, SessionChangedError, InvalidInputError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId, shown_starts_at: datetime, reason: str) -> None:
        """Cancel."""
        require(actor, Operation.CANCEL_SESSION)
        reason = clean_reason(reason)

        async def decide(work: UnitOfWork) -> None:
            facts = await session_within_reach(work, actor=actor, operation=Operation.CANCEL_SESSION, session_id=session_id)
            if facts.status is SessionStatus.CANCELED:
                return
            step = transition(session_id, facts.status, SessionStatus.CANCELED)
            if facts.starts_at != shown_starts_at:
                raise SessionChangedError(session_id=session_id)
            now = self.clock.now()
            work.add(
                *session_record(
                    step.operation,
                    step.event,
                    session_id,
                    actor=actor,
                    now=now,
                    before={"status": facts.status, "seats_taken": facts.seats_taken},
                    after={"status": step.becomes},
                    reason=reason,
                ),
                CallSessionOff(session_id, facts.status, facts.starts_at, step.becomes, reason, now),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class RescheduleSession:
    """Let a cancelled session take place after all, at a new time to come; whoever was in it is invited to book again.

    Only once everybody is made good: until then somebody would still be in it. Pressed again, nothing changes. Raises
    NotFoundError, InvalidTransitionError, NotMadeGoodYetError, InvalidInputError (past, or too far away) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId, day: date, at: time) -> None:
        """Schedule it anew."""
        require(actor, Operation.RESCHEDULE_SESSION)

        async def decide(work: UnitOfWork) -> None:
            operation, now = Operation.RESCHEDULE_SESSION, self.clock.now()
            facts = await session_within_reach(work, actor=actor, operation=operation, session_id=session_id)
            times = future_session_times(day, at, duration_minutes=facts.duration_minutes, zone=facts.zone, now=now)
            if facts.status is SessionStatus.SCHEDULED and facts.starts_at == times.starts_at:
                return
            step = transition(session_id, facts.status, SessionStatus.SCHEDULED)
            if facts.settled_at is None:
                raise NotMadeGoodYetError(session_id=session_id, seats_left=facts.seats_taken)
            await _require_ground(work, facts, actor=actor)
            work.add(
                *required(actor.center_id, facts.timezone, branch_id=facts.branch_id, class_id=facts.class_id),
                *session_record(
                    step.operation,
                    step.event,
                    session_id,
                    actor=actor,
                    now=now,
                    before={"status": facts.status, "starts_at": facts.starts_at},
                    after={"status": step.becomes, "starts_at": times.starts_at},
                ),
                BringSessionBack(session_id, times.local_date, times.local_time, times.starts_at, times.ends_at, now),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def _require_ground(work: UnitOfWork, facts: SessionFacts, *, actor: Actor) -> None:
    """Raise NotFoundError where the class or the branch was put away since."""
    found = await work.sessions.find_class(
        center_id=actor.center_id,
        class_id=facts.class_id,
        branch_id=facts.branch_id,
        session_id=facts.id,
        staff_id=staff_of(actor),
    )
    if found is None:
        raise NotFoundError(what="class")
