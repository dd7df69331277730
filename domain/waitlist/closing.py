"""How offers lapse, and how waiting ends when there is nothing to wait for any more."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.enrollments.model import LIVE, ReservedFor
from domain.ids import CenterId, PersonId, SessionId, WaitlistEntryId
from domain.permissions import Actor, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import OPEN_FOR_BOOKING, SessionStatus
from domain.waitlist.ending import ending_writes
from domain.waitlist.model import Place, WaitingMessage, WaitlistStatus
from domain.waitlist.paying import writes_without_payment
from domain.waitlist.ports import ClosingFacts
from domain.waitlist.telling import message
from domain.writes.base import Write

_HAS_GONE_AHEAD = frozenset({SessionStatus.CONDUCTING, SessionStatus.FINISHED})


@dataclass(frozen=True, slots=True)
class LapseOffers:
    """Let every offer lapse that nobody has answered in time, each exactly once; the seats go to the next in line.

    For the clock. The seats are offered on by whoever hears of ``reservation.lapsed``. Raises BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId) -> None:
        """Go through what is due."""
        async with self.new_unit_of_work() as work:
            due = await work.waitlist.list_lapsing(center_id=center_id, now=self.clock.now())
        for place in due:
            await self._lapse(center_id, place.student_id, place.id)

    async def _lapse(self, center_id: CenterId, student_id: PersonId, entry_id: WaitlistEntryId) -> None:
        async def decide(work: UnitOfWork) -> None:
            now, actor = self.clock.now(), system_actor(center_id)
            place = await work.waitlist.find_place(center_id=center_id, student_id=student_id, entry_id=entry_id)
            if place is not None and is_over(place, now=now):
                work.add(*lapsing_writes(place, actor=actor, now=now))
                work.add(*await writes_without_payment(work, place, actor=actor, now=now))
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def is_over(place: Place, *, now: datetime) -> bool:
    """Whether an open offer has not been answered in time."""
    is_due = place.offer_expires_at is not None and place.offer_expires_at <= now
    return place.status is WaitlistStatus.OFFERED and is_due


def lapsing_writes(place: Place, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that end an offer whose time is over: what was booked in another way meanwhile stays booked."""
    if place.enrollment_status in LIVE:
        return ending_writes(place, WaitlistStatus.BOOKED, actor=actor, now=now)
    ended = ending_writes(place, WaitlistStatus.LAPSED, actor=actor, now=now)
    if place.reserved_for is ReservedFor.PAYMENT:
        return ended  # they are told of their payment
    return [
        *ended,
        message(
            WaitingMessage.OFFER_LAPSED,
            center_id=actor.center_id,
            person_id=place.student_id,
            subject_id=place.id,
            now=now,
        ),
    ]


@dataclass(frozen=True, slots=True)
class CloseWaitlist:
    """End the waiting for a session that was cancelled or moved, or has begun; what was held for offers is given back.

    For the clock and for subscribers of changes of sessions; run twice, or too early, it does no more. Raises BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """End one place after the other, each in a transaction of its own."""

        async def decide(work: UnitOfWork) -> bool:
            facts = await work.waitlist.find_closing_facts(center_id=center_id, session_id=session_id)
            now = self.clock.now()
            place = _next_to_close(facts, now=now) if facts is not None else None
            if facts is None or place is None:
                return False
            actor = system_actor(center_id)
            work.add(*closing_writes(facts, place, actor=actor, now=now))
            work.add(*await writes_without_payment(work, place, actor=actor, now=now))
            await work.commit()
            return True

        while await decide_and_commit(self.new_unit_of_work, decide):
            pass  # as often as people wait

    async def everywhere(self, center_id: CenterId) -> None:
        """Do it for every session that people wait for in vain."""
        async with self.new_unit_of_work() as work:
            session_ids = await work.waitlist.list_outlived(center_id=center_id, now=self.clock.now())
        for session_id in session_ids:
            await self(center_id, session_id)


def _next_to_close(facts: ClosingFacts, *, now: datetime) -> Place | None:
    is_over = not facts.session.is_open(now)
    return next((place for place in facts.places if is_over or place.is_for_another_time), None)


def closing_writes(facts: ClosingFacts, place: Place, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that end a place; whoever waits for a class that simply begins need not be told."""
    if place.enrollment_status in LIVE:
        return ending_writes(place, WaitlistStatus.BOOKED, actor=actor, now=now)
    writes = ending_writes(place, WaitlistStatus.CLOSED, actor=actor, now=now)
    has_begun = facts.session.status in _HAS_GONE_AHEAD or (
        facts.session.status in OPEN_FOR_BOOKING and not place.is_for_another_time
    )
    if has_begun:
        return writes
    told = message(
        WaitingMessage.CLOSED,
        center_id=actor.center_id,
        person_id=place.student_id,
        subject_id=place.id,
        now=now,
        send_after=facts.quiet.end_after(now),
    )
    return [*writes, told]
