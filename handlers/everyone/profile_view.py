"""A student's profile: what the studio knows of them, and changing it."""

from collections.abc import Set as AbstractSet

from markupsafe import Markup

from domain.notifications.model import MutableNotification
from handlers.buttons.alerts import OpenSwitches
from handlers.callback_data import (
    AskErase,
    AskNewName,
    AskNewPhone,
    LeaveAsked,
    OpenHome,
    OpenLanguages,
    OpenProfile,
    SendMyData,
    SwitchReminder,
    encode,
)
from handlers.i18n import LANGUAGE_NAMES, Translator
from handlers.screens import Button, PhoneRequest, Screen

_REMINDERS = (MutableNotification.REMINDER_DAY_BEFORE, MutableNotification.REMINDER_HOURS_BEFORE)


def profile(
    tr: Translator,
    *,
    name: str,
    phone: str | None,
    muted: AbstractSet[MutableNotification],
    notice: Markup | None = None,
) -> Screen:
    """Return the profile, everything of it one tap away from being changed."""
    return Screen(
        tr.lines(
            *_under(notice),
            tr.text("<b>My profile</b>"),
            tr.text("👤 {name}", name=name),
            tr.text("📱 {phone}", phone=phone) if phone is not None else tr.text("📱 No phone number"),
            tr.text("🌐 {language}", language=LANGUAGE_NAMES[tr.language]),
            "",
            tr.text("Before a class that you booked, you are reminded:"),
            *(_reminder_line(tr, kind, is_on=kind not in muted) for kind in _REMINDERS),
        ),
        (
            (
                Button(tr.plain("✏️ Name"), encode(AskNewName())),
                Button(tr.plain("📱 Phone"), encode(AskNewPhone())),
            ),
            *((_reminder_button(tr, kind, is_on=kind not in muted),) for kind in _REMINDERS),
            (Button(tr.plain("🔔 Other messages"), encode(OpenSwitches())),),
            (
                Button(tr.plain("🌐 Language"), encode(OpenLanguages())),
                Button(tr.plain("📄 My data"), encode(SendMyData())),
            ),
            (Button(tr.plain("🗑️ Erase me"), encode(AskErase())), _home(tr)),
        ),
    )


def ask_name(tr: Translator, *, notice: Markup | None = None) -> Screen:
    """Ask for another name."""
    return Screen(
        tr.lines(
            *_under(notice),
            tr.text("What name shall the studio know you by?"),
            tr.text("Type it here, for example: Mona Adel"),
        ),
        ((Button(tr.plain("Cancel"), encode(LeaveAsked())),),),
    )


def ask_phone(tr: Translator, *, notice: Markup | None = None) -> PhoneRequest:
    """Ask for the phone by Telegram's own button, which vouches for it."""
    return PhoneRequest(
        tr.lines(
            *_under(notice),
            tr.text("Share your phone number with the button below: so the studio can be sure that it is yours."),
        ),
        share_label=tr.plain("📱 Share my number"),
        skip_label=cancel_label(tr),
    )


def phone_asked(tr: Translator) -> Screen:
    """Say where the button is: it is not under this message."""
    return Screen(
        tr.lines(tr.text("👇 Share your number with the button at the bottom of the chat.")),
        ((Button(tr.plain("Cancel"), encode(LeaveAsked())),),),
    )


def cancel_label(tr: Translator) -> str:
    """Return the text that leaves the question about the phone: the keyboard types it."""
    return tr.plain("Cancel")


def only_the_button(tr: Translator) -> Markup:
    """Answer a number that was typed: anybody can type any number."""
    return tr.text("A number that is typed cannot be checked. Please use the button.")


def new_name(tr: Translator, *, name: str) -> Markup:
    """Say which name is kept now."""
    return tr.text("✅ From now on you are {name}.", name=name)


def new_phone(tr: Translator, came_along: tuple[Markup, ...] = ()) -> Markup:
    """Say that the phone is kept, which takes its keyboard away."""
    return tr.lines(tr.text("✅ Your phone number is saved."), *came_along)


def unchanged(tr: Translator) -> Markup:
    """Say that a question was left, which takes its keyboard away."""
    return tr.lines(tr.text("All right, nothing was changed."))


def data_caption(tr: Translator, *, center_name: str) -> Markup:
    """Return what stands below the file with one's data."""
    return tr.lines(
        tr.text("Everything that {center} keeps about you.", center=center_name),
        tr.text("It is personal: share it with care."),
    )


def back_to_profile(tr: Translator) -> Button:
    """Return the button back to the profile."""
    return Button(tr.plain("👤 My profile"), encode(OpenProfile()))


def _home(tr: Translator) -> Button:
    return Button(tr.plain("🏠 Home"), encode(OpenHome()))


def _under(notice: Markup | None) -> tuple[Markup | str, ...]:
    return () if notice is None else (notice, "")


def _when(tr: Translator, kind: MutableNotification) -> str:
    if kind is MutableNotification.REMINDER_DAY_BEFORE:
        return tr.plain("A day before")
    return tr.plain("2 hours before")


def _reminder_line(tr: Translator, kind: MutableNotification, *, is_on: bool) -> Markup:
    if is_on:
        return tr.text("🔔 {when}: yes", when=_when(tr, kind))
    return tr.text("🔕 {when}: no", when=_when(tr, kind))


def _reminder_button(tr: Translator, kind: MutableNotification, *, is_on: bool) -> Button:
    data = encode(SwitchReminder(kind, not is_on))
    when = _when(tr, kind)
    if is_on:
        return Button(tr.plain("🔕 {when}: switch off", when=when), data)
    return Button(tr.plain("🔔 {when}: switch on", when=when), data)
