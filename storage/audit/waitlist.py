"""Checks of waitlists, of the seats that are held for their offers, and of standing bookings."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, ReservedFor
from domain.sessions.model import SessionStatus
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.standing import BOOKED
from storage.audit.check import NOTHING, ONE, TWO, Check, Selection, among
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions
from storage.tables.money import enrollments
from storage.tables.waitlist import standing_attempts, standing_bookings, waitlist_entries


def _offers_without_seat(only: Selection) -> sa.Select[Any]:
    """Select offers of open sessions whose seat was let go, or is another person's or session's."""
    is_its_own = sa.and_(
        enrollments.c.session_id == waitlist_entries.c.session_id,
        enrollments.c.student_id == waitlist_entries.c.student_id,
        enrollments.c.status != constant(EnrollmentStatus.CANCELLED),
    )
    return (
        sa.select(waitlist_entries.c.id, constant(EnrollmentStatus.HELD), enrollments.c.status)
        .select_from(
            waitlist_entries.join(sessions, sessions.c.id == waitlist_entries.c.session_id).outerjoin(
                enrollments, enrollments.c.id == waitlist_entries.c.enrollment_id
            )
        )
        .where(
            only(waitlist_entries.c.center_id),
            waitlist_entries.c.status == constant(WaitlistStatus.OFFERED),
            among(sessions.c.status, SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN),
            sa.or_(enrollments.c.id.is_(None), ~is_its_own),
        )
    )


def _seats_without_offer(only: Selection) -> sa.Select[Any]:
    """Select seats that are held for an offer which is not open, or for its payment: they would be held for ever."""
    return (
        sa.select(enrollments.c.id, constant(WaitlistStatus.OFFERED), waitlist_entries.c.status)
        .select_from(enrollments.outerjoin(waitlist_entries, waitlist_entries.c.enrollment_id == enrollments.c.id))
        .where(
            only(enrollments.c.center_id),
            enrollments.c.status == constant(EnrollmentStatus.HELD),
            sa.or_(
                enrollments.c.reserved_for == constant(ReservedFor.OFFER),
                waitlist_entries.c.id.is_not(None),
            ),
            waitlist_entries.c.status.is_distinct_from(constant(WaitlistStatus.OFFERED)),
        )
    )


def _held_too_long(only: Selection) -> sa.Select[Any]:
    """Select seats that are held beyond the cancellation window of their session, or in one that has been settled."""
    return (
        sa.select(enrollments.c.id, enrollments.c.free_cancel_until, enrollments.c.held_until)
        .select_from(enrollments.join(sessions, sessions.c.id == enrollments.c.session_id))
        .where(
            only(enrollments.c.center_id),
            enrollments.c.status == constant(EnrollmentStatus.HELD),
            sa.or_(
                enrollments.c.held_until > enrollments.c.free_cancel_until,
                sessions.c.settled_at.is_not(None),
            ),
        )
    )


def _second_places(only: Selection) -> sa.Select[Any]:
    first, second = waitlist_entries.alias("first"), waitlist_entries.alias("second")
    return (
        sa.select(second.c.id, ONE, TWO)
        .select_from(
            first.join(
                second,
                (second.c.session_id == first.c.session_id)
                & (second.c.student_id == first.c.student_id)
                & (second.c.id > first.c.id),
            )
        )
        .where(only(first.c.center_id), first.c.ended_at.is_(None), second.c.ended_at.is_(None))
    )


def _attempts_astray(only: Selection) -> sa.Select[Any]:
    """Select attempts that say that they booked something, but not that session for that student."""
    is_its_own = sa.and_(
        enrollments.c.session_id == standing_attempts.c.session_id,
        enrollments.c.student_id == standing_bookings.c.student_id,
    )
    return (
        sa.select(standing_attempts.c.standing_booking_id, NOTHING, standing_attempts.c.outcome)
        .select_from(
            standing_attempts.join(
                standing_bookings, standing_bookings.c.id == standing_attempts.c.standing_booking_id
            ).outerjoin(enrollments, enrollments.c.id == standing_attempts.c.enrollment_id)
        )
        .where(
            only(standing_attempts.c.center_id),
            standing_attempts.c.outcome == constant(BOOKED),
            sa.or_(enrollments.c.id.is_(None), ~is_its_own),
        )
    )


CHECKS = (
    Check("waitlist_offer_without_seat", "waitlist_entries", _offers_without_seat),
    Check("reservation_without_offer", "enrollments", _seats_without_offer),
    Check("reservation_held_too_long", "enrollments", _held_too_long),
    Check("waitlist_second_place", "waitlist_entries", _second_places),
    Check("standing_attempt_astray", "standing_attempts", _attempts_astray),
)
