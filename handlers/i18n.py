"""Every string that a person reads: translated with plural forms, formatted for their language and the center's time zone.

A message is written once, in English, where it is used; catalogs hold the other languages. What is inserted into one is
escaped (texts are Telegram's HTML) and isolated (U+2068 … U+2069), so that a name with ``<``, an Arabic class title in an
English sentence or a number in an Arabic one neither breaks the message nor makes it jump.
"""

import gettext
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, get_currency_precision, get_currency_symbol
from markupsafe import Markup, escape

import locales

CATALOGS = Path(locales.__file__).parent
DOMAIN: Final = "messages"

# The formatting locale of each language: British dates ("Tue 24 Nov") and 24 hours in English, Egyptian names in Arabic.
LANGUAGES: Final = {"en": "en_GB", "ar": "ar_EG"}
LANGUAGE_NAMES: Final = {"en": "English", "ar": "العربية"}

_DAYS_A_WEEK = 7
_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"
_LEFT_TO_RIGHT_ISOLATE, _LEFT_TO_RIGHT_MARK = "\u2066", "\u200e"
_STOPPED_TWICE: Final = f".{_POP_ISOLATE}."
_TAG = re.compile("<[^>]*>")


Text = TypeVar("Text", bound=str)


class Formatted(str):
    """A value of ours in its final form (a date, an amount): isolated already, without anything to escape."""

    __slots__ = ()


def isolate(text: str) -> str:
    """Keep a piece of text of unknown direction from reordering its surroundings."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


@dataclass(frozen=True, slots=True)
class Translator:
    """Speaks one language, in one time zone."""

    language: str
    zone: ZoneInfo

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language == "ar"

    def text(self, message: str, /, **values: Any) -> Markup:
        """Return a message as Telegram's HTML."""
        found = _catalog(self.language).gettext(message)
        return _one_stop(Markup(found).format(**_for_html(values)))  # noqa: S704 -- our catalogs, read in review

    def ntext(self, singular: str, plural: str, n: int, /, **values: Any) -> Markup:
        """Return a message as HTML in the plural form of ``n``, which is inserted as ``{n}``."""
        message = _catalog(self.language).ngettext(singular, plural, n)
        return _one_stop(Markup(message).format(**_for_html({"n": n, **values})))  # noqa: S704 -- our catalogs, read in review

    def plain(self, message: str, /, **values: Any) -> str:
        """Return a message as plain text, for buttons and pop-ups."""
        return _one_stop(_catalog(self.language).gettext(message).format(**_for_plain(values)))

    def nplain(self, singular: str, plural: str, n: int, /, **values: Any) -> str:
        """Return a message as plain text in the plural form of ``n``."""
        return _one_stop(_catalog(self.language).ngettext(singular, plural, n).format(**_for_plain({"n": n, **values})))

    def lines(self, *lines: Markup | str | None) -> Markup:
        """Join lines to a text that reads in the language's direction, whatever a line begins with. None is left out."""
        return Markup("\n").join(self._mark(line) + escape(line) if line else "" for line in lines if line is not None)

    def label(self, *parts: str) -> str:
        """Join the parts of a button's label, in the language's direction."""
        label = " · ".join(parts)
        return self._mark(label) + label

    def listed(self, parts: Iterable[str]) -> str:
        """Return several things one after the other, with the language's comma between them."""
        return ("، " if self.is_right_to_left else ", ").join(parts)

    def _mark(self, line: str) -> str:
        """Return what makes a line run in the language's direction where its first letter would have it otherwise."""
        if self.is_right_to_left:
            return _RIGHT_TO_LEFT_MARK
        return _LEFT_TO_RIGHT_MARK if begins_right_to_left(line) else ""

    def money(self, amount_minor: int, currency: str) -> Formatted:
        """Return an amount of minor units, e.g. "EGP 80"."""
        return _money(amount_minor, currency, self.language)

    def signed_money(self, amount_minor: int, currency: str) -> Formatted:
        """Return an amount that came in or went out, e.g. "+EGP 80", "−EGP 80"."""
        return _signed_money(amount_minor, currency, self.language)

    def currency(self, code: str) -> str:
        """Return how a currency stands beside its amounts, e.g. "EGP"."""
        return _currency(code, self.language)

    def day(self, instant: datetime) -> Formatted:
        """Return the local day, e.g. "Tue 24 Nov"."""
        local = instant.astimezone(self.zone)
        return _day(local.year, local.month, local.day, self.language)

    def time(self, instant: datetime) -> Formatted:
        """Return the local time of day on 24 hours, e.g. "18:00"."""
        return Formatted(isolate(format_time(instant.astimezone(self.zone), "HH:mm", locale=LANGUAGES[self.language])))

    def moment(self, instant: datetime) -> Formatted:
        """Return the local day and time, e.g. "Tue 24 Nov 18:00"."""
        return Formatted(f"{self.day(instant)} {self.time(instant)}")

    def soon(self, instant: datetime, *, now: datetime) -> str:
        """Return a local day and time short enough for a button: "Today 18:00", "Tue 18:00", "1 Dec 18:00"."""
        days_away = (instant.astimezone(self.zone).date() - now.astimezone(self.zone).date()).days
        time = self.time(instant)
        if days_away == 0:
            return self.plain("Today {time}", time=time)
        if days_away == 1:
            return self.plain("Tomorrow {time}", time=time)
        pattern = "EEE" if 0 < days_away < _DAYS_A_WEEK else "d MMM"
        day = format_date(instant.astimezone(self.zone), pattern, locale=LANGUAGES[self.language])
        return f"{isolate(day)} {time}"

    def past_day(self, instant: datetime, *, now: datetime) -> Formatted:
        """Return the local day of something that may be long ago: "Tue 24 Nov", of another year "24 Nov 2025"."""
        local = instant.astimezone(self.zone)
        if local.year == now.astimezone(self.zone).year:
            return self.day(instant)
        return Formatted(isolate(format_date(local, "d MMM y", locale=LANGUAGES[self.language])))

    def past_moment(self, instant: datetime, *, now: datetime) -> Formatted:
        """Return the local day and time of something that may be long ago."""
        return Formatted(f"{self.past_day(instant, now=now)} {self.time(instant)}")

    def time_range(self, start: datetime, end: datetime) -> Formatted:
        """Return a local time from … to …, e.g. "18:00–19:00"."""
        locale = LANGUAGES[self.language]
        times = [format_time(instant.astimezone(self.zone), "HH:mm", locale=locale) for instant in (start, end)]
        return Formatted(isolate("–".join(times)))


