"""What people type about themselves, made safe to keep and to show."""

import unicodedata

import phonenumbers

from domain.errors import InvalidInputError

NAME_LENGTH = 64
_JOINERS = "\u200c\u200d"  # Persian spelling and emoji sequences need them


def clean_name(text: str) -> str:
    """Return a name in one line: composed, without control and direction characters, inner spaces single.

    Raises InvalidInputError (``empty``, ``too_long``).
    """
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or character in _JOINERS or unicodedata.category(character)[0] != "C"
    )
    name = " ".join("".join(kept).split())
    if not name.strip(_JOINERS):
        raise InvalidInputError(field="name", reason="empty")
    if len(name) > NAME_LENGTH:
        raise InvalidInputError(field="name", reason="too_long", limit=NAME_LENGTH)
    return name


def profile_name(first_name: str, last_name: str | None, *, telegram_id: int) -> str:
    """Return a first guess at a person's name from their Telegram profile, which may hold anything."""
    try:
        return clean_name(f"{first_name} {last_name or ''}"[: NAME_LENGTH * 2])
    except InvalidInputError as error:
        if error.reason == "too_long":
            return clean_name(first_name[:NAME_LENGTH])
        return f"#{telegram_id}"


def clean_phone(text: str, *, region: str) -> str:
    """Return a phone number as E.164; ``region`` (ISO 3166) completes a national one.

    Telegram sends contacts without the plus sign. Raises InvalidInputError (``not_a_phone``).
    """
    for candidate in (text, f"+{text.lstrip('+')}"):
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise InvalidInputError(field="phone", reason="not_a_phone")
