"""The values of the audit log in words: what each is called, and how it reads, in any language that we speak.

Whatever a use case writes down is a key here: a test looks through all of them.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from domain.permissions import Role
from domain.sessions.rules import weekdays_of
from handlers.everyone.role_view import role_name
from handlers.i18n import Translator
from handlers.student.calendar_words import day_name, weekday_names

Word = Callable[[Translator], str]

KEYS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        "address": lambda tr: tr.plain("Address"),
        "amount_minor": lambda tr: tr.plain("Amount"),
        "archived": lambda tr: tr.plain("Put away"),
        "attended_at": lambda tr: tr.plain("Attended"),
        "blocked": lambda tr: tr.plain("Blocked"),
        "bookings": lambda tr: tr.plain("Bookings"),
        "branch_id": lambda tr: tr.plain("Branch"),
        "capacity": lambda tr: tr.plain("Seats"),
        "changed": lambda tr: tr.plain("Changed"),
        "class_id": lambda tr: tr.plain("Class"),
        "confirmed": lambda tr: tr.plain("Confirmed"),
        "counted_minor": lambda tr: tr.plain("Counted"),
        "credits": lambda tr: tr.plain("Credits"),
        "credits_left": lambda tr: tr.plain("Credits left"),
        "day": lambda tr: tr.plain("Day"),
        "direction": lambda tr: tr.plain("Direction"),
        "ended": lambda tr: tr.plain("Taken back"),
        "ends_on": lambda tr: tr.plain("Until"),
        "erased": lambda tr: tr.plain("Erased"),
        "exists": lambda tr: tr.plain("Calendar address"),
        "guest": lambda tr: tr.plain("A guest"),
        "has_phone": lambda tr: tr.plain("With a phone number"),
        "held_until": lambda tr: tr.plain("Held until"),
        "imported": lambda tr: tr.plain("Imported"),
        "is_active": lambda tr: tr.plain("On sale"),
        "is_on": lambda tr: tr.plain("Switched on"),
        "joined": lambda tr: tr.plain("Joined"),
        "kind": lambda tr: tr.plain("Kind"),
        "left_out": lambda tr: tr.plain("Left out"),
        "line": lambda tr: tr.plain("Line of the file"),
        "local_time": lambda tr: tr.plain("Time"),
        "made_good": lambda tr: tr.plain("Given back"),
        "mark": lambda tr: tr.plain("Mark"),
        "merged": lambda tr: tr.plain("Merged profiles"),
        "method": lambda tr: tr.plain("Paid by"),
        "money_minor": lambda tr: tr.plain("Amount"),
        "name": lambda tr: tr.plain("Name"),
        "outcome": lambda tr: tr.plain("Outcome"),
        "price_minor": lambda tr: tr.plain("Price"),
        "purpose": lambda tr: tr.plain("For what"),
        "received_minor": lambda tr: tr.plain("Received"),
        "recorded_minor": lambda tr: tr.plain("Recorded"),
        "recurrence": lambda tr: tr.plain("Weekdays"),
        "refunded_minor": lambda tr: tr.plain("Paid back"),
        "reserved_for": lambda tr: tr.plain("Held for"),
        "resolved": lambda tr: tr.plain("Seen to"),
        "role": lambda tr: tr.plain("Role"),
        "roles": lambda tr: tr.plain("Roles"),
        "seats_taken": lambda tr: tr.plain("Seats taken"),
        "session_count": lambda tr: tr.plain("Classes in it"),
        "settled_at": lambda tr: tr.plain("Settled"),
        "starts_at": lambda tr: tr.plain("Begins"),
        "starts_on": lambda tr: tr.plain("From"),
        "status": lambda tr: tr.plain("Status"),
        "teacher": lambda tr: tr.plain("Teacher"),
        "tries_again": lambda tr: tr.plain("Tried again"),
        "until": lambda tr: tr.plain("Until"),
        "from": lambda tr: tr.plain("From"),
        "to": lambda tr: tr.plain("Until"),
        "people": lambda tr: tr.plain("People told"),
        "stopped": lambda tr: tr.plain("Stopped"),
        "total": lambda tr: tr.plain("How many"),
        "source_owner_id": lambda tr: tr.plain("From whom"),
        "target_owner_id": lambda tr: tr.plain("To whom"),
        "source_kind": lambda tr: tr.plain("From whose wallet"),
        "target_kind": lambda tr: tr.plain("Into whose wallet"),
        "value_left_minor": lambda tr: tr.plain("Value left"),
        "waived_credits": lambda tr: tr.plain("Credits waived"),
        "waived_minor": lambda tr: tr.plain("Amount waived"),
    }
)

VALUES: Final[Mapping[str, Word]] = MappingProxyType(
    {
        # Sessions
        "SCHEDULED": lambda tr: tr.plain("scheduled"),
        "CHECKING_IN": lambda tr: tr.plain("check-in is open"),
        "CONDUCTING": lambda tr: tr.plain("under way"),
        "FINISHED": lambda tr: tr.plain("finished"),
        "CANCELED": lambda tr: tr.plain("called off"),
        "MISSED": lambda tr: tr.plain("never opened"),
        # Seats and marks
        "HELD": lambda tr: tr.plain("held"),
        "LOCKED": lambda tr: tr.plain("booked, money locked"),
        "PAID": lambda tr: tr.plain("booked and paid"),
        "CANCELLED": lambda tr: tr.plain("cancelled"),
        "NO_SHOW": lambda tr: tr.plain("did not come"),
        "NONE": lambda tr: tr.plain("none"),
        "ATTENDED": lambda tr: tr.plain("came"),
        "ABSENT": lambda tr: tr.plain("absent"),
        "OFFER": lambda tr: tr.plain("an offer of the waitlist"),
        "PAYMENT": lambda tr: tr.plain("an open pay link"),
        # What came back, and what was decided
        "CREDIT": lambda tr: tr.plain("a credit"),
        "UNLOCKED": lambda tr: tr.plain("locked money is free"),
        "RETURNED": lambda tr: tr.plain("money to the wallet"),
        "NOTHING_CASH": lambda tr: tr.plain("nothing: paid in cash"),
        "NOTHING_FREE": lambda tr: tr.plain("nothing: free of charge"),
        "CHARGED": lambda tr: tr.plain("charged"),
        "RELEASED": lambda tr: tr.plain("let off"),
        "NOBODY_MARKED": lambda tr: tr.plain("nobody was marked"),
        "UNCOLLECTED": lambda tr: tr.plain("the money was spent already"),
        # Waiting
        "WAITING": lambda tr: tr.plain("waiting"),
        "OFFERED": lambda tr: tr.plain("offered a seat"),
        "BOOKED": lambda tr: tr.plain("has a seat"),
        "LEFT": lambda tr: tr.plain("left the line"),
        "PASSED": lambda tr: tr.plain("said no to the offer"),
        "LAPSED": lambda tr: tr.plain("did not answer the offer"),
        "CLOSED": lambda tr: tr.plain("the waitlist has closed"),
        # Money
        "PENDING": lambda tr: tr.plain("pending"),
        "COMPLETED": lambda tr: tr.plain("completed"),
        "FAILED": lambda tr: tr.plain("failed"),
        "REFUNDED": lambda tr: tr.plain("paid back"),
        "ACTIVE": lambda tr: tr.plain("with credits"),
        "EXHAUSTED": lambda tr: tr.plain("used up"),
        "GATEWAY": lambda tr: tr.plain("online"),
        "WALLET": lambda tr: tr.plain("wallet"),
        "CASH": lambda tr: tr.plain("cash"),
        "PACKAGE": lambda tr: tr.plain("package"),
        "ENROLLMENT": lambda tr: tr.plain("a seat"),
        "TOP_UP": lambda tr: tr.plain("top-up"),
        "PAY_OUT": lambda tr: tr.plain("pay-out"),
        "CORRECTION": lambda tr: tr.plain("correction"),
        "TO_BANK": lambda tr: tr.plain("to the bank"),
        "COUNT": lambda tr: tr.plain("count"),
        "IN": lambda tr: tr.plain("into the drawer"),
        "OUT": lambda tr: tr.plain("out of the drawer"),
        "STUDENT": lambda tr: tr.plain("a student's"),
        "STAFF": lambda tr: tr.plain("of staff"),
        "CENTER": lambda tr: tr.plain("the center's"),
        # What was done for many at once, and taken out
        "MARK_EVERYONE": lambda tr: tr.plain("everyone marked as here"),
        "DECIDE_ALL": lambda tr: tr.plain("all decided at once"),
        "PEOPLE": lambda tr: tr.plain("people"),
        "ENROLLMENTS": lambda tr: tr.plain("bookings"),
        "PAYMENTS": lambda tr: tr.plain("payments"),
        "JOURNAL": lambda tr: tr.plain("the journal"),
        # What was changed of a person
        "name": lambda tr: tr.plain("name"),
        "phone": lambda tr: tr.plain("phone number"),
        "notes": lambda tr: tr.plain("note"),
        "reminder_day_before": lambda tr: tr.plain("reminders the day before"),
        "reminder_hours_before": lambda tr: tr.plain("reminders hours before"),
        "bookings": lambda tr: tr.plain("news about bookings"),
        "waitlist": lambda tr: tr.plain("news about waitlists"),
        "credits": lambda tr: tr.plain("hints at low credits"),
        "broadcasts": lambda tr: tr.plain("messages to many"),
        "team": lambda tr: tr.plain("news for the team"),
        "digest": lambda tr: tr.plain("the daily digest"),
    }
)


NAMED: Final = frozenset(
    {
        "source_kind",
        "target_kind",
        "status",
        "method",
        "kind",
        "direction",
        "made_good",
        "mark",
        "outcome",
        "purpose",
        "reserved_for",
        "changed",
    }
)
"""The keys whose values are names of ours; whatever else is text was typed by somebody."""


def key_text(tr: Translator, name: str) -> str:
    """Return what a value is called; one that nobody knows keeps its own name."""
    word = KEYS.get(name)
    return name.replace("_", " ").capitalize() if word is None else word(tr)


def plain_value(tr: Translator, name: str, value: Any, *, currency: str) -> str:
    """Return a value as people read it."""
    if value is None:
        return tr.plain("none")
    if isinstance(value, bool):
        return tr.plain("yes") if value else tr.plain("no")
    if isinstance(value, int):
        return tr.money(value, currency) if name.endswith("_minor") else str(value)
    if isinstance(value, list):
        return _listed(tr, name, value)
    return _text(tr, name, str(value))


def _listed(tr: Translator, name: str, values: list[Any]) -> str:
    if name == "merged":
        return str(len(values))
    return tr.listed(_text(tr, name, str(each)) for each in values)


def _text(tr: Translator, name: str, value: str) -> str:
    if name in {"role", "roles"} and value in tuple(Role):
        return str(role_name(tr, Role(value)))
    if name == "recurrence":
        return weekday_names(tr, weekdays_of(value)) or value
    word = VALUES.get(value) if name in NAMED else None
    return _moment(tr, value) if word is None else word(tr)


def _moment(tr: Translator, value: str) -> str:
    """Return an instant or a day as it is written here; any other text as it is."""
    try:
        if len(value) == len("2026-11-23"):
            return str(day_name(tr, date.fromisoformat(value)))
        instant = datetime.fromisoformat(value)
    except ValueError:
        return value
    return value if instant.tzinfo is None else str(tr.moment(instant))
