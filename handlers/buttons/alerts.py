"""What the buttons of the admins' alerts carry."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.notifications.model import MutableNotification
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class ListAlerts(CallbackData):
    """What admins should look at."""

    letter: ClassVar[str] = "~a"


@dataclass(frozen=True, slots=True)
class OpenAlert(CallbackData):
    """One of them."""

    letter: ClassVar[str] = "~b"
    alert_id: UUID


@dataclass(frozen=True, slots=True)
class ResolveAlertNow(CallbackData):
    """Take it off the list; what was given up is tried again first, where ``tries_again``."""

    letter: ClassVar[str] = "~c"
    alert_id: UUID
    tries_again: bool


@dataclass(frozen=True, slots=True)
class OpenSwitches(CallbackData):
    """Which messages one gets."""

    letter: ClassVar[str] = "~d"


@dataclass(frozen=True, slots=True)
class SwitchMessage(CallbackData):
    """Get a kind of message from now on, or not: a second press changes nothing."""

    letter: ClassVar[str] = "~e"
    kind: MutableNotification
    is_wanted: bool
