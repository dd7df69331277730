"""The audit over a journal of a million postings, every one of them consistent with the rows that it speaks of."""

import time
from datetime import timedelta

import asyncpg
from sqlalchemy.engine import make_url

from bench.center import House, new_student, open_house, session
from bench.figures import Measure, Result, at_most, exactly
from bench.ground import Ground, run
from bench.scale import Scale
from domain.clock import SystemClock
from domain.finance.top_up import WalletOf, cash_top_up
from domain.ids import WalletId
from domain.sessions.model import SessionStatus
from domain.writes.catalogue import AddWallet
from storage.audit import audit as find_discrepancies
from storage.database import Database
from storage.engine import open_database
from tests.postgres_server import driver_url

_TARGET_SECONDS = 10.0
PRICE_MINOR = 5_000
_HOUR = timedelta(hours=1)
_POSTINGS_A_BOOKING = 2

# As domain.ids makes them: ordered by the time of their making, which is how rows lie beside each other.
_NEW_ID = """(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
    || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 4, 15))::uuid"""

# Attended seats that were locked at booking and captured at the door, as the use cases leave them.
_ENROLLMENTS = f"""INSERT INTO enrollments (id, center_id, session_id, student_id, status, method, price_minor, policy,
    no_show_fee_percent, free_cancel_until, credit_value_minor, attended_at, created_at)
SELECT {_NEW_ID}, s.center_id, s.id, w.owner_id, 'PAID', 'WALLET', {PRICE_MINOR}, 'FLEXIBLE', 0,
    s.starts_at - interval '2 hours', 0, s.starts_at, s.starts_at - interval '7 days'
FROM sessions s JOIN wallets w ON w.center_id = s.center_id AND w.owner_kind = 'STUDENT' ORDER BY s.starts_at"""
_HOLDS = f"""INSERT INTO holds (id, center_id, wallet_id, enrollment_id, amount_minor, captured_minor, status, created_at,
    resolved_at)
SELECT {_NEW_ID}, e.center_id, w.id, e.id, {PRICE_MINOR}, {PRICE_MINOR}, 'CAPTURED', e.created_at, e.attended_at
FROM enrollments e JOIN wallets w ON w.owner_id = e.student_id ORDER BY e.created_at"""
_PAYMENTS = f"""INSERT INTO payments (id, center_id, payer_id, method, purpose, enrollment_id, amount_minor, status,
    created_at, ended_at)
SELECT {_NEW_ID}, center_id, student_id, 'WALLET', 'ENROLLMENT', id, {PRICE_MINOR}, 'COMPLETED', created_at,
    attended_at FROM enrollments ORDER BY created_at"""
_CAPTURES = f"""CREATE TEMPORARY TABLE captures AS
SELECT {_NEW_ID} AS entry_id, e.id AS enrollment_id, e.center_id, w.id AS wallet_id, e.attended_at,
    a.id AS earned_id
FROM enrollments e JOIN wallets w ON w.owner_id = e.student_id
JOIN accounts a ON a.center_id = e.center_id AND a.kind = 'EARNED_WALLET' ORDER BY e.attended_at"""
_POSTINGS = f"""INSERT INTO postings (entry_id, line, center_id, account_id, amount_minor)
SELECT entry_id, 1, center_id, wallet_id, {PRICE_MINOR} FROM captures
UNION ALL SELECT entry_id, 2, center_id, earned_id, -{PRICE_MINOR} FROM captures ORDER BY 1"""
_ENTRIES = """INSERT INTO entries (id, center_id, cause, subject_id, occurred_at)
SELECT entry_id, center_id, 'BOOKING_CAPTURED', enrollment_id, attended_at FROM captures ORDER BY attended_at"""
_BALANCES = f"""UPDATE wallets SET balance_minor = balance_minor - {PRICE_MINOR} *
    (SELECT count(*) FROM enrollments e WHERE e.student_id = wallets.owner_id)"""
_STATEMENTS = (_ENROLLMENTS, _HOLDS, _PAYMENTS, _CAPTURES, _POSTINGS, _ENTRIES, _BALANCES)


def audit(ground: Ground) -> Result:
    """Audit it, as often as there are rounds."""
    template = ground.template("postgresql", fill_books)
    with ground.copy_of(template) as url:
        run(load_seats(url))
        seconds, postings, found = run(_audit(url, ground.scale))
    return Result(
        "audit",
        f"every check of `rollcall audit` over {postings:,} postings on PostgreSQL",
        (Measure("audit", "s", tuple(seconds)),),
        (at_most("audit, s", max(seconds), _TARGET_SECONDS), exactly("discrepancies", found, 0)),
    )


async def fill_books(database: Database, scale: Scale) -> House:
    """Fill an empty database with all but the seats and what they cost."""
    now = SystemClock().now()
    house, writes = open_house(now, price_minor=PRICE_MINOR)
    each = scale.postings // _POSTINGS_A_BOOKING // scale.history_students
    first = now - (each + 1) * _HOUR
    writes += [
        session(
            house,
            first + place * _HOUR,
            now=now,
            capacity=scale.history_students,
            seats_taken=scale.history_students,
            status=SessionStatus.FINISHED,
        )
        for place in range(each)
    ]
    for place in range(scale.history_students):
        actor, joining = new_student(house, place, now=now)
        wallet_id = next(WalletId(write.id) for write in joining if isinstance(write, AddWallet))
        owner, amount_minor = WalletOf(actor.person_id, wallet_id), each * PRICE_MINOR
        writes += joining
        writes += cash_top_up(owner, cashbox_id=house.cashbox_id, amount_minor=amount_minor, actor=actor, now=now)
    await database.apply(sorted(writes, key=lambda write: write.rank))
    await database.execute("UPDATE sessions SET settled_at = ends_at, early_reminders_at = created_at")
    return house


async def load_seats(url: str) -> None:
    """Load the seats with triggers and foreign keys aside: the audit is what looks at them here."""
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        await connection.execute("SET session_replication_role = replica")
        for statement in _STATEMENTS:
            await connection.execute(statement, timeout=600)
        await connection.execute("VACUUM ANALYZE", timeout=600)
    finally:
        await connection.close()


async def _audit(url: str, scale: Scale) -> tuple[list[float], int, int]:
    seconds: list[float] = []
    found = 0
    database = open_database(url)
    try:
        for _ in range(scale.rounds):
            begun = time.perf_counter()
            found += len(await find_discrepancies(database))
            seconds.append(time.perf_counter() - begun)
    finally:
        await database.close()
    connection = await asyncpg.connect(driver_url(make_url(url)))
    try:
        postings: int = await connection.fetchval("SELECT count(*) FROM postings")
    finally:
        await connection.close()
    return seconds, postings, found
