"""The writes of somebody who has never heard of guards: an enrollment, and nothing that could refuse it."""

from domain.enrollments.model import EnrollmentStatus
from domain.enrollments.ports import BookingFacts
from domain.finance.model import PaymentMethod
from domain.ids import CenterId
from domain.writes.seats import AddEnrollment
from tests.factories import OPENING_DAY, Person, new_enrollment_id


def enrollment(center_id: CenterId, student: Person, facts: BookingFacts) -> AddEnrollment:
    """Return the row of a seat, paid with a credit where there is one, else with money from the wallet."""
    session, credit = facts.session, facts.credit
    return AddEnrollment(
        id=new_enrollment_id(),
        center_id=center_id,
        session_id=session.id,
        student_id=student.id,
        status=EnrollmentStatus.PAID,
        method=PaymentMethod.WALLET if credit is None else PaymentMethod.PACKAGE,
        price_minor=session.terms.price_minor,
        policy=session.terms.policy,
        no_show_fee_percent=0,
        free_cancel_until=session.free_cancel_until,
        student_package_id=None if credit is None else credit.id,
        credit_value_minor=0 if credit is None else credit.next_credit_value_minor,
        created_at=OPENING_DAY,
    )
