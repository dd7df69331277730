"""The buttons of waiting and of standing bookings."""

from dataclasses import dataclass
from typing import ClassVar

from domain.enrollments.quote import ConfirmedTerms
from domain.ids import SessionId, StandingBookingId, WaitlistEntryId
from domain.waitlist.standing import ShownPrice
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class JoinLine(CallbackData):
    """Wait for a seat: the future place's id."""

    letter: ClassVar[str] = "*j"
    entry_id: WaitlistEntryId
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class LeaveLine(CallbackData):
    """Wait no more."""

    letter: ClassVar[str] = "*l"
    entry_id: WaitlistEntryId


@dataclass(frozen=True, slots=True)
class OpenPlace(CallbackData):
    """A place in a waitlist: the offer, while one is open."""

    letter: ClassVar[str] = "*o"
    entry_id: WaitlistEntryId


@dataclass(frozen=True, slots=True)
class ConfirmOffer(CallbackData):
    """Book the seat that is held, under the terms that the screen showed."""

    letter: ClassVar[str] = "*y"
    entry_id: WaitlistEntryId
    confirmed: ConfirmedTerms


@dataclass(frozen=True, slots=True)
class PassPlace(CallbackData):
    """Say no to the seat that is held."""

    letter: ClassVar[str] = "*n"
    entry_id: WaitlistEntryId


@dataclass(frozen=True, slots=True)
class AskStanding(CallbackData):
    """What booking every session of a timetable rule would mean, asked from one of them."""

    letter: ClassVar[str] = "*a"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ConfirmStanding(CallbackData):
    """Book every session of the rule: the future standing booking's id, and the price that the screen showed."""

    letter: ClassVar[str] = "*c"
    standing_booking_id: StandingBookingId
    session_id: SessionId
    shown: ShownPrice


@dataclass(frozen=True, slots=True)
class ListStanding(CallbackData):
    """One's standing bookings."""

    letter: ClassVar[str] = "*m"


@dataclass(frozen=True, slots=True)
class StopStanding(CallbackData):
    """Book no more sessions of a rule."""

    letter: ClassVar[str] = "*x"
    standing_booking_id: StandingBookingId
