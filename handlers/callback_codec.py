"""How a button's meaning becomes at most 64 bytes, and comes back: versioned, compact, and never trusted.

A client can be modified and send anything: so the data is parsed strictly, names its own version, and says only which
object is meant. What may be done with it is decided by the use case, from the present state.

Layout: version, one letter for the kind (or two characters, of which the first is no letter), then the packed fields in
URL-safe base64 without padding.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import ModuleType
from typing import Any, ClassVar, get_type_hints
from uuid import UUID

from domain.broadcasts.model import BroadcastAudience
from domain.broadcasts.views import BroadcastCursor
from domain.enrollments.history import HistoryChoice, HistoryCursor, HistorySort, Outcome
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionOutcome
from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.views import BookingCursor
from domain.finance.cashbox_views import CashCursor
from domain.finance.model import PaymentMethod
from domain.finance.payments_admin import PaymentChoice
from domain.finance.wallets_admin import WalletRef
from domain.ids import (
    BranchId,
    BroadcastId,
    CashCountId,
    CashTransactionId,
    ClassId,
    ClassPackageId,
    DecisionId,
    EnrollmentId,
    EntryId,
    HolidayId,
    PaymentId,
    PersonId,
    RefundId,
    SessionId,
    StandingBookingId,
    StudentPackageId,
    TimetableRuleId,
    WaitlistEntryId,
)
from domain.money import AmountMinor
from domain.notifications.model import MutableNotification
from domain.organization.audit_views import AuditFilter
from domain.organization.fields import Field, Subject
from domain.packages.buying import ShownOffer
from domain.packages.views import PurchaseCursor, UseCursor
from domain.people.leaving import GivenUp
from domain.permissions import Role
from domain.reports.exporting import ExportKind, FileFormat
from domain.sessions.calendar import CalendarFilter, Month
from domain.sessions.calendar_feed import FINGERPRINT_BYTES
from domain.sessions.model import CancelReason, SessionStatus
from domain.sessions.team_views import TeamListChoice
from domain.sessions.views import SessionCursor
from domain.waitlist.standing import ShownPrice
from handlers.callback_finance import (
    PAYMENT_CHOICE_BYTES,
    WALLET_REF_BYTES,
    pack_payment_choice,
    pack_wallet_ref,
    unpack_payment_choice,
    unpack_wallet_ref,
)
from handlers.callback_owner import (
    AUDIT_FILTER_BYTES,
    INVITE_CODE_BYTES,
    NUMBER_BYTES,
    InviteCode,
    Number,
    SearchOf,
    pack_audit_filter,
    pack_number,
    unpack_audit_filter,
    unpack_number,
)
from handlers.callback_reports import CHOSEN_BYTES, Chosen, pack_chosen, unpack_chosen
from handlers.guide_topics import GuideTopic

VERSION = "1"
MOST_BYTES = 64
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class MalformedCallbackError(ValueError):
    """The data is not ours: forged, cut off, or of a version that we no longer speak."""


@dataclass(frozen=True, slots=True)
class CallbackData:
    """One kind of button, told by its letter. Every subclass in ``handlers.callback_data`` is spoken."""

    letter: ClassVar[str] = ""


class HistoryPanel(StrEnum):
    """What is asked beside a history: which bookings, of which class, with which words in them."""

    FILTER = "FILTER"
    CLASSES = "CLASSES"
    WORDS = "WORDS"


_METHODS = (None, PaymentMethod.WALLET, PaymentMethod.PACKAGE, PaymentMethod.CASH, PaymentMethod.GATEWAY)
_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class _Packing:
    """How values of one type become a fixed number of bytes, and come back. ``unpack`` raises ValueError."""

    size: int
    pack: Callable[[Any], bytes]
    unpack: Callable[[bytes], Any]


def _pack_instant(instant: datetime) -> bytes:
    return ((instant - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)


def _unpack_instant(packed: bytes) -> datetime:
    try:
        return _EPOCH + int.from_bytes(packed, "big", signed=True) * _MICROSECOND
    except OverflowError as error:
        raise ValueError("not an instant") from error


def _unpack_uuid(packed: bytes) -> UUID:
    return UUID(bytes=packed)


def _pack_terms(terms: ConfirmedTerms) -> bytes:
    method = _METHODS.index(terms.method)
    return terms.price_minor.to_bytes(5, "big") + bytes([method]) + terms.fingerprint.to_bytes(6, "big")


def _unpack_terms(packed: bytes) -> ConfirmedTerms:
    if packed[5] >= len(_METHODS):
        raise ValueError("not a payment method")
    return ConfirmedTerms(int.from_bytes(packed[:5], "big"), _METHODS[packed[5]], int.from_bytes(packed[6:], "big"))


def _cursor(of: type[Any]) -> _Packing:
    """Pack an instant and an id; all zeros stand for None."""
    names = [field.name for field in fields(of)]

    def pack(cursor: Any) -> bytes:
        if cursor is None:
            return bytes(24)
        instant, id_ = (getattr(cursor, name) for name in names)
        return _pack_instant(instant) + bytes(id_.bytes)

    def unpack(packed: bytes) -> Any:
        return of(_unpack_instant(packed[:8]), _unpack_uuid(packed[8:])) if any(packed) else None

    return _Packing(24, pack, unpack)


def _one_of(values: tuple[Any, ...]) -> _Packing:
    def unpack(packed: bytes) -> Any:
        if packed[0] >= len(values):
            raise ValueError("not one of the values")
        return values[packed[0]]

    return _Packing(1, lambda value: bytes([values.index(value)]), unpack)


_OUTCOMES, _SORTS = (None, *Outcome), tuple(HistorySort)
_NO_ID = UUID(int=0)  # all zeros stand for None
_ID_OR_NONE = _Packing(16, lambda id_: (id_ or _NO_ID).bytes, lambda packed: _unpack_uuid(packed) if any(packed) else None)


def _pack_choice(choice: HistoryChoice) -> bytes:
    flags = [_OUTCOMES.index(choice.outcome), _SORTS.index(choice.sort), int(choice.is_search)]
    return bytes(flags) + _ID_OR_NONE.pack(choice.class_id)


def _unpack_choice(packed: bytes) -> HistoryChoice:
    outcome, sort, is_search = packed[:3]
    if outcome >= len(_OUTCOMES) or sort >= len(_SORTS):
        raise ValueError("not a choice")
    return HistoryChoice(_OUTCOMES[outcome], _SORTS[sort], _ID_OR_NONE.unpack(packed[3:]), is_search=bool(is_search))


def _pack_place(cursor: HistoryCursor | None) -> bytes:
    if cursor is None:
        return bytes(25)
    return bytes([cursor.rank]) + _pack_instant(cursor.at) + cursor.enrollment_id.bytes


def _unpack_place(packed: bytes) -> HistoryCursor | None:
    if not any(packed):
        return None
    return HistoryCursor(packed[0], _unpack_instant(packed[1:9]), EnrollmentId(_unpack_uuid(packed[9:])))


def _pack_offer(shown: ShownOffer) -> bytes:
    return shown.price_minor.to_bytes(5, "big") + shown.session_count.to_bytes(3, "big")


def _unpack_offer(packed: bytes) -> ShownOffer:
    return ShownOffer(int.from_bytes(packed[:5], "big"), int.from_bytes(packed[5:], "big"))


def _pack_given_up(given_up: GivenUp) -> bytes:
    return given_up.money_minor.to_bytes(6, "big") + given_up.credits.to_bytes(4, "big")


def _unpack_given_up(packed: bytes) -> GivenUp:
    return GivenUp(int.from_bytes(packed[:6], "big"), int.from_bytes(packed[6:], "big"))


class CalendarSide(StrEnum):
    """What a calendar can be narrowed by."""

    CLASS = "CLASS"
    BRANCH = "BRANCH"


class FeedStep(StrEnum):
    """What a button of the calendar feed's screen is for: to see it, to be asked, to renew its address."""

    OPEN = "OPEN"
    ASK = "ASK"
    RENEW = "RENEW"


