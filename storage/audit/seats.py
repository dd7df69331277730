"""Checks of sessions and their seats."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from storage.audit.check import ONE, TWO, Check, Selection, or_zero
from storage.repositories.enrollments import constant
from storage.tables.catalogue import sessions
from storage.tables.money import enrollments


def _seats() -> sa.Subquery:
    """Return how many seats each session's enrollments take: all but the cancelled, reservations included."""
    return (
        sa.select(enrollments.c.session_id, sa.func.count().label("seats"))
        .where(enrollments.c.status != constant(EnrollmentStatus.CANCELLED))
        .group_by(enrollments.c.session_id)
        .subquery("taken")
    )


def _seats_taken(only: Selection) -> sa.Select[Any]:
    taken = _seats()
    expected = or_zero(taken.c.seats)
    return (
        sa.select(sessions.c.id, expected, sessions.c.seats_taken)
        .select_from(sessions.outerjoin(taken, taken.c.session_id == sessions.c.id))
        .where(only(sessions.c.center_id), sessions.c.seats_taken != expected)
    )


def _oversold(only: Selection) -> sa.Select[Any]:
    taken = _seats()
    return (
        sa.select(sessions.c.id, sessions.c.capacity, taken.c.seats)
        .select_from(sessions.join(taken, taken.c.session_id == sessions.c.id))
        .where(only(sessions.c.center_id), taken.c.seats > sessions.c.capacity)
    )


def _second_seats(only: Selection) -> sa.Select[Any]:
    first, second = enrollments.alias("first"), enrollments.alias("second")
    cancelled = constant(EnrollmentStatus.CANCELLED)
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
        .where(only(first.c.center_id), first.c.status != cancelled, second.c.status != cancelled)
    )


CHECKS = (
    Check("session_seats_taken", "sessions", _seats_taken),
    Check("session_oversold", "sessions", _oversold),
    Check("enrollment_second_seat", "enrollments", _second_seats),
)
