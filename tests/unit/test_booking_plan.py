from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from domain.enrollments.booking import BookingPlan, plan_booking
from domain.enrollments.model import Enrollment, EnrollmentStatus
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import ConfirmedTerms
from domain.errors import (
    AlreadyEnrolledError,
    InsufficientFundsError,
    NotFoundError,
    SessionFullError,
    SessionNotOpenError,
    TermsChangedError,
)
from domain.finance.model import EntryCause, PaymentMethod, PaymentStatus
from domain.ids import BranchId, ClassId, EnrollmentId, SessionId, new_id
from domain.permissions import Actor, Operation
from domain.sessions.model import OPEN_FOR_BOOKING, AbsenteePolicy, SessionStatus
from domain.writes.base import Write
from domain.writes.money import (
    AddEntry,
    AddHold,
    AddPayment,
    AddPosting,
    DebitWallet,
    HoldMoney,
    UseCredit,
)
from domain.writes.record import AddAuditRow, AddEvent
from domain.writes.seats import AddEnrollment, TakeSeat
from tests.unit.facts import (
    CREDIT,
    NOW,
    OTHER_STUDENT,
    PRICE,
    SESSION,
    STUDENT,
    WALLET,
    booking_facts,
    session,
    shown,
)

WriteT = TypeVar("WriteT", bound=Write)

SEAT = EnrollmentId(new_id())
CHECKING_IN: dict[str, Any] = {"status": SessionStatus.CHECKING_IN}


def plan(
    facts: BookingFacts, *, confirmed: ConfirmedTerms | None = None, actor: Actor = STUDENT, **late: Any
) -> BookingPlan:
    now = NOW + timedelta(**late)
    return plan_booking(facts, actor=actor, enrollment_id=SEAT, confirmed=confirmed or shown(facts), now=now)


def only(planned: BookingPlan, kind: type[WriteT]) -> WriteT:
    (found,) = (write for write in planned.writes if isinstance(write, kind))
    return found


def kinds(planned: BookingPlan) -> set[type[Write]]:
    return {type(write) for write in planned.writes}


ALWAYS = {AddEnrollment, AddEvent, AddAuditRow, TakeSeat}


class TestPaying:
    def test_takes_a_credit_before_money(self) -> None:
        planned = plan(booking_facts(credit=CREDIT))
        assert (planned.enrollment.status, planned.enrollment.method) == (EnrollmentStatus.PAID, PaymentMethod.PACKAGE)
        assert kinds(planned) == ALWAYS | {UseCredit, AddPayment}
        assert only(planned, UseCredit) == UseCredit(CREDIT.id, 3, 100, 33)
        seat = only(planned, AddEnrollment)
        assert (seat.student_package_id, seat.credit_value_minor, seat.price_minor) == (CREDIT.id, 33, PRICE)
        payment = only(planned, AddPayment)
        assert (payment.status, payment.amount_minor, payment.student_package_id) == (
            PaymentStatus.COMPLETED,
            33,
            CREDIT.id,
        )

    def test_locks_the_price_where_there_is_no_credit(self) -> None:
        planned = plan(booking_facts())
        assert (planned.enrollment.status, planned.enrollment.method) == (EnrollmentStatus.LOCKED, PaymentMethod.WALLET)
        assert kinds(planned) == ALWAYS | {HoldMoney, AddHold, AddPayment}
        assert only(planned, HoldMoney) == HoldMoney(WALLET.id, PRICE)
        hold, payment = only(planned, AddHold), only(planned, AddPayment)
        assert (hold.wallet_id, hold.enrollment_id, hold.amount_minor) == (WALLET.id, SEAT, PRICE)
        assert (payment.status, payment.amount_minor, payment.ended_at) == (PaymentStatus.PENDING, PRICE, None)

    def test_takes_nothing_for_a_class_without_a_price(self) -> None:
        planned = plan(booking_facts(session=session(terms={"price_minor": 0}), wallet=None))
        assert (planned.enrollment.status, planned.enrollment.method) == (EnrollmentStatus.PAID, None)
        assert kinds(planned) == ALWAYS

    def test_takes_the_price_at_once_where_check_in_has_captured_everybody_elses(self) -> None:
        planned = plan(booking_facts(session=session(**CHECKING_IN)))
        assert planned.enrollment.status is EnrollmentStatus.PAID
        assert kinds(planned) == ALWAYS | {DebitWallet, AddPosting, AddEntry, AddPayment}
        assert sorted(write.amount_minor for write in planned.writes if isinstance(write, AddPosting)) == [-PRICE, PRICE]
        entry = only(planned, AddEntry)
        assert (entry.cause, entry.subject_id) == (EntryCause.BOOKING_CAPTURED, SEAT)
        assert only(planned, AddPayment).status is PaymentStatus.COMPLETED

    @pytest.mark.parametrize("policy", [AbsenteePolicy.FLEXIBLE, AbsenteePolicy.MANUAL])
    def test_locks_the_price_during_check_in_where_the_policy_waits(self, policy: AbsenteePolicy) -> None:
        planned = plan(booking_facts(session=session(terms={"policy": policy}, **CHECKING_IN)))
        assert planned.enrollment.status is EnrollmentStatus.LOCKED

    def test_takes_a_credit_during_check_in_without_a_posting(self) -> None:
        planned = plan(booking_facts(session=session(**CHECKING_IN), credit=CREDIT))
        assert kinds(planned) == ALWAYS | {UseCredit, AddPayment}