_FIRST_DAY, _MONTHS_A_YEAR = _EPOCH.date(), 12


def _pack_month(month: Month | None) -> bytes:
    if month is None:
        return bytes(2)
    return ((month.year - _FIRST_DAY.year) * _MONTHS_A_YEAR + month.number).to_bytes(2, "big")


def _unpack_month(packed: bytes) -> Month | None:
    number = int.from_bytes(packed, "big")
    return Month(_FIRST_DAY.year, 1).later(number - 1) if number else None


def _pack_filter(chosen: CalendarFilter) -> bytes:
    return _ID_OR_NONE.pack(chosen.class_id) + _ID_OR_NONE.pack(chosen.branch_id)


def _unpack_filter(packed: bytes) -> CalendarFilter:
    return CalendarFilter(_ID_OR_NONE.unpack(packed[:16]), _ID_OR_NONE.unpack(packed[16:]))


class TeamPanel(StrEnum):
    """What the team's list of sessions can be narrowed by."""

    STATUS = "STATUS"
    CLASS = "CLASS"
    BRANCH = "BRANCH"
    DAY = "DAY"


_STATUSES = (None, *SessionStatus)


def _pack_day(day: date | None) -> bytes:
    return ((day - _FIRST_DAY).days + 1 if day is not None else 0).to_bytes(2, "big")


