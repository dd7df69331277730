"""What an owner fills in about the center, its branches, classes, packages and timetable, and what fits into each field.

Values are texts and whole numbers, so that a form that is half filled in can wait in its dialog's row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import available_timezones

from domain.errors import InvalidInputError
from domain.folding import fold
from domain.organization.currencies import CURRENCIES
from domain.organization.typed_numbers import amount_minor, minutes_long, minutes_of_day, whole_number
from domain.people.input import NAME_LENGTH, clean_line
from domain.people.languages import LANGUAGES
from domain.sessions.model import AbsenteePolicy

ADDRESS_LENGTH: Final = 200
DAYS_A_WEEK: Final = 7
MINUTES_AN_HOUR: Final = 60
MINUTES_A_DAY: Final = 24 * MINUTES_AN_HOUR
ALL_WEEKDAYS: Final = 0b1111111

Value = str | int


class Subject(StrEnum):
    """What a field belongs to."""

    CENTER = "center"
    BRANCH = "branch"
    CLASS = "class"
    PACKAGE = "package"
    RULE = "rule"


class Field(StrEnum):
    """One thing to be filled in; what it belongs to, and the attribute that keeps it."""

    CENTER_NAME = "center.name"
    CURRENCY = "center.currency"
    TIMEZONE = "center.timezone"
    LANGUAGE = "center.default_language"
    CHECK_IN_OPENS = "center.check_in_opens_minutes"
    RESERVATION = "center.reservation_minutes"
    OFFER = "center.offer_minutes"
    HORIZON = "center.horizon_days"
    LARGEST_AMOUNT = "center.largest_amount_minor"
    QUIET_FROM = "center.quiet_from_minutes"
    QUIET_UNTIL = "center.quiet_until_minutes"
    DIGEST_AT = "center.digest_at_minutes"
    EARLY_REMINDER = "center.early_reminder_minutes"
    LATE_REMINDER = "center.late_reminder_minutes"
    BRANCH_NAME = "branch.name"
    ADDRESS = "branch.address"
    TITLE = "class.title"
    SUBJECT = "class.subject"
    LEVEL = "class.level"
    TEACHER = "class.teacher"
    PRICE = "class.price_minor"
    CAPACITY = "class.capacity"
    DURATION = "class.duration_minutes"
    POLICY = "class.absentee_policy"
    FEE = "class.no_show_fee_percent"
    WINDOW = "class.cancellation_window_minutes"
    PACKAGE_CLASS = "package.class_id"
    SESSION_COUNT = "package.session_count"
    PACKAGE_PRICE = "package.price_minor"
    PACKAGE_NAME = "package.name"
    RULE_CLASS = "rule.class_id"
    RULE_BRANCH = "rule.branch_id"
    WEEKDAYS = "rule.weekdays"
    RULE_TIME = "rule.local_time"

    @property
    def subject(self) -> Subject:
        """What the field belongs to."""
        return Subject(self.value.partition(".")[0])

    @property
    def attribute(self) -> str:
        """The name under which it is kept."""
        return self.value.partition(".")[2]


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "TEXT"
    AMOUNT = "AMOUNT"  # minor units of the center's currency
    NUMBER = "NUMBER"
    LENGTH = "LENGTH"  # of time, in minutes
    TIME = "TIME"  # minutes after midnight
    CHOICE = "CHOICE"  # one of a list
    ID = "ID"  # something that exists


@dataclass(frozen=True, slots=True)
class Rule:
    """What fits: between ``least`` and ``most`` (a number, or a text's length), or one of the choices."""

    kind: Kind
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    is_optional: bool = False


TIMEZONES: Final = (
    "Africa/Cairo",
    "Asia/Riyadh",
    "Asia/Dubai",
    "Asia/Kuwait",
    "Asia/Qatar",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Baghdad",
    "Africa/Khartoum",
    "Africa/Tripoli",
    "Africa/Tunis",
    "Africa/Algiers",
    "Africa/Casablanca",
    "Europe/Istanbul",
    "Europe/Berlin",
    "Europe/London",
)

_NAME = Rule(Kind.TEXT, most=NAME_LENGTH)
_TIME = Rule(Kind.TIME, most=MINUTES_A_DAY - 1)
_ID = Rule(Kind.ID)
RULES: Mapping[Field, Rule] = MappingProxyType(
    {
        Field.CENTER_NAME: _NAME,
        Field.CURRENCY: Rule(Kind.CHOICE, choices=CURRENCIES),
        Field.TIMEZONE: Rule(Kind.CHOICE, choices=TIMEZONES),
        Field.LANGUAGE: Rule(Kind.CHOICE, choices=LANGUAGES),
        Field.CHECK_IN_OPENS: Rule(Kind.LENGTH, least=5, most=MINUTES_A_DAY),
        Field.RESERVATION: Rule(Kind.LENGTH, least=1, most=MINUTES_A_DAY),
        Field.OFFER: Rule(Kind.LENGTH, least=1, most=MINUTES_A_DAY),
        Field.HORIZON: Rule(Kind.NUMBER, least=7, most=180),
        Field.LARGEST_AMOUNT: Rule(Kind.AMOUNT, least=1, most=10**11),
        Field.QUIET_FROM: _TIME,
        Field.QUIET_UNTIL: _TIME,
        Field.DIGEST_AT: _TIME,
        Field.EARLY_REMINDER: Rule(Kind.LENGTH, most=7 * MINUTES_A_DAY),
        Field.LATE_REMINDER: Rule(Kind.LENGTH, most=MINUTES_A_DAY),
        Field.BRANCH_NAME: _NAME,
        Field.ADDRESS: Rule(Kind.TEXT, most=ADDRESS_LENGTH, is_optional=True),
        Field.TITLE: _NAME,
        Field.SUBJECT: _NAME,
        Field.LEVEL: _NAME,
        Field.TEACHER: _NAME,
        Field.PRICE: Rule(Kind.AMOUNT),
        Field.CAPACITY: Rule(Kind.NUMBER, least=1, most=1_000),
        Field.DURATION: Rule(Kind.LENGTH, least=5, most=MINUTES_A_DAY),
        Field.POLICY: Rule(Kind.CHOICE, choices=tuple(AbsenteePolicy)),
        Field.FEE: Rule(Kind.NUMBER, most=100),
        Field.WINDOW: Rule(Kind.LENGTH, most=14 * MINUTES_A_DAY),
        Field.PACKAGE_CLASS: _ID,
        Field.SESSION_COUNT: Rule(Kind.NUMBER, least=1, most=500),
        Field.PACKAGE_PRICE: Rule(Kind.AMOUNT, least=1),
        Field.PACKAGE_NAME: _NAME,
        Field.RULE_CLASS: _ID,
        Field.RULE_BRANCH: _ID,
        Field.WEEKDAYS: Rule(Kind.NUMBER, least=1, most=ALL_WEEKDAYS),
        Field.RULE_TIME: _TIME,
    }
)


@dataclass(frozen=True, slots=True)
class MoneyLimit:
    """In which currency amounts are, and above how many minor units none is meant."""

    currency: str
    most_minor: int


def parsed(field: Field, text: str, money: MoneyLimit) -> Value:
    """Return what was typed as the field's value. Raises InvalidInputError of the field for what does not fit."""
    rule = RULES[field]
    match rule.kind:
        case Kind.TEXT:
            value: Value = clean_line(text, field=field, longest=rule.most)
        case Kind.AMOUNT:
            value = amount_minor(text, field=field, currency=money.currency)
            if value == 0:
                raise InvalidInputError(field=field, reason="too_small", limit=1)
        case Kind.NUMBER if field is Field.WEEKDAYS:  # kept as bits, which nobody types
            raise InvalidInputError(field=field, reason="not_a_choice")
        case Kind.NUMBER:
            value = whole_number(text, field=field)
        case Kind.LENGTH:
            value = minutes_long(text, field=field)
        case Kind.TIME:
            value = minutes_of_day(text, field=field)
        case Kind.CHOICE if field is Field.TIMEZONE:
            value = find_timezone(text)
        case _:
            raise InvalidInputError(field=field, reason="not_a_choice")
    return checked(field, value, money)


def checked(field: Field, value: Value, money: MoneyLimit) -> Value:
    """Return a value that fits, wherever it comes from. Raises InvalidInputError of the field."""
    rule = RULES[field]
    if rule.kind is Kind.TEXT:
        return "" if rule.is_optional and value == "" else clean_line(str(value), field=field, longest=rule.most)
    if rule.kind is Kind.CHOICE:
        is_known = value in rule.choices or (field is Field.TIMEZONE and value in _timezones())
        if not is_known:
            raise InvalidInputError(field=field, reason="not_a_choice")
        return value
    if rule.kind is Kind.ID:
        return value
    if not isinstance(value, int):
        raise InvalidInputError(field=field, reason="not_a_number")
    most = money.most_minor if rule.kind is Kind.AMOUNT and not rule.most else rule.most
    if value < rule.least:
        raise InvalidInputError(field=field, reason="too_small", limit=rule.least)
    if value > most:
        raise InvalidInputError(field=field, reason="too_large", limit=most)
    return value


def find_timezone(text: str) -> str:
    """Return the time zone of a city by its name. Raises InvalidInputError where there is none, or more than one."""
    wanted = fold(text).replace(" ", "_")
    found = [name for name in _timezones() if wanted in {name.casefold(), name.rpartition("/")[2].casefold()}]
    if len(found) != 1:
        raise InvalidInputError(field=Field.TIMEZONE, reason="not_a_choice")
    return found[0]


@cache
def _timezones() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name)
