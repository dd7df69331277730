"""Builds centers, sessions, people, money and credits for tests, through the product's own writes and use cases.

What a test finds in the database was therefore put there by code under test: balances have their journal entries, packages
their payments, wallets their accounts.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.enrollments.booking import BookSession
from domain.enrollments.cancellation import CancelEnrollment, Cancellation
from domain.enrollments.model import Enrollment
from domain.enrollments.quote import ConfirmedTerms, terms_shown
from domain.finance.top_up import WalletOf, cash_top_up
from domain.ids import (
    AccountId,
    BranchId,
    CenterId,
    ClassId,
    EnrollmentId,
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
from domain.sessions.timetable import session_times
from domain.writes.base import Write
from domain.writes.catalogue import AddClass, AddClassPackage, AddSession, AddWallet
from domain.writes.people import AddDialog, AddPerson, AddRole, FinishJoining
from storage.database import Database, fetch_one
from storage.queries.organization import DEFERRED_ACCOUNT
from storage.queries.sessions import StoredSessionViews
from storage.unit_of_work import unit_of_work_factory

OPENING_DAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday, 10:00 in Cairo
ZONE = ZoneInfo("Africa/Cairo")
_telegram_ids = count(7_000_000_001)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = OPENING_DAY) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the instant that the test has set."""
        return self._now

    def set(self, now: datetime) -> None:
        """Go to an instant."""
        self._now = now

    def advance(self, by: timedelta) -> None:
        """Go on by a length of time, or back by a negative one."""
        self._now += by


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch and its drawer."""

    id: BranchId
    name: str
    cashbox_id: AccountId


@dataclass(frozen=True, slots=True)
class Taught:
    """A class as it was added."""

    id: ClassId
    title: str
    price_minor: int
    capacity: int
    duration_minutes: int


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A session as it was added."""

    id: SessionId
    taught: Taught
    branch: Branch
    starts_at: datetime
    capacity: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the center: ``actor`` is who they are to use cases. ``wallet_id`` is None for whoever has no wallet."""

    name: str
    telegram_id: int | None
    actor: Actor
    wallet_id: WalletId | None = None

    @property
    def id(self) -> PersonId:
        """The person's own id."""
        return self.actor.person_id

    @property
    def owner(self) -> WalletOf:
        """The person with their wallet, which must be there."""
        assert self.wallet_id is not None
        return WalletOf(self.id, self.wallet_id)


