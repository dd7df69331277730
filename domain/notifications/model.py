"""Messages that nobody asked for at this moment: which kinds may be switched off, and what became of each message."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from domain.permissions import Role


class MutableNotification(StrEnum):
    """A kind of message that its reader may switch off. Those about money and about moved sessions are not among them."""

    REMINDER_DAY_BEFORE = "REMINDER_DAY_BEFORE"
    REMINDER_HOURS_BEFORE = "REMINDER_HOURS_BEFORE"
    BOOKINGS = "BOOKINGS"  # booked, cancelled by oneself
    WAITLIST = "WAITLIST"  # free seats; an offer to who waits always comes
    CREDITS = "CREDITS"  # one credit is left
    BROADCASTS = "BROADCASTS"
    TEAM = "TEAM"  # to staff: who comes, nobody has opened check-in
    DIGEST = "DIGEST"  # to admins: the day's revenue


SWITCHES: Mapping[Role, tuple[MutableNotification, ...]] = MappingProxyType(
    {
        Role.STUDENT: (
            MutableNotification.REMINDER_DAY_BEFORE,
            MutableNotification.REMINDER_HOURS_BEFORE,
            MutableNotification.BOOKINGS,
            MutableNotification.WAITLIST,
            MutableNotification.CREDITS,
            MutableNotification.BROADCASTS,
        ),
        Role.STAFF: (MutableNotification.TEAM,),
        Role.ADMIN: (MutableNotification.TEAM, MutableNotification.DIGEST),
    }
)
"""What each role may switch off: the kinds that it gets."""


class Priority(IntEnum):
    """Which message goes first when many wait. Replies to a tap do not wait here at all."""

    MONEY = 0  # money, sessions moved or cancelled, offers that expire
    NORMAL = 1
    REMINDER = 2
    BROADCAST = 3


class NotificationStatus(StrEnum):
    """What became of a message."""

    PENDING = "PENDING"
    SENT = "SENT"
    UNKNOWN = "UNKNOWN"  # the connection broke after it was sent: it may have arrived
    STALE = "STALE"  # it had lost its sense before it was sent
    UNREACHABLE = "UNREACHABLE"  # the person has blocked the bot, or has no Telegram
    FAILED = "FAILED"  # Telegram refuses it for good


class AlertKind(StrEnum):
    """What admins are shown until one of them has seen to it."""

    EVENT_PARKED = "EVENT_PARKED"  # something that should have followed from an event fails again and again
