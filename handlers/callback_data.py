"""Every kind of button there is, told by its letter. How it travels is ``handlers.callback_codec``'s affair."""

import sys
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import ClassVar

from domain.enrollments.history import HistoryChoice, HistoryCursor
from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.views import BookingCursor
from domain.ids import ClassId, ClassPackageId, EnrollmentId, EntryId, SessionId, StudentPackageId
from domain.notifications.model import MutableNotification
from domain.packages.buying import ShownOffer
from domain.packages.views import PurchaseCursor, UseCursor
from domain.people.leaving import GivenUp
from domain.permissions import Role
from domain.sessions.calendar import CalendarFilter, Month
from domain.sessions.views import SessionCursor
from handlers.buttons import (
    admin,
    alerts,
    audit_log,
    finance,
    guide,
    members,
    merging,
    pay,
    reports,
    sessions,
    timetable,
    waitlist,
)
from handlers.buttons import broadcasts as broadcast_buttons
from handlers.buttons import cash as cash_buttons
from handlers.buttons import decisions as decision_buttons
from handlers.buttons import door as door_buttons
from handlers.buttons import people as people_buttons
from handlers.callback_codec import CallbackData, Codec, MalformedCallbackError, kinds_of
from handlers.callback_lists import CalendarSide, FeedStep, HistoryPanel

__all__ = ["CallbackData", "MalformedCallbackError", "decode", "encode"]


@dataclass(frozen=True, slots=True)
class OpenHome(CallbackData):
    """Back to the first screen."""

    letter: ClassVar[str] = "h"


@dataclass(frozen=True, slots=True)
class ListSessions(CallbackData):
    """A page of all sessions, after a place (None: the first page)."""

    letter: ClassVar[str] = "l"
    after: SessionCursor | None


@dataclass(frozen=True, slots=True)
class OpenSession(CallbackData):
    """A session's card."""

    letter: ClassVar[str] = "s"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ConfirmBooking(CallbackData):
    """Book: the future enrollment's id, and the terms that the screen showed."""

    letter: ClassVar[str] = "b"
    enrollment_id: EnrollmentId
    session_id: SessionId
    confirmed: ConfirmedTerms


@dataclass(frozen=True, slots=True)
class ListBookings(CallbackData):
    """A page of one's upcoming bookings."""

    letter: ClassVar[str] = "m"
    after: BookingCursor | None


@dataclass(frozen=True, slots=True)
class OpenBooking(CallbackData):
    """A booking's card."""

    letter: ClassVar[str] = "o"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class AskCancel(CallbackData):
    """What cancelling would give back."""

    letter: ClassVar[str] = "c"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class ConfirmCancel(CallbackData):
    """Cancel."""

    letter: ClassVar[str] = "x"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class OpenMeans(CallbackData):
    """Credits and wallet."""

    letter: ClassVar[str] = "w"


@dataclass(frozen=True, slots=True)
class OpenHelp(CallbackData):
    """What one can do."""

    letter: ClassVar[str] = "H"


@dataclass(frozen=True, slots=True)
class OpenLanguages(CallbackData):
    """Choose a language."""

    letter: ClassVar[str] = "L"


@dataclass(frozen=True, slots=True)
class PickLanguage(CallbackData):
    """A language, by its two letters."""

    letter: ClassVar[str] = "g"
    language: str


@dataclass(frozen=True, slots=True)
class KeepName(CallbackData):
    """The name that Telegram knows is right."""

    letter: ClassVar[str] = "n"


@dataclass(frozen=True, slots=True)
class PickRole(CallbackData):
    """Act in another role of one's own."""

    letter: ClassVar[str] = "r"
    role: Role


@dataclass(frozen=True, slots=True)
class ListHistory(CallbackData):
    """A page of one's past bookings."""

    letter: ClassVar[str] = "M"
    choice: HistoryChoice
    after: HistoryCursor | None


@dataclass(frozen=True, slots=True)
class OpenHistoryPanel(CallbackData):
    """Choose which of one's past bookings are shown; the choice is what is shown now."""

    letter: ClassVar[str] = "N"
    panel: HistoryPanel
    choice: HistoryChoice


@dataclass(frozen=True, slots=True)
class ListPackages(CallbackData):
    """One's credits, and a page of one's packages."""

    letter: ClassVar[str] = "P"
    after: PurchaseCursor | None


@dataclass(frozen=True, slots=True)
class OpenPackage(CallbackData):
    """A package of one's own, and a page of what its credits were used for."""

    letter: ClassVar[str] = "Q"
    student_package_id: StudentPackageId
    after: UseCursor | None


