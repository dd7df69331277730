"""The states of a place in a session's waitlist, and what people are told about waiting."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.enrollments.model import EnrollmentStatus, Reservation, ReservedFor
from domain.ids import EnrollmentId, PersonId, SessionId, WaitlistEntryId


class WaitlistStatus(StrEnum):
    """WAITING and OFFERED are live; a person has one live place in a session's waitlist."""

    WAITING = "WAITING"
    OFFERED = "OFFERED"  # a seat is held for them
    BOOKED = "BOOKED"
    LEFT = "LEFT"  # at their own wish
    PASSED = "PASSED"  # said no to an offer
    LAPSED = "LAPSED"  # did not answer an offer
    CLOSED = "CLOSED"  # the session was cancelled, moved or has begun


LIVE_PLACES = frozenset({WaitlistStatus.WAITING, WaitlistStatus.OFFERED})


class WaitingMessage(StrEnum):
    """Kinds of message about waiting, standing bookings and credits, as rows of ``notifications`` name them."""

    OFFER = "WAITLIST_OFFER"  # the subject is the place
    OFFER_LAPSED = "WAITLIST_OFFER_LAPSED"  # the place
    CLOSED = "WAITLIST_CLOSED"  # the place
    FREE_SEATS = "WAITLIST_FREE_SEATS"  # the session
    STANDING = "STANDING_BOOKING"  # the session; the occurrence is the standing booking
    CREDITS_LOW = "CREDITS_LOW"  # the student package


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a session's waitlist as decisions see it.

    ``enrollment_id`` is the seat that is or was held for its offer, ``enrollment_status`` what has become of that, and
    ``reserved_for`` what it is held for: the offer, or the payment by which its owner takes it.
    ``moved_at`` is when the session's time or branch was last changed: whoever had come before waited for another one.
    """

    id: WaitlistEntryId
    session_id: SessionId
    student_id: PersonId
    status: WaitlistStatus
    joined_at: datetime
    enrollment_id: EnrollmentId | None
    offer_expires_at: datetime | None
    enrollment_status: EnrollmentStatus | None
    reserved_for: ReservedFor | None
    moved_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether the place is still waiting, or has an offer open."""
        return self.status in LIVE_PLACES

    @property
    def is_for_another_time(self) -> bool:
        """Whether the session was moved after the person had begun to wait for it."""
        return self.moved_at is not None and self.joined_at <= self.moved_at

    @property
    def held_seat(self) -> Reservation | None:
        """The seat that is held for the offer, or for its payment, if it is."""
        if self.enrollment_id is None or self.offer_expires_at is None or self.reserved_for is None:
            return None
        if self.enrollment_status is not EnrollmentStatus.HELD:
            return None
        return Reservation(self.enrollment_id, self.session_id, self.student_id, self.offer_expires_at, self.reserved_for)
