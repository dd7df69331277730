"""What happens when a student books a seat.

Package credits first (the oldest package), else the price is locked in the wallet, else the booking is refused. One query
reads what the decision needs, one pure function decides, one list of guarded writes makes it true in one transaction: with
any number of people tapping at the same instant, no session exceeds its capacity, no credit is spent twice, no wallet
goes below its locked part, and nobody has two seats.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.enrollments.model import Enrollment, EnrollmentStatus
from domain.enrollments.ports import BookingFacts
from domain.enrollments.quote import ConfirmedTerms, Quote, quote_seat, terms_shown
from domain.errors import (
    AlreadyEnrolledError,
    InsufficientFundsError,
    NotFoundError,
    SessionFullError,
    SessionNotOpenError,
    TermsChangedError,
)
from domain.events import SessionBooked
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus, WalletState
from domain.ids import EnrollmentId, HoldId, PaymentId, SessionId, new_id
from domain.packages.model import CreditSource
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes.base import Write
from domain.writes.money import AddHold, AddPayment, DebitWallet, HoldMoney, UseCredit
from domain.writes.record import audit_row, event_row
from domain.writes.seats import AddEnrollment, TakeSeat


@dataclass(frozen=True, slots=True)
class BookSession:
    """Take a seat for the actor, paid as section "Booking" of the domain guide says.

    The enrollment's id is made when the confirm screen is drawn and travels in its button: pressed twice, delivered twice
    or retried, the same booking is returned. Raises the refusals of ``plan_booking`` and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, session_id: SessionId, enrollment_id: EnrollmentId, confirmed: ConfirmedTerms
    ) -> Enrollment:
        """Book, and return the enrollment (the first one, where this booking was made before)."""
        require(actor, Operation.BOOK_SESSION)

        async def decide(work: UnitOfWork) -> Enrollment:
            facts = await work.enrollments.find_booking_facts(
                center_id=actor.center_id,
                session_id=session_id,
                student_id=actor.person_id,
                enrollment_id=enrollment_id,
            )
            if facts is None:
                raise NotFoundError(what="session")
            plan = plan_booking(facts, actor=actor, enrollment_id=enrollment_id, confirmed=confirmed, now=self.clock.now())
            work.add(*plan.writes)
            await work.commit()
            return plan.enrollment

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class BookingPlan:
    """The enrollment that will be, and the writes that make it so (none, where it is already)."""

    enrollment: Enrollment
    writes: tuple[Write, ...]


def plan_booking(
    facts: BookingFacts, *, actor: Actor, enrollment_id: EnrollmentId, confirmed: ConfirmedTerms, now: datetime
) -> BookingPlan:
    """Decide a booking from what was read. Pure but for fresh ids.

    Raises NotFoundError (the id is somebody else's), AlreadyEnrolledError, SessionNotOpenError, SessionFullError,
    InsufficientFundsError, TermsChangedError.
    """
    session = facts.session
    if facts.same_id is not None:
        return _first_outcome(facts.same_id, actor=actor, session_id=session.id)
    if facts.live_id is not None:
        raise AlreadyEnrolledError(enrollment_id=facts.live_id)
    if not session.is_open(now):
        raise SessionNotOpenError(session_id=session.id)
    if session.seats_left <= 0:
        raise SessionFullError(session_id=session.id)
    quote = agreed_quote(facts, confirmed)
    return _new_booking(facts, quote, actor=actor, enrollment_id=enrollment_id, now=now)


def agreed_quote(facts: BookingFacts, confirmed: ConfirmedTerms) -> Quote:
    """Return what the seat costs and how it is paid, which is what was confirmed.

    Raises InsufficientFundsError, TermsChangedError.
    """
    session = facts.session
    quote = quote_seat(session, credit=facts.credit, wallet=facts.wallet)
    if not quote.is_affordable:
        raise InsufficientFundsError(
            class_id=session.class_id,
            price_minor=quote.price_minor,
            available_minor=facts.wallet.available_minor if facts.wallet is not None else 0,
            currency=session.terms.currency,
        )
    if terms_shown(session, quote) != confirmed:
        raise TermsChangedError(session_id=session.id)
    return quote


def _first_outcome(enrollment: Enrollment, *, actor: Actor, session_id: SessionId) -> BookingPlan:
    if enrollment.student_id != actor.person_id or enrollment.session_id != session_id:
        raise NotFoundError(what="enrollment")
    return BookingPlan(enrollment, ())


def booked_seat(facts: BookingFacts, quote: Quote, *, actor: Actor, enrollment_id: EnrollmentId) -> Enrollment:
    """Return the enrollment that a booking at this quote is: locked, or paid where nothing waits to be captured."""
    session = facts.session
    is_captured_at_once = (
        session.status is SessionStatus.CHECKING_IN and session.terms.policy is AbsenteePolicy.STRICT
    )  # check-in has finalised everybody else already
    is_locked = quote.method is PaymentMethod.WALLET and not is_captured_at_once
    return Enrollment(
        id=enrollment_id,
        session_id=session.id,
        student_id=actor.person_id,
        status=EnrollmentStatus.LOCKED if is_locked else EnrollmentStatus.PAID,
        method=quote.method,
        amount_minor=quote.amount_minor,
        free_cancel_until=session.free_cancel_until,
    )


