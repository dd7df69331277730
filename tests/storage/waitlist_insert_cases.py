"""For every inserting write of reservations and waitlists: a row, and rows that are there already, by the shared key."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

from domain.enrollments.model import ReservedFor
from domain.ids import (
    EnrollmentId,
    SessionId,
    StandingBookingId,
    TimetableRuleId,
    WaitlistEntryId,
    new_id,
)
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import Write
from domain.writes.catalogue import AddTimetableRule
from domain.writes.reservations import AddReservation
from domain.writes.waitlist import AddPlace, AddStandingAttempt, AddStandingBooking
from tests.cast import Cast

Case = tuple[list[Write], dict[str, Write]]


def waitlist_cases(cast: Cast) -> list[Case]:
    """Return the cases, each of which finds what it refers to."""
    return [_reservation(cast), _place(cast), *_standing(cast)]


def _reservation(cast: Cast) -> Case:
    now = cast.world.clock.now()
    held = AddReservation(
        id=EnrollmentId(new_id()),
        center_id=cast.world.center_id,
        session_id=cast.session.id,
        student_id=cast.poor.id,
        price_minor=8_000,
        policy=AbsenteePolicy.STRICT,
        no_show_fee_percent=0,
        free_cancel_until=now,
        reserved_for=ReservedFor.OFFER,
        held_until=now,
        created_at=now,
    )
    return [held], {"id": held, "a seat in the session": replace(held, id=EnrollmentId(new_id()))}


def _place(cast: Cast) -> Case:
    center, now = cast.world.center_id, cast.world.clock.now()
    place = AddPlace(WaitlistEntryId(new_id()), center, cast.session.id, cast.member.id, now)
    return [place], {"id": place, "waits already": replace(place, id=WaitlistEntryId(new_id()))}


def _standing(cast: Cast) -> list[Case]:
    center, now = cast.world.center_id, cast.world.clock.now()
    rule = AddTimetableRule(
        UUID(bytes=new_id().bytes),
        center,
        cast.taught.id,
        cast.world.branch.id,
        "FREQ=WEEKLY;BYDAY=TU",
        time(18),
        date(2026, 11, 24),
        None,
        now,
    )
    standing = AddStandingBooking(StandingBookingId(new_id()), center, cast.member.id, TimetableRuleId(rule.id), 8_000, now)
    tried = AddStandingAttempt(standing.id, SessionId(cast.session.id), center, "session_full", None, now)
    return [
        ([rule, standing], {"id": standing, "is on": replace(standing, id=StandingBookingId(new_id()))}),
        ([tried], {"tried before": replace(tried, outcome="BOOKED")}),
    ]
