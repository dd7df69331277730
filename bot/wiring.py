"""The composition root: which database, clock and settings every use case gets. Tests and the demo call it too."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.settings import Settings, SettingsError
from bot.subscribers import subscribers
from domain.clock import Clock
from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment
from domain.enrollments.searching import AskForWords, LeaveSearch, SearchForWords
from domain.ids import CenterId, new_id
from domain.organization.branches import AddBranchWithCashbox, EditBranch, PutBranchAway
from domain.organization.model import Center
from domain.organization.opening import OpeningSettings, open_center
from domain.outbox import Outbox, Subscriber
from domain.organization.settings import EditSettings
from domain.packages.buying import BuyPackage
from domain.packages.managing import CreatePackage, EditPackage, PutPackageAway, PutPackageOnSale
from domain.people.administering import BlockPerson, NoteOnPerson, RenameSomebody, TakeRoleAway
from domain.people.asking import Ask, StopAsking, TakeAnswer
from domain.people.erasure import EraseMe, EraseSomebody
from domain.people.inviting import InviteToRole, TakeInviteBack
from domain.people.joining import AcceptName, ChooseLanguage, MeetPerson, SharePhone
from domain.people.profile import AskMember, ChangeName, ChangePhone, FindMember, LeaveQuestion, SetReminder
from domain.people.reachability import NoteReachability
from domain.people.roles import AcceptInvite, ClaimConfiguredAdmin, SwitchRole
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed
from domain.sessions.classes import CreateClass, EditClass, PutClassAway
from domain.sessions.first_timetable import SetTimetable
from domain.writes.base import GuardFailedError
from domain.writes.catalogue import BindCenter
from handlers.context import Services
from storage.database import Database
from storage.outbox import StoredOutbox
from storage.queries.audit_log import StoredAuditLogViews
from storage.queries.bookings import StoredBookingViews
from storage.queries.calendar import StoredCalendarViews
from storage.queries.history import StoredHistoryViews
from storage.queries.means import StoredMeansViews
from storage.queries.organization import CENTERS, ServedCenter
from storage.queries.owner import StoredOrganizationViews
from storage.queries.packages import StoredPackageViews
from storage.queries.people_admin import StoredPeopleAdminViews
from storage.queries.people_data import StoredProfileViews
from storage.queries.sessions import StoredSessionViews
from storage.queries.statement import StoredStatementViews
from storage.unit_of_work import OnCommit, unit_of_work_factory

_REGION_OF_ZONE = {"Africa/Cairo": "EG"}  # completes national phone numbers; Telegram's own come with their country
_DEFAULT_REGION = "EG"


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything that the chat needs, and what happens without anybody's tap, on one database."""

    center: Center
    services: Services
    outbox: Outbox
    subscribers: Mapping[str, Sequence[Subscriber]]


def wire(
    database: Database,
    *,
    clock: Clock,
    center: Center,
    admin_ids: frozenset[int],
    public_url: str | None = None,
    bot_username: str | None = None,
    on_commit: OnCommit | None = None,
) -> Wiring:
    """Wire the use cases and views of one center; without a public URL there are no calendar feeds.

    ``on_commit`` is told what each use case has just kept.
    """
    units = unit_of_work_factory(database, on_commit)
    region = _REGION_OF_ZONE.get(center.timezone, _DEFAULT_REGION)
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
            set_timetable=SetTimetable(units, clock),
            take_role_away=TakeRoleAway(units, clock),
            block_person=BlockPerson(units, clock),
            rename_somebody=RenameSomebody(units, clock),
            note_on_person=NoteOnPerson(units, clock),
            erase_somebody=EraseSomebody(units, clock),
            invite_to_role=InviteToRole(units, clock),
            take_invite_back=TakeInviteBack(units, clock),
            people=StoredPeopleAdminViews(database),
            audit_log=StoredAuditLogViews(database),
            organization=StoredOrganizationViews(database),
            sessions=StoredSessionViews(database),
            calendar=StoredCalendarViews(database),
            public_url=public_url,
            bot_username=bot_username,
            bookings=StoredBookingViews(database),
            history=StoredHistoryViews(database),
            money_trail=StoredStatementViews(database),
            means=StoredMeansViews(database),
            packages=StoredPackageViews(database),
            statement=StoredStatementViews(database),
            profiles=StoredProfileViews(database),
        ),
        outbox=StoredOutbox(database, center_id=center.id, clock=clock),
        subscribers=subscribers(units, database=database, clock=clock),
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
