"""Walk-ins: a seat paid in cash at the desk, by a student or a guest, until the session is finished.

The one seat guard holds for them as for everybody, but for a class that has begun: they stand at the door. What is taken is
preset to the price; another amount is what the receptionist really got, and the day's reconciliation shows the difference.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.clock import Clock
from domain.enrollments.model import Enrollment, EnrollmentStatus
from domain.errors import InvalidInputError, NotFoundError, SessionFullError, VisitorEnrolledError, WalkInClosedError
from domain.events import CashMoved, SessionBooked
from domain.finance.cash import CashMovement, cash_writes, check_amount
from domain.finance.cash_ports import WalkInFacts
from domain.finance.model import CashDirection, CashKind, EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus
from domain.ids import CashTransactionId, CenterId, EnrollmentId, PaymentId, PersonId, SessionId, new_id
from domain.people.guests import NewGuest, check_phone_free, guest_writes
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.calendar import local_day
from domain.sessions.model import SessionStatus
from domain.writes.base import Write
from domain.writes.cash import TakeWalkInSeat
from domain.writes.merging import RequirePerson
from domain.writes.money import AddPayment
from domain.writes.record import audit_row, event_row
from domain.writes.seats import AddEnrollment

_AT_THE_DOOR = frozenset({SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING})


@dataclass(frozen=True, slots=True)
class RegisterCashSeat:
    """Give a person at the desk a seat, and take the cash for it.

    ``visitor`` is a known person, or a guest who is written down in the same transaction. The enrollment's id is made when
    the confirm screen is drawn: pressed twice, the same seat is returned. Raises NotFoundError, WalkInClosedError,
    SessionFullError, VisitorEnrolledError, PhoneKnownError, InvalidInputError, AmountTooLargeError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        session_id: SessionId,
        visitor: PersonId | NewGuest,
        enrollment_id: EnrollmentId,
        amount_minor: int,
    ) -> Enrollment:
        """Take the cash, and return the enrollment. ``amount_minor`` is 0 for a class free of charge, and only there."""
        require(actor, Operation.LOG_CASH_PAYMENT)
        guest = visitor if isinstance(visitor, NewGuest) else None
        person_id = guest.person_id if guest is not None else PersonId(visitor)  # type: ignore[arg-type]

        async def decide(work: UnitOfWork) -> Enrollment:
            now = self.clock.now()
            facts = await work.cash.find_walk_in_facts(
                center_id=actor.center_id, session_id=session_id, person_id=person_id, enrollment_id=enrollment_id
            )
            if facts is None:
                raise NotFoundError(what="session")
            require(actor, Operation.LOG_CASH_PAYMENT, branch_id=facts.session.branch_id)
            if facts.same_id is not None:
                return _first_outcome(facts.same_id, session_id=session_id, person_id=person_id)
            check_walk_in(facts, person_id=person_id, amount_minor=amount_minor, now=now)
            if facts.visitor_id is None:
                if guest is None:
                    raise NotFoundError(what="person")
                await check_phone_free(work, guest, center_id=actor.center_id)
                work.add(*guest_writes(guest, actor=actor, now=now))
            else:
                work.add(RequirePerson(actor.center_id, person_id))
            seat = seat_of(facts, person_id=person_id, enrollment_id=enrollment_id)
            work.add(*walk_in_writes(facts, seat, amount_minor=amount_minor, actor=actor, now=now))
            await work.commit()
            return seat

        return await decide_and_commit(self.new_unit_of_work, decide)


def _first_outcome(seat: Enrollment, *, session_id: SessionId, person_id: PersonId) -> Enrollment:
    if seat.session_id != session_id or seat.student_id != person_id:
        raise NotFoundError(what="enrollment")
    return seat


def check_walk_in(facts: WalkInFacts, *, person_id: PersonId, amount_minor: int, now: datetime) -> None:
    """Raise the refusal of a walk-in that cannot be: see RegisterCashSeat."""
    session = facts.session
    if facts.live_id is not None:
        raise VisitorEnrolledError(session_id=session.id, person_id=person_id)
    if not takes_walk_ins(session.status, starts_at=session.starts_at, now=now, zone=ZoneInfo(facts.timezone)):
        raise WalkInClosedError(session_id=session.id)
    if session.seats_left <= 0:
        raise SessionFullError(session_id=session.id)
    if session.terms.price_minor > 0:
        check_amount(amount_minor, facts.drawer)
    elif amount_minor != 0:
        raise InvalidInputError(field="amount", reason="free_of_charge")


