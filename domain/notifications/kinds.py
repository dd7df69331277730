"""What people are told without asking: each kind, how much it matters, and who may switch it off."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.notifications.model import MutableNotification, Priority
from domain.permissions import Role


class NotificationKind(StrEnum):
    """A kind of message, with what its subject is. A message is unique by person, kind, subject and occurrence."""

    SEAT_BOOKED = "SEAT_BOOKED"  # by somebody else, or by the clock; an enrollment
    SEAT_CANCELLED = "SEAT_CANCELLED"  # by the center; an enrollment
    SEAT_MISSED = "SEAT_MISSED"  # a no-show, and what it cost; an enrollment
    SEAT_DECIDED = "SEAT_DECIDED"  # an admin has decided on a no-show; an enrollment
    SESSION_OFF = "SESSION_OFF"  # cancelled or missed; a session
    SESSION_MOVED = "SESSION_MOVED"  # another time or place; a session
    SESSION_BACK = "SESSION_BACK"  # it takes place after all; a session
    REMINDER_EARLY = "REMINDER_EARLY"  # a session
    REMINDER_LATE = "REMINDER_LATE"  # a session
    PEOPLE_MERGED = "PEOPLE_MERGED"  # what a guest had is the reader's now; a person
    TEAM_WHO_COMES = "TEAM_WHO_COMES"  # cancelling is over; a session
    TEAM_NOT_OPENED = "TEAM_NOT_OPENED"  # it has begun by the clock; a session
    TEAM_NEVER_OPENED = "TEAM_NEVER_OPENED"  # it has ended by the clock; a session
    TEAM_MISSED = "TEAM_MISSED"  # nobody ever opened it, so everybody is made good; a session
    TEAM_FINISHED = "TEAM_FINISHED"  # the clock has finished it; a session
    DECISIONS_OPEN = "DECISIONS_OPEN"  # cases of a session are to be decided; a session
    DECISIONS_WAIT = "DECISIONS_WAIT"  # cases have waited for two days; the center
    ALERT = "ALERT"  # something an admin should look at; an alert
    PAYMENT_COMPLETED = "PAYMENT_COMPLETED"  # it came from outside, and what it did; a payment
    PAYMENT_FAILED = "PAYMENT_FAILED"  # it ended without money; a payment
    PAYMENT_SURPLUS = "PAYMENT_SURPLUS"  # it came twice or too late, and is in the wallet; a payment
    PAYMENT_REFUNDED = "PAYMENT_REFUNDED"  # it went back, in whole or part; a payment
    REFUND_REFUSED = "REFUND_REFUSED"  # it could not go back, and is in the wallet; a payment
    PACKAGE_REFUNDED = "PACKAGE_REFUNDED"  # its unused credits are money again; a student package
    WALLET_TRANSFERRED = "WALLET_TRANSFERRED"  # money went from or to a wallet of the reader's; a transfer
    DIGEST = "DIGEST"  # the day in one message; the center
    BROADCAST_SESSION = "BROADCAST_SESSION"  # typed by the team, to who has a seat; a broadcast
    BROADCAST_WIDE = "BROADCAST_WIDE"  # typed by an admin, to a class, a branch or everybody; a broadcast
    BROADCAST_ENDED = "BROADCAST_ENDED"  # to its author, where nobody looked on; a broadcast


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind is told: what goes first, what switches it off (None: nothing), whether it waits for the morning."""

    priority: Priority
    switch: MutableNotification | None = None
    waits_for_morning: bool = False


_MONEY = Manner(Priority.MONEY)
_TEAM = Manner(Priority.NORMAL, MutableNotification.TEAM)

