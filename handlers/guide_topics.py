"""What the guide in the chat has a page about, and for whom."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.permissions import Role


class GuideTopic(StrEnum):
    """A page of the guide. New ones are added at the end: buttons carry their places."""

    BOOK = "BOOK"
    CANCEL = "CANCEL"
    CREDITS = "CREDITS"
    WALLET = "WALLET"
    WAITLIST = "WAITLIST"
    TICKET = "TICKET"
    MY_DATA = "MY_DATA"
    CHECK_IN = "CHECK_IN"
    ROSTER = "ROSTER"
    WALK_IN = "WALK_IN"
    CASH = "CASH"
    COUNT = "COUNT"
    CALL_OFF = "CALL_OFF"
    SET_UP = "SET_UP"
    PEOPLE = "PEOPLE"
    CLASSES = "CLASSES"
    PACKAGES = "PACKAGES"
    MONEY = "MONEY"
    PAYMENTS = "PAYMENTS"
    REPORTS = "REPORTS"
    BROADCAST = "BROADCAST"
    SETTINGS = "SETTINGS"
    AUDIT = "AUDIT"

    @property
    def file_name(self) -> str:
        """The name of its picture."""
        return f"{self.value.lower().replace('_', '-')}.png"


TOPICS: Final[Mapping[Role, tuple[GuideTopic, ...]]] = MappingProxyType(
    {
        Role.STUDENT: (
            GuideTopic.BOOK,
            GuideTopic.CANCEL,
            GuideTopic.CREDITS,
            GuideTopic.WALLET,
            GuideTopic.WAITLIST,
            GuideTopic.TICKET,
            GuideTopic.MY_DATA,
        ),
        Role.STAFF: (
            GuideTopic.CHECK_IN,
            GuideTopic.ROSTER,
            GuideTopic.WALK_IN,
            GuideTopic.CASH,
            GuideTopic.COUNT,
            GuideTopic.CALL_OFF,
        ),
        Role.ADMIN: (
            GuideTopic.SET_UP,
            GuideTopic.PEOPLE,
            GuideTopic.CLASSES,
            GuideTopic.PACKAGES,
            GuideTopic.CALL_OFF,
            GuideTopic.MONEY,
            GuideTopic.PAYMENTS,
            GuideTopic.REPORTS,
            GuideTopic.BROADCAST,
            GuideTopic.SETTINGS,
            GuideTopic.AUDIT,
        ),
    }
)
"""The pages of each role, in reading order."""
