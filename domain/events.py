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
class AttendanceMarked(Event):
    """Somebody's attendance was set, undone or corrected; the subject is the session."""

    kind: ClassVar[str] = "attendance.marked"


@dataclass(frozen=True, slots=True)
class EnrollmentCaptured(Event):
    """The price of a seat was taken from the wallet; the subject is the enrollment."""

    kind: ClassVar[str] = "enrollment.captured"


@dataclass(frozen=True, slots=True)
class EnrollmentMissed(Event):
    """Somebody did not come: the seat is a NO_SHOW; the subject is the enrollment."""

    kind: ClassVar[str] = "enrollment.missed"


@dataclass(frozen=True, slots=True)
class SessionSettled(Event):
    """Every seat of a finished session is settled, or laid before the admins; the subject is the session."""

    kind: ClassVar[str] = "session.settled"


@dataclass(frozen=True, slots=True)
class DecisionOpened(Event):
    """An admin has to decide on the money of a seat; the subject is the enrollment."""

    kind: ClassVar[str] = "decision.opened"


@dataclass(frozen=True, slots=True)
class DecisionMade(Event):
    """An admin has decided on the money of a seat; the subject is the enrollment."""

    kind: ClassVar[str] = "decision.made"


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
class RoleRevoked(Event):
    """A role was taken from a person; the subject is the person."""

    kind: ClassVar[str] = "role.revoked"


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


class SessionCreated(Event):
    """A session was added, by hand or from the timetable; the subject is the session, as in all that follow."""

    kind: ClassVar[str] = "session.created"


@dataclass(frozen=True, slots=True)
class SessionUpdated(Event):
    """Time, place, teacher or capacity of a session changed; ``moved_at`` tells whether time or place did."""

    kind: ClassVar[str] = "session.updated"


@dataclass(frozen=True, slots=True)
class SessionDeleted(Event):
    """A session that nobody was in is gone: there is nothing to be found any more."""

    kind: ClassVar[str] = "session.deleted"


@dataclass(frozen=True, slots=True)
class SessionCheckedIn(Event):
    """Check-in was opened."""

    kind: ClassVar[str] = "session.checked_in"


@dataclass(frozen=True, slots=True)
class SessionStarted(Event):
    """The class has begun."""

    kind: ClassVar[str] = "session.started"


@dataclass(frozen=True, slots=True)
class SessionFinished(Event):
    """The class is over and attendance closed; without an actor, the clock did it."""

    kind: ClassVar[str] = "session.finished"


@dataclass(frozen=True, slots=True)
class SessionCanceled(Event):
    """The center cancelled a session: everybody in it is to be made good."""

    kind: ClassVar[str] = "session.canceled"


@dataclass(frozen=True, slots=True)
class SessionMissed(Event):
    """A session ended without anybody having opened it: everybody in it is to be made good."""

    kind: ClassVar[str] = "session.missed"


@dataclass(frozen=True, slots=True)
class SessionRescheduled(Event):
    """A cancelled session takes place after all, at another time: whoever was in it may book again."""

    kind: ClassVar[str] = "session.rescheduled"


@dataclass(frozen=True, slots=True)
class SessionMadeGood(Event):
    """Everybody who was in a cancelled or missed session has back what they paid."""

    kind: ClassVar[str] = "session.made_good"


@dataclass(frozen=True, slots=True)
class TimetableChanged(Event):
    """A rule of the timetable was added or ended; the subject is the rule."""

    kind: ClassVar[str] = "timetable.changed"


@dataclass(frozen=True, slots=True)
class HolidayAdded(Event):
    """No sessions are made for a day any more; the subject is the holiday."""

    kind: ClassVar[str] = "holiday.added"


@dataclass(frozen=True, slots=True)
class HolidayRemoved(Event):
    """A day is no holiday any more; the subject is the holiday that was."""

    kind: ClassVar[str] = "holiday.removed"


class CashMoved(Event):
    """Cash went into a drawer or out of it; the subject is the cash transaction."""

    kind: ClassVar[str] = "cash.moved"


@dataclass(frozen=True, slots=True)
class CashCorrected(Event):
    """A movement of a drawer was reversed; the subject is the cash transaction that was wrong."""

    kind: ClassVar[str] = "cash.corrected"


@dataclass(frozen=True, slots=True)
class CashCounted(Event):
    """A drawer was counted; the subject is the count."""

    kind: ClassVar[str] = "cash.counted"


@dataclass(frozen=True, slots=True)
class GuestAdded(Event):
    """Somebody without Telegram was written down at the desk; the subject is the person."""

    kind: ClassVar[str] = "guest.added"


@dataclass(frozen=True, slots=True)
class PeopleMerged(Event):
    """Two people are one; the subject is the one who stays."""

    kind: ClassVar[str] = "people.merged"


@dataclass(frozen=True, slots=True)
class BroadcastSent(Event):
    """A message to many is to be written down for each of them; the subject is the broadcast."""

    kind: ClassVar[str] = "broadcast.sent"


@dataclass(frozen=True, slots=True)
class BroadcastStopped(Event):
    """What of a message to many was not sent is to be dropped; the subject is the broadcast."""

    kind: ClassVar[str] = "broadcast.stopped"


@dataclass(frozen=True, slots=True)
class ErrandGoesOn(Event):
    """The next piece of an errand is to be done; the subject is the errand."""

    kind: ClassVar[str] = "errand.goes_on"


@dataclass(frozen=True, slots=True)
class WalletTransferred(Event):
    """Money went from one wallet to another; the subject is the transfer, which is its entry's subject as well."""

    kind: ClassVar[str] = "wallet.transferred"