@dataclass(frozen=True, slots=True)
class OpenShop(CallbackData):
    """A page of the packages that can be bought, of one class or of all."""

    letter: ClassVar[str] = "S"
    class_id: ClassId | None
    after: ClassPackageId | None


@dataclass(frozen=True, slots=True)
class OpenOffer(CallbackData):
    """What buying a package would do."""

    letter: ClassVar[str] = "T"
    class_package_id: ClassPackageId


@dataclass(frozen=True, slots=True)
class ConfirmPurchase(CallbackData):
    """Buy: the future student package's id, and the offer that the screen showed."""

    letter: ClassVar[str] = "U"
    student_package_id: StudentPackageId
    class_package_id: ClassPackageId
    shown: ShownOffer


@dataclass(frozen=True, slots=True)
class OpenWallet(CallbackData):
    """One's wallet, and a page of its statement."""

    letter: ClassVar[str] = "V"
    after: EntryId | None


@dataclass(frozen=True, slots=True)
class OpenProfile(CallbackData):
    """One's name, phone, language and reminders."""

    letter: ClassVar[str] = "a"


@dataclass(frozen=True, slots=True)
class AskNewName(CallbackData):
    """Be asked for another name."""

    letter: ClassVar[str] = "d"


@dataclass(frozen=True, slots=True)
class AskNewPhone(CallbackData):
    """Be asked for one's phone."""

    letter: ClassVar[str] = "p"


@dataclass(frozen=True, slots=True)
class LeaveAsked(CallbackData):
    """Leave the profile's open question."""

    letter: ClassVar[str] = "q"


@dataclass(frozen=True, slots=True)
class SwitchReminder(CallbackData):
    """Have a kind of reminder from now on, or not: the button says which, so that a second press changes nothing."""

    letter: ClassVar[str] = "j"
    kind: MutableNotification
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class SendMyData(CallbackData):
    """All that is kept on oneself, as a file."""

    letter: ClassVar[str] = "k"


@dataclass(frozen=True, slots=True)
class AskErase(CallbackData):
    """What being erased would mean."""

    letter: ClassVar[str] = "e"


@dataclass(frozen=True, slots=True)
class AskGiveUp(CallbackData):
    """What being erased would mean for whoever gives up money and credits."""

    letter: ClassVar[str] = "f"


@dataclass(frozen=True, slots=True)
class ConfirmErase(CallbackData):
    """Be erased, and give up what the screen showed."""

    letter: ClassVar[str] = "i"
    given_up: GivenUp


@dataclass(frozen=True, slots=True)
class OpenMonth(CallbackData):
    """A month of the calendar (None: the present one), narrowed by a filter."""

    letter: ClassVar[str] = "A"
    month: Month | None
    chosen: CalendarFilter


@dataclass(frozen=True, slots=True)
class OpenDay(CallbackData):
    """A page of a local day's sessions, counted from 0."""

    letter: ClassVar[str] = "B"
    day: date
    chosen: CalendarFilter
    page: int


@dataclass(frozen=True, slots=True)
class OpenCalendarChoice(CallbackData):
    """Choose the class or the branch that the calendar shows; a page of what there is, counted from 0."""

    letter: ClassVar[str] = "C"
    month: Month | None
    chosen: CalendarFilter
    side: CalendarSide
    page: int


@dataclass(frozen=True, slots=True)
class OpenCalendarSession(CallbackData):
    """A session's card, reached from its day: the filter there was by its class, by its branch, by both or neither."""

    letter: ClassVar[str] = "D"
    session_id: SessionId
    by_class: bool
    by_branch: bool


@dataclass(frozen=True, slots=True)
class SendCalendarFile(CallbackData):
    """A booking as a file for one's calendar."""

    letter: ClassVar[str] = "E"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class OpenFeed(CallbackData):
    """One's calendar feed; the fingerprint is of the address that was on the screen, or zeros."""

    letter: ClassVar[str] = "F"
    step: FeedStep
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class NameWeekday(CallbackData):
    """A cell of the calendar that is no day: it only tells its column's weekday (0: Monday)."""

    letter: ClassVar[str] = "0"
    weekday: int


_FLOWS: tuple[ModuleType, ...] = (
    sys.modules[__name__],
    alerts,
    sessions,
    timetable,
    door_buttons,
    decision_buttons,
    cash_buttons,
    people_buttons,
    waitlist,
    pay,
    admin,
    members,
    audit_log,
    merging,
    broadcast_buttons,
    reports,
    finance,
    guide,
)

CODEC = Codec(kind for flow in _FLOWS for kind in kinds_of(flow))
encode, decode = CODEC.encode, CODEC.decode
