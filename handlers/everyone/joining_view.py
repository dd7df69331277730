"""First contact: language, name, phone."""

from markupsafe import Markup

from handlers.callback_data import KeepName, OpenHome, PickLanguage, encode
from handlers.i18n import LANGUAGE_NAMES, LANGUAGES, Translator
from handlers.screens import Button, PhoneRequest, Screen, Style


def ask_language(tr: Translator, *, center_name: str, is_first_contact: bool, notice: Markup | None = None) -> Screen:
    """Ask which language to speak; the one guessed comes first."""
    guessed_first = sorted(LANGUAGES, key=lambda language: language != tr.language)
    buttons = tuple(
        (
            Button(
                LANGUAGE_NAMES[language],
                encode(PickLanguage(language)),
                Style.PRIMARY if language == tr.language else None,
            ),
        )
        for language in guessed_first
    )
    if is_first_contact:
        return Screen(
            tr.lines(
                notice,
                "" if notice is not None else None,
                tr.text("👋 Welcome to <b>{center}</b>!", center=center_name),
                tr.text("Here you find classes, book your seat and cancel it, all in this chat."),
                "",
                tr.text("Which language do you prefer?"),
            ),
            buttons,
        )
    back = (Button(tr.plain("🏠 Home"), encode(OpenHome())),)
    return Screen(tr.lines(tr.text("Which language do you prefer?")), (*buttons, back))


def ask_name(tr: Translator, *, name: str, notice: Markup | None = None) -> Screen:
    """Ask for the name: one tap accepts the one that Telegram knows."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("What name shall the studio know you by?"),
            tr.text("Tap the button, or type another name, for example: Mona Adel"),
        ),
        ((Button(tr.plain("I am {name}", name=name), encode(KeepName()), Style.PRIMARY),),),
    )


def ask_phone(tr: Translator, *, notice: Markup | None = None) -> PhoneRequest:
    """Ask for the phone: shared by Telegram's own button, or skipped."""
    return PhoneRequest(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("One last thing: your phone number, so that the studio can reach you if a class is moved."),
            tr.text("You may skip it."),
        ),
        share_label=tr.plain("📱 Share my number"),
        skip_label=skip_label(tr),
    )


def skip_label(tr: Translator) -> str:
    """Return the text that skips the phone: the keyboard types it."""
    return tr.plain("Skip")


def named(tr: Translator, *, name: str) -> Screen:
    """Say which name was taken; the question it answered has no buttons left."""
    return Screen(tr.lines(tr.text("Nice to meet you, {name}!", name=name)))


def welcome(tr: Translator, came_along: tuple[Markup, ...] = ()) -> Markup:
    """Say that first contact is done, and what came along with the phone."""
    return tr.lines(tr.text("All set. Welcome!"), *came_along)
