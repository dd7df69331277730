"""What every handler is given: who writes, how to speak to them, and what can be asked of the domain."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.history import HistoryViews
from domain.enrollments.money_trail import MoneyTrailViews
from domain.enrollments.searching import AskForWords, LeaveSearch, SearchForWords
from domain.enrollments.views import BookingViews
from domain.finance.statement import StatementViews
from domain.finance.views import MeansViews
from domain.organization.audit_views import AuditLogViews
from domain.organization.branches import AddBranchWithCashbox, EditBranch, PutBranchAway
from domain.organization.settings import EditSettings
from domain.organization.views import OrganizationViews
from domain.packages.buying import BuyPackage
from domain.packages.managing import CreatePackage, EditPackage, PutPackageAway, PutPackageOnSale
from domain.packages.views import PackageViews
from domain.people.admin_views import PeopleAdminViews
from domain.people.administering import BlockPerson, NoteOnPerson, RenameSomebody, TakeRoleAway
from domain.people.asking import Ask, StopAsking, TakeAnswer
from domain.people.erasure import EraseMe, EraseSomebody
from domain.people.inviting import InviteToRole, TakeInviteBack
from domain.people.joining import AcceptName, ChooseLanguage, MeetPerson, SharePhone
from domain.people.model import Member
from domain.people.profile import AskMember, ChangeName, ChangePhone, FindMember, LeaveQuestion, SetReminder
from domain.people.profile_views import ProfileViews
from domain.people.reachability import NoteReachability
from domain.people.roles import AcceptInvite, ClaimConfiguredAdmin, SwitchRole
from domain.permissions import Actor
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed
from domain.sessions.calendar_views import CalendarViews
from domain.sessions.classes import CreateClass, EditClass, PutClassAway
from domain.sessions.first_timetable import SetTimetable
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
    set_timetable: SetTimetable
    take_role_away: TakeRoleAway
    block_person: BlockPerson
    rename_somebody: RenameSomebody
    note_on_person: NoteOnPerson
    erase_somebody: EraseSomebody
    invite_to_role: InviteToRole
    take_invite_back: TakeInviteBack
    people: PeopleAdminViews
    audit_log: AuditLogViews
    organization: OrganizationViews
    sessions: SessionViews
    calendar: CalendarViews
    bookings: BookingViews
    history: HistoryViews
    money_trail: MoneyTrailViews
    means: MeansViews
    packages: PackageViews
    statement: StatementViews
    profiles: ProfileViews
    bot_username: str | None = None  # what links into the chat name; None: unknown, and there are no tickets
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
