"""Standing bookings: every session of a timetable rule is booked for whoever asked for that, up to the price shown then.

The tap that asks is the consent. Each session is tried once, by the same plan as any booking of the student's own; what
came of it is written down, and told. What can no longer be cancelled free of charge is not booked for anybody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NewType

from domain.clock import Clock
from domain.enrollments.booking import BookingPlan, plan_booking
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import quote_seat, terms_shown
from domain.errors import NotFoundError, RefusalError, SessionNotOpenError, TermsChangedError
from domain.events import StandingBookingSet, StandingBookingStopped
from domain.ids import CenterId, EnrollmentId, SessionId, StandingBookingId, new_id
from domain.permissions import Actor, Operation, Role, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.model import WaitingMessage
from domain.waitlist.standing_ports import StandingRequest
from domain.waitlist.telling import message
from domain.writes.base import Write
from domain.writes.record import audit_row, event_row
from domain.writes.waitlist import (
    AddStandingAttempt,
    AddStandingBooking,
    EndStandingBooking,
    RequireStandingBooking,
)

ShownPrice = NewType("ShownPrice", int)
"""The price of one session in minor units, as the screen showed it that was confirmed."""

BOOKED: Final = "BOOKED"
PRICE_ABOVE: Final = "price_above"  # the class costs more by now than was agreed to
TOO_LATE: Final = "too_late"  # it could not be cancelled any more
"""What an attempt came to; every other outcome is the code of a refusal."""

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def weekdays_of(recurrence: str, *, starts_on: date) -> tuple[int, ...]:
    """Return the weekdays (0: Monday) of a rule that repeats every week; nothing for one that repeats otherwise."""
    parts = dict(part.split("=", 1) for part in recurrence.split(";") if "=" in part)
    if parts.get("FREQ") != "WEEKLY" or parts.get("INTERVAL", "1") != "1":
        return ()
    days = re.findall(r"MO|TU|WE|TH|FR|SA|SU", parts.get("BYDAY", ""))
    return tuple(sorted(_WEEKDAYS.index(day) for day in days)) or (starts_on.weekday(),)


@dataclass(frozen=True, slots=True)
class SetStandingBooking:
    """Let every session of a timetable rule be booked for the actor from now on.

    Asked from one of its sessions. The standing booking's id is made when the question is drawn: pressed twice, there is
    one. Raises NotFoundError (no such session, or it belongs to no rule), SessionNotOpenError (the rule has ended),
    TermsChangedError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, standing_booking_id: StandingBookingId, session_id: SessionId, shown: ShownPrice
    ) -> StandingBookingId:
        """Return the id of the standing booking: the one that there was already, where there was."""
        require(actor, Operation.SET_STANDING_BOOKING)

        async def decide(work: UnitOfWork) -> StandingBookingId:
            facts = await work.standing.find_asking_facts(
                center_id=actor.center_id, student_id=actor.person_id, session_id=session_id
            )
            if facts is None or facts.rule_id is None:
                raise NotFoundError(what="session")
            if facts.standing_booking_id is not None:
                return facts.standing_booking_id
            if not facts.is_rule_on:
                raise SessionNotOpenError(session_id=session_id)
            if facts.price_minor != shown:
                raise TermsChangedError(session_id=session_id)
            now = self.clock.now()
            added = AddStandingBooking(
                id=standing_booking_id,
                center_id=actor.center_id,
                student_id=actor.person_id,
                rule_id=facts.rule_id,
                most_minor=facts.price_minor,
                created_at=now,
            )
            work.add(
                added,
                event_row(StandingBookingSet(standing_booking_id), actor=actor, now=now),
                _audit(standing_booking_id, actor=actor, now=now, is_on=True),
            )
            await work.commit()
            return standing_booking_id

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class StopStandingBooking:
    """Book no more sessions of a rule for the actor; what is booked already stays booked.

    Stopped twice, it is stopped. Raises NotFoundError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, standing_booking_id: StandingBookingId) -> None:
        """Stop."""
        require(actor, Operation.SET_STANDING_BOOKING)

        async def decide(work: UnitOfWork) -> None:
            is_on = await work.standing.find_is_on(
                center_id=actor.center_id, student_id=actor.person_id, standing_booking_id=standing_booking_id
            )
            if is_on is None:
                raise NotFoundError(what="standing booking")
            if is_on:
                work.add(*stopping_writes(standing_booking_id, actor=actor, now=self.clock.now()))
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def stopping_writes(standing_booking_id: StandingBookingId, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that stop a standing booking."""
    return [
        EndStandingBooking(standing_booking_id, now),
        event_row(StandingBookingStopped(standing_booking_id), actor=actor, now=now),
        _audit(standing_booking_id, actor=actor, now=now, is_on=False),
    ]