def _unpack_day(packed: bytes) -> date | None:
    number = int.from_bytes(packed, "big")
    return _FIRST_DAY + timedelta(days=number - 1) if number else None


def _unpack_time(packed: bytes) -> time:
    hour, minute = divmod(int.from_bytes(packed, "big"), 60)
    return time(hour, minute)


def _pack_team_choice(choice: TeamListChoice) -> bytes:
    ids = _ID_OR_NONE.pack(choice.class_id) + _ID_OR_NONE.pack(choice.branch_id)
    return bytes([_STATUSES.index(choice.status)]) + ids + _pack_day(choice.day)


def _unpack_team_choice(packed: bytes) -> TeamListChoice:
    if packed[0] >= len(_STATUSES):
        raise ValueError("not a status")
    class_id, branch_id = _ID_OR_NONE.unpack(packed[1:17]), _ID_OR_NONE.unpack(packed[17:33])
    return TeamListChoice(_STATUSES[packed[0]], class_id, branch_id, _unpack_day(packed[33:]))


_PACKINGS: dict[Any, _Packing] = {
    Month | None: _Packing(2, _pack_month, _unpack_month),
    date: _Packing(
        2,
        lambda day: (day - _FIRST_DAY).days.to_bytes(2, "big"),
        lambda packed: _FIRST_DAY + timedelta(days=int.from_bytes(packed, "big")),
    ),
    CalendarFilter: _Packing(32, _pack_filter, _unpack_filter),
    CalendarSide: _one_of(tuple(CalendarSide)),
    FeedStep: _one_of(tuple(FeedStep)),
    int: _Packing(1, lambda number: bytes([number]), lambda packed: packed[0]),
    bytes: _Packing(FINGERPRINT_BYTES, bytes, bytes),
    UUID: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    SessionId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    EnrollmentId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    WaitlistEntryId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    StandingBookingId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    ShownPrice: _Packing(5, lambda price: price.to_bytes(5, "big"), lambda packed: int.from_bytes(packed, "big")),
    ConfirmedTerms: _Packing(12, _pack_terms, _unpack_terms),
    SessionCursor | None: _cursor(SessionCursor),
    BookingCursor | None: _cursor(BookingCursor),
    Role: _one_of(_ROLES),
    bool: _one_of((False, True)),
    MutableNotification: _one_of(tuple(MutableNotification)),
    GivenUp: _Packing(10, _pack_given_up, _unpack_given_up),
    StudentPackageId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    ClassPackageId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    ClassId | None: _ID_OR_NONE,
    ClassPackageId | None: _ID_OR_NONE,
    EntryId | None: _ID_OR_NONE,
    SessionId | None: _ID_OR_NONE,
    PersonId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    BranchId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    CashTransactionId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    CashCountId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    CashCursor | None: _cursor(CashCursor),
    PurchaseCursor | None: _cursor(PurchaseCursor),
    UseCursor | None: _cursor(UseCursor),
    ShownOffer: _Packing(8, _pack_offer, _unpack_offer),
    HistoryChoice: _Packing(19, _pack_choice, _unpack_choice),
    HistoryCursor | None: _Packing(25, _pack_place, _unpack_place),
    HistoryPanel: _one_of(tuple(HistoryPanel)),
    GuideTopic: _one_of(tuple(GuideTopic)),
    Number: _Packing(NUMBER_BYTES, pack_number, unpack_number),
    AuditFilter: _Packing(AUDIT_FILTER_BYTES, pack_audit_filter, unpack_audit_filter),
    InviteCode: _Packing(INVITE_CODE_BYTES, bytes, bytes),
    Field: _one_of(tuple(Field)),
    Subject: _one_of(tuple(Subject)),
    SearchOf: _one_of(tuple(SearchOf)),
    Chosen: _Packing(CHOSEN_BYTES, pack_chosen, unpack_chosen),
    ExportKind: _one_of(tuple(ExportKind)),
    FileFormat: _one_of(tuple(FileFormat)),
    PersonId | None: _ID_OR_NONE,
    UUID | None: _ID_OR_NONE,
    Mark: _one_of(tuple(Mark)),
    DecisionId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    DecisionOutcome: _one_of(tuple(DecisionOutcome)),
    datetime: _Packing(8, _pack_instant, _unpack_instant),
    time: _Packing(2, lambda at: (at.hour * 60 + at.minute).to_bytes(2, "big"), _unpack_time),
    date | None: _Packing(2, _pack_day, _unpack_day),
    ClassId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    BranchId | None: _ID_OR_NONE,
    TimetableRuleId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    HolidayId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    SessionStatus: _one_of(tuple(SessionStatus)),
    CancelReason: _one_of(tuple(CancelReason)),
    TeamPanel: _one_of(tuple(TeamPanel)),
    TeamListChoice: _Packing(35, _pack_team_choice, _unpack_team_choice),
    PaymentId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    RefundId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    AmountMinor: _Packing(5, lambda amount: int(amount).to_bytes(5, "big"), lambda packed: int.from_bytes(packed, "big")),
    BroadcastId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    BroadcastAudience: _one_of(tuple(BroadcastAudience)),
    BroadcastCursor | None: _cursor(BroadcastCursor),
    PaymentId | None: _ID_OR_NONE,
    EnrollmentId | None: _ID_OR_NONE,
    CashCountId | None: _ID_OR_NONE,
    EntryId: _Packing(16, lambda id_: bytes(id_.bytes), _unpack_uuid),
    PaymentChoice: _Packing(PAYMENT_CHOICE_BYTES, pack_payment_choice, unpack_payment_choice),
    WalletRef: _Packing(WALLET_REF_BYTES, pack_wallet_ref, unpack_wallet_ref),
    str: _Packing(2, lambda text: text.encode("ascii"), lambda packed: packed.decode("ascii")),
}


