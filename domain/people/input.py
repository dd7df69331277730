"""What people type about themselves, made safe to keep and to show."""

import unicodedata

import phonenumbers

from domain.errors import InvalidInputError

NAME_LENGTH = 64
REASON_LENGTH = 200
_JOINERS = "\u200c\u200d"  # Persian spelling and emoji sequences need them
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # fillers: to Unicode they are letters and a symbol


def clean_name(text: str) -> str:
    """Return a name in one line: composed, without control and direction characters, inner spaces single.

    Raises InvalidInputError (``empty``, also of what shows nothing; ``too_long``).
    """
    name = _one_line(text)
    if not _is_visible(name):
        raise InvalidInputError(field="name", reason="empty")
    if len(name) > NAME_LENGTH:
        raise InvalidInputError(field="name", reason="too_long", limit=NAME_LENGTH)
    return name


def clean_reason(text: str) -> str:
    """Return a reason in one line, as a name is. Raises InvalidInputError (``empty``, ``too_long``)."""
    reason = _one_line(text)
    if not _is_visible(reason):
        raise InvalidInputError(field="reason", reason="empty")
    if len(reason) > REASON_LENGTH:
        raise InvalidInputError(field="reason", reason="too_long", limit=REASON_LENGTH)
    return reason


def profile_name(first_name: str, last_name: str | None, *, telegram_id: int) -> str:
    """Return a first guess at a person's name from their Telegram profile, which may hold anything."""
    for guess in (f"{first_name} {last_name or ''}", first_name):
        name = _one_line(guess)
        if _is_visible(name) and len(name) <= NAME_LENGTH:
            return name
    cut = _one_line(first_name)[:NAME_LENGTH].rstrip()
    return cut if _is_visible(cut) else f"#{telegram_id}"


def _one_line(text: str) -> str:
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or character in _JOINERS or unicodedata.category(character)[0] != "C"
    )
    return " ".join("".join(kept).split())


def _is_visible(name: str) -> bool:
    """Whether a name shows anything: joiners, marks without a letter, and blank letters do not."""
    return any(character not in _BLANK and unicodedata.category(character)[0] not in {"C", "M", "Z"} for character in name)


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


def clean_line(text: str, *, field: str, longest: int) -> str:
    """Return a text of one line: what ``clean_name`` does for a name.

    Raises InvalidInputError of that field (``empty``, ``too_long``).
    """
    line = _one_line(text)
    if not _is_visible(line):
        raise InvalidInputError(field=field, reason="empty")
    if len(line) > longest:
        raise InvalidInputError(field=field, reason="too_long", limit=longest)
    return line
