"""What every handler is given: who writes, how to speak to them, and what can be asked of the domain."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.history import HistoryViews
from domain.enrollments.money_trail import MoneyTrailViews
from domain.enrollments.searching import AskForWords, LeaveSearch, SearchForWords
from domain.enrollments.views import BookingViews
from domain.finance.cash_correction import CorrectCash
from domain.finance.cash_seats import RegisterCashSeat
from domain.finance.cash_wallets import CashTopUp, PayOutGuest
from domain.finance.cashbox import CountCashbox, TakeToBank
from domain.finance.cashbox_views import CashboxViews
from domain.finance.statement import StatementViews
from domain.finance.views import MeansViews
from domain.packages.buying import BuyPackage
from domain.packages.views import PackageViews
from domain.people.asking import Ask, StopAsking, TakeAnswer
from domain.people.desk_views import DeskViews
from domain.people.erasure import EraseMe
from domain.people.guests import AddGuestAtDesk, LookUpPhone
from domain.people.joining import AcceptName, ChooseLanguage, MeetPerson, SharePhone
from domain.people.merging import MergePeople
from domain.people.model import Member
from domain.people.profile import AskMember, ChangeName, ChangePhone, FindMember, LeaveQuestion, SetReminder
from domain.people.profile_views import ProfileViews
from domain.people.reachability import NoteReachability
from domain.people.roles import AcceptInvite, ClaimConfiguredAdmin, SwitchRole
from domain.permissions import Actor
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed
from domain.sessions.calendar_views import CalendarViews
from domain.sessions.views import SessionViews
from handlers.i18n import Translator


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
    ask_for_words: AskForWords
    search_for_words: SearchForWords
    leave_search: LeaveSearch
    open_calendar_feed: OpenCalendarFeed
    renew_calendar_feed: RenewCalendarFeed
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
    history: HistoryViews
    money_trail: MoneyTrailViews
    means: MeansViews
    packages: PackageViews
    statement: StatementViews
    profiles: ProfileViews
    desk: DeskViews
    cashboxes: CashboxViews
    public_url: str | None = None  # where our web server is reached from outside; None: there are no calendar feeds


@dataclass(frozen=True, slots=True)
class Context:
    """One update's person, language and tools."""

    member: Member
    tr: Translator
    services: Services
    message_id: int | None = None  # of what the person typed, or of the message whose button they tapped

    @property
    def actor(self) -> Actor:
        """The member in the role they act in."""
        return self.member.actor
