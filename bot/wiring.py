"""The composition root: which database, clock and settings every use case gets. Tests and the demo call it too."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import phonenumbers
from babel.core import get_global

from bot.gateways.choice import GatewayLink
from bot.gateways.desk import GatewayDesk
from bot.jobs import jobs
from bot.settings import Settings, SettingsError
from bot.subscribers import subscribers
from domain.broadcasts.following import BroadcastScreens
from domain.broadcasts.sending import FollowBroadcast, LeaveBroadcast, SendBroadcast, StopBroadcast
from domain.clock import Clock
from domain.enrollments.attendance import CorrectAttendance, MarkAttendance, MarkEveryone
from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.decisions import Decide, DecideAll
from domain.enrollments.door_screens import ForgetRoster, RefreshRosters, RememberRoster, RosterScreens
from domain.enrollments.in_pieces import ErrandScreens
from domain.enrollments.override import OverrideCancellation
from domain.enrollments.searching import AskForWords, LeaveSearch, SearchForWords
from domain.finance.cash_correction import CorrectCash
from domain.finance.cash_seats import RegisterCashSeat
from domain.finance.cash_wallets import CashTopUp, PayOutGuest
from domain.finance.cashbox import CountCashbox, TakeToBank
from domain.finance.chat_payments import CheckBeforePayment, ReceiveChatPayment
from domain.finance.gateway_receiving import ProcessGatewayEvents, ReceiveGatewayEvent
from domain.finance.gateway_sweeping import ExpirePayments, InquireAboutPayments
from domain.finance.paying import DropPayment, RetryPayment, StartPayment
from domain.finance.refunding import ProcessRefunds, RefundPayment, SettleRefundByHand
from domain.finance.transferring import TransferMoney
from domain.ids import CenterId, SessionId, new_id
from domain.notifications.alerts import SeeToAlert
from domain.notifications.ports import OutgoingQueue
from domain.organization.branches import AddBranchWithCashbox, EditBranch, PutBranchAway
from domain.organization.model import Center
from domain.organization.opening import OpeningSettings, open_center
from domain.organization.settings import EditSettings
from domain.organization.taking_out import NoteFileTaken
from domain.outbox import Outbox, Subscriber
from domain.packages.buying import BuyPackage
from domain.packages.managing import CreatePackage, EditPackage, PutPackageAway, PutPackageOnSale
from domain.packages.refunding import RefundPackage
from domain.people.administering import BlockPerson, NoteOnPerson, RenameSomebody, TakeRoleAway
from domain.people.asking import Ask, NoteQuestion, StopAsking, TakeAnswer
from domain.people.erasure import EraseMe, EraseSomebody
from domain.people.guests import AddGuestAtDesk, LookUpPhone
from domain.people.inviting import InviteToRole, TakeInviteBack
from domain.people.joining import AcceptName, ChooseLanguage, MeetPerson, SharePhone
from domain.people.merging import MergePeople
from domain.people.profile import AskMember, ChangeName, ChangePhone, FindMember, LeaveQuestion, SetReminder
from domain.people.reachability import NoteReachability
from domain.people.roles import AcceptInvite, ClaimConfiguredAdmin, SwitchRole
from domain.ports import UnitOfWorkFactory
from domain.reports.exporting import ExportQueue, ExportRows, OrderExport
from domain.reports.reading import ReadReport
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed
from domain.sessions.calling_off import CancelSession, RescheduleSession
from domain.sessions.classes import CreateClass, EditClass, PutClassAway
from domain.sessions.holidays import DeclareHoliday, UndeclareHoliday
from domain.sessions.planning import CreateExtraSession, EditSession, RemoveSession
from domain.sessions.rule_changes import ChangeRule
from domain.sessions.rules import AddRule, EndTimetableRule, LeaveDayOut
from domain.sessions.running import FinishSession, OpenCheckIn, StartSession
from domain.waitlist.accepting import AcceptOffer
from domain.waitlist.standing import BookStanding, SetStandingBooking, StopStandingBooking
from domain.waitlist.waiting import JoinWaitlist, LeaveWaitlist, PassOffer
from domain.writes.base import GuardFailedError
from domain.writes.catalogue import BindCenter
from handlers.context import OnlinePayments, Refunds, Services
from scheduler.rosters import RosterRedraws
from scheduler.ticks import Job
from storage.database import Database
from storage.exports import StoredExportOrders, StoredExportQueue
from storage.notifications import StoredOutgoingQueue
from storage.outbox import StoredOutbox
from storage.queries.audit_log import StoredAuditLogViews
from storage.queries.bookings import StoredBookingViews
from storage.queries.broadcasts import StoredBroadcastViews
from storage.queries.calendar import StoredCalendarViews
from storage.queries.cashbox import StoredCashboxViews
from storage.queries.cashboxes_admin import StoredCashboxAdminViews
from storage.queries.day_report import StoredDayReportViews
from storage.queries.desk import StoredDeskViews
from storage.queries.door import StoredDoorViews
from storage.queries.enrollments_admin import StoredEnrollmentAdminViews
from storage.queries.errands import StoredErrandViews
from storage.queries.export_rows import StoredExportRows
from storage.queries.history import StoredHistoryViews
from storage.queries.journal import StoredJournalViews
from storage.queries.means import StoredMeansViews
from storage.queries.notices import StoredNoticeViews
from storage.queries.organization import CENTERS, ServedCenter
from storage.queries.owner import StoredOrganizationViews
from storage.queries.packages import StoredPackageViews
from storage.queries.payments import StoredPaymentViews
from storage.queries.payments_admin import StoredPaymentAdminViews
from storage.queries.people_admin import StoredPeopleAdminViews
from storage.queries.people_data import StoredProfileViews
from storage.queries.reports import StoredReportViews
from storage.queries.sessions import StoredSessionViews
from storage.queries.standing import StoredStandingViews
from storage.queries.statement import StoredStatementViews
from storage.queries.team_sessions import StoredTeamSessionViews
from storage.queries.timetable import StoredTimetableViews
from storage.queries.waiting_news import StoredWaitingNews
from storage.queries.waitlist import StoredWaitlistViews
from storage.queries.wallets_admin import StoredWalletAdminViews
from storage.unit_of_work import OnCommit, unit_of_work_factory

_DEFAULT_REGION = "EG"


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything that the chat needs, and what happens without anybody's tap, on one database."""

    center: Center
    services: Services
    outbox: Outbox
    subscribers: Mapping[str, Sequence[Subscriber]]
    jobs: Sequence[Job]
    messages: OutgoingQueue
    exports: ExportQueue
    export_rows: ExportRows
    desk: GatewayDesk | None
    receive_report: ReceiveGatewayEvent | None
    rosters: RosterRedraws | None


