"""A center for random evenings: people who do anything at any time, and processes that are killed at any commit."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.wiring import Wiring, wire
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionOutcome, EnrollmentStatus
from domain.errors import RefusalError
from domain.finance.model import PaymentMethod
from domain.ids import CashCountId, CashTransactionId, DecisionId, EnrollmentId, PersonId, new_id
from domain.organization.model import Center
from domain.people.guests import NewGuest
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.sessions.planning import SessionChanges
from domain.writes.base import Write
from storage.database import Database
from storage.prepared import Query, outside
from storage.tables.catalogue import sessions
from storage.tables.door import cash_transactions, decisions
from storage.tables.money import enrollments, wallets
from tests.builders.drawer import drawer_minor
from tests.factories import Person, Scheduled, World

PURSE_MINOR = 30_001
PRICE_MINOR, FEE_PERCENT = 7_777, 33
_STATUS = Query(sa.select(sessions.c.status, sessions.c.starts_at).where(sessions.c.id == outside("id")), lambda *row: row)
_DECISIONS = Query(sa.select(decisions.c.id).order_by(decisions.c.id), DecisionId)
_CASH = Query(sa.select(cash_transactions.c.id).order_by(cash_transactions.c.id), CashTransactionId)
SEATS = Query(
    sa.select(
        enrollments.c.id,
        enrollments.c.student_id,
        enrollments.c.session_id,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.policy,
        enrollments.c.attended_at,
    ).order_by(enrollments.c.id),
    lambda *row: row,
)
VERDICTS = Query(
    sa.select(decisions.c.enrollment_id, decisions.c.kind, decisions.c.outcome, decisions.c.amount_minor),
    lambda *row: row,
)
WALLET = Query(sa.select(wallets.c.balance_minor).where(wallets.c.owner_id == outside("id")), int)


class KilledError(Exception):
    """The process was killed at this commit."""


class MortalDatabase:
    """A database whose process dies at a commit that was chosen beforehand: before it, or just after it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.backend = database.backend
        self.commits_left: int | None = None
        self.dies_after = False
        self.fetch, self.claim, self.execute, self.close = (
            database.fetch,
            database.claim,
            database.execute,
            database.close,
        )

    async def apply(self, writes: Sequence[Write]) -> None:
        """Apply the writes, unless it is time to die."""
        is_last = self.commits_left == 1
        if self.commits_left is not None:
            self.commits_left -= 1
        if is_last and not self.dies_after:
            self.commits_left = None
            raise KilledError
        await self._database.apply(writes)
        if is_last:
            self.commits_left = None
            raise KilledError


