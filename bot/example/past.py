"""Weeks that the example center has behind it, so that lists, wallets and reports have something to show.

They are lived through with the use cases of every day, by people who book, come or don't, and pay: what is shown of them is
as right as anything else. The same weeks each time: chance is drawn from a fixed seed.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.example.cast import CENTER, CLASSES, ExampleClass
from bot.wiring import Wiring
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionOutcome
from domain.enrollments.quote import quote_seat, terms_shown
from domain.errors import RefusalError
from domain.ids import (
    BranchId,
    CashCountId,
    CashTransactionId,
    ClassId,
    ClassPackageId,
    EnrollmentId,
    PersonId,
    SessionId,
    StudentPackageId,
    new_id,
)
from domain.packages.buying import ShownOffer
from domain.packages.purchase import PackageForSale
from domain.people.guests import NewGuest
from domain.permissions import Actor
from domain.sessions.model import SessionStatus
from domain.sessions.timetable import occurrences
from domain.writes.catalogue import AddSession
from storage.database import Database
from storage.unit_of_work import unit_of_work_factory

_FIRST_NAMES: Final = ("Samir", "Rasha", "Walid", "Engy", "Hany", "Mai", "Ramy", "Noha")
_LAST_NAMES: Final = ("Hamed", "Fathy", "Nasr", "Sabry", "Zaher", "Shahin")
_SEED: Final = 7
_TOP_UP_MINOR: Final = 50_000
_POPULARITY: Final = {"Ballet I": 8, "Hatha Yoga": 7, "Karate Kids": 8, "رياضيات ثالثة ثانوي": 4}
_BUYS_PACKAGES, _CANCELS, _COMES, _WALKS_IN = 0.4, 0.08, 0.86, 0.35
_STAYS_AWAY_AFTER: Final = 0.5  # so much of the time some regulars come, and then no more
_KEPT_IN_THE_DRAWER_MINOR: Final = 50_000
_SHORT_MINOR: Final = 1_000  # what was missing in one count


class PastClock:
    """The example's own clock: it stands where the story is."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return where the story is."""
        return self.at


@dataclass(frozen=True, slots=True)
class Scene:
    """What the story is played with: the opened center, and who is there."""

    database: Database
    wiring: Wiring
    clock: PastClock
    branches: dict[str, BranchId]
    classes: dict[str, ClassId]
    packages: dict[str, PackageForSale]
    staff: dict[BranchId, Actor]
    admin: Actor
    regulars: Sequence[Actor]


@dataclass(slots=True)
class _Story:
    """What happens when; told in order of time."""

    scene: Scene
    until: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311 -- a story, no secret
    steps: list[tuple[datetime, Callable[[], Awaitable[Any]]]] = field(default_factory=list)
    guests: int = 0

    def at(self, moment: datetime, step: Callable[[], Awaitable[Any]]) -> None:
        if moment < self.until:
            self.steps.append((moment, step))

    def next_guest(self) -> NewGuest:
        """Return somebody who walks in: another name each time, as long as there are some."""
        first, last = self.guests % len(_FIRST_NAMES), self.guests // len(_FIRST_NAMES) % len(_LAST_NAMES)
        self.guests += 1
        return NewGuest(PersonId(new_id()), f"{_FIRST_NAMES[first]} {_LAST_NAMES[(first + last) % len(_LAST_NAMES)]}", None)


async def live_through(scene: Scene, *, until: datetime) -> None:
    """Play everything from the clock's time to ``until``, and leave no event behind that is still to be told."""
    story = _Story(scene, until)
    for example in CLASSES:
        for branch, days, local_time in example.weekly:
            zone = ZoneInfo(CENTER.timezone)
            first, last = (each.astimezone(zone).date() for each in (scene.clock.now(), until))
            for times in occurrences(
                recurrence=f"FREQ=WEEKLY;BYDAY={days}",
                local_time=local_time,
                duration_minutes=example.duration_minutes,
                zone=zone,
                first=first + timedelta(days=3),
                last=last,
                starts_on=first,
            ):
                if times.ends_at < until:
                    session_id = SessionId(new_id())
                    await scene.database.apply([_session(scene, example, branch, session_id, times)])
                    _plan(story, example, scene.branches[branch], session_id, times.starts_at, times.ends_at)
    _plan_counts(story)
    for moment, step in sorted(story.steps, key=lambda each: each[0]):
        scene.clock.at = moment
        try:
            await step()
        except RefusalError:
            continue  # the class was full, the wallet empty: such is life
    while events := await scene.wiring.outbox.claim(limit=500, lease_seconds=60.0):
        await scene.wiring.outbox.mark_delivered([event.id for event in events])


def _session(scene: Scene, example: ExampleClass, branch: str, session_id: SessionId, times: Any) -> AddSession:
    return AddSession(
        id=session_id,
        center_id=scene.admin.center_id,
        branch_id=scene.branches[branch],
        class_id=scene.classes[example.title],
        rule_id=None,
        original_local_date=None,
        local_date=times.local_date,
        local_time=times.local_time,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        teacher=example.teacher,
        capacity=example.capacity,
        seats_taken=0,
        status=SessionStatus.SCHEDULED,
        created_at=scene.clock.now(),
    )