def wire(
    database: Database,
    *,
    clock: Clock,
    center: Center,
    admin_ids: frozenset[int],
    public_url: str | None = None,
    bot_username: str | None = None,
    rosters: RosterScreens | None = None,
    errand_screens: ErrandScreens | None = None,
    broadcast_screens: BroadcastScreens | None = None,
    command_lists: Subscriber | None = None,
    on_commit: OnCommit | None = None,
    gateway: GatewayLink | None = None,
    reads: Database | None = None,
) -> Wiring:
    """Wire the use cases and views of one center.

    ``on_commit`` is told what each use case has just kept. What is left out is done without: ``public_url`` (calendar
    feeds), ``bot_username`` (tickets), ``rosters`` (rosters follow what others tap), ``errand_screens`` and
    ``broadcast_screens`` (progress is shown), ``command_lists`` (somebody's list of commands changes with their role),
    ``gateway`` (paying online), ``reads`` (lists and sums are read from another database).
    """
    units = unit_of_work_factory(database, on_commit)
    door = StoredDoorViews(database)
    redraws = _redraws(units, door, center, rosters) if rosters is not None else None
    reads = reads if reads is not None else database
    region = phone_region(center.timezone)
    return Wiring(
        center,
        Services(
            clock=clock,
            meet_person=MeetPerson(units, clock),
            choose_language=ChooseLanguage(units, clock),
            accept_name=AcceptName(units, clock),
            share_phone=SharePhone(units, clock, admin_ids, region),
            accept_invite=AcceptInvite(units, clock),
            claim_configured_admin=ClaimConfiguredAdmin(units, clock, admin_ids),
            switch_role=SwitchRole(units),
            ask=Ask(units, clock),
            take_answer=TakeAnswer(units, clock),
            stop_asking=StopAsking(units, clock),
            note_question=NoteQuestion(units),
            note_reachability=NoteReachability(units, clock),
            find_member=FindMember(units),
            ask_member=AskMember(units, clock),
            leave_question=LeaveQuestion(units, clock),
            change_name=ChangeName(units, clock),
            change_phone=ChangePhone(units, clock, region),
            set_reminder=SetReminder(units, clock),
            erase_me=EraseMe(units, clock),
            book_session=BookSession(units, clock),
            cancel_enrollment=CancelEnrollment(units, clock),
            buy_package=BuyPackage(units, clock),
            mark_attendance=MarkAttendance(units, clock),
            mark_everyone=MarkEveryone(units, clock),
            correct_attendance=CorrectAttendance(units, clock),
            decide=Decide(units, clock),
            decide_all=DecideAll(units, clock),
            errands=StoredErrandViews(database),
            remember_roster=RememberRoster(units, door, clock),
            forget_roster=ForgetRoster(units, door),
            join_waitlist=JoinWaitlist(units, clock),
            leave_waitlist=LeaveWaitlist(units, clock),
            accept_offer=AcceptOffer(units, clock),
            pass_offer=PassOffer(units, clock),
            set_standing_booking=SetStandingBooking(units, clock),
            stop_standing_booking=StopStandingBooking(units, clock),
            book_standing=BookStanding(units, clock),
            ask_for_words=AskForWords(units, clock),
            search_for_words=SearchForWords(units, clock),
            leave_search=LeaveSearch(units, clock),
            open_calendar_feed=OpenCalendarFeed(units, clock),
            renew_calendar_feed=RenewCalendarFeed(units, clock),
            edit_settings=EditSettings(units, clock),
            add_branch=AddBranchWithCashbox(units, clock),
            edit_branch=EditBranch(units, clock),
            put_branch_away=PutBranchAway(units, clock),
            create_class=CreateClass(units, clock),
            edit_class=EditClass(units, clock),
            put_class_away=PutClassAway(units, clock),
            create_package=CreatePackage(units, clock),
            edit_package=EditPackage(units, clock),
            put_package_on_sale=PutPackageOnSale(units, clock),
            put_package_away=PutPackageAway(units, clock),
            take_role_away=TakeRoleAway(units, clock),
            block_person=BlockPerson(units, clock),
            rename_somebody=RenameSomebody(units, clock),
            note_on_person=NoteOnPerson(units, clock),
            erase_somebody=EraseSomebody(units, clock),
            note_file_taken=NoteFileTaken(units, clock),
            invite_to_role=InviteToRole(units, clock),
            take_invite_back=TakeInviteBack(units, clock),
            people=StoredPeopleAdminViews(database),
            audit_log=StoredAuditLogViews(reads),
            organization=StoredOrganizationViews(database),
            open_check_in=OpenCheckIn(units, clock),
            start_session=StartSession(units, clock),
            finish_session=FinishSession(units, clock),
            cancel_session=CancelSession(units, clock),
            reschedule_session=RescheduleSession(units, clock),
            create_extra_session=CreateExtraSession(units, clock),
            edit_session=EditSession(units, clock),
            remove_session=RemoveSession(units, clock),
            override_cancellation=OverrideCancellation(units, clock),
            add_rule=AddRule(units, clock),
            end_timetable_rule=EndTimetableRule(units, clock),
            leave_day_out=LeaveDayOut(units, clock),
            change_rule=ChangeRule(units, clock),
            declare_holiday=DeclareHoliday(units, clock),
            undeclare_holiday=UndeclareHoliday(units, clock),
            timetable=StoredTimetableViews(database),
            team_sessions=StoredTeamSessionViews(database),
            register_cash_seat=RegisterCashSeat(units, clock),
            cash_top_up=CashTopUp(units, clock),
            pay_out_guest=PayOutGuest(units, clock),
            take_to_bank=TakeToBank(units, clock),
            count_cashbox=CountCashbox(units, clock),
            correct_cash=CorrectCash(units, clock),
            add_guest_at_desk=AddGuestAtDesk(units, clock),
            look_up_phone=LookUpPhone(units, region),
            merge_people=MergePeople(units, clock),
            sessions=StoredSessionViews(database),
            calendar=StoredCalendarViews(reads),
            public_url=public_url,
            bot_username=bot_username,
            door=door,
            bookings=StoredBookingViews(database),
            history=StoredHistoryViews(reads),
            money_trail=StoredStatementViews(database),
            means=StoredMeansViews(database),
            packages=StoredPackageViews(database),
            statement=StoredStatementViews(database),
            profiles=StoredProfileViews(database),
            waitlist=StoredWaitlistViews(database),
            standing=StoredStandingViews(database),
            waiting_news=StoredWaitingNews(database),
            notices=StoredNoticeViews(database),
            day_reports=StoredDayReportViews(database),
            read_report=ReadReport(StoredReportViews(reads)),
            order_export=OrderExport(units, StoredExportOrders(database), clock),
            see_to_alert=SeeToAlert(units, clock),
            desk=StoredDeskViews(database),
            cashboxes=StoredCashboxViews(database),
            payments=StoredPaymentViews(database),
            all_payments=StoredPaymentAdminViews(database),
            journal=StoredJournalViews(database),
            wallets=StoredWalletAdminViews(database),
            transfer_money=TransferMoney(units, clock),
            all_cashboxes=StoredCashboxAdminViews(database),
            any_enrollments=StoredEnrollmentAdminViews(database),
            refunds=Refunds(
                RefundPayment(units, clock),
                RefundPackage(units, clock),
                SettleRefundByHand(units, clock, gateway.gateways if gateway is not None else {}),
            ),
            send_broadcast=SendBroadcast(units, clock),
            stop_broadcast=StopBroadcast(units, clock),
            follow_broadcast=FollowBroadcast(units),
            leave_broadcast=LeaveBroadcast(units),
            broadcasts=StoredBroadcastViews(database),
            check_before_payment=CheckBeforePayment(units, clock),
            receive_chat_payment=ReceiveChatPayment(units, clock),
            online=_online(units, clock, gateway) if gateway is not None else None,
        ),
        outbox=StoredOutbox(database, center_id=center.id, clock=clock),
        jobs=jobs(units, database=database, clock=clock, broadcast_screens=broadcast_screens),
        messages=StoredOutgoingQueue(database, center_id=center.id, clock=clock),
        subscribers=subscribers(
            units,
            database=database,
            clock=clock,
            rosters=redraws,
            errands=errand_screens,
            command_lists=command_lists,
        ),
        rosters=redraws,
        exports=StoredExportQueue(database, center_id=center.id, clock=clock),
        export_rows=StoredExportRows(reads),
        desk=_desk(units, clock, center, gateway) if gateway is not None else None,
        receive_report=ReceiveGatewayEvent(units, clock, gateway.reports) if gateway is not None else None,
    )