def _audit(standing_booking_id: StandingBookingId, *, actor: Actor, now: datetime, is_on: bool) -> Write:
    return audit_row(
        Operation.SET_STANDING_BOOKING,
        actor=actor,
        now=now,
        object_type="standing_booking",
        object_id=standing_booking_id,
        after={"is_on": is_on},
    )


@dataclass(frozen=True, slots=True)
class BookStanding:
    """Book a session for everybody who asked for all sessions of its rule: each once, whatever comes of it.

    A subscriber of ``session.created``, and for the clock. Raises BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """Try for one after the other, each in a transaction of its own, and tell them."""
        async with self.new_unit_of_work() as work:
            requests = await work.standing.list_requests(center_id=center_id, session_id=session_id)
        await self._try_all(center_id, requests, is_told=True)

    async def everywhere(self, center_id: CenterId) -> None:
        """Do it for every session ahead that somebody has asked for and that was not tried for them."""
        async with self.new_unit_of_work() as work:
            requests = await work.standing.list_due(center_id=center_id, now=self.clock.now())
        await self._try_all(center_id, requests, is_told=True)

    async def of_student(self, *, actor: Actor, standing_booking_id: StandingBookingId) -> None:
        """Do it for the sessions that there are already, as soon as it is asked for: they see what came of it."""
        require(actor, Operation.SET_STANDING_BOOKING)
        async with self.new_unit_of_work() as work:
            due = await work.standing.list_due(center_id=actor.center_id, now=self.clock.now())
        mine = [each for each in due if (each.id, each.student_id) == (standing_booking_id, actor.person_id)]
        await self._try_all(actor.center_id, mine, is_told=False)

    async def _try_all(self, center_id: CenterId, requests: Sequence[StandingRequest], *, is_told: bool) -> None:
        for request in requests:
            await self._try(center_id, request, is_told=is_told)

    async def _try(self, center_id: CenterId, request: StandingRequest, *, is_told: bool) -> None:
        actor = Actor(center_id, request.student_id, Role.STUDENT)

        async def decide(work: UnitOfWork) -> None:
            if not await work.standing.is_due(
                center_id=center_id, standing_booking_id=request.id, session_id=request.session_id
            ):
                return
            enrollment_id, now = EnrollmentId(new_id()), self.clock.now()
            facts = await work.enrollments.find_booking_facts(
                center_id=center_id,
                session_id=request.session_id,
                student_id=request.student_id,
                enrollment_id=enrollment_id,
            )
            if facts is not None:
                work.add(
                    *attempt_writes(facts, request, actor=actor, enrollment_id=enrollment_id, now=now, is_told=is_told)
                )
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def attempt_writes(
    facts: BookingFacts,
    request: StandingRequest,
    *,
    actor: Actor,
    enrollment_id: EnrollmentId,
    now: datetime,
    is_told: bool,
) -> list[Write]:
    """Return the writes of one attempt: the booking, or why there is none, and the message about it."""
    plan = _plan(facts, request, actor=actor, enrollment_id=enrollment_id, now=now)
    is_booked = isinstance(plan, BookingPlan)
    attempt = AddStandingAttempt(
        standing_booking_id=request.id,
        session_id=request.session_id,
        center_id=actor.center_id,
        outcome=BOOKED if isinstance(plan, BookingPlan) else plan,
        enrollment_id=enrollment_id if is_booked else None,
        attempted_at=now,
    )
    told = message(
        WaitingMessage.STANDING,
        center_id=actor.center_id,
        person_id=request.student_id,
        subject_id=request.session_id,
        now=now,
        send_after=request.quiet.end_after(now),
        occurrence=request.id.hex,
    )
    return [
        RequireStandingBooking(request.id),
        *(plan.writes if isinstance(plan, BookingPlan) else ()),
        attempt,
        *((told,) if is_told else ()),
    ]


def _plan(
    facts: BookingFacts, request: StandingRequest, *, actor: Actor, enrollment_id: EnrollmentId, now: datetime
) -> BookingPlan | str:
    """Return the booking, or the code of what speaks against it."""
    session = facts.session
    if session.terms.price_minor > request.most_minor:
        return PRICE_ABOVE
    if session.is_open(now) and now > session.free_cancel_until:
        return TOO_LATE
    terms = terms_shown(session, quote_seat(session, credit=facts.credit, wallet=facts.wallet))
    try:
        return plan_booking(facts, actor=actor, enrollment_id=enrollment_id, confirmed=terms, now=now)
    except RefusalError as refusal:
        return refusal.code
