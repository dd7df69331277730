"""The kinds of message that a person may switch off. Those about money and about moved sessions are not among them."""

from enum import StrEnum


class MutableNotification(StrEnum):
    """A kind of message that its reader may switch off."""

    REMINDER_DAY_BEFORE = "REMINDER_DAY_BEFORE"
    REMINDER_HOURS_BEFORE = "REMINDER_HOURS_BEFORE"