def _new_booking(
    facts: BookingFacts, quote: Quote, *, actor: Actor, enrollment_id: EnrollmentId, now: datetime
) -> BookingPlan:
    session = facts.session
    enrollment = booked_seat(facts, quote, actor=actor, enrollment_id=enrollment_id)
    return BookingPlan(
        enrollment,
        (
            *payment_writes(facts, enrollment, actor=actor, now=now),
            _enrollment_row(facts, enrollment, actor=actor, now=now),
            event_row(SessionBooked(enrollment_id), actor=actor, now=now),
            audit_row(
                Operation.BOOK_SESSION,
                actor=actor,
                now=now,
                object_type="enrollment",
                object_id=enrollment_id,
                after={"status": enrollment.status, "method": enrollment.method, "amount_minor": quote.amount_minor},
            ),
            TakeSeat(session_id=session.id, expected_starts_at=session.starts_at, now=now),
        ),
    )


def payment_writes(facts: BookingFacts, enrollment: Enrollment, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that pay for a seat: a credit used, money locked or (while checking in) taken at once."""
    match enrollment.method:
        case PaymentMethod.PACKAGE if facts.credit is not None:
            return [
                _use_credit(facts.credit),
                _payment(enrollment, actor=actor, now=now, student_package=facts.credit),
            ]
        case PaymentMethod.WALLET if facts.wallet is not None:
            money = (
                _hold(facts.wallet, enrollment, actor=actor, now=now)
                if enrollment.status is EnrollmentStatus.LOCKED
                else _capture_at_once(facts, facts.wallet, enrollment, actor=actor, now=now)
            )
            return [*money, _payment(enrollment, actor=actor, now=now)]
        case _:
            return []


def _use_credit(credit: CreditSource) -> UseCredit:
    return UseCredit(
        student_package_id=credit.id,
        was_credits_left=credit.credits_left,
        was_value_left_minor=credit.value_left_minor,
        value_minor=credit.next_credit_value_minor,
    )


def _hold(wallet: WalletState, enrollment: Enrollment, *, actor: Actor, now: datetime) -> list[Write]:
    return [
        HoldMoney(wallet.id, enrollment.amount_minor),
        AddHold(HoldId(new_id()), actor.center_id, wallet.id, enrollment.id, enrollment.amount_minor, now),
    ]


def _capture_at_once(
    facts: BookingFacts, wallet: WalletState, enrollment: Enrollment, *, actor: Actor, now: datetime
) -> list[Write]:
    movement = Movement(
        debit=wallet_account(wallet.id), credit=facts.earned_wallet_account_id, amount_minor=enrollment.amount_minor
    )
    return [
        DebitWallet(wallet.id, enrollment.amount_minor),
        *entry(
            movement,
            cause=EntryCause.BOOKING_CAPTURED,
            subject_id=enrollment.id,
            center_id=actor.center_id,
            actor_id=actor.person_id,
            now=now,
        ),
    ]


def _payment(
    enrollment: Enrollment, *, actor: Actor, now: datetime, student_package: CreditSource | None = None
) -> AddPayment:
    is_pending = enrollment.status is EnrollmentStatus.LOCKED
    return AddPayment(
        id=PaymentId(new_id()),
        center_id=actor.center_id,
        payer_id=actor.person_id,
        method=enrollment.method or PaymentMethod.WALLET,
        purpose=PaymentPurpose.ENROLLMENT,
        enrollment_id=enrollment.id,
        student_package_id=student_package.id if student_package is not None else None,
        amount_minor=enrollment.amount_minor,
        status=PaymentStatus.PENDING if is_pending else PaymentStatus.COMPLETED,
        created_at=now,
        ended_at=None if is_pending else now,
    )


def _enrollment_row(facts: BookingFacts, enrollment: Enrollment, *, actor: Actor, now: datetime) -> AddEnrollment:
    session = facts.session
    uses_credit = enrollment.method is PaymentMethod.PACKAGE and facts.credit is not None
    return AddEnrollment(
        id=enrollment.id,
        center_id=actor.center_id,
        session_id=session.id,
        student_id=actor.person_id,
        status=enrollment.status,
        method=enrollment.method,
        price_minor=session.terms.price_minor,
        policy=session.terms.policy,
        no_show_fee_percent=session.terms.no_show_fee_percent,
        free_cancel_until=session.free_cancel_until,
        student_package_id=facts.credit.id if uses_credit and facts.credit is not None else None,
        credit_value_minor=enrollment.amount_minor if uses_credit else 0,
        created_at=now,
    )
