"""What became of an enrollment, as SQL: one rule for histories and for the uses of credits."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.history import Outcome
from domain.enrollments.model import EnrollmentStatus
from storage.repositories.enrollments import constant
from storage.tables.types import EnumText


def outcome_of(enrollment: Any, *, ends_at: sa.ColumnElement[Any], now: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the Outcome of a row of enrollments (its columns), NULL while the class is to come, or was never booked."""
    lapsed = sa.and_(enrollment.status == constant(EnrollmentStatus.CANCELLED), enrollment.made_good.is_(None))
    outcome = sa.case(
        (lapsed, sa.null()),  # a reservation that never became a booking
        (enrollment.status == constant(EnrollmentStatus.CANCELLED), constant(Outcome.CANCELLED)),
        (enrollment.attended_at.is_not(None), constant(Outcome.ATTENDED)),
        (
            (enrollment.status == constant(EnrollmentStatus.NO_SHOW)) | enrollment.marked_absent_at.is_not(None),
            constant(Outcome.MISSED),
        ),
        (ends_at <= now, constant(Outcome.OVER)),
        else_=sa.null(),
    )
    return sa.type_coerce(outcome, EnumText(Outcome))