@dataclass(slots=True)
class Evening:
    """Three classes, one of each policy; students with money and credits; staff and an admin."""

    world: World
    mortal: MortalDatabase
    wiring: Wiring
    students: list[Person]
    staff: Person
    admin: Person
    sessions: list[Scheduled]
    paid_in: dict[PersonId, int] = field(default_factory=dict)
    guests: int = 0

    @classmethod
    async def begin(cls, database: Database) -> "Evening":
        """Open the center."""
        world = await World.open(database)
        center = Center(world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
        mortal = MortalDatabase(database)
        wiring = wire(mortal, clock=world.clock, center=center, admin_ids=frozenset())
        students = await world.add_students(4, money_minor=PURSE_MINOR)
        held = []
        for policy, minutes in zip(AbsenteePolicy, (30, 130, 20), strict=True):
            fee = FEE_PERCENT if policy is AbsenteePolicy.FLEXIBLE else 0
            taught = await world.add_class(policy.title(), price_minor=PRICE_MINOR, policy=policy, fee_percent=fee)
            held.append(await world.add_session(taught, starts_in=timedelta(minutes=minutes), capacity=4))
            await world.add_package(students[0], taught, credits_total=3, price_minor=10_000)
        evening = cls(world, mortal, wiring, students, await world.add_staff(), await world.add_admin(), held)
        evening.paid_in = {student.id: PURSE_MINOR for student in students}
        return evening

    async def step(self, what: str, who: int, which: int, number: int) -> None:
        """Do one thing; a refusal is as good an outcome as any, and a killed process leaves what it leaves."""
        with suppress(RefusalError, KilledError):
            await getattr(self, f"_{what}")(self.students[who], self.sessions[which], number)

    async def catch_up(self) -> None:
        """Let every subscriber do what is left, as the relay does in the end."""
        for session in self.sessions:
            for kind in ("session.checked_in", "session.finished", "session.canceled", "session.missed"):
                await self.wiring.subscribers[kind][0](self.world.center_id, session.id)

    async def _book(self, student: Person, session: Scheduled, _number: int) -> None:
        await self.world.book(student, session)

    async def _cancel(self, student: Person, session: Scheduled, _number: int) -> None:
        await self.world.cancel(student, await self._seat(student, session))

    async def _override(self, student: Person, session: Scheduled, number: int) -> None:
        await self._services.override_cancellation(
            actor=self.admin.actor,
            enrollment_id=await self._seat(student, session),
            reason="asked for it",
            returns_cash=bool(number % 2),
        )

    async def _advance(self, _student: Person, session: Scheduled, _number: int) -> None:
        status, _ = (await self.world.database.fetch(_STATUS, id=session.id))[0]
        services, actor = self._services, self.staff.actor
        steps: dict[SessionStatus, Any] = {
            SessionStatus.SCHEDULED: services.open_check_in,
            SessionStatus.CHECKING_IN: services.start_session,
            SessionStatus.CONDUCTING: services.finish_session,
        }
        if status in steps:
            await steps[status](actor=actor, session_id=session.id)

    async def _call_off(self, _student: Person, session: Scheduled, number: int) -> None:
        _, starts_at = (await self.world.database.fetch(_STATUS, id=session.id))[0]
        if number == 0:  # rarely, or nothing else would happen
            await self._services.cancel_session(
                actor=self.staff.actor, session_id=session.id, shown_starts_at=starts_at, reason="TEACHER"
            )

    async def _resize(self, _student: Person, session: Scheduled, number: int) -> None:
        changes = SessionChanges(capacity=number + 1)
        await self._services.edit_session(actor=self.staff.actor, session_id=session.id, changes=changes)

    async def _mark(self, student: Person, session: Scheduled, number: int) -> None:
        mark = tuple(Mark)[number % len(Mark)]
        enrollment_id = await self._seat(student, session)
        await self._services.mark_attendance(actor=self.staff.actor, enrollment_id=enrollment_id, mark=mark)

    async def _everyone(self, _student: Person, session: Scheduled, _number: int) -> None:
        await self._services.mark_everyone(actor=self.staff.actor, session_id=session.id)

    async def _correct(self, student: Person, session: Scheduled, number: int) -> None:
        enrollment_id = await self._seat(student, session)
        await self._services.correct_attendance(
            actor=self.staff.actor, enrollment_id=enrollment_id, has_attended=bool(number % 2)
        )

    async def _decide(self, _student: Person, _session: Scheduled, number: int) -> None:
        found = await self.world.database.fetch(_DECISIONS)
        if found:
            outcome = tuple(DecisionOutcome)[number % 2]
            decision_id = found[number % len(found)]
            await self._services.decide(actor=self.admin.actor, decision_id=decision_id, outcome=outcome)

    async def _walk_in(self, student: Person, session: Scheduled, number: int) -> None:
        visitor: PersonId | NewGuest = student.id
        if number % 2:
            self.guests += 1
            visitor = NewGuest(PersonId(new_id()), f"Guest {self.guests}", None)
        await self._services.register_cash_seat(
            actor=self.staff.actor,
            session_id=session.id,
            visitor=visitor,
            enrollment_id=EnrollmentId(new_id()),
            amount_minor=PRICE_MINOR,
        )

    async def _top_up(self, student: Person, _session: Scheduled, number: int) -> None:
        amount_minor, services = 1_111 * (number + 1), self._services
        id_ = CashTransactionId(new_id())
        top_up = partial(services.cash_top_up, actor=self.staff.actor, branch_id=self.world.branch.id, transaction_id=id_)
        with suppress(KilledError):
            await top_up(person_id=student.id, amount_minor=amount_minor)
        await top_up(person_id=student.id, amount_minor=amount_minor)  # the same button again: once in all
        self.paid_in[student.id] += amount_minor

    async def _fix_cash(self, _student: Person, _session: Scheduled, number: int) -> None:
        found = await self.world.database.fetch(_CASH)
        wanted = found[-1 - number % len(found)]
        moved = await self._moved(wanted)
        if moved is not None and moved[0] == "ENROLLMENT":
            await self._services.correct_cash(
                actor=self.staff.actor,
                transaction_id=wanted,
                correction_id=CashTransactionId(new_id()),
                reason="typed wrongly",
                right_minor=PRICE_MINOR + number,
            )

    async def _count(self, _student: Person, _session: Scheduled, number: int) -> None:
        recorded = await drawer_minor(self.world)
        await self._services.count_cashbox(
            actor=self.staff.actor,
            branch_id=self.world.branch.id,
            count_id=CashCountId(new_id()),
            counted_minor=recorded + number - 2,
            recorded_minor=recorded,
        )

    async def _bank(self, _student: Person, _session: Scheduled, number: int) -> None:
        await self._services.take_to_bank(
            actor=self.staff.actor,
            branch_id=self.world.branch.id,
            transaction_id=CashTransactionId(new_id()),
            amount_minor=5_000 * (number + 1),
        )

    async def _wait(self, _student: Person, _session: Scheduled, number: int) -> None:
        self.world.clock.advance(timedelta(minutes=12 * (number + 1)))

    async def _events(self, _student: Person, _session: Scheduled, _number: int) -> None:
        await self.catch_up()

    async def _killed(self, _student: Person, _session: Scheduled, number: int) -> None:
        self.mortal.commits_left, self.mortal.dies_after = number + 1, bool(number % 2)
        try:
            await self.catch_up()
        except BaseExceptionGroup as group:
            if not isinstance(group.split(KilledError)[0], BaseExceptionGroup):
                raise
        finally:
            self.mortal.commits_left = None

    @property
    def _services(self) -> Any:
        return self.wiring.services

    async def _seat(self, student: Person, session: Scheduled) -> EnrollmentId:
        for id_, student_id, session_id, status, *_ in await self.world.database.fetch(SEATS):
            if (student_id, session_id) == (student.id, session.id) and status != EnrollmentStatus.CANCELLED:
                return EnrollmentId(id_)
        return EnrollmentId(new_id())

    async def _moved(self, id_: CashTransactionId) -> tuple[str, int] | None:
        query = Query(
            sa.select(cash_transactions.c.kind, cash_transactions.c.amount_minor).where(
                cash_transactions.c.id == outside("id")
            ),
            lambda kind, amount: (kind, amount),
        )
        found = await self.world.database.fetch(query, id=id_)
        return found[0] if found else None


def cost_minor(
    status: EnrollmentStatus, policy: AbsenteePolicy, outcomes: Sequence[tuple[str, str | None, int]], *, is_open: bool
) -> int:
    """Return what a wallet's seat has to have cost: the model, told by the policy table alone.

    ``outcomes`` are the seat's decisions, oldest first; ``is_open`` tells that its money is still locked.
    """
    if status in {EnrollmentStatus.CANCELLED, EnrollmentStatus.LOCKED, EnrollmentStatus.HELD} or is_open:
        return 0
    lacking = next(
        (amount for kind, outcome, amount in reversed(outcomes) if kind == "UNCOLLECTED" and outcome != "CHARGED"), 0
    )
    if status is EnrollmentStatus.PAID:
        return PRICE_MINOR - lacking
    verdict = next((outcome for kind, outcome, _ in reversed(outcomes) if kind != "UNCOLLECTED" and outcome), None)
    if verdict is not None:
        return PRICE_MINOR if verdict == "CHARGED" else 0
    return {
        AbsenteePolicy.STRICT: PRICE_MINOR,
        AbsenteePolicy.FLEXIBLE: PRICE_MINOR * FEE_PERCENT // 100,
        AbsenteePolicy.MANUAL: 0,
    }[policy]


WALLET_METHOD = PaymentMethod.WALLET
