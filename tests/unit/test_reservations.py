from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.enrollments.booking import BookingPlan
from domain.enrollments.model import Enrollment, EnrollmentStatus, Reservation, ReservedFor
from domain.enrollments.ports import BookingFacts
from domain.enrollments.reservations import (
    held_until,
    lapse_writes,
    may_be_held,
    plan_conversion,
    reservation_writes,
)
from domain.errors import (
    InsufficientFundsError,
    NotFoundError,
    ReservationLapsedError,
    SessionNotOpenError,
    TermsChangedError,
)
from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId, SessionId, new_id
from domain.permissions import Actor, system_actor
from domain.sessions.model import SessionStatus
from domain.writes.base import Write
from domain.writes.money import AddHold, HoldMoney, UseCredit
from domain.writes.record import AddAuditRow
from domain.writes.reservations import AddReservation, ConvertReservation, KeepSeat, LapseReservation
from domain.writes.seats import GiveSeatBack, TakeSeat
from tests.unit.facts import CREDIT, NOW, OTHER_STUDENT, PRICE, SESSION, STUDENT, booking_facts, session, shown

SEAT = EnrollmentId(new_id())
SYSTEM = system_actor(STUDENT.center_id)
UNTIL = NOW + timedelta(minutes=15)
HELD = Enrollment(SEAT, SESSION.id, STUDENT.person_id, EnrollmentStatus.HELD, None, 0, SESSION.free_cancel_until)
RESERVATION = Reservation(SEAT, SESSION.id, STUDENT.person_id, UNTIL, ReservedFor.OFFER)


def held_facts(**changes: Any) -> BookingFacts:
    return booking_facts(**({"same_id": HELD, "live_id": SEAT, "same_held_until": UNTIL} | changes))


def convert(facts: BookingFacts, *, actor: Actor = STUDENT, **late: Any) -> BookingPlan:
    now = NOW + timedelta(**late)
    return plan_conversion(facts, actor=actor, enrollment_id=SEAT, confirmed=shown(booking_facts()), now=now)


def kinds(writes: Any) -> set[type[Write]]:
    return {type(write) for write in writes}


class TestHolding:
    def test_takes_the_seat_through_everybodys_guard(self) -> None:
        writes = reservation_writes(SESSION, RESERVATION, actor=SYSTEM, now=NOW)
        assert kinds(writes) == {AddReservation, AddAuditRow, TakeSeat}
        assert writes[-1] == TakeSeat(SESSION.id, SESSION.starts_at, NOW)

    def test_ends_with_the_cancellation_window_at_the_latest(self) -> None:
        assert held_until(SESSION, minutes=15, now=NOW) == UNTIL
        late = SESSION.free_cancel_until - timedelta(minutes=5)
        assert held_until(SESSION, minutes=15, now=late) == SESSION.free_cancel_until

    def test_is_possible_while_there_is_a_seat_and_the_window_is_open(self) -> None:
        assert may_be_held(SESSION, now=SESSION.free_cancel_until - timedelta(microseconds=1))
        assert not may_be_held(SESSION, now=SESSION.free_cancel_until)
        assert not may_be_held(session(seats_taken=12), now=NOW)
        assert not may_be_held(session(status=SessionStatus.CANCELED), now=NOW)


class TestLapsing:
    def test_gives_the_seat_back(self) -> None:
        writes = lapse_writes(RESERVATION, actor=SYSTEM, now=NOW)
        assert {LapseReservation(SEAT, ReservedFor.OFFER, NOW, None), GiveSeatBack(SESSION.id)} <= set(
            writes[:1] + writes[-1:]
        )


class TestConverting:
    def test_pays_in_the_usual_order_and_counts_no_second_seat(self) -> None:
        plan = convert(held_facts())
        assert {HoldMoney, AddHold, ConvertReservation, KeepSeat} <= kinds(plan.writes)
        assert TakeSeat not in kinds(plan.writes)
        assert (plan.enrollment.id, plan.enrollment.status) == (SEAT, EnrollmentStatus.LOCKED)

    def test_takes_a_credit_first(self) -> None:
        facts = held_facts(credit=CREDIT)
        plan = plan_conversion(facts, actor=STUDENT, enrollment_id=SEAT, confirmed=shown(facts), now=NOW)
        (converted,) = (write for write in plan.writes if isinstance(write, ConvertReservation))
        assert UseCredit in kinds(plan.writes)
        assert (converted.method, converted.student_package_id, converted.credit_value_minor) == (
            PaymentMethod.PACKAGE,
            CREDIT.id,
            33,
        )

    def test_works_in_a_session_that_its_own_seat_fills(self) -> None:
        assert convert(held_facts(session=session(seats_taken=12))).writes

    def test_is_too_late_at_the_last_instant(self) -> None:
        assert convert(held_facts(), minutes=15, microseconds=-1).writes
        with pytest.raises(ReservationLapsedError):
            convert(held_facts(), minutes=15)

    def test_of_what_has_lapsed_is_refused(self) -> None:
        lapsed = replace(HELD, status=EnrollmentStatus.CANCELLED)
        with pytest.raises(ReservationLapsedError):
            convert(held_facts(same_id=lapsed, live_id=None, same_held_until=None))

    def test_a_second_time_shows_the_first_outcome(self) -> None:
        booked = replace(HELD, status=EnrollmentStatus.PAID)
        assert convert(held_facts(same_id=booked, same_held_until=None), hours=5) == BookingPlan(booked, ())

    def test_of_somebody_elses_seat_finds_nothing(self) -> None:
        for facts in (held_facts(), held_facts(same_id=None), held_facts(session=session(id=SessionId(new_id())))):
            with pytest.raises(NotFoundError):
                convert(facts, actor=OTHER_STUDENT)

    def test_asks_again_and_refuses_as_a_booking_does(self) -> None:
        with pytest.raises(TermsChangedError):
            convert(held_facts(session=session(terms={"price_minor": PRICE - 1})))
        with pytest.raises(InsufficientFundsError):
            convert(held_facts(wallet=None))
        with pytest.raises(SessionNotOpenError):
            convert(held_facts(session=session(status=SessionStatus.CONDUCTING)))