MANNERS: Mapping[NotificationKind, Manner] = MappingProxyType(
    {
        NotificationKind.SEAT_BOOKED: Manner(Priority.NORMAL, MutableNotification.BOOKINGS),
        NotificationKind.SEAT_CANCELLED: _MONEY,
        NotificationKind.SEAT_MISSED: _MONEY,
        NotificationKind.SEAT_DECIDED: _MONEY,
        NotificationKind.SESSION_OFF: _MONEY,
        NotificationKind.SESSION_MOVED: _MONEY,
        NotificationKind.SESSION_BACK: Manner(Priority.NORMAL, waits_for_morning=True),
        NotificationKind.REMINDER_EARLY: Manner(Priority.REMINDER, MutableNotification.REMINDER_DAY_BEFORE, True),
        NotificationKind.REMINDER_LATE: Manner(Priority.REMINDER, MutableNotification.REMINDER_HOURS_BEFORE, True),
        NotificationKind.PEOPLE_MERGED: _MONEY,
        NotificationKind.TEAM_WHO_COMES: _TEAM,
        NotificationKind.TEAM_NOT_OPENED: _TEAM,
        NotificationKind.TEAM_NEVER_OPENED: _TEAM,
        NotificationKind.TEAM_MISSED: _MONEY,
        NotificationKind.TEAM_FINISHED: _TEAM,
        NotificationKind.DECISIONS_OPEN: _MONEY,
        NotificationKind.DECISIONS_WAIT: Manner(Priority.NORMAL, waits_for_morning=True),
        NotificationKind.ALERT: _MONEY,
        NotificationKind.PAYMENT_COMPLETED: _MONEY,
        NotificationKind.PAYMENT_FAILED: _MONEY,
        NotificationKind.PAYMENT_SURPLUS: _MONEY,
        NotificationKind.PAYMENT_REFUNDED: _MONEY,
        NotificationKind.REFUND_REFUSED: _MONEY,
        NotificationKind.PACKAGE_REFUNDED: _MONEY,
        NotificationKind.WALLET_TRANSFERRED: _MONEY,
        NotificationKind.DIGEST: Manner(Priority.NORMAL, MutableNotification.DIGEST),
        NotificationKind.BROADCAST_SESSION: Manner(Priority.BROADCAST),
        NotificationKind.BROADCAST_WIDE: Manner(Priority.BROADCAST, MutableNotification.BROADCASTS),
        NotificationKind.BROADCAST_ENDED: Manner(Priority.NORMAL),
    }
)


OF_ADMINS: frozenset[NotificationKind] = frozenset(
    {
        NotificationKind.DECISIONS_OPEN,
        NotificationKind.DECISIONS_WAIT,
        NotificationKind.ALERT,
        NotificationKind.DIGEST,
    }
)
OF_THE_TEAM: frozenset[NotificationKind] = OF_ADMINS | {
    NotificationKind.TEAM_WHO_COMES,
    NotificationKind.TEAM_NOT_OPENED,
    NotificationKind.TEAM_NEVER_OPENED,
    NotificationKind.TEAM_MISSED,
    NotificationKind.TEAM_FINISHED,
}


def is_still_for(kind: NotificationKind, roles: Collection[Role]) -> bool:
    """Whether a message is still its reader's business: a role may be taken away while it waits."""
    if kind in OF_ADMINS:
        return Role.ADMIN in roles
    return kind not in OF_THE_TEAM or bool({Role.STAFF, Role.ADMIN} & set(roles))


class Audience(StrEnum):
    """Who is told, by what they are to the subject. Guests, strangers and whoever blocked the bot are never among them."""

    BOOKED_BY_ANOTHER = "BOOKED_BY_ANOTHER"  # whose seat it is, unless they took it themselves; an enrollment
    CANCELLED_BY_CENTER = "CANCELLED_BY_CENTER"  # whose seat it was, unless they gave it back, or all are told; likewise
    SEAT_HOLDER = "SEAT_HOLDER"  # whose seat it is; an enrollment
    PARTICIPANTS = "PARTICIPANTS"  # who has a live seat, booked before the last move; a session
    REMINDED = "REMINDED"  # who has a live seat, booked before the reminder was due; a session
    CALLED_OFF = "CALLED_OFF"  # who had a seat when it was cancelled or missed; a session
    FORMER = "FORMER"  # who was in it when it was cancelled, and is not in it again; a session
    STAFF = "STAFF"  # of the session's branch; a session
    TEAM = "TEAM"  # staff of the session's branch, and admins; a session
    CLOCK_FINISHED_STAFF = "CLOCK_FINISHED_STAFF"  # staff of the branch, where nobody finished it; a session
    DECIDERS = "DECIDERS"  # admins, where something of the session is to be decided; a session
    PAYER = "PAYER"  # who paid, or who they were merged into; a payment
    PAYER_EACH_TIME = "PAYER_EACH_TIME"  # the same, whenever more of its money has come or gone; a payment
    PACKAGE_OWNER = "PACKAGE_OWNER"  # a student package
    WALLET_OWNERS = "WALLET_OWNERS"  # whose wallets a transfer moved money from and to; a transfer
    ADMINS = "ADMINS"  # the center, or anything of it
    THEMSELVES = "THEMSELVES"  # the subject is the person
