"""What every handler is given: who writes, how to speak to them, and what can be asked of the domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.broadcasts.sending import FollowBroadcast, LeaveBroadcast, SendBroadcast, StopBroadcast
from domain.broadcasts.views import BroadcastViews
from domain.clock import Clock
from domain.enrollments.admin_views import EnrollmentAdminViews
from domain.enrollments.attendance import CorrectAttendance, MarkAttendance, MarkEveryone
from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.decisions import Decide, DecideAll
from domain.enrollments.door_screens import ForgetRoster, RememberRoster
from domain.enrollments.door_views import DoorViews
from domain.enrollments.errand_ports import ErrandViews
from domain.enrollments.history import HistoryViews
from domain.enrollments.money_trail import MoneyTrailViews
from domain.enrollments.override import OverrideCancellation
from domain.enrollments.searching import AskForWords, LeaveSearch, SearchForWords
from domain.enrollments.views import BookingViews
from domain.finance.cash_correction import CorrectCash
from domain.finance.cash_seats import RegisterCashSeat
from domain.finance.cash_wallets import CashTopUp, PayOutGuest
from domain.finance.cashbox import CountCashbox, TakeToBank
from domain.finance.cashbox_views import CashboxViews
from domain.finance.cashboxes_admin import CashboxAdminViews
from domain.finance.chat_payments import CheckBeforePayment, ReceiveChatPayment
from domain.finance.day_report import DayReportViews
from domain.finance.gateway_model import Gateway
from domain.finance.journal_views import JournalViews
from domain.finance.paying import DropPayment, RetryPayment, StartPayment
from domain.finance.payment_views import PaymentViews
from domain.finance.payments_admin import PaymentAdminViews
from domain.finance.refunding import RefundPayment, SettleRefundByHand
from domain.finance.statement import StatementViews
from domain.finance.transferring import TransferMoney
from domain.finance.views import MeansViews
from domain.finance.wallets_admin import WalletAdminViews
from domain.notifications.alerts import SeeToAlert
from domain.notifications.views import NoticeViews
from domain.organization.audit_views import AuditLogViews
from domain.organization.branches import AddBranchWithCashbox, EditBranch, PutBranchAway
from domain.organization.settings import EditSettings
from domain.organization.taking_out import NoteFileTaken
from domain.organization.views import OrganizationViews
from domain.packages.buying import BuyPackage
from domain.packages.managing import CreatePackage, EditPackage, PutPackageAway, PutPackageOnSale
from domain.packages.refunding import RefundPackage
from domain.packages.views import PackageViews
from domain.people.admin_views import PeopleAdminViews
from domain.people.administering import BlockPerson, NoteOnPerson, RenameSomebody, TakeRoleAway
from domain.people.asking import Ask, NoteQuestion, StopAsking, TakeAnswer
from domain.people.desk_views import DeskViews
from domain.people.erasure import EraseMe, EraseSomebody
from domain.people.guests import AddGuestAtDesk, LookUpPhone
from domain.people.inviting import InviteToRole, TakeInviteBack
from domain.people.joining import AcceptName, ChooseLanguage, MeetPerson, SharePhone
from domain.people.merging import MergePeople
from domain.people.model import Member
from domain.people.profile import AskMember, ChangeName, ChangePhone, FindMember, LeaveQuestion, SetReminder
from domain.people.profile_views import ProfileViews
from domain.people.reachability import NoteReachability
from domain.people.roles import AcceptInvite, ClaimConfiguredAdmin, SwitchRole
from domain.permissions import Actor
from domain.reports.exporting import OrderExport
from domain.reports.reading import ReadReport
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed
from domain.sessions.calendar_views import CalendarViews
from domain.sessions.calling_off import CancelSession, RescheduleSession
from domain.sessions.classes import CreateClass, EditClass, PutClassAway
from domain.sessions.holidays import DeclareHoliday, UndeclareHoliday
from domain.sessions.planning import CreateExtraSession, EditSession, RemoveSession
from domain.sessions.rule_changes import ChangeRule
from domain.sessions.rules import AddRule, EndTimetableRule, LeaveDayOut
from domain.sessions.running import FinishSession, OpenCheckIn, StartSession
from domain.sessions.team_views import TeamSessionViews
from domain.sessions.timetable_views import TimetableViews
from domain.sessions.views import SessionViews
from domain.waitlist.accepting import AcceptOffer
from domain.waitlist.news import WaitingNewsViews
from domain.waitlist.standing import BookStanding, SetStandingBooking, StopStandingBooking
from domain.waitlist.standing_ports import StandingViews
from domain.waitlist.views import WaitlistViews
from domain.waitlist.waiting import JoinWaitlist, LeaveWaitlist, PassOffer
from handlers.i18n import Translator


@dataclass(frozen=True, slots=True)
class OnlinePayments:
    """The use cases of paying online, where there is a gateway."""

    start: StartPayment
    retry: RetryPayment
    drop: DropPayment

    @property
    def is_in_chat(self) -> bool:
        """Whether people pay by an invoice in the chat, and not on a page of the gateway's."""
        return self.start.gateway.provider is Gateway.TELEGRAM


