"""What is offered as buttons for a field, so that hardly anything has to be typed. Pure: the same words at each look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from babel.numbers import get_currency_name

from domain.errors import OutOfDateError
from domain.organization.currencies import decimals_of
from domain.organization.fields import MINUTES_A_DAY, RULES, Field, Kind, Value
from handlers.admin.field_words import value_text, weekday
from handlers.i18n import LANGUAGES, Translator
from handlers.student.calendar_words import week

DONE: Final = 0b10000000
"""Added to weekdays: these, and no more."""

_HOUR: Final = 60
_NUMBERS: Final[Mapping[Field, tuple[int, ...]]] = {
    Field.CHECK_IN_OPENS: (15, 30, 45, 60, 90, 120),
    Field.RESERVATION: (5, 10, 15, 20, 30, 60),
    Field.OFFER: (5, 10, 15, 20, 30, 60),
    Field.HORIZON: (14, 21, 28, 42, 56, 84),
    Field.QUIET_FROM: tuple(hour * _HOUR for hour in (20, 21, 22, 23)),
    Field.QUIET_UNTIL: tuple(hour * _HOUR for hour in (6, 7, 8, 9)),
    Field.DIGEST_AT: tuple(hour * _HOUR for hour in (18, 20, 21, 22)),
    Field.EARLY_REMINDER: (0, 12 * _HOUR, MINUTES_A_DAY, 2 * MINUTES_A_DAY),
    Field.LATE_REMINDER: (0, _HOUR, 2 * _HOUR, 3 * _HOUR),
    Field.CAPACITY: (6, 8, 10, 12, 15, 20, 25, 30),
    Field.DURATION: (45, 60, 75, 90, 120, 180),
    Field.FEE: (0, 25, 50, 100),
    Field.WINDOW: (0, _HOUR, 2 * _HOUR, 4 * _HOUR, 12 * _HOUR, MINUTES_A_DAY),
    Field.SESSION_COUNT: (4, 8, 10, 12, 16, 24),
    Field.RULE_TIME: tuple(hour * _HOUR for hour in (9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21)),
}
_AMOUNTS: Final[Mapping[Field, tuple[int, ...]]] = {
    Field.PRICE: (0, 50, 80, 100, 120, 150, 200, 250),
    Field.LARGEST_AMOUNT: (10_000, 50_000, 100_000, 500_000),
}
_SHARES_OF_PRICE: Final = (100, 95, 90, 85, 80, 75)
_COLUMNS: Final[Mapping[Kind, int]] = {
    Kind.NUMBER: 3,
    Kind.LENGTH: 3,
    Kind.TIME: 4,
    Kind.AMOUNT: 3,
    Kind.TEXT: 2,
    Kind.ID: 1,
}
_MOST_KNOWN: Final = 8
_MOST_THINGS: Final = 60  # a keyboard has room for 100 buttons


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What suggestions are made from. ``known`` are things that exist, or texts that were used before."""

    currency: str
    known: tuple[tuple[UUID, str], ...] = ()
    center_name: str = ""
    own_name: str = ""
    class_title: str = ""
    single_price_minor: int = 0
    session_count: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A button: its label, and the number or the existing thing that it stands for."""

    label: str
    number: int = 0
    source_id: UUID | None = None


def suggestions(tr: Translator, field: Field, around: Surroundings, *, picked: int = 0) -> tuple[Suggestion, ...]:
    """Return what is offered for a field."""
    rule = RULES[field]
    if field is Field.WEEKDAYS:
        return _weekdays(tr, picked)
    match rule.kind:
        case Kind.ID:
            return tuple(Suggestion(text, source_id=id_) for id_, text in around.known[:_MOST_THINGS])
        case Kind.TEXT:
            known = tuple(Suggestion(text, source_id=id_) for id_, text in around.known[:_MOST_KNOWN])
            return (*known, *(Suggestion(word, place) for place, word in enumerate(words(tr, field, around))))
        case Kind.CHOICE:
            return tuple(
                Suggestion(_choice(tr, field, str(choice), around), place) for place, choice in enumerate(rule.choices)
            )
        case Kind.AMOUNT:
            numbers = _amounts(field, around)
        case _:
            numbers = _NUMBERS.get(field, ())
    return tuple(Suggestion(value_text(tr, field, number, currency=around.currency), number) for number in numbers)


def words(tr: Translator, field: Field, around: Surroundings) -> tuple[str, ...]:
    """Return the words that are offered for a text, by their places."""
    match field:
        case Field.CENTER_NAME if around.center_name:
            return (around.center_name,)
        case Field.BRANCH_NAME:
            return (tr.plain("Main branch"),)
        case Field.ADDRESS:
            return (tr.plain("No address"),)
        case Field.SUBJECT if not around.known:
            return (
                tr.plain("Dance"),
                tr.plain("Sports"),
                tr.plain("Yoga"),
                tr.plain("Music"),
                tr.plain("Languages"),
                tr.plain("Tutoring"),
            )
        case Field.LEVEL if not around.known:
            return (tr.plain("All levels"), tr.plain("Beginners"), tr.plain("Intermediate"), tr.plain("Advanced"))
        case Field.TEACHER if not around.known and around.own_name:
            return (around.own_name,)
        case Field.PACKAGE_NAME if around.session_count:
            many = tr.nplain("{n} class", "{n} classes", around.session_count)
            return (many, f"{around.class_title} · {around.session_count}")
        case _:
            return ()


def word_at(tr: Translator, field: Field, place: int, around: Surroundings) -> Value:
    """Return the word at a place. Raises OutOfDateError where there is none (any more)."""
    offered = words(tr, field, around)
    if place >= len(offered):
        raise OutOfDateError
    return "" if field is Field.ADDRESS else offered[place]


def columns(field: Field) -> int:
    """Return how many suggestions stand in a row."""
    if field is Field.WEEKDAYS:  # Arabic has no short names for them: "الأربعاء" beside its mark is a third of a phone
        return 3
    if field in {Field.CURRENCY, Field.TIMEZONE, Field.LANGUAGE}:
        return 2
    return _COLUMNS.get(RULES[field].kind, 1)


def _choice(tr: Translator, field: Field, choice: str, around: Surroundings) -> str:
    """Return a choice's label: of a currency, the code comes first, so that it is not what a narrow button cuts off."""
    if field is Field.CURRENCY:
        return tr.label(choice, get_currency_name(choice, locale=LANGUAGES[tr.language]))
    return value_text(tr, field, choice, currency=around.currency)


def _weekdays(tr: Translator, picked: int) -> tuple[Suggestion, ...]:
    """Return a switch for each day, which says what would be tapped then, and the way on once one is."""
    days = tuple(
        Suggestion(f"{'✅' if picked >> day & 1 else '▫️'} {weekday(tr, day)}", picked ^ (1 << day)) for day in week(tr.zone)
    )
    return (*days, Suggestion(tr.plain("Go on ▶️"), picked | DONE)) if picked else days


def _amounts(field: Field, around: Surroundings) -> tuple[int, ...]:
    unit = 10 ** decimals_of(around.currency)
    if field is Field.PACKAGE_PRICE:
        full = around.single_price_minor * around.session_count
        shares = (full * share // 100 // unit * unit for share in _SHARES_OF_PRICE)
        return tuple(dict.fromkeys(share for share in shares if share > 0))
    return tuple(amount * unit for amount in _AMOUNTS.get(field, ()))
