"""What happens to everybody's money when a session is finished: who did not come becomes a NO_SHOW, by their contract.

Where the clock finished the session and nobody had been marked at all, nobody is taken for absent: an admin decides.
"""

from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.door_ports import SeatFacts, reach_of_system
from domain.enrollments.finalisation import for_each_seat
from domain.enrollments.marking import Doing, attended_writes, left_alone_writes, mark_of, missed_writes
from domain.enrollments.model import LIVE, EnrollmentStatus
from domain.events import SessionSettled
from domain.ids import CenterId, EnrollmentId, SessionId
from domain.permissions import Operation, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import SessionStatus
from domain.writes.base import Write
from domain.writes.door import SettleSeats
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class SettleSession:
    """Settle every seat of a finished session, one transaction each, and note when all of them are.

    Called again, it does what is left. Raises an ExceptionGroup of what failed, after everybody else's was done.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """Settle the session as it is now; one that is not finished, or is settled already, stays as it is."""
        actor = system_actor(center_id)
        reach = reach_of_system(actor)
        async with self.new_unit_of_work() as work:
            session = await work.door.find_session(reach=reach, session_id=session_id)
            if session is None or session.status is not SessionStatus.FINISHED or session.settled_at is not None:
                return
            unsettled = await work.door.list_unsettled(reach=reach, session_id=session_id)

        async def settle(enrollment_id: EnrollmentId) -> None:
            async def decide(work: UnitOfWork) -> None:
                facts = await work.door.find_seat(reach=reach, enrollment_id=enrollment_id)
                doing = Doing(actor, Operation.FINISH_SESSION, self.clock.now())
                if facts is not None:
                    work.add(*settling_writes(facts, doing, is_left_alone=session.is_left_alone))
                    await work.commit()

            await decide_and_commit(self.new_unit_of_work, decide)

        await for_each_seat(unsettled, settle)

        async def note(work: UnitOfWork) -> None:
            present = await work.door.find_session(reach=reach, session_id=session_id)
            if present is None or present.settled_at is not None:
                return
            now = self.clock.now()
            settled = event_row(SessionSettled(session_id), actor=actor, now=now)
            work.add(settled, _audit(session_id, Doing(actor, Operation.FINISH_SESSION, now)), SettleSeats(session_id, now))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, note)


def settling_writes(facts: SeatFacts, doing: Doing, *, is_left_alone: bool) -> list[Write]:
    """Return the writes that settle a seat of a finished session; none, where nothing is left to settle."""
    if facts.status not in LIVE or facts.open_case is not None:
        return []
    if facts.attended_at is not None:
        is_taken = facts.status is not EnrollmentStatus.LOCKED
        return [] if is_taken else attended_writes(facts, doing)
    return left_alone_writes(facts, doing) if is_left_alone else missed_writes(facts, mark_of(facts), doing)


def _audit(session_id: SessionId, doing: Doing) -> Write:
    return audit_row(
        doing.operation,
        actor=doing.actor,
        now=doing.now,
        object_type="session",
        object_id=session_id,
        after={"settled_at": doing.now},
    )