class World:
    """One center on an open, migrated database. A second world on the same database is another center."""

    def __init__(self, database: Database, clock: FixedClock, center_id: CenterId) -> None:
        self.database = database
        self.clock = clock
        self.center_id = center_id
        self.branch: Branch  # the first one; every world has it
        self.deferred_account_id: AccountId

    @classmethod
    async def open(
        cls, database: Database, *, clock: FixedClock | None = None, name: str = "Nile Studio", bot_id: int | None = None
    ) -> "World":
        """Open a center in Cairo, with its accounts and a branch."""
        world = cls(database, clock or FixedClock(), CenterId(new_id()))
        settings = OpeningSettings(name, "EGP", ZONE.key, "en")
        await database.apply(open_center(world.center_id, settings, bot_id=bot_id, now=world.clock.now()))
        world.branch = await world.add_branch("Maadi")
        deferred = await fetch_one(database, DEFERRED_ACCOUNT, center_id=world.center_id)
        assert deferred is not None
        world.deferred_account_id = deferred
        return world

    def on(self, database: Database) -> "World":
        """Return the same center through another connection to the same database: another process, as it were."""
        other = World(database, self.clock, self.center_id)
        other.branch, other.deferred_account_id = self.branch, self.deferred_account_id
        return other

    async def add_branch(self, name: str) -> Branch:
        """Add a branch with its cashbox."""
        branch = Branch(BranchId(new_id()), name, AccountId(new_id()))
        await self.database.apply(
            open_branch(
                branch.id,
                center_id=self.center_id,
                cashbox_id=branch.cashbox_id,
                name=name,
                address="12 Road 9",
                now=self.clock.now(),
            )
        )
        return branch

    async def add_class(
        self,
        title: str = "Ballet I",
        *,
        price_minor: int = 8_000,
        capacity: int = 12,
        policy: AbsenteePolicy = AbsenteePolicy.STRICT,
        window_minutes: int = 120,
        fee_percent: int = 0,
        duration_minutes: int = 60,
    ) -> Taught:
        """Add a class."""
        taught = Taught(ClassId(new_id()), title, price_minor, capacity, duration_minutes)
        await self.database.apply(
            [
                AddClass(
                    id=taught.id,
                    center_id=self.center_id,
                    title=title,
                    subject="Dance",
                    level="Beginners",
                    teacher="Salma Nabil",
                    price_minor=price_minor,
                    capacity=capacity,
                    duration_minutes=duration_minutes,
                    absentee_policy=policy,
                    cancellation_window_minutes=window_minutes,
                    no_show_fee_percent=fee_percent,
                    created_at=self.clock.now(),
                )
            ]
        )
        return taught

    async def add_session(
        self,
        taught: Taught,
        *,
        starts_in: timedelta = timedelta(days=1),
        capacity: int | None = None,
        status: SessionStatus = SessionStatus.SCHEDULED,
        branch: Branch | None = None,
    ) -> Scheduled:
        """Add an extra session of a class; its capacity is the class's unless given."""
        scheduled = Scheduled(
            SessionId(new_id()), taught, branch or self.branch, self.clock.now() + starts_in, capacity or taught.capacity
        )
        local = scheduled.starts_at.astimezone(ZONE)
        times = session_times(local.date(), local.time(), duration_minutes=taught.duration_minutes, zone=ZONE)
        await self.database.apply(
            [
                AddSession(
                    id=scheduled.id,
                    center_id=self.center_id,
                    branch_id=scheduled.branch.id,
                    class_id=taught.id,
                    rule_id=None,
                    original_local_date=None,
                    local_date=times.local_date,
                    local_time=times.local_time,
                    starts_at=times.starts_at,
                    ends_at=times.ends_at,
                    teacher="Salma Nabil",
                    capacity=scheduled.capacity,
                    seats_taken=0,
                    status=status,
                    created_at=self.clock.now(),
                )
            ]
        )
        return scheduled

    async def add_student(self, name: str = "Mona Adel", *, money_minor: int = 0) -> Person:
        """Add a student who has joined, with a wallet and money paid in at the desk."""
        return (await self.add_students(1, name=name, money_minor=money_minor))[0]

    async def add_students(self, how_many: int, *, name: str = "Student", money_minor: int = 0) -> list[Person]:
        """Add many students in one transaction."""
        writes: list[Write] = []
        students = []
        for number in range(how_many):
            student, theirs = self._joined(name if how_many == 1 else f"{name} {number}", Role.STUDENT)
            wallet = new_wallet(self.center_id, student.id, now=self.clock.now())
            wallet_id = next(write.id for write in wallet if isinstance(write, AddWallet))
            student = replace(student, wallet_id=wallet_id)
            students.append(student)
            writes += [*theirs, *wallet, *(self._top_up(student, money_minor) if money_minor else [])]
        await self.database.apply(sorted(writes, key=_rank))
        return students

    async def add_staff(self, name: str = "Hana Zaki", *, branch: Branch | None = None) -> Person:
        """Add a receptionist of one branch."""
        person, writes = self._joined(name, Role.STAFF, branch_id=(branch or self.branch).id)
        await self.database.apply(sorted(writes, key=_rank))
        return person

    async def add_admin(self, name: str = "Tarek Mansour") -> Person:
        """Add an admin."""
        person, writes = self._joined(name, Role.ADMIN)
        await self.database.apply(sorted(writes, key=_rank))
        return person

    async def add_guest(self, name: str = "Ziad Morsi") -> Person:
        """Add a person without Telegram, who has never joined."""
        person = Person(name, None, Actor(self.center_id, PersonId(new_id()), None))
        await self.database.apply([AddPerson(person.id, self.center_id, None, name, None, self.clock.now())])
        return person

    async def block(self, person: Person) -> Person:
        """Let the center block a person."""
        at = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        await self.database.execute(f"UPDATE people SET blocked_at = '{at}' WHERE id = '{sql_id(person.id)}'")
        return replace(person, actor=replace(person.actor, is_blocked=True))

    async def top_up(self, student: Person, amount_minor: int) -> None:
        """Put cash into a student's wallet at the desk."""
        await self.database.apply(sorted(self._top_up(student, amount_minor), key=_rank))

    async def add_package(
        self, student: Person, taught: Taught, *, credits_total: int = 8, price_minor: int = 56_000
    ) -> StudentPackageId:
        """Let a student pay in the price of a package at the desk and buy it from the wallet."""
        package = PackageForSale(new_id(), taught.id, credits_total, price_minor)
        student_package_id, now = StudentPackageId(new_id()), self.clock.now()
        writes = [
            AddClassPackage(
                package.id,
                self.center_id,
                taught.id,
                taught.title,
                credits_total,
                price_minor,
                is_active=True,
                created_at=now,
            ),
            *(self._top_up(student, price_minor) if price_minor else []),
            *wallet_purchase(
                student.owner,
                package,
                student_package_id=student_package_id,
                deferred_account_id=self.deferred_account_id,
                actor=student.actor,
                now=now,
            ),
        ]
        await self.database.apply(sorted(writes, key=_rank))
        return student_package_id

    async def confirmed_terms(self, student: Person, session: Scheduled) -> ConfirmedTerms:
        """Read the card of a session, and return what its confirm button would carry."""
        card = await StoredSessionViews(self.database).find_card(
            center_id=self.center_id, reader_id=student.id, session_id=session.id
        )
        assert card is not None
        return terms_shown(card.session, card.quote)

    async def book(
        self,
        student: Person,
        session: Scheduled,
        *,
        enrollment_id: EnrollmentId | None = None,
        confirmed: ConfirmedTerms | None = None,
    ) -> Enrollment:
        """Press the confirm button: one drawn now, unless an older one's id and terms are given."""
        return await BookSession(unit_of_work_factory(self.database), self.clock)(
            actor=student.actor,
            session_id=session.id,
            enrollment_id=enrollment_id or new_enrollment_id(),
            confirmed=confirmed or await self.confirmed_terms(student, session),
        )

    async def cancel(self, student: Person, enrollment_id: EnrollmentId) -> Cancellation:
        """Press the cancel button of a booking."""
        cancel = CancelEnrollment(unit_of_work_factory(self.database), self.clock)
        return await cancel(actor=student.actor, enrollment_id=enrollment_id)

    def _joined(self, name: str, role: Role, *, branch_id: BranchId | None = None) -> tuple[Person, list[Write]]:
        now, person_id, telegram_id = self.clock.now(), PersonId(new_id()), next(_telegram_ids)
        branches = frozenset({branch_id}) if branch_id is not None else frozenset()
        person = Person(name, telegram_id, Actor(self.center_id, person_id, role, branches))
        return person, [
            AddPerson(person_id, self.center_id, telegram_id, name, "en", now),
            AddDialog(person_id, self.center_id, IDLE, {}, 1, None, now),
            FinishJoining(self.center_id, person_id, now, role),
            AddRole(new_id(), self.center_id, person_id, role, branch_id, None, now),
        ]

    def _top_up(self, student: Person, amount_minor: int) -> list[Write]:
        return cash_top_up(
            student.owner,
            cashbox_id=self.branch.cashbox_id,
            amount_minor=amount_minor,
            actor=student.actor,
            now=self.clock.now(),
        )


def new_enrollment_id() -> EnrollmentId:
    """Return the id that a confirm screen drawn now would put into its button."""
    return EnrollmentId(new_id())


def sql_id(id_: UUID) -> str:
    """Return an id as both databases read it in a literal: SQLite keeps 32 hexadecimal digits, PostgreSQL takes them."""
    return id_.hex


def _rank(write: Write) -> int:
    return write.rank
