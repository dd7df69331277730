"""Builds sessions at every point of their life, and seats in every state that making good has to undo."""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from domain.enrollments.making_good import MakeSessionGood
from domain.enrollments.model import EnrollmentStatus
from domain.finance.cash import CashMovement, cash_writes
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import (
    AccountKind,
    CashDirection,
    CashKind,
    EntryCause,
    PaymentMethod,
    PaymentPurpose,
    PaymentStatus,
)
from domain.ids import AccountId, CashTransactionId, EnrollmentId, PaymentId, new_id
from domain.sessions.calling_off import CancelSession
from domain.sessions.model import AbsenteePolicy
from domain.sessions.ports import SessionFacts
from domain.sessions.running import FinishSession, OpenCheckIn, StartSession
from domain.writes.base import Write
from domain.writes.money import AddPayment, DebitWallet, UnlockMoney
from domain.writes.seats import AddEnrollment, TakeSeat
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import SEAT_FACTS
from storage.repositories.sessions import SESSION
from storage.tables.money import accounts
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, Scheduled, World, sql_id

_ACCOUNT = Query(
    sa.select(accounts.c.id).where(
        accounts.c.center_id == outside("center_id"), accounts.c.kind == outside("kind", accounts.c.kind.type)
    ),
    AccountId,
)


async def session_of(world: World, session: Scheduled) -> SessionFacts:
    """Return a session as it is now."""
    facts = await find_session(world, session)
    assert facts is not None
    return facts


async def find_session(world: World, session: Scheduled) -> SessionFacts | None:
    """Return a session as it is now, or None."""
    return await fetch_one(world.database, SESSION, center_id=world.center_id, session_id=session.id, staff_id=None)


async def open_check_in(world: World, staff: Person, session: Scheduled) -> None:
    """Go to half an hour before a session, and open check-in."""
    world.clock.set(session.starts_at - timedelta(minutes=30))
    await OpenCheckIn(unit_of_work_factory(world.database), world.clock)(actor=staff.actor, session_id=session.id)


async def start(world: World, staff: Person, session: Scheduled) -> None:
    """Open check-in and begin."""
    await open_check_in(world, staff, session)
    await StartSession(unit_of_work_factory(world.database), world.clock)(actor=staff.actor, session_id=session.id)


async def finish(world: World, staff: Person, session: Scheduled) -> None:
    """Open check-in, begin and end."""
    await start(world, staff, session)
    await FinishSession(unit_of_work_factory(world.database), world.clock)(actor=staff.actor, session_id=session.id)


async def cancel_session(
    world: World, staff: Person, session: Scheduled, *, reason: str = "Teacher is ill", starts_at: datetime | None = None
) -> None:
    """Cancel a session as its screen does."""
    shown = starts_at or (await session_of(world, session)).starts_at
    cancel = CancelSession(unit_of_work_factory(world.database), world.clock)
    await cancel(actor=staff.actor, session_id=session.id, shown_starts_at=shown, reason=reason)


async def make_good(world: World, session: Scheduled, *, database: Database | None = None) -> None:
    """Make everybody of a session good, as the subscriber of its event does."""
    await MakeSessionGood(unit_of_work_factory(database or world.database), world.clock)(world.center_id, session.id)


async def account_of(world: World, kind: AccountKind) -> AccountId:
    """Return one of the center's own accounts."""
    found = await fetch_one(world.database, _ACCOUNT, center_id=world.center_id, kind=kind)
    assert found is not None
    return found


