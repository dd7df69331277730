"""For every kind of guarded write on reservations: one that finds its row, and those that must find none."""

from dataclasses import replace
from datetime import timedelta

from domain.enrollments.model import EnrollmentStatus, ReservedFor
from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId, SessionId, new_id
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import Write
from domain.writes.reservations import ConvertReservation, HoldForPayment, KeepSeat, LapseReservation
from tests.builders.reservations import hold_a_seat
from tests.cast import Cast
from tests.factories import Scheduled


async def reservation_cases(
    cast: Cast, *, booked_id: EnrollmentId, conducting: Scheduled
) -> list[tuple[Write, dict[str, Write]]]:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    world, now = cast.world, cast.world.clock.now()
    held, other = [await hold_a_seat(world, await world.add_student(name), cast.session) for name in ("Held", "Other")]
    converted = ConvertReservation(
        enrollment_id=held.enrollment_id,
        status=EnrollmentStatus.LOCKED,
        method=PaymentMethod.WALLET,
        price_minor=8_000,
        policy=AbsenteePolicy.STRICT,
        no_show_fee_percent=0,
        free_cancel_until=now,
        student_package_id=None,
        credit_value_minor=0,
        now=now,
    )
    lapsed = LapseReservation(other.enrollment_id, ReservedFor.PAYMENT, now, None)
    waited = await hold_a_seat(world, await world.add_student("Waited"), cast.session, reserved_for=ReservedFor.OFFER)
    taken_over = HoldForPayment(waited.enrollment_id, waited.held_until, now)
    kept = KeepSeat(cast.session.id, cast.session.starts_at, now)
    return [
        (
            converted,
            {
                "a booking already": replace(converted, enrollment_id=booked_id),
                "its time is over": replace(converted, now=held.held_until),
            },
        ),
        (
            taken_over,
            {
                "a booking already": replace(taken_over, enrollment_id=booked_id),
                "held for a payment already": replace(taken_over, enrollment_id=held.enrollment_id),
                "its time is over": replace(taken_over, now=waited.held_until),
            },
        ),
        (
            lapsed,
            {
                "a booking already": replace(lapsed, enrollment_id=booked_id),
                "held for something else": replace(lapsed, reserved_for=ReservedFor.OFFER),
            },
        ),
        (
            kept,
            {
                "moved": replace(kept, expected_starts_at=kept.expected_starts_at + timedelta(hours=1)),
                "begun by the clock": replace(kept, now=cast.session.starts_at),
                "begun by staff": KeepSeat(conducting.id, conducting.starts_at, now),
                "no such session": replace(kept, session_id=SessionId(new_id())),
            },
        ),
    ]
