"""What the audit log calls the things that something was done to, where they have no name of their own."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from handlers.i18n import Translator

OBJECTS: Final[Mapping[str, Callable[[Translator], str]]] = MappingProxyType(
    {
        "alert": lambda tr: tr.plain("an alert"),
        "branch": lambda tr: tr.plain("a branch"),
        "broadcast": lambda tr: tr.plain("a message to many"),
        "calendar_feed": lambda tr: tr.plain("a calendar address"),
        "cash_count": lambda tr: tr.plain("a count"),
        "cash_transaction": lambda tr: tr.plain("a cash movement"),
        "center": lambda tr: tr.plain("the center"),
        "class": lambda tr: tr.plain("a class"),
        "decision": lambda tr: tr.plain("a decision"),
        "enrollment": lambda tr: tr.plain("a booking"),
        "errand": lambda tr: tr.plain("work in the background"),
        "export": lambda tr: tr.plain("a file"),
        "holiday": lambda tr: tr.plain("a holiday"),
        "invite": lambda tr: tr.plain("an invitation"),
        "package": lambda tr: tr.plain("a package on sale"),
        "payment": lambda tr: tr.plain("a payment"),
        "person": lambda tr: tr.plain("a person"),
        "session": lambda tr: tr.plain("a class in the calendar"),
        "standing_booking": lambda tr: tr.plain("a booking of every class"),
        "student_package": lambda tr: tr.plain("a package bought"),
        "timetable_rule": lambda tr: tr.plain("a rule of the timetable"),
        "transfer": lambda tr: tr.plain("a transfer"),
        "waitlist_entry": lambda tr: tr.plain("a place in a waitlist"),
    }
)


def object_text(tr: Translator, object_type: str) -> str:
    """Return what a kind of thing is called; one that nobody knows keeps its own name."""
    word = OBJECTS.get(object_type)
    return object_type.replace("_", " ") if word is None else word(tr)
