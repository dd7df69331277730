"""Which messages one gets: a line and a button for each that can be switched off."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from domain.notifications.model import MutableNotification
from handlers.buttons.alerts import SwitchMessage
from handlers.callback_data import OpenProfile, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen
from handlers.student.home_view import home_row


def switches(
    tr: Translator,
    *,
    kinds: Sequence[MutableNotification],
    muted: AbstractSet[MutableNotification],
    has_profile: bool,
) -> Screen:
    """Return what can be switched off, and how it is now."""
    back = (Button(tr.plain("👤 My profile"), encode(OpenProfile())),) if has_profile else ()
    return Screen(
        tr.lines(
            tr.text("<b>My messages</b>"),
            tr.text("Messages about money, and about classes that are moved or cancelled, always come."),
            "",
            *(
                tr.text("🔕 {what}: no", what=_name(tr, kind))
                if kind in muted
                else tr.text("🔔 {what}: yes", what=_name(tr, kind))
                for kind in kinds
            ),
        ),
        (*((_button(tr, kind, is_on=kind not in muted),) for kind in kinds), (*back, *home_row(tr))),
    )


def _button(tr: Translator, kind: MutableNotification, *, is_on: bool) -> Button:
    data = encode(SwitchMessage(kind, not is_on))
    if is_on:
        return Button(tr.plain("🔕 {what}: switch off", what=_name(tr, kind)), data)
    return Button(tr.plain("🔔 {what}: switch on", what=_name(tr, kind)), data)


def _name(tr: Translator, kind: MutableNotification) -> str:
    match kind:
        case MutableNotification.REMINDER_DAY_BEFORE:
            return tr.plain("Reminder a day before")
        case MutableNotification.REMINDER_HOURS_BEFORE:
            return tr.plain("Reminder 2 hours before")
        case MutableNotification.BOOKINGS:
            return tr.plain("Bookings made for me")
        case MutableNotification.WAITLIST:
            return tr.plain("Free seats")
        case MutableNotification.CREDITS:
            return tr.plain("My last credit")
        case MutableNotification.BROADCASTS:
            return tr.plain("News of the studio")
        case MutableNotification.TEAM:
            return tr.plain("Who comes, and check-in that is not opened")
        case MutableNotification.DIGEST:
            return tr.plain("The day's figures each evening")
