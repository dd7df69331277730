"""The types that a field of a button can have, each with its packing."""

from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from domain.broadcasts.model import BroadcastAudience
from domain.broadcasts.views import BroadcastCursor
from domain.enrollments.history import HistoryChoice, HistoryCursor
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionOutcome
from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.views import BookingCursor
from domain.finance.cashbox_views import CashCursor
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
from handlers.callback_lists import (
    CALENDAR_FILTER_BYTES,
    HISTORY_CHOICE_BYTES,
    HISTORY_CURSOR_BYTES,
    MONTH_BYTES,
    TEAM_CHOICE_BYTES,
    CalendarSide,
    FeedStep,
    HistoryPanel,
    TeamPanel,
    pack_choice,
    pack_filter,
    pack_month,
    pack_place,
    pack_team_choice,
    unpack_choice,
    unpack_filter,
    unpack_month,
    unpack_place,
    unpack_team_choice,
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
from handlers.callback_packing import (
    DAY,
    DAY_OR_NONE,
    ID,
    ID_OR_NONE,
    INSTANT,
    TIME,
    WORD,
    Packing,
    cursor,
    one_of,
    whole_number,
)
from handlers.callback_reports import CHOSEN_BYTES, Chosen, pack_chosen, unpack_chosen
from handlers.callback_terms import (
    GIVEN_UP_BYTES,
    OFFER_BYTES,
    TERMS_BYTES,
    pack_given_up,
    pack_offer,
    pack_terms,
    unpack_given_up,
    unpack_offer,
    unpack_terms,
)
from handlers.guide_topics import GuideTopic

PACKINGS: Final[dict[Any, Packing]] = {
    Month | None: Packing(MONTH_BYTES, pack_month, unpack_month),
    date: DAY,
    CalendarFilter: Packing(CALENDAR_FILTER_BYTES, pack_filter, unpack_filter),
    CalendarSide: one_of(tuple(CalendarSide)),
    FeedStep: one_of(tuple(FeedStep)),
    int: whole_number(1),
    bytes: Packing(FINGERPRINT_BYTES, bytes, bytes),
    UUID: ID,
    SessionId: ID,
    EnrollmentId: ID,
    WaitlistEntryId: ID,
    StandingBookingId: ID,
    ShownPrice: whole_number(5),
    ConfirmedTerms: Packing(TERMS_BYTES, pack_terms, unpack_terms),
    SessionCursor | None: cursor(SessionCursor),
    BookingCursor | None: cursor(BookingCursor),
    Role: one_of(tuple(Role)),
    bool: one_of((False, True)),
    MutableNotification: one_of(tuple(MutableNotification)),
    GivenUp: Packing(GIVEN_UP_BYTES, pack_given_up, unpack_given_up),
    StudentPackageId: ID,
    ClassPackageId: ID,
    ClassId | None: ID_OR_NONE,
    ClassPackageId | None: ID_OR_NONE,
    EntryId | None: ID_OR_NONE,
    SessionId | None: ID_OR_NONE,
    PersonId: ID,
    BranchId: ID,
    CashTransactionId: ID,
    CashCountId: ID,
    CashCursor | None: cursor(CashCursor),
    PurchaseCursor | None: cursor(PurchaseCursor),
    UseCursor | None: cursor(UseCursor),
    ShownOffer: Packing(OFFER_BYTES, pack_offer, unpack_offer),
    HistoryChoice: Packing(HISTORY_CHOICE_BYTES, pack_choice, unpack_choice),
    HistoryCursor | None: Packing(HISTORY_CURSOR_BYTES, pack_place, unpack_place),
    HistoryPanel: one_of(tuple(HistoryPanel)),
    GuideTopic: one_of(tuple(GuideTopic)),
    Number: Packing(NUMBER_BYTES, pack_number, unpack_number),
    AuditFilter: Packing(AUDIT_FILTER_BYTES, pack_audit_filter, unpack_audit_filter),
    InviteCode: Packing(INVITE_CODE_BYTES, bytes, bytes),
    Field: one_of(tuple(Field)),
    Subject: one_of(tuple(Subject)),
    SearchOf: one_of(tuple(SearchOf)),
    Chosen: Packing(CHOSEN_BYTES, pack_chosen, unpack_chosen),
    ExportKind: one_of(tuple(ExportKind)),
    FileFormat: one_of(tuple(FileFormat)),
    PersonId | None: ID_OR_NONE,
    UUID | None: ID_OR_NONE,
    Mark: one_of(tuple(Mark)),
    DecisionId: ID,
    DecisionOutcome: one_of(tuple(DecisionOutcome)),
    datetime: INSTANT,
    time: TIME,
    date | None: DAY_OR_NONE,
    ClassId: ID,
    BranchId | None: ID_OR_NONE,
    TimetableRuleId: ID,
    HolidayId: ID,
    SessionStatus: one_of(tuple(SessionStatus)),
    CancelReason: one_of(tuple(CancelReason)),
    TeamPanel: one_of(tuple(TeamPanel)),
    TeamListChoice: Packing(TEAM_CHOICE_BYTES, pack_team_choice, unpack_team_choice),
    PaymentId: ID,
    RefundId: ID,
    AmountMinor: whole_number(5),
    BroadcastId: ID,
    BroadcastAudience: one_of(tuple(BroadcastAudience)),
    BroadcastCursor | None: cursor(BroadcastCursor),
    PaymentId | None: ID_OR_NONE,
    EnrollmentId | None: ID_OR_NONE,
    CashCountId | None: ID_OR_NONE,
    EntryId: ID,
    PaymentChoice: Packing(PAYMENT_CHOICE_BYTES, pack_payment_choice, unpack_payment_choice),
    WalletRef: Packing(WALLET_REF_BYTES, pack_wallet_ref, unpack_wallet_ref),
    str: WORD,
}