def _plan(
    story: _Story, example: ExampleClass, branch_id: BranchId, session_id: SessionId, starts_at: datetime, ends_at: datetime
) -> None:
    """Put one class into the story: who books and cancels, who comes, and what the team does."""
    scene, chance = story.scene, story.chance
    staff, services = scene.staff[branch_id], scene.wiring.services
    span = story.until - scene.clock.now()
    is_late = starts_at > scene.clock.now() + span * _STAYS_AWAY_AFTER
    regulars = scene.regulars[: -len(scene.regulars) // 4] if is_late else scene.regulars
    heads = min(len(regulars), max(1, round(chance.gauss(_POPULARITY[example.title], 1.5))))
    booked: list[EnrollmentId] = []
    for student in chance.sample(list(regulars), heads):
        seat = EnrollmentId(new_id())
        booked.append(seat)
        before = timedelta(hours=chance.randint(6, 70))
        story.at(starts_at - before, _booking(story, example, branch_id, student, session_id, seat))
        if chance.random() < _CANCELS:
            story.at(
                starts_at - timedelta(hours=5),
                partial(services.cancel_enrollment, actor=student, enrollment_id=seat),
            )
    at_the_door = starts_at - timedelta(minutes=20)
    story.at(at_the_door, partial(services.open_check_in, actor=staff, session_id=session_id))
    story.at(at_the_door, partial(_told, scene, "session.checked_in", session_id))
    if chance.random() < _WALKS_IN:
        guest, paid = story.next_guest(), EnrollmentId(new_id())
        story.at(
            starts_at - timedelta(minutes=5),
            partial(
                services.register_cash_seat,
                actor=staff,
                session_id=session_id,
                visitor=guest,
                enrollment_id=paid,
                amount_minor=example.price_minor,
            ),
        )
        booked.append(paid)
    for seat in booked:
        if chance.random() < _COMES:
            story.at(
                starts_at - timedelta(minutes=chance.randint(0, 4)),
                partial(services.mark_attendance, actor=staff, enrollment_id=seat, mark=Mark.ATTENDED),
            )
    story.at(starts_at, partial(services.start_session, actor=staff, session_id=session_id))
    story.at(ends_at, partial(services.finish_session, actor=staff, session_id=session_id))
    story.at(ends_at, partial(_told, scene, "session.finished", session_id))


def _booking(
    story: _Story, example: ExampleClass, branch_id: BranchId, student: Actor, session_id: SessionId, seat: EnrollmentId
) -> Callable[[], Awaitable[None]]:
    """Return what books a seat; who has too little money brings some to the desk first."""
    scene, services, buys = story.scene, story.scene.wiring.services, story.chance.random() < _BUYS_PACKAGES

    async def step() -> None:
        async with unit_of_work_factory(scene.database)() as work:
            facts = await work.enrollments.find_booking_facts(
                center_id=student.center_id, session_id=session_id, student_id=student.person_id, enrollment_id=seat
            )
        if facts is None:
            raise RuntimeError("a session of the example center is missing")
        quote = quote_seat(facts.session, credit=facts.credit, wallet=facts.wallet)
        if not quote.is_affordable:
            package = scene.packages[example.title]
            await services.cash_top_up(
                actor=scene.staff[branch_id],
                branch_id=branch_id,
                person_id=student.person_id,
                transaction_id=CashTransactionId(new_id()),
                amount_minor=package.price_minor if buys else _TOP_UP_MINOR,
            )
            if buys:
                await services.buy_package(
                    actor=student,
                    class_package_id=ClassPackageId(package.id),
                    student_package_id=StudentPackageId(new_id()),
                    shown=ShownOffer(package.price_minor, package.session_count),
                )
            await step()
            return
        confirmed = terms_shown(facts.session, quote)
        await services.book_session(actor=student, session_id=session_id, enrollment_id=seat, confirmed=confirmed)

    return step


def _plan_counts(story: _Story) -> None:
    """Let the team count each drawer once a week, once with something missing, and an admin decide what waits."""
    scene, services = story.scene, story.scene.wiring.services
    day, week = scene.clock.now() + timedelta(days=6), 0
    while day < story.until:
        for branch_id, staff in scene.staff.items():
            is_short = week == 1 and branch_id == next(iter(scene.staff))
            story.at(day, _counting(scene, branch_id, staff, missing_minor=_SHORT_MINOR if is_short else 0))
        outcome = DecisionOutcome.RELEASED if week % 3 == 1 else DecisionOutcome.CHARGED
        story.at(day, partial(services.decide_all, actor=scene.admin, outcome=outcome, until=day))
        day, week = day + timedelta(days=7), week + 1


def _counting(scene: Scene, branch_id: BranchId, staff: Actor, *, missing_minor: int) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        drawer = await scene.wiring.services.cashboxes.find_drawer(center_id=staff.center_id, branch_id=branch_id)
        if drawer is None:
            raise RuntimeError("a branch of the example center has no cashbox")
        recorded_minor = drawer.balance_minor
        await scene.wiring.services.count_cashbox(
            actor=staff,
            branch_id=branch_id,
            count_id=CashCountId(new_id()),
            counted_minor=recorded_minor - missing_minor,
            recorded_minor=recorded_minor,
        )
        too_much_minor = recorded_minor - missing_minor - _KEPT_IN_THE_DRAWER_MINOR
        if too_much_minor > 0:
            await scene.wiring.services.take_to_bank(
                actor=staff,
                branch_id=branch_id,
                transaction_id=CashTransactionId(new_id()),
                amount_minor=too_much_minor,
            )

    return step


async def _told(scene: Scene, kind: str, session_id: SessionId) -> None:
    for subscriber in scene.wiring.subscribers[kind]:
        await subscriber(scene.admin.center_id, session_id)
