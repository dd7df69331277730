"""What a message is written with: its reader's language, and what can be read of the present state."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.notifications.ports import Outgoing
from domain.organization.model import Center
from handlers.context import Services
from handlers.i18n import Translator
from handlers.screens import Photo, Screen

Notice = Screen | Photo


@dataclass(frozen=True, slots=True)
class NoticeContext:
    """One message: the center, how to speak to its reader, what can be asked, and the business time."""

    center: Center
    tr: Translator
    services: Services
    now: datetime


Compose = Callable[[NoticeContext, Outgoing], Awaitable[Notice | None]]
"""Writes a message of one kind as things are now; None where it has lost its sense."""
Composers = Mapping[str, Compose]
