"""A reservation: a seat held for one person for a short time, which becomes a booking or lapses, exactly once.

Held seats are counted with the seats taken, by the same guard as every other. What they are held for (a payment under
way, an offer) is the caller's business; so is telling anybody.
"""

from datetime import datetime, timedelta

from domain.enrollments.booking import BookingPlan, agreed_quote, booked_seat, payment_writes
from domain.enrollments.model import Enrollment, EnrollmentStatus, Reservation, ReservedFor
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import ConfirmedTerms, Quote
from domain.errors import NotFoundError, ReservationLapsedError, SessionNotOpenError
from domain.events import ReservationLapsed, SessionBooked
from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId
from domain.permissions import Actor, Operation
from domain.sessions.model import BookableSession
from domain.writes.base import Write
from domain.writes.record import audit_row, event_row
from domain.writes.reservations import AddReservation, ConvertReservation, HoldForPayment, KeepSeat, LapseReservation
from domain.writes.seats import GiveSeatBack, TakeSeat


def held_until(session: BookableSession, *, minutes: int, now: datetime) -> datetime:
    """Return how long a seat is held that is reserved now: some minutes, and never past the cancellation window."""
    return min(now + timedelta(minutes=minutes), session.free_cancel_until)


def may_be_held(session: BookableSession, *, now: datetime) -> bool:
    """Whether a seat of the session can be held at all: it is open, has a seat, and its cancellation window is open."""
    return session.is_open(now) and session.seats_left > 0 and now < session.free_cancel_until


def reservation_writes(session: BookableSession, reservation: Reservation, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that hold a seat under the session's terms of now. The seat's guard is everybody's."""
    return [
        AddReservation(
            id=reservation.enrollment_id,
            center_id=actor.center_id,
            session_id=session.id,
            student_id=reservation.student_id,
            price_minor=session.terms.price_minor,
            policy=session.terms.policy,
            no_show_fee_percent=session.terms.no_show_fee_percent,
            free_cancel_until=session.free_cancel_until,
            reserved_for=reservation.reserved_for,
            held_until=reservation.held_until,
            created_at=now,
        ),
        audit_row(
            Operation.BOOK_SESSION,
            actor=actor,
            now=now,
            object_type="enrollment",
            object_id=reservation.enrollment_id,
            after={
                "status": EnrollmentStatus.HELD,
                "reserved_for": reservation.reserved_for,
                "held_until": reservation.held_until,
            },
        ),
        TakeSeat(session_id=session.id, expected_starts_at=session.starts_at, now=now),
    ]


def payment_hold_writes(session: BookableSession, reservation: Reservation, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that hold a seat, which is held for an offer, for a payment from now on: it is counted already."""
    return [
        HoldForPayment(reservation.enrollment_id, reservation.held_until, now),
        audit_row(
            Operation.BOOK_SESSION,
            actor=actor,
            now=now,
            object_type="enrollment",
            object_id=reservation.enrollment_id,
            before={"reserved_for": ReservedFor.OFFER},
            after={"reserved_for": ReservedFor.PAYMENT, "held_until": reservation.held_until},
        ),
        KeepSeat(session_id=session.id, expected_starts_at=session.starts_at, now=now),
    ]


def lapse_writes(reservation: Reservation, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that let a held seat go, which others may have from then on."""
    return [
        LapseReservation(reservation.enrollment_id, reservation.reserved_for, now, actor.recorded_id),
        event_row(ReservationLapsed(reservation.enrollment_id), actor=actor, now=now),
        audit_row(
            Operation.CANCEL_ENROLLMENT,
            actor=actor,
            now=now,
            object_type="enrollment",
            object_id=reservation.enrollment_id,
            before={"status": EnrollmentStatus.HELD},
            after={"status": EnrollmentStatus.CANCELLED},
        ),
        GiveSeatBack(session_id=reservation.session_id),
    ]


def plan_conversion(
    facts: BookingFacts, *, actor: Actor, enrollment_id: EnrollmentId, confirmed: ConfirmedTerms, now: datetime
) -> BookingPlan:
    """Decide what a held seat becomes: a booking of the actor's, with the usual order of paying and the terms confirmed.

    ``facts`` are read for the reservation's own id. Where it is a booking already, that is the outcome; its last instant
    is one too late, and the first at which it may lapse. Raises NotFoundError, ReservationLapsedError,
    SessionNotOpenError, InsufficientFundsError, TermsChangedError.
    """
    held, session = facts.same_id, facts.session
    if held is None or held.student_id != actor.person_id or held.session_id != session.id:
        raise NotFoundError(what="enrollment")
    if held.status not in {EnrollmentStatus.HELD, EnrollmentStatus.CANCELLED}:
        return BookingPlan(held, ())
    if facts.same_held_until is None or facts.same_held_until <= now:
        raise ReservationLapsedError(session_id=session.id)
    if not session.is_open(now):
        raise SessionNotOpenError(session_id=session.id)
    quote = agreed_quote(facts, confirmed)
    enrollment = booked_seat(facts, quote, actor=actor, enrollment_id=enrollment_id)
    return BookingPlan(
        enrollment,
        (
            *payment_writes(facts, enrollment, actor=actor, now=now),
            _conversion(facts, quote, enrollment, now=now),
            event_row(SessionBooked(enrollment_id), actor=actor, now=now),
            audit_row(
                Operation.BOOK_SESSION,
                actor=actor,
                now=now,
                object_type="enrollment",
                object_id=enrollment_id,
                before={"status": EnrollmentStatus.HELD},
                after={"status": enrollment.status, "method": enrollment.method, "amount_minor": enrollment.amount_minor},
            ),
            KeepSeat(session_id=session.id, expected_starts_at=session.starts_at, now=now),
        ),
    )


def _conversion(facts: BookingFacts, quote: Quote, enrollment: Enrollment, *, now: datetime) -> ConvertReservation:
    terms, credit = facts.session.terms, facts.credit if quote.method is PaymentMethod.PACKAGE else None
    return ConvertReservation(
        enrollment_id=enrollment.id,
        status=enrollment.status,
        method=enrollment.method,
        price_minor=terms.price_minor,
        policy=terms.policy,
        no_show_fee_percent=terms.no_show_fee_percent,
        free_cancel_until=facts.session.free_cancel_until,
        student_package_id=credit.id if credit is not None else None,
        credit_value_minor=quote.amount_minor if credit is not None else 0,
        now=now,
    )
