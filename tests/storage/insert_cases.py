"""For every kind of inserting write: a row, and rows that are there already under one of its unique keys."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import AccountKind, EntryCause, PaymentMethod, PaymentPurpose, PaymentStatus, WalletOwner
from domain.ids import (
    AccountId,
    BranchId,
    CenterId,
    ClassId,
    EnrollmentId,
    EntryId,
    HoldId,
    HolidayId,
    PaymentId,
    PersonId,
    SessionId,
    StudentPackageId,
    TimetableRuleId,
    WalletId,
    new_id,
)
from domain.notifications.model import MutableNotification
from domain.packages.model import StudentPackageStatus
from domain.permissions import Operation, Role
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes import catalogue, money, people, record, seats, timetable
from domain.writes.base import Write
from tests.cast import Cast
from tests.storage.broadcast_cases import broadcast_inserts
from tests.storage.cash_insert_cases import cash_insert_cases
from tests.storage.door_cases import door_insert_rows
from tests.storage.errand_cases import errand_inserts
from tests.storage.gateway_insert_cases import gateway_inserts
from tests.storage.reports_cases import reports_insert_cases
from tests.storage.waitlist_insert_cases import waitlist_cases


@dataclass(frozen=True, slots=True)
class InsertCase:
    """Writes that go in together, and writes that find their row there already, by the key that they share with it."""

    rows: list[Write]
    there_already: dict[str, Write]


def _catalogue_cases(cast: Cast) -> list[InsertCase]:
    center, now = cast.world.center_id, cast.world.clock.now()
    branch = catalogue.AddBranch(BranchId(new_id()), center, "Zamalek", None, now)
    taught = catalogue.AddClass(
        ClassId(new_id()), center, "Yoga", "Yoga", "All", "Karim", 1, 1, 60, AbsenteePolicy.FLEXIBLE, 0, 50, now
    )
    rule = catalogue.AddTimetableRule(
        new_id(), center, taught.id, branch.id, "FREQ=WEEKLY", time(18), date(2026, 11, 23), None, now
    )
    session = catalogue.AddSession(
        id=SessionId(new_id()),
        center_id=center,
        branch_id=branch.id,
        class_id=taught.id,
        rule_id=rule.id,
        original_local_date=date(2026, 11, 23),
        local_date=date(2026, 11, 24),
        local_time=time(18),
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=1),
        teacher="Karim",
        capacity=1,
        seats_taken=0,
        status=SessionStatus.SCHEDULED,
        created_at=now,
    )
    package = catalogue.AddClassPackage(new_id(), center, taught.id, "Yoga 1", 1, 100, is_active=True, created_at=now)
    return [
        InsertCase([branch], {"id": branch, "name": replace(branch, id=BranchId(new_id()))}),
        InsertCase([taught], {"id": taught}),
        InsertCase([rule], {"id": rule}),
        *_timetable_cases(cast, rule),
        InsertCase([session], {"id": session, "occurrence": replace(session, id=SessionId(new_id()))}),
        InsertCase([package], {"id": package}),
        _student_package_case(cast, taught.id, package.id),
    ]


def _timetable_cases(cast: Cast, rule: catalogue.AddTimetableRule) -> list[InsertCase]:
    center, now, day = cast.world.center_id, cast.world.clock.now(), date(2026, 12, 7)
    left_out = timetable.AddException(TimetableRuleId(rule.id), day, None)
    everywhere = timetable.AddHoliday(HolidayId(new_id()), center, None, day, "Feast", now)
    somewhere = replace(everywhere, id=HolidayId(new_id()), branch_id=rule.branch_id)
    return [
        InsertCase([left_out], {"day": left_out}),
        InsertCase([everywhere], {"id": everywhere, "day": replace(everywhere, id=HolidayId(new_id()))}),
        InsertCase([somewhere], {"id": somewhere, "day": replace(somewhere, id=HolidayId(new_id()))}),
    ]


def _student_package_case(cast: Cast, class_id: ClassId, class_package_id: UUID) -> InsertCase:
    bought = catalogue.AddStudentPackage(
        id=StudentPackageId(new_id()),
        center_id=cast.world.center_id,
        student_id=cast.member.id,
        class_package_id=class_package_id,
        class_id=class_id,
        credits_total=1,
        credits_left=1,
        price_minor=100,
        value_left_minor=100,
        status=StudentPackageStatus.ACTIVE,
        purchased_at=cast.world.clock.now(),
    )
    return InsertCase([bought], {"id": bought})


def _opening_cases(cast: Cast) -> list[InsertCase]:
    now, center_id = cast.world.clock.now(), CenterId(new_id())
    center = catalogue.AddCenter(center_id, 55, "Other", "EGP", "Africa/Cairo", "en", 60, 15, 28, 1_000, now)
    safe = catalogue.AddAccount(AccountId(new_id()), center_id, AccountKind.CENTER_SAFE, now)
    account = catalogue.AddAccount(AccountId(new_id()), center_id, AccountKind.WALLET, now)
    owner = new_id()
    wallet = catalogue.AddWallet(WalletId(account.id), center_id, WalletOwner.CENTER, owner, 0, 0)
    drawer = catalogue.AddAccount(AccountId(new_id()), center_id, AccountKind.CASHBOX, now)
    branch = catalogue.AddBranch(BranchId(new_id()), center_id, "Giza", None, now)
    cashbox = catalogue.AddCashbox(drawer.id, center_id, branch.id, 0)
    return [
        InsertCase([center], {"id": center, "bot": replace(center, id=CenterId(new_id()))}),
        InsertCase([safe], {"id": safe, "kind": replace(safe, id=AccountId(new_id()))}),
        InsertCase([account, wallet], {"id": wallet, "owner": replace(wallet, id=WalletId(safe.id))}),
        InsertCase([drawer, branch, cashbox], {"id": cashbox, "branch": replace(cashbox, id=safe.id)}),
    ]


def _people_cases(cast: Cast) -> list[InsertCase]:
    center, now = cast.world.center_id, cast.world.clock.now()
    person = people.AddPerson(PersonId(new_id()), center, 123, "Jack", None, now)
    guest = people.AddGuest(PersonId(new_id()), center, "Aya", "+201012345670", "ar", now)
    student = people.AddRole(new_id(), center, person.id, Role.STUDENT, None, None, now)
    staff = people.AddRole(new_id(), center, person.id, Role.STAFF, cast.world.branch.id, None, now)
    invite = people.AddInvite(new_id(), center, Role.ADMIN, None, "hash", None, now, now)
    muted = people.MuteNotification(person.id, MutableNotification.REMINDER_DAY_BEFORE)
    dialog = people.AddDialog(person.id, center, "idle", {}, 1, None, now)
    return [
        InsertCase([person], {"id": person, "telegram id": replace(person, id=PersonId(new_id()))}),
        InsertCase([guest], {"id": guest}),
        InsertCase([student], {"id": student, "role": replace(student, id=new_id())}),
        InsertCase([staff], {"id": staff, "branch": replace(staff, id=new_id())}),
        InsertCase([invite], {"id": invite, "code": replace(invite, id=new_id())}),
        InsertCase([muted], {"kind": muted}),
        InsertCase([dialog], {"person": dialog}),
    ]


def _money_cases(cast: Cast) -> list[InsertCase]:
    center, now, member = cast.world.center_id, cast.world.clock.now(), cast.member
    wallet_id = WalletId(member.owner.wallet_id)
    seat = seats.AddEnrollment(
        id=EnrollmentId(new_id()),
        center_id=center,
        session_id=cast.session.id,
        student_id=member.id,
        status=EnrollmentStatus.LOCKED,
        method=PaymentMethod.WALLET,
        price_minor=8_000,
        policy=AbsenteePolicy.STRICT,
        no_show_fee_percent=0,
        free_cancel_until=now,
        student_package_id=None,
        credit_value_minor=0,
        created_at=now,
    )
    hold = money.AddHold(HoldId(new_id()), center, wallet_id, seat.id, 8_000, now)
    payment = money.AddPayment(
        id=PaymentId(new_id()),
        center_id=center,
        payer_id=member.id,
        method=PaymentMethod.WALLET,
        purpose=PaymentPurpose.ENROLLMENT,
        enrollment_id=seat.id,
        student_package_id=None,
        amount_minor=8_000,
        status=PaymentStatus.PENDING,
        created_at=now,
        ended_at=None,
    )
    return [
        InsertCase([seat], {"id": seat, "a seat in the session": replace(seat, id=EnrollmentId(new_id()))}),
        InsertCase([hold], {"id": hold}),
        InsertCase([payment], {"id": payment}),
        _entry_case(cast),
    ]


def _entry_case(cast: Cast) -> InsertCase:
    center, now, entry_id = cast.world.center_id, cast.world.clock.now(), EntryId(new_id())
    wallet, drawer = AccountId(cast.member.owner.wallet_id), cast.world.branch.cashbox_id
    debit = money.AddPosting(entry_id, 1, center, drawer, 5)
    credit = money.AddPosting(entry_id, 2, center, wallet, -5)
    closed = money.AddEntry(entry_id, center, EntryCause.CASH_TOP_UP, new_id(), None, None, None, now)
    return InsertCase([debit, credit, closed], {"id": closed})


def _record_cases(cast: Cast) -> list[InsertCase]:
    center, now = cast.world.center_id, cast.world.clock.now()
    event = record.AddEvent(new_id(), center, "enrollment.booked", new_id(), None, now)
    row = record.AddAuditRow(new_id(), center, now, None, None, Operation.BOOK_SESSION, "seat", new_id(), None, {}, None)
    return [InsertCase([event], {"id": event}), InsertCase([row], {"id": row})]


def insert_cases(cast: Cast) -> list[InsertCase]:
    """Return the cases, in an order in which each finds what it refers to."""
    return [
        *_catalogue_cases(cast),
        *_opening_cases(cast),
        *_people_cases(cast),
        *_money_cases(cast),
        *_record_cases(cast),
        *(InsertCase([row], there_already) for row, there_already in door_insert_rows(cast)),
        *(InsertCase(*each) for each in waitlist_cases(cast)),
        *(InsertCase(rows, there_already) for rows, there_already in gateway_inserts(cast)),
        *(InsertCase(*each) for each in cash_insert_cases(cast)),
        InsertCase(*broadcast_inserts(cast)),
        InsertCase(*errand_inserts(cast)),
        *(InsertCase(*each) for each in reports_insert_cases(cast)),
    ]
