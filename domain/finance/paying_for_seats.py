"""How a seat waits until it is paid for online: one that is free is held, one that was offered is held on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.enrollments.model import Reservation, ReservedFor
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import ConfirmedTerms, quote_seat, terms_shown
from domain.enrollments.reservations import held_until, may_be_held, payment_hold_writes, reservation_writes
from domain.errors import (
    AlreadyEnrolledError,
    NotFoundError,
    SeatNotHoldableError,
    SessionFullError,
    SessionNotOpenError,
    TermsChangedError,
    TooManySeatsHeldError,
)
from domain.finance.gateway_ports import StartFacts
from domain.ids import EnrollmentId, SessionId
from domain.permissions import Actor
from domain.ports import UnitOfWork
from domain.waitlist.model import WaitlistStatus
from domain.writes.base import Write

_MOST_SEATS_HELD: Final = 3  # by one person's unpaid links: a seat that is held is a seat that nobody else gets
_LEAST_SECONDS: Final = 30  # of a link: what is shorter cannot be paid anyway


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat that waits for its payment, what it costs, and the writes that hold it."""

    reservation: Reservation
    price_minor: int
    writes: tuple[Write, ...]


async def hold_seat(
    work: UnitOfWork,
    session_id: SessionId,
    confirmed: ConfirmedTerms,
    *,
    enrollment_id: EnrollmentId,
    starting: StartFacts,
    actor: Actor,
    now: datetime,
) -> HeldSeat:
    """Hold a seat of the session; where one is held for an offer to the actor, that one, for the time that is left.

    ``enrollment_id`` is what a seat is called that was not offered. Raises NotFoundError, AlreadyEnrolledError,
    SessionNotOpenError, SessionFullError, TermsChangedError, SeatNotHoldableError, TooManySeatsHeldError.
    """
    facts = await work.enrollments.find_booking_facts(
        center_id=actor.center_id, session_id=session_id, student_id=actor.person_id, enrollment_id=enrollment_id
    )
    if facts is None:
        raise NotFoundError(what="session")
    offered = await _offered(work, facts, actor=actor)
    _check(facts, confirmed, is_offered=offered is not None, now=now)
    session = facts.session
    until = held_until(session, minutes=starting.reservation_minutes, now=now)
    if offered is not None:
        held = Reservation(
            offered.enrollment_id, session.id, actor.person_id, min(until, offered.held_until), ReservedFor.PAYMENT
        )
        _check_there_is_time(held, now=now)
        return HeldSeat(held, session.terms.price_minor, tuple(payment_hold_writes(session, held, actor=actor, now=now)))
    if not may_be_held(session, now=now):
        raise SeatNotHoldableError(session_id=session.id)
    held = Reservation(enrollment_id, session.id, actor.person_id, until, ReservedFor.PAYMENT)
    _check_there_is_time(held, now=now)
    if starting.seats_held >= _MOST_SEATS_HELD:
        raise TooManySeatsHeldError(most=_MOST_SEATS_HELD)
    return HeldSeat(held, session.terms.price_minor, tuple(reservation_writes(session, held, actor=actor, now=now)))


async def _offered(work: UnitOfWork, facts: BookingFacts, *, actor: Actor) -> Reservation | None:
    """Return the seat that is held for an offer to the actor. Raises AlreadyEnrolledError for any other of theirs."""
    if facts.live_id is None:
        return None
    place = await work.waitlist.find_place_by_seat(center_id=actor.center_id, enrollment_id=facts.live_id)
    held = place.held_seat if place is not None and place.status is WaitlistStatus.OFFERED else None
    if place is None or held is None or held.enrollment_id != facts.live_id or place.is_for_another_time:
        raise AlreadyEnrolledError(enrollment_id=facts.live_id)
    if held.reserved_for is not ReservedFor.OFFER:
        raise AlreadyEnrolledError(enrollment_id=facts.live_id)
    return held


def _check(facts: BookingFacts, confirmed: ConfirmedTerms, *, is_offered: bool, now: datetime) -> None:
    session = facts.session
    if not session.is_open(now):
        raise SessionNotOpenError(session_id=session.id)
    if session.seats_left <= 0 and not is_offered:
        raise SessionFullError(session_id=session.id)
    # With a credit or enough in the wallet, paying online is not what the card offers: it has changed since.
    quote = quote_seat(session, credit=facts.credit, wallet=facts.wallet)
    if quote.is_affordable or terms_shown(session, quote) != confirmed:
        raise TermsChangedError(session_id=session.id)


def _check_there_is_time(held: Reservation, *, now: datetime) -> None:
    if held.held_until - now < timedelta(seconds=_LEAST_SECONDS):
        raise SeatNotHoldableError(session_id=held.session_id)
