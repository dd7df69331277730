"""What happened, in the past tense: written to the outbox in the transaction that made it so.

An event says "look at X", not "do Y": subscribers read the present state. They may see it twice, late, or out of order.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to the object ``subject_id``. Only its subclasses are recorded."""

    kind: ClassVar[str] = ""
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class SessionBooked(Event):
    """A student took a seat; the subject is the enrollment."""

    kind: ClassVar[str] = "enrollment.booked"


@dataclass(frozen=True, slots=True)
class EnrollmentCancelled(Event):
    """A seat was given back; the subject is the enrollment."""

    kind: ClassVar[str] = "enrollment.cancelled"


@dataclass(frozen=True, slots=True)
class ReservationLapsed(Event):
    """A held seat was let go without having been booked; the subject is the enrollment."""

    kind: ClassVar[str] = "reservation.lapsed"


@dataclass(frozen=True, slots=True)
class WaitlistJoined(Event):
    """Somebody waits for a seat; the subject is the session."""

    kind: ClassVar[str] = "waitlist.joined"


@dataclass(frozen=True, slots=True)
class SeatOffered(Event):
    """A seat is held for somebody who waits; the subject is their place in the waitlist."""

    kind: ClassVar[str] = "waitlist.offered"


@dataclass(frozen=True, slots=True)
class PlaceEnded(Event):
    """Somebody waits no more, with a seat or without; the subject is their place in the waitlist."""

    kind: ClassVar[str] = "waitlist.ended"


@dataclass(frozen=True, slots=True)
class StandingBookingSet(Event):
    """A student asked for every session of a timetable rule; the subject is the standing booking."""

    kind: ClassVar[str] = "standing.set"


@dataclass(frozen=True, slots=True)
class StandingBookingStopped(Event):
    """A student wants no more sessions of a rule booked; the subject is the standing booking."""

    kind: ClassVar[str] = "standing.stopped"


@dataclass(frozen=True, slots=True)
class PackageBought(Event):
    """A student bought a package; the subject is the student package."""

    kind: ClassVar[str] = "package.bought"


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    """A person finished first contact; the subject is the person."""

    kind: ClassVar[str] = "person.joined"


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """A person was forgotten at their own wish; the subject is the row that is left of them."""

    kind: ClassVar[str] = "person.erased"


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A person was given a role; the subject is the person."""

    kind: ClassVar[str] = "role.granted"


@dataclass(frozen=True, slots=True)
class PaymentCompleted(Event):
    """A payment from outside arrived, and did what it was for if that was still possible; the subject is the payment."""

    kind: ClassVar[str] = "payment.completed"


@dataclass(frozen=True, slots=True)
class PaymentFailed(Event):
    """A payment ended without money: it failed, its time was up, or it was let go; the subject is the payment."""

    kind: ClassVar[str] = "payment.failed"


@dataclass(frozen=True, slots=True)
class PaymentSurplus(Event):
    """Money came that was not expected any more, twice or too late: it is in the wallet. The subject is the payment."""

    kind: ClassVar[str] = "payment.surplus"


@dataclass(frozen=True, slots=True)
class PaymentRefunded(Event):
    """Money of a payment went back to where it came from; the subject is the payment."""

    kind: ClassVar[str] = "payment.refunded"


@dataclass(frozen=True, slots=True)
class RefundRefused(Event):
    """The gateway refused a refund, so the money is back in the wallet; the subject is the payment."""

    kind: ClassVar[str] = "payment.refund_refused"


@dataclass(frozen=True, slots=True)
class PackageRefunded(Event):
    """The unused credits of a package were paid back to its owner's wallet; the subject is the student package."""

    kind: ClassVar[str] = "package.refunded"


class AlertRaised(Event):
    """Admins should look at something; the subject is the alert."""

    kind: ClassVar[str] = "alert.raised"