def phone_region(timezone: str) -> str:
    """Return the country whose national phone numbers are understood: the time zone's, where it is of one."""
    territory = get_global("zone_territories").get(timezone)
    return territory if territory in phonenumbers.SUPPORTED_REGIONS else _DEFAULT_REGION


def _redraws(units: UnitOfWorkFactory, door: StoredDoorViews, center: Center, screens: RosterScreens) -> RosterRedraws:
    async def list_watched(center_id: CenterId) -> Sequence[SessionId]:
        return await door.list_watched(center_id=center_id)

    return RosterRedraws(center.id, RefreshRosters(door, screens, ForgetRoster(units, door)), list_watched)


def _online(units: UnitOfWorkFactory, clock: Clock, link: GatewayLink) -> OnlinePayments:
    return OnlinePayments(
        StartPayment(units, clock, link.gateway), RetryPayment(units, clock, link.gateway), DropPayment(units, clock)
    )


def _desk(units: UnitOfWorkFactory, clock: Clock, center: Center, link: GatewayLink) -> GatewayDesk:
    return GatewayDesk(
        center.id,
        ProcessGatewayEvents(units, clock, {link.reports.provider: link.reports}),
        InquireAboutPayments(units, clock, link.gateways),
        ExpirePayments(units, clock),
        ProcessRefunds(units, clock, link.gateways),
    )


async def served_center(database: Database, settings: Settings, *, clock: Clock) -> Center:
    """Return the center that this bot serves, opening it from the settings on the first start.

    Raises SettingsError where the database belongs to other bots: serving their center by accident would show one
    business to another's people.
    """
    served = await database.fetch(CENTERS)
    for each in served:
        if each.bot_id == settings.bot_id:
            return each.center
    unbound = [each for each in served if each.bot_id is None]
    if len(unbound) == 1:
        return await _bind(database, unbound[0], settings)
    if served:
        names = ", ".join(each.center.name for each in served)
        raise SettingsError(
            f"The database is used by another bot (for {names}): use that bot's token, or another ROLLCALL_DATABASE_URL."
        )
    opening = OpeningSettings(settings.center_name, settings.currency, settings.timezone, settings.default_language)
    with contextlib.suppress(GuardFailedError):  # another process of this bot opened it a moment ago
        await database.apply(open_center(CenterId(new_id()), opening, bot_id=settings.bot_id, now=clock.now()))
    return await served_center(database, settings, clock=clock)


async def _bind(database: Database, served: ServedCenter, settings: Settings) -> Center:
    await database.apply([BindCenter(served.center.id, settings.bot_id)])
    return served.center