async def pay_cash_seat(world: World, person: Person, session: Scheduled, *, staff: Person) -> EnrollmentId:
    """Let somebody come in from the street and pay at the door."""
    enrollment_id, price, now = EnrollmentId(new_id()), session.taught.price_minor, world.clock.now()
    payment_id = PaymentId(new_id())
    movement = CashMovement(
        id=CashTransactionId(new_id()),
        cashbox_id=world.branch.cashbox_id,
        direction=CashDirection.IN,
        kind=CashKind.ENROLLMENT,
        cause=EntryCause.CASH_TAKEN,
        amount_minor=price,
        other_account_id=await account_of(world, AccountKind.EARNED_CASH),
        subject_id=enrollment_id,
        person_id=person.id,
        enrollment_id=enrollment_id,
        payment_id=payment_id,
    )
    writes: list[Write] = [
        AddEnrollment(
            id=enrollment_id,
            center_id=world.center_id,
            session_id=session.id,
            student_id=person.id,
            status=EnrollmentStatus.PAID,
            method=PaymentMethod.CASH,
            price_minor=price,
            policy=AbsenteePolicy.STRICT,
            no_show_fee_percent=0,
            free_cancel_until=session.starts_at,
            student_package_id=None,
            credit_value_minor=0,
            created_at=now,
        ),
        AddPayment(
            id=payment_id,
            center_id=world.center_id,
            payer_id=person.id,
            method=PaymentMethod.CASH,
            purpose=PaymentPurpose.ENROLLMENT,
            enrollment_id=enrollment_id,
            student_package_id=None,
            amount_minor=price,
            status=PaymentStatus.COMPLETED,
            created_at=now,
            ended_at=now,
        ),
        *cash_writes(movement, actor=staff.actor, now=now),
        TakeSeat(session.id, session.starts_at, now),
    ]
    await _apply(world, writes)
    return enrollment_id


async def deliver_credit(world: World, enrollment_id: EnrollmentId, *, as_no_show: bool = False) -> None:
    """Mark who paid with a credit attended, or absent for good: the credit is earned."""
    facts = await fetch_one(world.database, SEAT_FACTS, center_id=world.center_id, enrollment_id=enrollment_id)
    assert facts is not None
    movement = Movement(facts.deferred_account_id, facts.earned_package_account_id, facts.credit_value_minor)
    await _apply(
        world,
        entry(
            movement,
            cause=EntryCause.CREDIT_DELIVERED,
            subject_id=enrollment_id,
            center_id=world.center_id,
            actor_id=None,
            now=world.clock.now(),
        ),
    )
    change = "status = 'NO_SHOW'" if as_no_show else "attended_at = created_at"
    await world.database.execute(f"UPDATE enrollments SET {change} WHERE id = '{sql_id(enrollment_id)}'")


async def charge_no_show_fee(world: World, enrollment_id: EnrollmentId, *, fee_minor: int) -> None:
    """Take a fee of what is locked for a seat, and let the rest go."""
    facts = await fetch_one(world.database, SEAT_FACTS, center_id=world.center_id, enrollment_id=enrollment_id)
    assert facts is not None
    assert facts.wallet_id is not None
    at = "created_at"
    for change in (
        f"holds SET status = 'CAPTURED', captured_minor = {fee_minor}, resolved_at = {at} WHERE enrollment_id",
        f"payments SET status = 'COMPLETED', amount_minor = {fee_minor}, ended_at = {at} WHERE enrollment_id",
        "enrollments SET status = 'NO_SHOW' WHERE id",
    ):
        await world.database.execute(f"UPDATE {change} = '{sql_id(enrollment_id)}'")
    movement = Movement(wallet_account(facts.wallet_id), facts.earned_wallet_account_id, fee_minor)
    await _apply(
        world,
        [
            UnlockMoney(facts.wallet_id, facts.price_minor),
            DebitWallet(facts.wallet_id, fee_minor),
            *entry(
                movement,
                cause=EntryCause.NO_SHOW_FEE,
                subject_id=enrollment_id,
                center_id=world.center_id,
                actor_id=None,
                now=world.clock.now(),
            ),
        ],
    )


async def hold_seat(world: World, student: Person, session: Scheduled) -> EnrollmentId:
    """Keep a seat for somebody who has an open pay link."""
    booked = await world.book(student, session)
    await world.cancel(student, booked.id)
    await world.database.execute(
        "UPDATE enrollments SET status = 'HELD', held_until = created_at, reserved_for = 'PAYMENT', cancelled_at = NULL, "
        f"cancelled_by = NULL, made_good = NULL, method = NULL WHERE id = '{sql_id(booked.id)}'"
    )
    await world.database.execute(f"UPDATE sessions SET seats_taken = seats_taken + 1 WHERE id = '{sql_id(session.id)}'")
    return booked.id


def elsewhere(person: Person, world: World) -> Person:
    """Return the same person as if they belonged to another center."""
    return replace(person, actor=replace(person.actor, center_id=world.center_id))


async def _apply(world: World, writes: list[Write]) -> None:
    await world.database.apply(sorted(writes, key=lambda write: write.rank))
