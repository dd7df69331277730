"""Counts what races left behind, past the code under test."""

from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import WalletState
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.catalogue import sessions
from storage.tables.money import enrollments, wallets

_HAS_A_SEAT = enrollments.c.status != sa.literal_column(f"'{EnrollmentStatus.CANCELLED}'")

_SEATS = Query(sa.select(sa.func.count()).where(enrollments.c.session_id == outside("session_id"), _HAS_A_SEAT), int)
_SEATS_OF = Query(sa.select(sa.func.count()).where(enrollments.c.student_id == outside("student_id"), _HAS_A_SEAT), int)
_TAKEN = Query(sa.select(sessions.c.seats_taken).where(sessions.c.id == outside("session_id")), int)
_WALLET = Query(
    sa.select(wallets.c.id, wallets.c.balance_minor, wallets.c.locked_minor).where(wallets.c.id == outside("wallet_id")),
    WalletState,
)


async def count_seats(database: Database, session_id: UUID) -> int:
    """Return how many enrollments hold a seat in the session."""
    return (await database.fetch(_SEATS, session_id=session_id))[0]


async def count_seats_of(database: Database, student_id: UUID) -> int:
    """Return how many seats a student holds."""
    return (await database.fetch(_SEATS_OF, student_id=student_id))[0]


async def seats_taken(database: Database, session_id: UUID) -> int:
    """Return the session's counter."""
    return (await database.fetch(_TAKEN, session_id=session_id))[0]


async def wallet_state(database: Database, wallet_id: UUID | None) -> WalletState:
    """Return a wallet's balance and locked part."""
    state = await fetch_one(database, _WALLET, wallet_id=wallet_id)
    assert state is not None
    return state
