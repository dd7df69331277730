"""A center to book in: students with credits or money, sessions of each kind. Made of the product's own writes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.scale import Scale
from domain.clock import SystemClock
from domain.finance.top_up import WalletOf, cash_top_up
from domain.ids import (
    AccountId,
    BranchId,
    CenterId,
    ClassId,
    PersonId,
    SessionId,
    StudentPackageId,
    WalletId,
    new_id,
)
from domain.organization.opening import OpeningSettings, open_branch, open_center
from domain.packages.purchase import PackageForSale, wallet_purchase
from domain.people.joining import new_wallet
from domain.people.model import IDLE
from domain.permissions import Actor, Role
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes.base import Write
from domain.writes.catalogue import AddAccount, AddClass, AddClassPackage, AddSession, AddWallet
from domain.writes.people import AddDialog, AddPerson, AddRole, FinishJoining
from storage.database import Database

SETTINGS = OpeningSettings(name="Bench Studio", currency="EGP", timezone="Africa/Cairo", default_language="en")
FIRST_TELEGRAM_ID = 72_000_000
PRICE_MINOR = 8_000
_WALLET_MINOR = 100_000
_PACKAGE_SESSIONS = 8
_PACKAGE_PRICE_MINOR = 56_000
_TRANSACTION_STUDENTS = 100
_HOUR = timedelta(hours=1)

TITLE = "Ballet I"


@dataclass(frozen=True, slots=True)
class House:
    """What is there before any student: the center with a branch, a class and a package for it."""

    center_id: CenterId
    branch_id: BranchId
    cashbox_id: AccountId
    deferred_account_id: AccountId
    class_id: ClassId
    package: PackageForSale


@dataclass(frozen=True, slots=True)
class BenchCenter:
    """Who books, and what: each list of sessions is one way of crowding."""

    students: tuple[Actor, ...]
    early_students: tuple[Actor, ...]  # who book before the clock starts, so that nothing is measured cold
    early_session: SessionId
    spread: tuple[SessionId, ...]
    hot: SessionId
    scarce: SessionId


def telegram_id(place: int) -> int:
    """Return the Telegram id of the student at a place of ``students``."""
    return FIRST_TELEGRAM_ID + place


async def fill_center(database: Database, scale: Scale) -> BenchCenter:
    """Fill an empty database."""
    now = SystemClock().now()
    house, writes = open_house(now, price_minor=PRICE_MINOR)
    starts_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    seats = -(-scale.people // scale.sessions)
    early = session(house, starts_at, now=now, capacity=scale.warm_up_people)
    spread = [session(house, starts_at + place * _HOUR, now=now, capacity=seats) for place in range(scale.sessions)]
    hot = session(house, starts_at, now=now, capacity=scale.people)
    scarce = session(house, starts_at, now=now, capacity=scale.scarce_seats)
    await database.apply([*writes, early, *spread, hot, scarce])
    students = await _add_students(database, house, scale.people + scale.warm_up_people, now=now)
    return BenchCenter(
        students=students[: scale.people],
        early_students=students[scale.people :],
        early_session=early.id,
        spread=tuple(each.id for each in spread),
        hot=hot.id,
        scarce=scarce.id,
    )


def open_house(now: datetime, *, price_minor: int) -> tuple[House, list[Write]]:
    """Return a new center's ids and the writes that make it."""
    center_id, branch_id, cashbox_id, class_id = CenterId(new_id()), BranchId(new_id()), AccountId(new_id()), new_id()
    package = PackageForSale(new_id(), ClassId(class_id), _PACKAGE_SESSIONS, _PACKAGE_PRICE_MINOR)
    center = open_center(center_id, SETTINGS, bot_id=None, now=now)
    deferred = next(write.id for write in center if isinstance(write, AddAccount) and write.kind == "DEFERRED_REVENUE")
    writes = [
        *center,
        *open_branch(branch_id, center_id=center_id, cashbox_id=cashbox_id, name="Maadi", address="12 Road 9", now=now),
        AddClass(
            id=ClassId(class_id),
            center_id=center_id,
            title=TITLE,
            subject="Dance",
            level="Beginners",
            teacher="Salma Nabil",
            price_minor=price_minor,
            capacity=12,
            duration_minutes=60,
            absentee_policy=AbsenteePolicy.FLEXIBLE,
            cancellation_window_minutes=120,
            no_show_fee_percent=0,
            created_at=now,
        ),
        AddClassPackage(
            package.id, center_id, package.class_id, "Ballet 8", _PACKAGE_SESSIONS, _PACKAGE_PRICE_MINOR, True, now
        ),
    ]
    return House(center_id, branch_id, cashbox_id, deferred, ClassId(class_id), package), writes


def session(
    house: House,
    starts_at: datetime,
    *,
    now: datetime,
    capacity: int,
    seats_taken: int = 0,
    status: SessionStatus = SessionStatus.SCHEDULED,
) -> AddSession:
    """Return the write of one extra session of the house's class."""
    return AddSession(
        id=SessionId(new_id()),
        center_id=house.center_id,
        branch_id=house.branch_id,
        class_id=house.class_id,
        rule_id=None,
        original_local_date=None,
        local_date=starts_at.date(),
        local_time=starts_at.time(),
        starts_at=starts_at,
        ends_at=starts_at + _HOUR,
        teacher="Salma Nabil",
        capacity=capacity,
        seats_taken=seats_taken,
        status=status,
        created_at=now,
    )


async def _add_students(database: Database, house: House, count: int, *, now: datetime) -> tuple[Actor, ...]:
    students: list[Actor] = []
    for first in range(0, count, _TRANSACTION_STUDENTS):
        writes: list[Write] = []
        for place in range(first, min(first + _TRANSACTION_STUDENTS, count)):
            student, joining = new_student(house, place, now=now)
            students.append(student)
            writes += joining
        await database.apply(sorted(writes, key=lambda write: write.rank))
    return tuple(students)


def new_student(house: House, place: int, *, now: datetime) -> tuple[Actor, list[Write]]:
    """Return a member with money in the wallet; every other one has bought a package from it."""
    actor = Actor(house.center_id, PersonId(new_id()), Role.STUDENT)
    wallet = new_wallet(house.center_id, actor.person_id, now=now)
    owner = WalletOf(actor.person_id, next(WalletId(write.id) for write in wallet if isinstance(write, AddWallet)))
    writes = [
        AddPerson(actor.person_id, house.center_id, telegram_id(place), f"Student {place}", "en", now),
        *wallet,
        AddDialog(actor.person_id, house.center_id, IDLE, {}, 1, None, now),
        FinishJoining(house.center_id, actor.person_id, now, Role.STUDENT),
        AddRole(new_id(), house.center_id, actor.person_id, Role.STUDENT, None, None, now),
        *cash_top_up(owner, cashbox_id=house.cashbox_id, amount_minor=_WALLET_MINOR, actor=actor, now=now),
    ]
    if place % 2:
        writes += wallet_purchase(
            owner,
            house.package,
            student_package_id=StudentPackageId(new_id()),
            deferred_account_id=house.deferred_account_id,
            actor=actor,
            now=now,
        )
    return actor, writes
