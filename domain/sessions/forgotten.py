"""Sessions that people have forgotten: an hour after their end the clock closes them.

One that nobody ever opened was missed, and everybody in it is made good. One that was opened, and not finished, is
finished as a person would have done it; that nobody did is told by the audit row and the event, which name no actor.
"""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import CenterId, SessionId
from domain.permissions import Actor, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.life import FORGOTTEN_AFTER, Transition, transition_by_clock
from domain.sessions.model import SessionStatus
from domain.sessions.ports import SessionFacts
from domain.sessions.record import session_record
from domain.writes.base import Write
from domain.writes.sessions import AdvanceSession, CallSessionOff

_AT_ONCE = 100  # the next run finds what is left


@dataclass(frozen=True, slots=True)
class _ByClock:
    """One step that the clock takes with every session that has waited for people long enough."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def _take(self, center_id: CenterId, becomes: SessionStatus) -> list[SessionId]:
        ended_before = self.clock.now() - FORGOTTEN_AFTER
        async with self.new_unit_of_work() as work:
            overdue = await work.sessions.list_overdue(center_id=center_id, ended_before=ended_before, limit=_AT_ONCE)
        actor = system_actor(center_id)
        found = [facts for facts in overdue if transition_by_clock(facts.status, becomes) is not None]
        return [facts.id for facts in found if await self._close(facts.id, becomes, actor=actor)]

    async def _close(self, session_id: SessionId, becomes: SessionStatus, *, actor: Actor) -> bool:
        async def decide(work: UnitOfWork) -> bool:
            facts = await work.sessions.find_session(center_id=actor.center_id, session_id=session_id, staff_id=None)
            step = transition_by_clock(facts.status, becomes) if facts is not None else None
            if facts is None or step is None or self.clock.now() < facts.ends_at + FORGOTTEN_AFTER:
                return False
            work.add(*self._writes(facts, step, actor=actor))
            await work.commit()
            return True

        return await decide_and_commit(self.new_unit_of_work, decide)

    def _writes(self, facts: SessionFacts, step: Transition, *, actor: Actor) -> list[Write]:
        now = self.clock.now()
        return [
            *session_record(
                step.operation,
                step.event,
                facts.id,
                actor=actor,
                now=now,
                before={"status": facts.status, "seats_taken": facts.seats_taken},
                after={"status": step.becomes},
            ),
            CallSessionOff(facts.id, facts.status, facts.starts_at, step.becomes, None, now)
            if step.becomes is SessionStatus.MISSED
            else AdvanceSession(facts.id, facts.status, step.becomes),
        ]


@dataclass(frozen=True, slots=True)
class MarkMissed(_ByClock):
    """Mark the sessions missed whose end is an hour past and whose check-in nobody ever opened."""

    async def __call__(self, center_id: CenterId) -> list[SessionId]:
        """Return those that were missed."""
        return await self._take(center_id, SessionStatus.MISSED)


@dataclass(frozen=True, slots=True)
class FinishForgotten(_ByClock):
    """Finish the sessions whose end is an hour past and that somebody opened, but nobody finished."""

    async def __call__(self, center_id: CenterId) -> list[SessionId]:
        """Return those that were finished."""
        return await self._take(center_id, SessionStatus.FINISHED)
