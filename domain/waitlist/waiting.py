"""What happens when a student joins a full session's waitlist, or leaves it."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import AlreadyEnrolledError, NotFoundError, SeatsFreeError, SessionNotOpenError
from domain.events import WaitlistJoined
from domain.ids import SessionId, WaitlistEntryId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.ending import ending_writes
from domain.waitlist.model import Place, WaitlistStatus
from domain.waitlist.paying import writes_without_payment
from domain.waitlist.ports import JoiningFacts
from domain.writes.base import Write
from domain.writes.record import audit_row, event_row
from domain.writes.waitlist import AddPlace


@dataclass(frozen=True, slots=True)
class JoinWaitlist:
    """Let the actor wait for a seat of a full session, until it begins.

    The place's id is made when the button is drawn: pressed twice, the same place is kept. Whoever waits already stays
    where they are in the line. Raises NotFoundError, AlreadyEnrolledError, SessionNotOpenError, SeatsFreeError and
    BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId, entry_id: WaitlistEntryId) -> None:
        """Join the end of the line."""
        require(actor, Operation.JOIN_WAITLIST)

        async def decide(work: UnitOfWork) -> None:
            facts = await work.waitlist.find_joining_facts(
                center_id=actor.center_id, session_id=session_id, student_id=actor.person_id, entry_id=entry_id
            )
            if facts is None:
                raise NotFoundError(what="session")
            work.add(*self._plan(facts, actor=actor, entry_id=entry_id))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)

    def _plan(self, facts: JoiningFacts, *, actor: Actor, entry_id: WaitlistEntryId) -> list[Write]:
        session, now = facts.session, self.clock.now()
        if facts.same is not None:
            if facts.same.student_id != actor.person_id or facts.same.session_id != session.id:
                raise NotFoundError(what="waitlist entry")
            return []
        if facts.live is not None:
            return []
        if facts.enrollment_id is not None:
            raise AlreadyEnrolledError(enrollment_id=facts.enrollment_id)
        if not session.is_open(now):
            raise SessionNotOpenError(session_id=session.id)
        if session.seats_left > 0:
            raise SeatsFreeError(session_id=session.id)
        return [
            AddPlace(entry_id, actor.center_id, session.id, actor.person_id, now),
            event_row(WaitlistJoined(session.id), actor=actor, now=now),
            audit_row(
                Operation.JOIN_WAITLIST,
                actor=actor,
                now=now,
                object_type="waitlist_entry",
                object_id=entry_id,
                after={"status": WaitlistStatus.WAITING, "session_id": session.id},
            ),
        ]


@dataclass(frozen=True, slots=True)
class LeaveWaitlist:
    """Let the actor wait no more; a seat that is held for them goes to the next in line.

    Leaving what has ended changes nothing. Raises NotFoundError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, entry_id: WaitlistEntryId) -> Place:
        """Leave, and return the place as it was found."""
        return await end_own_place(
            self.new_unit_of_work, self.clock, actor=actor, entry_id=entry_id, becomes=WaitlistStatus.LEFT
        )


@dataclass(frozen=True, slots=True)
class PassOffer:
    """Say no to the seat that is held for the actor: it goes to the next in line.

    Where no offer is open (any more), nothing changes. Raises NotFoundError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, entry_id: WaitlistEntryId) -> Place:
        """Pass, and return the place as it was found."""
        return await end_own_place(
            self.new_unit_of_work,
            self.clock,
            actor=actor,
            entry_id=entry_id,
            becomes=WaitlistStatus.PASSED,
            only_where=WaitlistStatus.OFFERED,
        )


async def end_own_place(
    new_unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    *,
    actor: Actor,
    entry_id: WaitlistEntryId,
    becomes: WaitlistStatus,
    only_where: WaitlistStatus | None = None,
) -> Place:
    """End a live place at its owner's wish (only where it has a certain status, if one is given)."""
    require(actor, Operation.JOIN_WAITLIST)

    async def decide(work: UnitOfWork) -> Place:
        place = await work.waitlist.find_place(center_id=actor.center_id, student_id=actor.person_id, entry_id=entry_id)
        if place is None:
            raise NotFoundError(what="waitlist entry")
        require(actor, Operation.JOIN_WAITLIST, owner_id=place.student_id)
        if place.is_live and (only_where is None or place.status is only_where):
            now = clock.now()
            work.add(*ending_writes(place, becomes, actor=actor, now=now))
            work.add(*await writes_without_payment(work, place, actor=actor, now=now))
            await work.commit()
        return place

    return await decide_and_commit(new_unit_of_work, decide)
