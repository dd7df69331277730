"""An enrollment: one student's seat in one session, with the contract it was booked under."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.finance.model import PaymentMethod
from domain.ids import EnrollmentId, PersonId, SessionId


class EnrollmentStatus(StrEnum):
    """LOCKED and PAID are live; HELD is a reservation; a NO_SHOW keeps its seat but is not live."""

    HELD = "HELD"
    LOCKED = "LOCKED"
    PAID = "PAID"
    CANCELLED = "CANCELLED"
    NO_SHOW = "NO_SHOW"


class MadeGood(StrEnum):
    """What a student got back for a seat that was cancelled."""

    CREDIT = "CREDIT"  # one credit, to the package it came from
    UNLOCKED = "UNLOCKED"  # money that was locked in the wallet is free again
    RETURNED = "RETURNED"  # money that was taken is back in the wallet
    NOTHING_CASH = "NOTHING_CASH"  # cash at the door is already processed
    NOTHING_FREE = "NOTHING_FREE"  # the class is free of charge


class ReservedFor(StrEnum):
    """Why a seat is held for somebody who has not booked it yet."""

    PAYMENT = "PAYMENT"  # an open payment link
    OFFER = "OFFER"  # a place of the waitlist


class DecisionKind(StrEnum):
    """Why an admin has to decide on the money of a seat."""

    NO_SHOW = "NO_SHOW"  # absent in a class where an admin decides each case
    NOBODY_MARKED = "NOBODY_MARKED"  # the session was finished by the clock, and nobody had been marked at all
    UNCOLLECTED = "UNCOLLECTED"  # attendance was corrected, but what had been released is spent


class DecisionOutcome(StrEnum):
    """What an admin decided."""

    CHARGED = "CHARGED"
    RELEASED = "RELEASED"


LIVE = frozenset({EnrollmentStatus.LOCKED, EnrollmentStatus.PAID})


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One student's seat, as use cases return it. ``amount_minor`` is what it costs or took: money or a credit's worth.

    ``method`` is None where the class is free of charge.
    """

    id: EnrollmentId
    session_id: SessionId
    student_id: PersonId
    status: EnrollmentStatus
    method: PaymentMethod | None
    amount_minor: int
    free_cancel_until: datetime


@dataclass(frozen=True, slots=True)
class Reservation:
    """A seat that is held for one person, until an instant that is one too late."""

    enrollment_id: EnrollmentId
    session_id: SessionId
    student_id: PersonId
    held_until: datetime
    reserved_for: ReservedFor
