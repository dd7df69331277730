"""PostgreSQL's floor: one PL/pgSQL function that does the writes of a booking, called through asyncpg.

No decision, no reading, no Python between the writes: one round trip a booking, its arguments made before the clock
starts. Nothing that keeps the same promises through this driver can be faster.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, TypeVar

import asyncpg
import orjson
from sqlalchemy.engine import make_url

from domain.writes.base import Write
from domain.writes.money import AddHold, AddPayment, HoldMoney, UseCredit
from domain.writes.record import AddAuditRow, AddEvent
from domain.writes.seats import AddEnrollment, TakeSeat
from tests.postgres_server import driver_url

W = TypeVar("W", bound=Write)

FUNCTION = """
CREATE FUNCTION bench_book(
    a_center uuid, a_session uuid, a_student uuid, a_enrollment uuid, a_payment uuid, a_event uuid, a_audit uuid,
    a_hold uuid, a_wallet uuid, a_package uuid, a_credits integer, a_value_left bigint, a_value bigint,
    a_price bigint, a_policy text, a_fee integer, a_free_until timestamptz, a_status text, a_method text,
    a_payment_status text, a_ended timestamptz, a_amount bigint, a_after jsonb, a_starts timestamptz, a_now timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF a_package IS NULL THEN
        UPDATE wallets SET locked_minor = locked_minor + a_amount
            WHERE id = a_wallet AND balance_minor - locked_minor >= a_amount;
    ELSE
        UPDATE student_packages
            SET credits_left = credits_left - 1, value_left_minor = value_left_minor - a_value,
                status = CASE WHEN credits_left = 1 THEN 'EXHAUSTED' ELSE 'ACTIVE' END
            WHERE id = a_package AND credits_left = a_credits AND value_left_minor = a_value_left AND status = 'ACTIVE';
    END IF;
    IF NOT FOUND THEN RAISE EXCEPTION 'not affordable'; END IF;
    INSERT INTO enrollments (id, center_id, session_id, student_id, status, method, price_minor, policy,
            no_show_fee_percent, free_cancel_until, student_package_id, credit_value_minor, created_at)
        VALUES (a_enrollment, a_center, a_session, a_student, a_status, a_method, a_price, a_policy,
            a_fee, a_free_until, a_package, a_value, a_now);
    IF a_package IS NULL THEN
        INSERT INTO holds (id, center_id, wallet_id, enrollment_id, amount_minor, created_at)
            VALUES (a_hold, a_center, a_wallet, a_enrollment, a_amount, a_now);
    END IF;
    INSERT INTO payments (id, center_id, payer_id, method, purpose, enrollment_id, student_package_id, amount_minor,
            status, created_at, ended_at)
        VALUES (a_payment, a_center, a_student, a_method, 'ENROLLMENT', a_enrollment, a_package, a_amount,
            a_payment_status, a_now, a_ended);
    INSERT INTO outbox (id, center_id, kind, subject_id, actor_id, occurred_at)
        VALUES (a_event, a_center, 'enrollment.booked', a_enrollment, a_student, a_now);
    INSERT INTO audit_log (id, center_id, at, actor_id, actor_role, operation, object_type, object_id, "after")
        VALUES (a_audit, a_center, a_now, a_student, 'STUDENT', 'book_session', 'enrollment', a_enrollment, a_after);
    UPDATE sessions SET seats_taken = seats_taken + 1
        WHERE id = a_session AND seats_taken < capacity AND status IN ('SCHEDULED', 'CHECKING_IN')
            AND starts_at = a_starts AND starts_at > a_now;
    IF NOT FOUND THEN RAISE EXCEPTION 'full'; END IF;
END $$
"""
_CALL = f"SELECT bench_book({', '.join(f'${place}' for place in range(1, 26))})"


def arguments(writes: Sequence[Write]) -> tuple[Any, ...]:
    """Return the function's arguments for one booking, taken from the writes that the use case would commit."""
    enrollment, payment, seat = _one(writes, AddEnrollment), _one(writes, AddPayment), _one(writes, TakeSeat)
    audit, credit, hold = _one(writes, AddAuditRow), _find(writes, UseCredit), _find(writes, AddHold)
    money = _find(writes, HoldMoney)
    return (
        enrollment.center_id,
        enrollment.session_id,
        enrollment.student_id,
        enrollment.id,
        payment.id,
        _one(writes, AddEvent).id,
        audit.id,
        hold.id if hold is not None else None,
        money.wallet_id if money is not None else None,
        enrollment.student_package_id,
        credit.was_credits_left if credit is not None else None,
        credit.was_value_left_minor if credit is not None else None,
        enrollment.credit_value_minor,
        enrollment.price_minor,
        enrollment.policy,
        enrollment.no_show_fee_percent,
        enrollment.free_cancel_until,
        enrollment.status,
        enrollment.method,
        payment.status,
        payment.ended_at,
        payment.amount_minor,
        orjson.dumps(dict(audit.after or {})).decode(),
        seat.expected_starts_at,
        enrollment.created_at,
    )


@contextlib.asynccontextmanager
async def floor(url: str, *, pool_size: int) -> AsyncIterator[Callable[[Sequence[tuple[Any, ...]]], Any]]:
    """Yield the function that makes these bookings at once, as many at a time as the pool is large."""
    pool = await asyncpg.create_pool(driver_url(make_url(url)), min_size=pool_size, max_size=pool_size, reset=_no_reset)
    async with pool.acquire() as connection:
        await connection.execute(FUNCTION)

    async def book(booking: tuple[Any, ...]) -> None:
        async with pool.acquire() as connection:
            await connection.execute(_CALL, *booking)

    async def book_at_once(bookings: Sequence[tuple[Any, ...]]) -> None:
        await asyncio.gather(*map(book, bookings))

    try:
        yield book_at_once
    finally:
        pool.terminate()


async def _no_reset(_connection: Any) -> None:
    """Spare the floor the same round trip that our own pool spares."""


def _find(writes: Sequence[Write], kind: type[W]) -> W | None:
    return next((write for write in writes if isinstance(write, kind)), None)


def _one(writes: Sequence[Write], kind: type[W]) -> W:
    return next(write for write in writes if isinstance(write, kind))