def takes_walk_ins(status: SessionStatus, *, starts_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether a seat is sold at the desk: from the session's local day on, until it is finished."""
    if status is SessionStatus.SCHEDULED:
        return local_day(starts_at, zone) <= local_day(now, zone)
    return status in _AT_THE_DOOR


def seat_of(facts: WalkInFacts, *, person_id: PersonId, enrollment_id: EnrollmentId) -> Enrollment:
    """Return the seat that a walk-in will have: paid, in cash unless the class is free of charge."""
    price_minor = facts.session.terms.price_minor
    return Enrollment(
        id=enrollment_id,
        session_id=facts.session.id,
        student_id=person_id,
        status=EnrollmentStatus.PAID,
        method=PaymentMethod.CASH if price_minor else None,
        amount_minor=price_minor,
        free_cancel_until=facts.session.free_cancel_until,
    )


def walk_in_writes(facts: WalkInFacts, seat: Enrollment, *, amount_minor: int, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes of a seat paid in cash: seat, payment, drawer, entry, transaction, and the session's count."""
    return [
        _enrollment_row(facts, seat, center_id=actor.center_id, now=now),
        *(_paid(facts, seat, amount_minor=amount_minor, actor=actor, now=now) if amount_minor else ()),
        event_row(SessionBooked(seat.id), actor=actor, now=now),
        audit_row(
            Operation.LOG_CASH_PAYMENT,
            actor=actor,
            now=now,
            object_type="enrollment",
            object_id=seat.id,
            after={"status": seat.status, "method": seat.method, "amount_minor": amount_minor},
        ),
        TakeWalkInSeat(session_id=facts.session.id, expected_starts_at=facts.session.starts_at),
    ]


def _paid(facts: WalkInFacts, seat: Enrollment, *, amount_minor: int, actor: Actor, now: datetime) -> list[Write]:
    payment = cash_payment(seat.student_id, seat.id, amount_minor=amount_minor, center_id=actor.center_id, now=now)
    movement = CashMovement(
        id=CashTransactionId(new_id()),
        cashbox_id=facts.drawer.cashbox_id,
        direction=CashDirection.IN,
        kind=CashKind.ENROLLMENT,
        cause=EntryCause.CASH_TAKEN,
        amount_minor=amount_minor,
        other_account_id=facts.earned_cash_account_id,
        subject_id=seat.id,
        person_id=seat.student_id,
        enrollment_id=seat.id,
        payment_id=payment.id,
    )
    return [
        payment,
        *cash_writes(movement, actor=actor, now=now),
        event_row(CashMoved(movement.id), actor=actor, now=now),
    ]


def cash_payment(
    payer_id: PersonId, enrollment_id: EnrollmentId, *, amount_minor: int, center_id: CenterId, now: datetime
) -> AddPayment:
    """Return the payment of a seat that was paid in cash."""
    return AddPayment(
        id=PaymentId(new_id()),
        center_id=center_id,
        payer_id=payer_id,
        method=PaymentMethod.CASH,
        purpose=PaymentPurpose.ENROLLMENT,
        enrollment_id=enrollment_id,
        student_package_id=None,
        amount_minor=amount_minor,
        status=PaymentStatus.COMPLETED,
        created_at=now,
        ended_at=now,
    )


def _enrollment_row(facts: WalkInFacts, seat: Enrollment, *, center_id: CenterId, now: datetime) -> AddEnrollment:
    terms = facts.session.terms
    return AddEnrollment(
        id=seat.id,
        center_id=center_id,
        session_id=seat.session_id,
        student_id=seat.student_id,
        status=seat.status,
        method=seat.method,
        price_minor=terms.price_minor,
        policy=terms.policy,
        no_show_fee_percent=terms.no_show_fee_percent,
        free_cancel_until=seat.free_cancel_until,
        student_package_id=None,
        credit_value_minor=0,
        created_at=now,
    )