@dataclass(frozen=True, slots=True)
class Refunds:
    """The use cases of giving money back."""

    refund_payment: RefundPayment
    refund_package: RefundPackage
    settle_by_hand: SettleRefundByHand


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases and views that the chat needs, wired once by the composition root."""

    clock: Clock
    meet_person: MeetPerson
    choose_language: ChooseLanguage
    accept_name: AcceptName
    share_phone: SharePhone
    accept_invite: AcceptInvite
    claim_configured_admin: ClaimConfiguredAdmin
    switch_role: SwitchRole
    ask: Ask
    take_answer: TakeAnswer
    stop_asking: StopAsking
    note_question: NoteQuestion
    note_reachability: NoteReachability
    find_member: FindMember
    ask_member: AskMember
    leave_question: LeaveQuestion
    change_name: ChangeName
    change_phone: ChangePhone
    set_reminder: SetReminder
    erase_me: EraseMe
    book_session: BookSession
    cancel_enrollment: CancelEnrollment
    buy_package: BuyPackage
    mark_attendance: MarkAttendance
    mark_everyone: MarkEveryone
    correct_attendance: CorrectAttendance
    decide: Decide
    decide_all: DecideAll
    errands: ErrandViews
    remember_roster: RememberRoster
    forget_roster: ForgetRoster
    join_waitlist: JoinWaitlist
    leave_waitlist: LeaveWaitlist
    accept_offer: AcceptOffer
    pass_offer: PassOffer
    set_standing_booking: SetStandingBooking
    stop_standing_booking: StopStandingBooking
    book_standing: BookStanding
    ask_for_words: AskForWords
    search_for_words: SearchForWords
    leave_search: LeaveSearch
    open_calendar_feed: OpenCalendarFeed
    renew_calendar_feed: RenewCalendarFeed
    edit_settings: EditSettings
    add_branch: AddBranchWithCashbox
    edit_branch: EditBranch
    put_branch_away: PutBranchAway
    create_class: CreateClass
    edit_class: EditClass
    put_class_away: PutClassAway
    create_package: CreatePackage
    edit_package: EditPackage
    put_package_on_sale: PutPackageOnSale
    put_package_away: PutPackageAway
    take_role_away: TakeRoleAway
    block_person: BlockPerson
    rename_somebody: RenameSomebody
    note_on_person: NoteOnPerson
    erase_somebody: EraseSomebody
    note_file_taken: NoteFileTaken
    invite_to_role: InviteToRole
    take_invite_back: TakeInviteBack
    people: PeopleAdminViews
    audit_log: AuditLogViews
    organization: OrganizationViews
    open_check_in: OpenCheckIn
    start_session: StartSession
    finish_session: FinishSession
    cancel_session: CancelSession
    reschedule_session: RescheduleSession
    create_extra_session: CreateExtraSession
    edit_session: EditSession
    remove_session: RemoveSession
    override_cancellation: OverrideCancellation
    add_rule: AddRule
    end_timetable_rule: EndTimetableRule
    leave_day_out: LeaveDayOut
    change_rule: ChangeRule
    declare_holiday: DeclareHoliday
    undeclare_holiday: UndeclareHoliday
    timetable: TimetableViews
    team_sessions: TeamSessionViews
    register_cash_seat: RegisterCashSeat
    cash_top_up: CashTopUp
    pay_out_guest: PayOutGuest
    take_to_bank: TakeToBank
    count_cashbox: CountCashbox
    correct_cash: CorrectCash
    add_guest_at_desk: AddGuestAtDesk
    look_up_phone: LookUpPhone
    merge_people: MergePeople
    sessions: SessionViews
    calendar: CalendarViews
    bookings: BookingViews
    door: DoorViews
    history: HistoryViews
    money_trail: MoneyTrailViews
    means: MeansViews
    packages: PackageViews
    statement: StatementViews
    profiles: ProfileViews
    waitlist: WaitlistViews
    standing: StandingViews
    waiting_news: WaitingNewsViews
    notices: NoticeViews
    day_reports: DayReportViews
    read_report: ReadReport
    order_export: OrderExport
    see_to_alert: SeeToAlert
    desk: DeskViews
    cashboxes: CashboxViews
    payments: PaymentViews
    all_payments: PaymentAdminViews
    journal: JournalViews
    wallets: WalletAdminViews
    transfer_money: TransferMoney
    all_cashboxes: CashboxAdminViews
    any_enrollments: EnrollmentAdminViews
    refunds: Refunds
    send_broadcast: SendBroadcast
    stop_broadcast: StopBroadcast
    follow_broadcast: FollowBroadcast
    leave_broadcast: LeaveBroadcast
    broadcasts: BroadcastViews
    check_before_payment: CheckBeforePayment
    receive_chat_payment: ReceiveChatPayment
    online: OnlinePayments | None = None  # None: people pay at the reception
    bot_username: str | None = None  # what links into the chat name; None: unknown, and there are no tickets
    public_url: str | None = None  # where our web server is reached from outside; None: there are no calendar feeds


@dataclass(frozen=True, slots=True)
class Context:
    """One update's person, language and tools."""

    member: Member
    tr: Translator
    services: Services
    message_id: int | None = None  # of what the person typed, or of the message whose button they tapped
    is_tap: bool = False

    @property
    def tapped_id(self) -> int | None:
        """The message whose button was tapped; None where something was typed."""
        return self.message_id if self.is_tap else None

    async def ask(self, *, step: str, data: Mapping[str, Any] | None = None) -> Member:
        """Open a question, on the message that was tapped where one was, and return the member with it."""
        return await self.services.ask(member=self.member, step=step, shown_on=self.tapped_id, data=data)

    @property
    def actor(self) -> Actor:
        """The member in the role they act in."""
        return self.member.actor
