"""Loads the example center: once, through the same writes, use cases and guards as everything else."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.example.cast import (
    BALLET,
    BRANCHES,
    CENTER,
    CLASSES,
    KARATE,
    OWNER,
    PEOPLE,
    RECEPTIONIST,
    REGULARS,
    REGULARS_WALLET_MINOR,
    YOGA,
    ExampleClass,
    ExamplePerson,
)
from bot.example.past import PastClock, Scene, live_through
from bot.wiring import wire
from domain.clock import Clock
from domain.enrollments.booking import BookSession
from domain.enrollments.quote import quote_seat, terms_shown
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
from domain.organization.model import Center
from domain.organization.opening import DEFAULT_HORIZON_DAYS, open_branch, open_center
from domain.packages.purchase import PackageForSale, wallet_purchase
from domain.people.joining import new_wallet
from domain.people.model import IDLE
from domain.permissions import Actor, Role, system_actor
from domain.sessions.model import SessionStatus, SessionTimes
from domain.sessions.timetable import occurrences, session_times
from domain.writes.base import Write
from domain.writes.catalogue import AddClass, AddClassPackage, AddSession, AddTimetableRule, AddWallet
from domain.writes.people import AddDialog, AddPerson, AddRole, FinishJoining, SetVerifiedPhone
from storage.database import Database, fetch_one
from storage.queries.organization import CENTERS, DEFERRED_ACCOUNT
from storage.unit_of_work import unit_of_work_factory

_SOON_MINUTES = 45  # the session about to start: check-in could be open, free cancelling is over
_ROUND_TO_MINUTES = 5


@dataclass(frozen=True, slots=True)
class _Opened:
    """The ids of what has been set up."""

    center_id: CenterId
    branches: dict[str, BranchId]
    cashboxes: dict[str, AccountId]
    classes: dict[str, ClassId]
    packages: dict[str, PackageForSale]
    sessions: dict[str, list[SessionId]]  # by class, soonest first


async def load_example_center(database: Database, *, clock: Clock, bot_id: int | None, weeks_of_past: int = 0) -> CenterId:
    """Load the example center into the database, unless a center of its name is there; return its id.

    With weeks of past it was opened so long ago, and people have come and paid since.
    """
    for served in await database.fetch(CENTERS):
        if served.center.name == CENTER.name:
            return served.center.id
    now = clock.now()
    began = now - timedelta(weeks=weeks_of_past)
    setup, opened = _setup(now, opened_at=began, bot_id=bot_id)
    await database.apply(setup)
    deferred = await fetch_one(database, DEFERRED_ACCOUNT, center_id=opened.center_id)
    if deferred is None:
        raise RuntimeError("the center was opened without its accounts")
    story = PastClock(began)
    then = _Loader(database, story, opened, deferred)
    people = await then.add_people()
    regulars = await then.add_regulars()
    if weeks_of_past:
        scene = _scene(then, people, regulars, receptionist=await then.add_receptionist("Zamalek"))
        async with _unhurried_disk(database):
            await live_through(scene, until=now)
        story.at = now
        await then.bring_money(regulars)
    await _Loader(database, clock, opened, deferred).fill_classes([actor for actor, _ in regulars])
    return opened.center_id


@asynccontextmanager
async def _unhurried_disk(database: Database) -> AsyncIterator[None]:
    """Let SQLite not wait for the disk: only a power cut could lose anything of the story."""
    if database.backend != "sqlite":
        yield
        return
    await database.execute("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        await database.execute("PRAGMA synchronous = FULL")


def _scene(
    loader: "_Loader", people: dict[str, Actor], regulars: Sequence[tuple[Actor, WalletOf]], *, receptionist: Actor
) -> Scene:
    opened, database, clock = loader.opened, loader.database, loader.clock
    if not isinstance(clock, PastClock):
        raise TypeError("a story is told by a clock of its own")
    center = Center(opened.center_id, CENTER.name, CENTER.currency, CENTER.timezone, CENTER.default_language)
    return Scene(
        database,
        wire(database, clock=clock, center=center, admin_ids=frozenset()),
        clock,
        opened.branches,
        opened.classes,
        opened.packages,
        {opened.branches["Maadi"]: people["hana"], opened.branches["Zamalek"]: receptionist},
        people[OWNER],
        [actor for actor, _ in regulars],
    )


def _setup(now: datetime, *, opened_at: datetime, bot_id: int | None) -> tuple[list[Write], _Opened]:
    center_id = CenterId(new_id())
    opened = _Opened(center_id, {}, {}, {}, {}, {})
    writes = open_center(center_id, CENTER, bot_id=bot_id, now=opened_at)
    for name, address in BRANCHES.items():
        opened.branches[name], opened.cashboxes[name] = BranchId(new_id()), AccountId(new_id())
        writes += open_branch(
            opened.branches[name],
            center_id=center_id,
            cashbox_id=opened.cashboxes[name],
            name=name,
            address=address,
            now=opened_at,
        )
    for example in CLASSES:
        writes += _class_writes(example, opened, opened_at=opened_at)
        writes += _timetable_writes(example, opened, now=now)
    return writes, opened


def _class_writes(example: ExampleClass, opened: _Opened, *, opened_at: datetime) -> list[Write]:
    class_id = opened.classes[example.title] = ClassId(new_id())
    name, session_count, price_minor = example.package
    package = opened.packages[example.title] = PackageForSale(new_id(), class_id, session_count, price_minor)
    return [
        AddClass(
            id=class_id,
            center_id=opened.center_id,
            title=example.title,
            subject=example.subject,
            level=example.level,
            teacher=example.teacher,
            price_minor=example.price_minor,
            capacity=example.capacity,
            duration_minutes=example.duration_minutes,
            absentee_policy=example.policy,
            cancellation_window_minutes=example.window_minutes,
            no_show_fee_percent=example.fee_percent,
            created_at=opened_at,
        ),
        AddClassPackage(
            package.id, opened.center_id, class_id, name, session_count, price_minor, is_active=True, created_at=opened_at
        ),
    ]


def _timetable_writes(example: ExampleClass, opened: _Opened, *, now: datetime) -> list[Write]:
    class_id, zone = opened.classes[example.title], ZoneInfo(CENTER.timezone)
    today = now.astimezone(zone).date()
    rules: list[Write] = []
    found: list[AddSession] = []
    for branch, days, local_time in example.weekly:
        rule_id, recurrence = new_id(), f"FREQ=WEEKLY;BYDAY={days}"
        branch_id = opened.branches[branch]
        rules.append(
            AddTimetableRule(rule_id, opened.center_id, class_id, branch_id, recurrence, local_time, today, None, now)
        )
        found += [
            _session(example, class_id, branch_id, times, opened, rule_id=rule_id, now=now)
            for times in occurrences(
                recurrence=recurrence,
                local_time=local_time,
                duration_minutes=example.duration_minutes,
                zone=zone,
                first=today,
                last=today + timedelta(days=DEFAULT_HORIZON_DAYS),
                starts_on=today,
            )
            if times.starts_at > now
        ]
    if example is BALLET:
        soon = _soon(now, zone)
        times = session_times(soon.date(), soon.time(), duration_minutes=example.duration_minutes, zone=zone)
        found.append(_session(example, class_id, opened.branches["Maadi"], times, opened, rule_id=None, now=now))
    found.sort(key=lambda session: session.starts_at)
    opened.sessions[example.title] = [session.id for session in found]
    return [*rules, *found]


def _soon(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the local time of the session about to start, on a round five minutes."""
    soon = (now + timedelta(minutes=_SOON_MINUTES)).astimezone(zone)
    return soon.replace(minute=soon.minute - soon.minute % _ROUND_TO_MINUTES, second=0, microsecond=0)