class TestContract:
    def test_is_kept_with_the_seat(self) -> None:
        terms = {"policy": AbsenteePolicy.FLEXIBLE, "no_show_fee_percent": 50, "cancellation_window_minutes": 90}
        seat = only(plan(booking_facts(session=session(terms=terms))), AddEnrollment)
        assert (seat.price_minor, seat.policy, seat.no_show_fee_percent) == (PRICE, AbsenteePolicy.FLEXIBLE, 50)
        assert seat.free_cancel_until == SESSION.starts_at - timedelta(minutes=90)

    def test_is_written_down_with_who_did_it(self) -> None:
        planned = plan(booking_facts())
        audit, event = only(planned, AddAuditRow), only(planned, AddEvent)
        assert (audit.operation, audit.actor_id, audit.object_id) == (Operation.BOOK_SESSION, STUDENT.person_id, SEAT)
        assert (event.kind, event.subject_id) == ("enrollment.booked", SEAT)

    def test_counts_the_seat_of_the_session_that_was_shown(self) -> None:
        assert only(plan(booking_facts()), TakeSeat) == TakeSeat(SESSION.id, SESSION.starts_at, NOW)


class TestRefusals:
    @pytest.mark.parametrize("status", [status for status in SessionStatus if status not in OPEN_FOR_BOOKING], ids=str)
    def test_of_a_session_that_is_not_open(self, status: SessionStatus) -> None:
        with pytest.raises(SessionNotOpenError):
            plan(booking_facts(session=session(status=status)))

    def test_of_a_session_that_has_begun(self) -> None:
        assert plan(booking_facts(), days=1, microseconds=-1).writes
        with pytest.raises(SessionNotOpenError):
            plan(booking_facts(), days=1)

    def test_of_a_full_session(self) -> None:
        assert plan(booking_facts(session=session(seats_taken=11))).writes
        with pytest.raises(SessionFullError):
            plan(booking_facts(session=session(seats_taken=12)))

    def test_of_a_second_seat(self) -> None:
        seat = EnrollmentId(new_id())
        with pytest.raises(AlreadyEnrolledError) as caught:
            plan(booking_facts(live_id=seat, session=session(seats_taken=12)))
        assert caught.value.enrollment_id == seat

    @pytest.mark.parametrize(("wallet", "available"), [(replace(WALLET, locked_minor=2_001), 7_999), (None, 0)])
    def test_of_who_cannot_pay_say_what_is_missing(self, wallet: Any, available: int) -> None:
        with pytest.raises(InsufficientFundsError) as caught:
            plan(booking_facts(wallet=wallet))
        assert caught.value.parameters == {
            "class_id": SESSION.class_id,
            "price_minor": PRICE,
            "available_minor": available,
            "currency": "EGP",
        }


CHANGED = {
    "price": session(terms={"price_minor": PRICE - 1}),
    "policy": session(terms={"policy": AbsenteePolicy.MANUAL}),
    "window": session(terms={"cancellation_window_minutes": 121}),
    "fee": session(terms={"no_show_fee_percent": 1}),
    "currency": session(terms={"currency": "USD"}),
    "start": session(starts_at=SESSION.starts_at + timedelta(minutes=1)),
    "end": session(ends_at=SESSION.ends_at + timedelta(minutes=1)),
    "branch": session(branch_id=BranchId(new_id())),
    "session": session(id=SessionId(new_id())),
}


class TestConfirmedTerms:
    @pytest.mark.parametrize("what", CHANGED)
    def test_that_changed_are_asked_again(self, what: str) -> None:
        with pytest.raises(TermsChangedError):
            plan(booking_facts(session=CHANGED[what]), confirmed=shown(booking_facts()))

    def test_of_another_way_to_pay_are_asked_again(self) -> None:
        with pytest.raises(TermsChangedError):
            plan(booking_facts(), confirmed=shown(booking_facts(credit=CREDIT)))
        with pytest.raises(TermsChangedError):
            plan(booking_facts(credit=CREDIT), confirmed=shown(booking_facts()))

    @pytest.mark.parametrize("harmless", [{"seats_taken": 5}, {"capacity": 20}, {"class_id": ClassId(new_id())}])
    def test_hold_whatever_else_happens_to_the_session(self, harmless: dict[str, Any]) -> None:
        assert plan(booking_facts(session=session(**harmless)), confirmed=shown(booking_facts())).writes

    def test_of_the_credit_hold_though_another_one_is_worth_a_piastre_more(self) -> None:
        later = booking_facts(credit=replace(CREDIT, credits_left=1, value_left_minor=34))
        assert plan(later, confirmed=shown(booking_facts(credit=CREDIT))).enrollment.amount_minor == 34


class TestSecondPress:
    first = Enrollment(
        SEAT,
        SESSION.id,
        STUDENT.person_id,
        EnrollmentStatus.LOCKED,
        PaymentMethod.WALLET,
        PRICE,
        SESSION.free_cancel_until,
    )

    @pytest.mark.parametrize("status", [EnrollmentStatus.LOCKED, EnrollmentStatus.CANCELLED, EnrollmentStatus.NO_SHOW])
    def test_gets_the_first_outcome_whatever_became_of_it(self, status: EnrollmentStatus) -> None:
        first = replace(self.first, status=status)
        full = session(seats_taken=12, status=SessionStatus.FINISHED)
        facts = booking_facts(same_id=first, live_id=SEAT, session=full, wallet=None)
        assert plan(facts, days=9) == BookingPlan(first, ())

    def test_of_another_persons_button_finds_nothing(self) -> None:
        with pytest.raises(NotFoundError):
            plan(booking_facts(same_id=self.first), actor=OTHER_STUDENT)

    def test_with_the_id_of_another_sessions_seat_finds_nothing(self) -> None:
        with pytest.raises(NotFoundError):
            plan(booking_facts(same_id=replace(self.first, session_id=SessionId(new_id()))))