def _layout(kind: type[CallbackData]) -> tuple[tuple[str, _Packing], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _PACKINGS[hints[field.name]]) for field in fields(kind))


def kinds_of(flow: ModuleType) -> list[type[CallbackData]]:
    """Return the kinds of button that a module defines."""
    return [
        kind
        for kind in vars(flow).values()
        if isinstance(kind, type) and issubclass(kind, CallbackData) and kind.letter and kind.__module__ == flow.__name__
    ]


class Codec:
    """Speaks the given kinds of button. Raises ValueError for two with one letter, or one that could pass 64 bytes."""

    def __init__(self, kinds: Iterable[type[CallbackData]]) -> None:
        self._layouts = {kind: _layout(kind) for kind in kinds}
        self._by_letter = {kind.letter: kind for kind in self._layouts}
        if len(self._by_letter) != len(self._layouts):
            raise ValueError("two kinds of button have one letter")
        for kind, layout in self._layouts.items():
            packed_bytes = sum(packing.size for _, packing in layout)
            if len(VERSION) + len(kind.letter) + -(-packed_bytes * 4 // 3) > MOST_BYTES:
                raise ValueError(f"{kind.__name__} does not fit into a button")

    @property
    def kinds(self) -> tuple[type[CallbackData], ...]:
        """Every kind that is spoken."""
        return tuple(self._layouts)

    def encode(self, data: CallbackData) -> str:
        """Return the text for a button: 1 to 64 bytes."""
        packed = b"".join(packing.pack(getattr(data, name)) for name, packing in self._layouts[type(data)])
        return VERSION + data.letter + urlsafe_b64encode(packed).rstrip(b"=").decode()

    def decode(self, text: str) -> CallbackData:
        """Return what a button carries. Raises MalformedCallbackError for everything that ``encode`` did not make."""
        letter = text[1 : 2 if text[1:2].isalnum() else 3]
        if len(text.encode(errors="replace")) > MOST_BYTES or text[:1] != VERSION or letter not in self._by_letter:
            raise MalformedCallbackError
        kind, rest = self._by_letter[letter], text[1 + len(letter) :]
        try:
            packed = urlsafe_b64decode(rest.encode("ascii") + b"=" * (-len(rest) % 4))
            data = kind(**_unpacked(self._layouts[kind], packed))
        except (ValueError, binascii.Error) as error:
            raise MalformedCallbackError from error
        if self.encode(data) != text:
            raise MalformedCallbackError
        return data


def _unpacked(layout: tuple[tuple[str, _Packing], ...], packed: bytes) -> dict[str, Any]:
    if len(packed) != sum(packing.size for _, packing in layout):
        raise ValueError("wrong length")
    values, place = {}, 0
    for name, packing in layout:
        values[name] = packing.unpack(packed[place : place + packing.size])
        place += packing.size
    return values