def _session(
    example: ExampleClass,
    class_id: ClassId,
    branch_id: BranchId,
    times: SessionTimes,
    opened: _Opened,
    *,
    rule_id: UUID | None,
    now: datetime,
) -> AddSession:
    return AddSession(
        id=SessionId(new_id()),
        center_id=opened.center_id,
        branch_id=branch_id,
        class_id=class_id,
        rule_id=rule_id,
        original_local_date=times.local_date if rule_id is not None else None,
        local_date=times.local_date,
        local_time=times.local_time,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        teacher=example.teacher,
        capacity=example.capacity,
        seats_taken=0,
        status=SessionStatus.SCHEDULED,
        created_at=now,
    )


@dataclass(frozen=True, slots=True)
class _Loader:
    """Adds people, their money and credits, and books seats for them."""

    database: Database
    clock: Clock
    opened: _Opened
    deferred_account_id: AccountId

    async def add_people(self) -> dict[str, Actor]:
        """Add everybody of the cast who has written to the bot before; return them by their short names."""
        return {person.slug: await self._add_member(person, person.role) for person in PEOPLE if person.role is not None}

    async def add_regulars(self) -> list[tuple[Actor, WalletOf]]:
        """Add the regulars, each with money."""
        return [await self._add_regular(name) for name in REGULARS]

    async def bring_money(self, regulars: Sequence[tuple[Actor, WalletOf]]) -> None:
        """Let the regulars top up again."""
        for _, owner in regulars:
            await self._top_up(owner, REGULARS_WALLET_MINOR)

    async def add_receptionist(self, branch: str) -> Actor:
        """Add somebody who kept a branch's desk, and has never opened the bot."""
        owner, writes = self._person(RECEPTIONIST, telegram_id=None, language=None)
        center_id, branch_id, now = self.opened.center_id, self.opened.branches[branch], self.clock.now()
        added = AddRole(new_id(), center_id, owner.person_id, Role.STAFF, branch_id, None, now)
        await self.database.apply([*writes, added])
        return Actor(center_id, owner.person_id, Role.STAFF, frozenset({branch_id}))

    async def fill_classes(self, actors: Sequence[Actor]) -> None:
        """Let regulars book: one session gets full, one nearly so, others get a few heads."""
        full, nearly = self.opened.sessions[YOGA.title][0], self.opened.sessions[KARATE.title][0]
        for actor in actors[: YOGA.capacity]:
            await self._book(actor, full)
        for actor in actors[: KARATE.capacity - 1]:
            await self._book(actor, nearly)
        for place, session_id in enumerate(self.opened.sessions[BALLET.title][:3]):
            for actor in actors[place : place + 3 + place]:
                await self._book(actor, session_id)

    async def _add_member(self, person: ExamplePerson, role: Role) -> Actor:
        name, now = f"{person.first_name} {person.last_name}", self.clock.now()
        owner, writes = self._person(name, telegram_id=person.telegram_id, language=person.language)
        center_id = self.opened.center_id
        branch_id = self.opened.branches[person.branch] if person.branch is not None else None
        roles = {Role.STUDENT: None, role: branch_id} if role is Role.STUDENT else {role: branch_id}
        await self.database.apply(
            [
                *writes,
                AddDialog(owner.person_id, center_id, IDLE, {}, 1, None, now),
                SetVerifiedPhone(center_id, owner.person_id, person.phone, now),
                FinishJoining(center_id, owner.person_id, now, role),
                *(AddRole(new_id(), center_id, owner.person_id, each, at, None, now) for each, at in roles.items()),
            ]
        )
        price_minor = sum(self.opened.packages[each.title].price_minor for each in person.packages)
        await self._top_up(owner, person.wallet_minor + price_minor)
        for each in person.packages:
            await self.database.apply(
                wallet_purchase(
                    owner,
                    self.opened.packages[each.title],
                    student_package_id=StudentPackageId(new_id()),
                    deferred_account_id=self.deferred_account_id,
                    actor=self._actor(owner),
                    now=self.clock.now(),
                )
            )
        return Actor(center_id, owner.person_id, role, frozenset({branch_id} if branch_id is not None else ()))

    async def _add_regular(self, name: str) -> tuple[Actor, WalletOf]:
        owner, writes = self._person(name, telegram_id=None, language=None)
        await self.database.apply(writes)
        await self._top_up(owner, REGULARS_WALLET_MINOR)
        return self._actor(owner), owner

    def _person(self, name: str, *, telegram_id: int | None, language: str | None) -> tuple[WalletOf, list[Write]]:
        person_id, now = PersonId(new_id()), self.clock.now()
        wallet = new_wallet(self.opened.center_id, person_id, now=now)
        wallet_id = next(write.id for write in wallet if isinstance(write, AddWallet))
        writes = [AddPerson(person_id, self.opened.center_id, telegram_id, name, language, now), *wallet]
        return WalletOf(person_id, WalletId(wallet_id)), writes

    def _actor(self, owner: WalletOf) -> Actor:
        return Actor(self.opened.center_id, owner.person_id, Role.STUDENT)

    async def _top_up(self, owner: WalletOf, amount_minor: int) -> None:
        if amount_minor > 0:
            cashbox_id = self.opened.cashboxes["Maadi"]
            nobody, now = system_actor(self.opened.center_id), self.clock.now()
            writes = cash_top_up(owner, cashbox_id=cashbox_id, amount_minor=amount_minor, actor=nobody, now=now)
            await self.database.apply(sorted(writes, key=lambda write: write.rank))

    async def _book(self, actor: Actor, session_id: SessionId) -> None:
        units = unit_of_work_factory(self.database)
        enrollment_id = EnrollmentId(new_id())
        async with units() as work:
            facts = await work.enrollments.find_booking_facts(
                center_id=actor.center_id,
                session_id=session_id,
                student_id=actor.person_id,
                enrollment_id=enrollment_id,
            )
        if facts is None:
            raise RuntimeError("a session of the example center is missing")
        confirmed = terms_shown(facts.session, quote_seat(facts.session, credit=facts.credit, wallet=facts.wallet))
        await BookSession(units, self.clock)(
            actor=actor, session_id=session_id, enrollment_id=enrollment_id, confirmed=confirmed
        )