def _one_stop(text: Text) -> Text:
    """Let what ends with a full stop of its own ("80 ج.م.") end its sentence, too: two never follow each other."""
    return cast("Text", text.replace(_STOPPED_TWICE, _STOPPED_TWICE[:-1]))


def negotiate(wanted: str | None, *, default: str) -> str:
    """Return the language of ours that fits a client's language code (``ar-EG``, ``pt-br``, nothing at all)."""
    found = negotiate_locale([wanted.replace("-", "_")] if wanted else [], list(LANGUAGES))
    return found if found is not None else default


def set_in_direction(label: str, *, is_right_to_left: bool) -> str:
    """Return a label of a screen that reads in a direction, so that it reads likewise, whatever it begins with."""
    first = _first_direction(label)
    if first is None or (first != "L") is is_right_to_left:
        return label
    return f"{_RIGHT_TO_LEFT_MARK if is_right_to_left else _LEFT_TO_RIGHT_MARK}{label}"


def begins_right_to_left(line: str) -> bool:
    """Whether a reader that guesses the direction from the first letter or mark would take the line for Arabic."""
    return _first_direction(_TAG.sub("", line)) in {"R", "AL"}


def _first_direction(text: str) -> str | None:
    letters = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in letters if direction in {"L", "R", "AL"}), None)


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    """Return a language's compiled catalog. Raises FileNotFoundError where ``make install`` has not compiled it."""
    return gettext.translation(DOMAIN, CATALOGS, languages=[language])


def load_catalogs(languages: Iterable[str] = LANGUAGES) -> None:
    """Load every catalog now, so that a missing one stops the start and not somebody's tap."""
    for language in languages:
        _catalog(language)


def _for_html(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _html(value) for name, value in values.items()}


def _html(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    if isinstance(value, Formatted):
        return Markup(value)  # noqa: S704 -- made by us from numbers and dates
    if isinstance(value, int):
        return value
    return Markup(isolate(str(escape(value))))  # noqa: S704 -- escaped here; a plain string would be escaped twice


def _for_plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | Formatted) else isolate(str(value)) for name, value in values.items()}


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int, language: str) -> Formatted:
    text = format_date(datetime(year, month, day), "EEE d MMM", locale=LANGUAGES[language])  # noqa: DTZ001 -- a calendar day
    return Formatted(isolate(text))


@lru_cache(maxsize=4096)
def _money(amount_minor: int, currency: str, language: str) -> Formatted:
    locale = Locale.parse(LANGUAGES[language])
    precision = get_currency_precision(currency)
    whole, rest = divmod(abs(amount_minor), 10**precision)
    number = format_decimal(whole, locale=locale, numbering_system="latn")
    if rest:
        number = f"{number}.{rest:0{precision}}"
    sign = "−" if amount_minor < 0 else ""
    if language == "ar":
        return Formatted(isolate(f"{sign}{number} {_currency(currency, language)}"))
    return Formatted(isolate(f"{sign}{currency} {number}"))


def _currency(code: str, language: str) -> str:
    if language != "ar":
        return code
    return get_currency_symbol(code, locale=LANGUAGES[language]).strip(_RIGHT_TO_LEFT_MARK)


def _signed_money(amount_minor: int, currency: str, language: str) -> Formatted:
    """Return the amount with its sign, which stays left of the number in a line that runs the other way, too."""
    amount, sign = _money(abs(amount_minor), currency, language), "+" if amount_minor > 0 else "−"
    if language != "ar":
        return Formatted(amount.replace(_FIRST_STRONG_ISOLATE, _FIRST_STRONG_ISOLATE + sign, 1))
    number, _, symbol = amount.strip(_FIRST_STRONG_ISOLATE + _POP_ISOLATE).partition(" ")
    return Formatted(isolate(f"{_LEFT_TO_RIGHT_ISOLATE}{sign}{number}{_POP_ISOLATE} {symbol}"))
